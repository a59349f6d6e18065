"""Django's name for this app."""

from django.apps import AppConfig


class ElicitationConfig(AppConfig):
    """Filled in by the app's author."""

    name = "apps.elicitation"
    label = "elicitation"
