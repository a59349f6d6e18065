"""Django's name for the ground floor."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Studies, jobs, streams, access."""

    name = "apps.shared"
    label = "shared"
