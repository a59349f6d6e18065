"""Django's name for the ground floor."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Studies, jobs, streams, access."""

    name = "apps.shared"
    label = "shared"

    def ready(self) -> None:
        """Let every whole number that a request brings fit into a row, whoever's serializer reads it."""
        from rest_framework.serializers import IntegerField

        from apps.shared.access import fits_a_row

        # The class attribute, and not a field of our own: nobody can forget to use it.
        IntegerField.default_validators = [fits_a_row]  # type: ignore[misc]  # DRF has it on the class
