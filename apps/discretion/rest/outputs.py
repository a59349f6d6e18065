"""What the endpoints answer."""

from typing import Any

from rest_framework import serializers

from apps.discretion.models import Annotator, Import, Principle, Verdict

Base = serializers.Serializer[Any]
KINDS = [*Annotator.Kind.choices, ("people", "people together")]


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


class PrincipleOutput(serializers.ModelSerializer[Principle]):
    """A principle, with the value and snapshot it was taken from."""

    value = serializers.IntegerField(source="value_id", allow_null=True)
    snapshot = serializers.IntegerField(source="snapshot_id", allow_null=True)

    class Meta:
        model = Principle
        fields = ["id", "title", "statement", "value", "snapshot"]


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
    seq = serializers.IntegerField()


class PriorityOutput(Base):
    """A principle's weight; null with a note where it is infinite or unranked."""

    principle = serializers.CharField()
    weight = serializers.FloatField(allow_null=True)
    games = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)
    rank = serializers.IntegerField()
    rank_low = serializers.IntegerField()
    rank_high = serializers.IntegerField()


class ActiveOutput(Base):
    """Arbitrariness where ``least`` to ``most`` principles speak; null: no end."""

    least = serializers.IntegerField()
    most = serializers.IntegerField(allow_null=True)
    rate = RateOutput()


class ConfusionOutput(Base):
    """What annotator (rows) and reference (columns) said of a pair: A, neither, B; and how often those who
    decide agree.
    """

    counts = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    agreement = RateOutput()


class AnnotatorMeasuresOutput(Base):
    """Everything measured about one annotator."""

    id = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    simulated = serializers.BooleanField()
    coverage = RateOutput()
    da = RateOutput()
    dd = DiscrepancyOutput()
    priorities = PriorityOutput(many=True)
    by_active = ActiveOutput(many=True)
    confusion = ConfusionOutput()


class SupremacyOutput(RateOutput):
    """How often an annotator sides with one principle against another where they clash."""

    annotator = serializers.CharField()
    principle = serializers.CharField()
    over = serializers.CharField()
    sparse = serializers.BooleanField()


class LeaveOneOutOutput(Base):
    """The shares without one principle."""

    principle = serializers.CharField()
    conflict = serializers.FloatField()
    people_da = serializers.FloatField(allow_null=True)


class AgreementOutput(Base):
    """How far people agree overall."""

    alpha_nominal = AlphaOutput()
    alpha_ordinal = AlphaOutput()
    unanimous = RateOutput()


class CategoriesOutput(Base):
    """The three categories."""

    consensus = CategoryRateOutput()
    conflict = CategoryRateOutput()
    indifference = CategoryRateOutput()


class ReferenceOutput(Base):
    """Whom the others are compared with."""

    id = serializers.CharField()
    name = serializers.CharField()


class FigureOutput(Base):
    """A Plotly figure; the layout's title states the finding and ``meta.summary`` says it in one sentence."""

    data = serializers.ListField(child=serializers.DictField())  # type: ignore[assignment]
    layout = serializers.DictField()


class BetweenOutput(Base):
    """Discrepancy of everybody to everybody, in the order of ``annotators``; null where it is not defined."""

    annotators = ReferenceOutput(many=True)
    values = serializers.ListField(child=serializers.ListField(child=serializers.FloatField(allow_null=True)))


class MeasuresOutput(Base):
    """The measures of an audit; ``rule`` and ``version`` say what made them, ``data_hash`` of what."""

    rule = serializers.CharField()
    version = serializers.CharField()
    data_hash = serializers.CharField()
    groups = serializers.ListField(child=serializers.CharField())
    principles = ReferenceOutput(many=True)
    between = BetweenOutput()
    comparisons = serializers.IntegerField()
    judged_by_principle = serializers.IntegerField()
    agreement = AgreementOutput()
    categories = CategoriesOutput()
    annotators = AnnotatorMeasuresOutput(many=True)
    nulls = AnnotatorMeasuresOutput(many=True)
    reference = ReferenceOutput()
    supremacy = SupremacyOutput(many=True)
    leave_one_out = LeaveOneOutOutput(many=True)
    figures = serializers.DictField(child=FigureOutput())
    sentences = serializers.ListField(child=serializers.CharField())
    seq = serializers.IntegerField()


