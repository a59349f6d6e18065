"""Django's name for this app."""

from django.apps import AppConfig


class MoralgraphConfig(AppConfig):
    """Filled in by the app's author."""

    name = "apps.moralgraph"
    label = "moralgraph"
