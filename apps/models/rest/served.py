"""What every answer says of a checkpoint that works somewhere."""

from typing import Any

from rest_framework import serializers


class ServedCheckpointOutput(serializers.Serializer[Any]):
    """What has to be said of a checkpoint wherever it works."""

    id = serializers.CharField()
    name = serializers.CharField()
    decision = serializers.ChoiceField(choices=["promoted", "rejected", ""])
    reason = serializers.CharField(allow_blank=True, help_text="Of the last decision.")
    withdrawals = serializers.IntegerField(help_text="People behind its data who have withdrawn since.")
