"""Django's name for this app."""

from django.apps import AppConfig


class DiscretionConfig(AppConfig):
    """Filled in by the app's author."""

    name = "apps.discretion"
    label = "discretion"
