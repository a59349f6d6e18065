"""What the endpoints take."""

import dataclasses
import json
from typing import Any

from rest_framework import serializers

from apps.discretion.domain.ballots import Choice
from apps.discretion.domain.cells import Cell
from apps.discretion.domain.judging.asking import ORDERS, STYLES
from apps.discretion.domain.judging.implicit import BETA
from apps.discretion.domain.parsers.files import FORMATS
from apps.discretion.domain.report import Controls
from apps.discretion.models import Verdict
from apps.discretion.services.annotators import NULLS
from apps.discretion.services.data_sets import Manner
from apps.discretion.services.imports import ON_ERROR
from apps.discretion.services.targeting import SPLITS, TARGETS, Asked
from apps.shared.access import LARGEST_ID

Base = serializers.Serializer[Any]


class AuditInput(Base):
    """A new audit."""

    title = serializers.CharField(max_length=200)


class ImportInput(Base):
    """A file with its format and what to do with bad rows."""

    file = serializers.FileField(allow_empty_file=True)
    format = serializers.ChoiceField(choices=["auto", *FORMATS], default="auto")
    on_error = serializers.ChoiceField(choices=ON_ERROR, default="refuse")
    columns = serializers.JSONField(default=dict, binary=False)
    dry_run = serializers.BooleanField(default=False)
    sensitive = serializers.BooleanField(
        default=False, help_text="Its texts are blurred until somebody asks to see them."
    )

    def validate_columns(self, given: Any) -> dict[str, str]:
        """Read which column holds which field; fields without a column are left out."""
        return _columns(given)


class PreviewInput(Base):
    """The beginning of a file, with its format and columns where they are chosen."""

    file = serializers.FileField(allow_empty_file=True)
    format = serializers.ChoiceField(choices=["auto", *FORMATS], default="auto")
    columns = serializers.JSONField(default=dict, binary=False)

    def validate_columns(self, given: Any) -> dict[str, str]:
        """Read which column holds which field; fields without a column are left out."""
        return _columns(given)


def _columns(given: Any) -> dict[str, str]:
    """Read an object of texts, which a form sends as JSON."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except json.JSONDecodeError as error:
            raise serializers.ValidationError("An object of column names by field.") from error
    if not isinstance(given, dict) or not all(isinstance(name, str) for name in given.values()):
        raise serializers.ValidationError("An object of column names by field.")
    return {str(field): name for field, name in given.items() if name}


class PrinciplesInput(Base):
    """Values of a snapshot, or one principle in one's own words."""

    snapshot = serializers.IntegerField(required=False)
    values = serializers.ListField(child=serializers.IntegerField(), required=False, max_length=30)
    title = serializers.CharField(required=False, max_length=200)
    statement = serializers.CharField(required=False, max_length=2000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for one of the two ways."""
        if ("snapshot" in attrs and "values" in attrs) == ("title" in attrs and "statement" in attrs):
            raise serializers.ValidationError("Send snapshot and values, or title and statement.")
        return attrs


class WordingInput(Base):
    """A principle's new wording."""

    title = serializers.CharField(max_length=200, allow_blank=True)
    statement = serializers.CharField(max_length=2000, allow_blank=True)


class ChoiceInput(Base):
    """What of all that was said counts; lists are numbers with commas between them."""

    principles = serializers.CharField(required=False, default="")
    annotators = serializers.CharField(required=False, default="")
    reference = serializers.CharField(required=False, default="people", max_length=40)
    confidence = serializers.FloatField(required=False, default=0.0, min_value=0, max_value=1)
    both_orders = serializers.BooleanField(required=False, default=False)
    group = serializers.CharField(required=False, default="", max_length=200, allow_blank=True)
    voters = serializers.CharField(required=False, default="", allow_blank=True)
    weights = serializers.BooleanField(required=False, default=False)

    def validate_voters(self, text: str) -> tuple[int, ...]:
        """Read the numbers of those whose votes stand for the principles."""
        return _numbers(text)

    def validate_principles(self, text: str) -> tuple[int, ...]:
        """Read the principles' numbers."""
        return _numbers(text)

    def validate_annotators(self, text: str) -> tuple[int, ...]:
        """Read the annotators' numbers; the people together are always there and may be named."""
        return _numbers(",".join(part for part in text.split(",") if part != "people"))

    @property
    def choice(self) -> Choice:
        """Return what was asked for."""
        names = ("annotators", "principles", "confidence", "both_orders", "group", "voters")
        return Choice(**{name: self.validated_data[name] for name in names})


class MeasuresInput(ChoiceInput):
    """The reader's controls."""

    min_active = serializers.IntegerField(required=False, default=1, min_value=1, max_value=30)
    matrix = serializers.CharField(required=False, default="", max_length=40, allow_blank=True)

    @property
    def controls(self) -> Controls:
        """Return what was asked for."""
        given = self.validated_data
        chosen = {name: given[name] for name in ("reference", "min_active", "matrix")}
        return Controls(**chosen, weighted=given["weights"])


class ReportInput(MeasuresInput):
    """The controls, and what the report is written as."""

    # Named for the wire: ``as`` is a word of the language.
    vars()["as"] = serializers.ChoiceField(choices=["html", "json", "csv"], required=False, default="html")


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() and len(part) < 19 for part in parts):
        raise serializers.ValidationError("Numbers with commas between them.")
    return tuple(sorted({int(part) for part in parts}))


_ASKED = ("target", "snapshot", "principle", "imported", "by", "group")


