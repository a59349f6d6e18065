"""What the endpoints answer about methods."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.models.domain import recipes, rows
from apps.models.domain.recipes import Recipe, settings


@extend_schema_field({"oneOf": [{"type": "number"}, {"type": "string"}, {"type": "boolean"}]})
class SettingValue(serializers.JSONField):
    """The value of a setting."""


class SettingChangeOutput(serializers.Serializer[Any]):
    """A setting of a run that is not as its size has it."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = SettingValue(allow_null=True)
    preset = SettingValue(allow_null=True)


class SizeOutput(serializers.Serializer[Any]):
    """One of the sizes of a method; ``preset`` is what each setting is in it."""

    size = serializers.ChoiceField(choices=list(recipes.SIZE_NAMES))
    label = serializers.CharField()  # type: ignore[assignment]
    description = serializers.CharField()
    preset = serializers.DictField(child=SettingValue())


class SettingOutput(serializers.Serializer[Any]):
    """A field of a method's configuration; ``above`` and ``below`` are bounds that are not reached."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    description = serializers.CharField()
    kind = serializers.ChoiceField(choices=["whole", "number", "choice", "switch", "text"])
    matters = serializers.BooleanField(help_text="Whether it is among those that people change most.")
    least = serializers.FloatField(allow_null=True)
    most = serializers.FloatField(allow_null=True)
    above = serializers.FloatField(allow_null=True)
    below = serializers.FloatField(allow_null=True)
    choices = serializers.ListField(child=serializers.CharField())


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
    settings = serializers.SerializerMethodField(help_text="Its whole configuration, what matters first.")
    measures = MeasureOutput(many=True)

    def get_reads(self, recipe: Recipe) -> str:
        """Return what the method makes of a data set's pairs."""
        return rows.SENTENCES[recipe.reads]

    @extend_schema_field(SizeOutput(many=True))
    def get_sizes(self, recipe: Recipe) -> list[dict[str, Any]]:
        """Return the sizes in their order."""
        return [
            {
                "size": size,
                "label": preset.label,
                "description": preset.description,
                "preset": settings.preset_of(recipe, size=size),
            }
            for size, preset in recipe.sizes.items()
        ]

    @extend_schema_field(SettingOutput(many=True))
    def get_settings(self, recipe: Recipe) -> Any:
        """Return what may be set."""
        return SettingOutput(settings.settings_of(recipe), many=True).data


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
    fields = serializers.DictField(  # type: ignore[assignment]  # DRF takes it off the class again
        child=serializers.ListField(child=serializers.CharField()),
        help_text="What the objection is about; a setting is named settings.NAME.",
    )
    reads = serializers.CharField()
    estimate = EstimateOutput(allow_null=True)
    sentence = serializers.CharField(allow_blank=True)
    command = serializers.SerializerMethodField()

    def get_command(self, preview: Any) -> str:
        """Return the command that runs it by hand, in a folder with its files."""
        return "python -m apps.models.training FOLDER"