class PrincipleToJudgeOutput(serializers.ModelSerializer[Principle]):
    """A principle as an annotator sees it."""

    class Meta:
        model = Principle
        fields = ["id", "title", "statement"]


class NextOutput(Base):
    """The next comparison, or null when all is judged; ``order`` says which response stands left."""

    comparison = serializers.UUIDField(source="comparison.pk", allow_null=True, default=None)
    prompt = serializers.CharField(source="comparison.prompt", default="", allow_blank=True)
    left = serializers.CharField(allow_blank=True)
    right = serializers.CharField(allow_blank=True)
    order = serializers.ChoiceField(choices=["ab", "ba"])
    principles = PrincipleToJudgeOutput(many=True)
    done = serializers.IntegerField()
    left_count = serializers.IntegerField()
    minutes = serializers.FloatField()


class AnswerOutput(Base):
    """An answer by one principle."""

    principle = serializers.IntegerField()
    answer = serializers.ChoiceField(choices=Verdict.Answer.choices)


class ReopenedOutput(NextOutput):
    """A judgement that was taken back, with what it said."""

    overall = serializers.ChoiceField(choices=Verdict.Answer.choices)
    answers = AnswerOutput(many=True)
    reason = serializers.CharField(allow_blank=True)


class ActOutput(Base):
    """One act of judging in a person's own history."""

    id = serializers.UUIDField(source="act")
    comparison = serializers.UUIDField(source="comparison.pk")
    prompt = serializers.CharField(source="comparison.prompt")
    order = serializers.ChoiceField(choices=["ab", "ba"])
    overall = serializers.ChoiceField(choices=Verdict.Answer.choices)
    answers = AnswerOutput(many=True)
    reason = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    undone = serializers.BooleanField()
    replaced = serializers.BooleanField()


class GivenOutput(Base):
    """A judgement that was recorded."""

    act = serializers.UUIDField()


class ComparisonOutput(Base):
    """A comparison with the category that its principles put it in; null where none was judged."""

    id = serializers.UUIDField()
    external_id = serializers.CharField()
    prompt = serializers.CharField(allow_blank=True)
    response_a = serializers.CharField(allow_blank=True)
    response_b = serializers.CharField(allow_blank=True)
    category = serializers.CharField(allow_null=True)


class VerdictOutput(serializers.ModelSerializer[Verdict]):
    """What somebody said of a comparison; ``principle`` is null for an overall verdict."""

    annotator = serializers.CharField(source="annotator.name")
    kind = serializers.ChoiceField(source="annotator.kind", choices=Annotator.Kind.choices)
    principle = serializers.CharField(source="principle.title", allow_null=True, default=None)

    class Meta:
        model = Verdict
        fields = ["annotator", "kind", "principle", "answer", "order", "confidence", "swapped", "reason"]


class OpenedOutput(Base):
    """A comparison with everybody's verdicts."""

    id = serializers.UUIDField(source="comparison.pk")
    external_id = serializers.CharField(source="comparison.external_id")
    prompt = serializers.CharField(source="comparison.prompt", allow_blank=True)
    response_a = serializers.CharField(source="comparison.response_a", allow_blank=True)
    response_b = serializers.CharField(source="comparison.response_b", allow_blank=True)
    verdicts = VerdictOutput(many=True)


class DataSetBuiltOutput(Base):
    """A data set that was frozen."""

    id = serializers.CharField()
    name = serializers.CharField()
    train_count = serializers.IntegerField()
    held_out_count = serializers.IntegerField()
    left_out = serializers.DictField(child=serializers.IntegerField())


class JobStartedOutput(Base):
    """A job that does the work."""

    job = serializers.CharField()