class DataSetInput(Base):
    """What targets are made of."""

    target = serializers.ChoiceField(choices=TARGETS)
    limit = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=1_000_000_000
    )
    name = serializers.CharField(required=False, default="", allow_blank=True, max_length=150)
    snapshot = serializers.IntegerField(required=False, allow_null=True, default=None)
    principle = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="Whose votes are the target “principle”."
    )
    imported = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Votes that came with a file count as agreed to training.",
    )
    by = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=100, help_text="What parts people in groups."
    )
    group = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=100, help_text="The group that is heard."
    )
    split = serializers.ChoiceField(choices=SPLITS, required=False, default="prompts")
    seed = serializers.IntegerField(required=False, default=0, min_value=0, max_value=1_000_000_000)

    def asked(self) -> Asked:
        """Return what the targets are to be made of."""
        return Asked(**{name: self.validated_data[name] for name in _ASKED})

    def manner(self) -> Manner:
        """Return how they are to be frozen."""
        return Manner(**{name: self.validated_data[name] for name in ("name", "limit", "split", "seed")})


class DataSetPairInput(DataSetInput):
    """What the targets of two data sets are made of that differ in the group of people alone."""

    by = serializers.CharField(max_length=100)
    group = serializers.CharField(max_length=100, help_text="The first group.")
    second = serializers.CharField(max_length=100)


class JudgeInput(Base):
    """How a language model is to judge; without a model, the one that judges in this study."""

    language_model = serializers.UUIDField(required=False, allow_null=True, default=None)
    principles = serializers.ListField(child=serializers.IntegerField(), default=list, max_length=30)
    style = serializers.ChoiceField(  # type: ignore[assignment]  # DRF takes it off the class again
        choices=STYLES, default=STYLES[0]
    )
    orders = serializers.ChoiceField(choices=ORDERS, default=ORDERS[0])
    limit = serializers.IntegerField(min_value=1, max_value=10_000_000, allow_null=True, default=None)
    sample = serializers.IntegerField(min_value=0, max_value=100_000, default=0)
    temperature = serializers.FloatField(min_value=0, max_value=2, allow_null=True, default=None)
    reason = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    name = serializers.CharField(max_length=150, required=False, default="", allow_blank=True)


class ImplicitRewardInput(Base):
    """A trained language model, and the one that it was trained from."""

    policy = serializers.UUIDField()
    reference = serializers.UUIDField()
    beta = serializers.FloatField(min_value=1e-4, max_value=100, default=BETA)
    limit = serializers.IntegerField(min_value=1, max_value=10_000_000, allow_null=True, default=None)
    reason = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class AnnotatorInput(Base):
    """A checkpoint, a null to compare with, a language model as a judge, or one by its implicit reward.

    ``reason``: why a checkpoint judges that is not promoted.
    """

    checkpoint = serializers.UUIDField(required=False)
    null = serializers.ChoiceField(choices=list(NULLS), required=False)
    judge = JudgeInput(required=False)
    implicit_reward = ImplicitRewardInput(required=False)
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for exactly one."""
        if len(attrs.keys() - {"reason"}) != 1:
            raise serializers.ValidationError("Name a checkpoint, a null, a judge or an implicit reward.")
        return attrs


class ContextsInput(Base):
    """Comparisons and the context that a person says they have; null: none."""

    comparisons = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=500)
    context = serializers.IntegerField(  # type: ignore[assignment]
        allow_null=True, min_value=1, max_value=2**62
    )


class DistanceInput(ChoiceInput):
    """Whose priorities are compared."""

    annotator = serializers.CharField(max_length=40)
    other = serializers.CharField(required=False, default="people", max_length=40)


class RepliesInput(Base):
    """Which answers of a model to list: those that were read as this."""

    answer = serializers.ChoiceField(choices=Verdict.Answer.choices, required=False, default="")


SAID = ["a", "neither", "b"]


class ComparisonInput(serializers.Serializer[Any]):
    """Which verdicts on a comparison: all that stand, or some by their ids, as a data set names them."""

    verdict = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID), max_length=1000, required=False,
        default=list,
    )  # fmt: skip


class ComparisonsInput(ChoiceInput):
    """Which comparisons: those behind a number, as it is counted under a choice."""

    category = serializers.ChoiceField(
        choices=["consensus", "conflict", "indifference", "not_judged"], required=False, default=""
    )
    annotator = serializers.CharField(required=False, default="", max_length=40)
    decided = serializers.BooleanField(required=False, default=False)
    against = serializers.BooleanField(required=False, default=False)
    principle = serializers.CharField(required=False, default="", max_length=40)
    over = serializers.CharField(required=False, default="", max_length=40)
    sided = serializers.BooleanField(required=False, default=None, allow_null=True)
    answer = serializers.ChoiceField(choices=SAID, required=False, default="")
    reference_answer = serializers.ChoiceField(choices=SAID, required=False, default="")
    least = serializers.IntegerField(required=False, default=0, min_value=0, max_value=100)
    most = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=0, max_value=100)
    other = serializers.CharField(required=False, default="", max_length=40)
    split = serializers.BooleanField(required=False, default=False)
    by = serializers.CharField(required=False, default="", max_length=40)
    alike = serializers.BooleanField(required=False, default=False)
    standing = serializers.ChoiceField(choices=["proposed", "none"], required=False, default="")

    @property
    def cell(self) -> Cell:
        """Return which number's comparisons were asked for."""
        return Cell(**{field.name: self.validated_data[field.name] for field in dataclasses.fields(Cell)})
