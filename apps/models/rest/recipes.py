"""What the endpoints answer about methods."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.models.domain import recipes, rows
from apps.models.domain.recipes import Recipe


class SizeOutput(serializers.Serializer[Any]):
    """One of the sizes of a method."""

    size = serializers.ChoiceField(choices=list(recipes.SIZE_NAMES))
    label = serializers.CharField()  # type: ignore[assignment]
    description = serializers.CharField()


class MeasureOutput(serializers.Serializer[Any]):
    """A series of a method's charts, in words."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    meaning = serializers.CharField()


class RecipeOutput(serializers.Serializer[Any]):
    """A method that a run can have."""

    method = serializers.ChoiceField(choices=recipes.METHODS)
    title = serializers.CharField()
    summary = serializers.CharField()
    reads = serializers.SerializerMethodField(help_text="What it makes of a data set's pairs.")
    needs_base = serializers.BooleanField()
    needs_reward = serializers.BooleanField()
    sizes = serializers.SerializerMethodField()
    measures = MeasureOutput(many=True)

    def get_reads(self, recipe: Recipe) -> str:
        """Return what the method makes of a data set's pairs."""
        return rows.SENTENCES[recipe.reads]

    @extend_schema_field(SizeOutput(many=True))
    def get_sizes(self, recipe: Recipe) -> list[dict[str, str]]:
        """Return the sizes in their order."""
        return [
            {"size": size, "label": preset.label, "description": preset.description}
            for size, preset in recipe.sizes.items()
        ]


class EstimateOutput(serializers.Serializer[Any]):
    """What a run is likely to take."""

    memory_mb = serializers.FloatField()
    seconds = serializers.FloatField(help_text="On one processor core.")
    steps = serializers.IntegerField()
    parameters = serializers.IntegerField()
    trained_parameters = serializers.IntegerField()
    tokens = serializers.IntegerField()


class RunPreviewOutput(serializers.Serializer[Any]):
    """What a launch would do; ``objection`` is '' where it can be launched."""

    config = serializers.DictField()
    objection = serializers.CharField(allow_blank=True)
    reads = serializers.CharField()
    estimate = EstimateOutput(allow_null=True)
    sentence = serializers.CharField(allow_blank=True)
    command = serializers.SerializerMethodField()

    def get_command(self, preview: Any) -> str:
        """Return the command that runs it by hand, in a folder with its files."""
        return "python -m apps.models.training FOLDER"
