"""Django's name for this app."""

from django.apps import AppConfig


class ModelsConfig(AppConfig):
    """Filled in by the app's author."""

    name = "apps.models"
    label = "models"
