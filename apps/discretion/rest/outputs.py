"""What the endpoints answer."""

from typing import Any

from rest_framework import serializers

from apps.discretion.models import Annotator, Import, Principle, Verdict

Base = serializers.Serializer[Any]


class RateOutput(Base):
    """A share with its interval and n; null where n is 0."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()


class CategoryRateOutput(RateOutput):
    """A category's share and count."""

    count = serializers.IntegerField()


class DiscrepancyOutput(RateOutput):
    """Discretion discrepancy: on the data, on paired bootstraps, and the reference's own noise floor."""

    mean = serializers.FloatField(allow_null=True)
    sd = serializers.FloatField(allow_null=True)
    floor = serializers.FloatField(allow_null=True)
    floor_p95 = serializers.FloatField(allow_null=True)


class AlphaOutput(Base):
    """Krippendorff's alpha; ``note`` says why where it is not known."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    n_units = serializers.IntegerField()
    n_ratings = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)


class AuditRowOutput(Base):
    """An audit in a list."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    created_at = serializers.DateTimeField()
    withdrawn = serializers.IntegerField(help_text="People behind its principles who have withdrawn.")


class PrincipleOutput(serializers.ModelSerializer[Principle]):
    """A principle, with the value and snapshot it was taken from."""

    value = serializers.IntegerField(source="value_id", allow_null=True)
    snapshot = serializers.IntegerField(source="snapshot_id", allow_null=True)

    class Meta:
        model = Principle
        fields = ["id", "title", "statement", "value", "snapshot", "version", "replaces", "retired_at"]


class RowErrorOutput(Base):
    """A row that could not be used, counted from one."""

    row = serializers.IntegerField()
    reason = serializers.CharField()


class ImportReportOutput(Base):
    """What became of a file; at most 200 faults are listed."""

    read = serializers.IntegerField()
    kept = serializers.IntegerField()
    left_out = serializers.IntegerField()
    errors = RowErrorOutput(many=True)  # type: ignore[assignment]
    message = serializers.CharField(allow_blank=True)


class ImportOutput(serializers.ModelSerializer[Import]):
    """A file that was sent."""

    report = ImportReportOutput(allow_null=True)
    job = serializers.CharField(source="job_id", allow_null=True)

    class Meta:
        model = Import
        fields = ["id", "filename", "size", "format", "state", "dry_run", "report", "job", "created_at"]


class PreviewVerdictOutput(Base):
    """What somebody said in a previewed row; ``principle`` is empty for an overall verdict."""

    annotator = serializers.CharField()
    principle = serializers.CharField(allow_blank=True)
    answer = serializers.CharField()


class PreviewRowOutput(Base):
    """A row as it would be read; the texts are null where its verdicts belong to a pair that is there."""

    row = serializers.IntegerField(source="number")
    prompt = serializers.CharField(source="comparison.prompt", allow_null=True, default=None)
    response_a = serializers.CharField(source="comparison.response_a", allow_null=True, default=None)
    response_b = serializers.CharField(source="comparison.response_b", allow_null=True, default=None)
    verdicts = PreviewVerdictOutput(many=True)


class PreviewErrorOutput(Base):
    """A row that could not be used, counted from one."""

    row = serializers.IntegerField(source="number")
    reason = serializers.CharField()


class PreviewOutput(Base):
    """The first rows of a file; ``format`` is empty where it could not be told, and ``message`` says why."""

    format = serializers.CharField(allow_blank=True)
    names = serializers.ListField(child=serializers.CharField())
    rows = PreviewRowOutput(many=True)
    errors = PreviewErrorOutput(many=True)  # type: ignore[assignment]
    message = serializers.CharField(allow_blank=True)


class ImportStartedOutput(Base):
    """A file that is being read."""

    job = serializers.CharField(allow_null=True)
    # Named for the wire: ``import`` is a word of the language.
    vars()["import"] = ImportOutput()


class AuditCountsOutput(Base):
    """How much there is."""

    comparisons = serializers.IntegerField()
    verdicts = serializers.IntegerField()
    judged = serializers.IntegerField()


class AnnotatorOutput(Base):
    """Who or what judged, and how much of the whole was decided."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Annotator.Kind.choices)
    simulated = serializers.BooleanField()
    checkpoint = serializers.CharField(allow_null=True)
    coverage = RateOutput()


class AuditOutput(AuditRowOutput):
    """An audit as its page begins."""

    counts = AuditCountsOutput()
    annotators = AnnotatorOutput(many=True)
    alpha_nominal = AlphaOutput()
    imports = ImportOutput(many=True)
    principles = PrincipleOutput(many=True)
    retired = PrincipleOutput(many=True)
    seq = serializers.IntegerField()


class ComparisonOutput(Base):
    """A comparison with the category that its principles put it in; null where none was judged."""

    id = serializers.UUIDField()
    external_id = serializers.CharField()
    prompt = serializers.CharField(allow_blank=True)
    response_a = serializers.CharField(allow_blank=True)
    response_b = serializers.CharField(allow_blank=True)
    category = serializers.CharField(allow_null=True)
    context = serializers.IntegerField(allow_null=True)  # type: ignore[assignment]
    context_from = serializers.CharField(allow_blank=True)
    proposed_context = serializers.IntegerField(allow_null=True)
    blurred = serializers.BooleanField(help_text="Its texts are shown when somebody asks for them.")


class VerdictOutput(Base):
    """What somebody said of a comparison; ``principle`` is null for an overall verdict. ``why`` says why they
    could not tell, ``against_own`` that all their own answers by principle say otherwise, ``outdated`` that
    the guideline has changed since; ``stands`` that it was neither superseded nor taken back, ``left`` that
    the person's account is gone.
    """

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    stands = serializers.BooleanField()
    left = serializers.BooleanField()
    annotator = serializers.CharField()
    kind = serializers.ChoiceField(choices=Annotator.Kind.choices)
    principle = serializers.CharField(allow_null=True)
    answer = serializers.ChoiceField(choices=Verdict.Answer.choices)
    order = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)
    swapped = serializers.ChoiceField(choices=Verdict.Answer.choices, allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    why = serializers.CharField(allow_blank=True)
    against_own = serializers.BooleanField()
    outdated = serializers.BooleanField()


class OpenedOutput(Base):
    """A comparison with everybody's verdicts; none where it is ``hidden``, because the reader has still to
    judge it.
    """

    id = serializers.UUIDField(source="comparison.pk")
    external_id = serializers.CharField(source="comparison.external_id")
    prompt = serializers.CharField(source="comparison.prompt", allow_blank=True)
    response_a = serializers.CharField(source="comparison.response_a", allow_blank=True)
    response_b = serializers.CharField(source="comparison.response_b", allow_blank=True)
    verdicts = VerdictOutput(many=True)
    blurred = serializers.BooleanField(help_text="Its texts are shown when somebody asks for them.")
    hidden = serializers.BooleanField()


class ContextsProposedOutput(Base):
    """How many comparisons got a proposal, and for how many no context leads."""

    proposed = serializers.IntegerField()
    undecided = serializers.IntegerField()


class ContextsConfirmedOutput(Base):
    """How many comparisons have the context now."""

    confirmed = serializers.IntegerField()


class DataSetBuiltOutput(Base):
    """A data set that was frozen."""

    id = serializers.CharField()
    name = serializers.CharField()
    train_count = serializers.IntegerField()
    held_out_count = serializers.IntegerField()
    left_out = serializers.DictField(child=serializers.IntegerField())
