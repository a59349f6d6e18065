"""What the annotator's desk takes and answers."""

from typing import Any

from rest_framework import serializers

from apps.discretion.domain.protocol import BLURS, LARGEST_REPEAT_SHARE, REASONS
from apps.discretion.models import Act, Batch, Principle, Verdict
from apps.discretion.rest.outputs import RateOutput
from apps.discretion.services.answers import OVERALL_ANSWERS, PRINCIPLE_ANSWERS

Base = serializers.Serializer[Any]
ORDERS = ["ab", "ba"]
MOST_HELD = 20


class NextInput(Base):
    """Which pairs to leave out: those that are held already, with commas between them; and whether to go on
    with any pair once one's own pile is done.
    """

    beyond = serializers.BooleanField(required=False, default=False)
    # Named for the wire: ``except`` is a word of the language.
    vars()["except"] = serializers.CharField(required=False, default="", max_length=37 * MOST_HELD)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Read the ids."""
        field = serializers.UUIDField()
        names = [name for name in attrs["except"].split(",") if name]
        try:
            return attrs | {"except": [field.to_internal_value(name) for name in names]}
        except serializers.ValidationError as error:
            raise serializers.ValidationError(
                {"except": "Ids of comparisons with commas between."}
            ) from error


class AnswerInput(Base):
    """An answer by one principle."""

    principle = serializers.IntegerField()
    answer = serializers.ChoiceField(choices=PRINCIPLE_ANSWERS)


class JudgementInput(Base):
    """One act of judging. ``act`` is the sender's own id for it: what is sent twice is kept once. ``order``
    says which response the person saw on the left.
    """

    act = serializers.UUIDField(required=False)
    comparison = serializers.UUIDField()
    order = serializers.ChoiceField(choices=ORDERS)
    overall = serializers.ChoiceField(choices=OVERALL_ANSWERS)
    principles = AnswerInput(many=True, default=list)
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=2000)
    why = serializers.ChoiceField(choices=Act.Why.choices, required=False, default="", allow_blank=True)
    guideline = serializers.IntegerField(required=False, default=0, min_value=0, max_value=100_000)
    protocol = serializers.IntegerField(
        required=False, default=None, allow_null=True, min_value=0, max_value=100_000
    )
    seconds = serializers.FloatField(
        required=False, default=None, allow_null=True, min_value=0, max_value=86_400
    )


class PrincipleToJudgeOutput(serializers.ModelSerializer[Principle]):
    """A principle as an annotator sees it."""

    class Meta:
        model = Principle
        fields = ["id", "title", "statement"]


class ProtocolShape(Base):
    """How judgements are asked for, as it is sent and answered."""

    overall = serializers.MultipleChoiceField(choices=["tie", "both_bad", "cannot_tell", "skip"])
    by_principle = serializers.MultipleChoiceField(choices=["tie", "not_applicable"])
    reasons = serializers.ChoiceField(choices=REASONS)
    repeat_share = serializers.FloatField(min_value=0, max_value=LARGEST_REPEAT_SHARE)
    blur = serializers.ChoiceField(choices=BLURS)
    sensitive_words = serializers.ListField(child=serializers.CharField(max_length=60), max_length=200)
    free_desk = serializers.BooleanField(default=True)


class AskedOfAnnotatorOutput(Base):
    """Which answers there are, and when a reason is asked."""

    overall = serializers.ListField(
        child=serializers.ChoiceField(choices=["tie", "both_bad", "cannot_tell", "skip"])
    )
    by_principle = serializers.ListField(child=serializers.ChoiceField(choices=["tie", "not_applicable"]))
    reasons = serializers.ChoiceField(choices=REASONS)


class DeskBatchOutput(Base):
    """The batch that a pair belongs to."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=Batch.Kind.choices)


class NextOutput(Base):
    """The next comparison, or null when nothing is left; ``order`` says which response stands left.

    ``locked``: a training round has to be passed first. ``blurred``: the texts are shown when asked for.
    ``open_count``: so many pairs beyond one's own pile, which is done, may be judged as well.
    """

    comparison = serializers.UUIDField(source="comparison.pk", allow_null=True, default=None)
    prompt = serializers.CharField(source="comparison.prompt", default="", allow_blank=True)
    left = serializers.CharField(allow_blank=True)
    right = serializers.CharField(allow_blank=True)
    order = serializers.ChoiceField(choices=ORDERS)
    principles = PrincipleToJudgeOutput(many=True)
    done = serializers.IntegerField()
    left_count = serializers.IntegerField()
    open_count = serializers.IntegerField()
    minutes = serializers.FloatField()
    blurred = serializers.BooleanField()
    locked = serializers.BooleanField()
    batch = DeskBatchOutput(allow_null=True)
    guideline = serializers.IntegerField()
    protocol = serializers.IntegerField(source="in_force.number")
    asked = AskedOfAnnotatorOutput(source="in_force.protocol")


class AnswerOutput(Base):
    """An answer by one principle."""

    principle = serializers.IntegerField()
    answer = serializers.ChoiceField(choices=Verdict.Answer.choices)


class SaidOutput(Base):
    """What one act of judging said."""

    overall = serializers.ChoiceField(choices=Verdict.Answer.choices)
    answers = AnswerOutput(many=True)
    reason = serializers.CharField(allow_blank=True)
    why = serializers.ChoiceField(choices=Act.Why.choices, allow_blank=True)


class ReopenedOutput(NextOutput, SaidOutput):
    """A judgement that is open again, with what it said."""


class ActOutput(SaidOutput):
    """One act of judging in a person's own history."""

    id = serializers.UUIDField(source="act.pk")
    comparison = serializers.UUIDField(source="act.comparison_id")
    prompt = serializers.CharField(source="act.comparison.prompt", allow_blank=True)
    order = serializers.ChoiceField(choices=ORDERS, source="act.order")
    overall = serializers.ChoiceField(choices=Verdict.Answer.choices, source="act.overall")
    answers = AnswerOutput(many=True, source="act.answers")
    reason = serializers.CharField(allow_blank=True, source="act.reason")
    why = serializers.ChoiceField(choices=Act.Why.choices, allow_blank=True, source="act.why")
    against_own = serializers.BooleanField(source="act.against_own")
    guideline = serializers.IntegerField(source="act.guideline")
    at = serializers.DateTimeField(source="act.at")
    undone = serializers.BooleanField()
    replaced = serializers.BooleanField()
    outdated = serializers.BooleanField()


class OwnOutput(ReopenedOutput):
    """One's own judgement as it can be changed, with all that one said of the pair, newest first."""

    acts = ActOutput(many=True)


class FeedbackOutput(Base):
    """What a training round says of an answer."""

    right = serializers.BooleanField()
    expected = serializers.CharField()
    explanation = serializers.CharField(allow_blank=True)


class GivenOutput(Base):
    """A judgement that was recorded; feedback in a training round alone."""

    act = serializers.UUIDField()
    feedback = FeedbackOutput(allow_null=True)


class OwnPlaceOutput(Base):
    """One's own place in a batch."""

    batch = DeskBatchOutput()
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    finished = serializers.BooleanField()
    passed = serializers.BooleanField()
    locked = serializers.BooleanField()
    closed = serializers.BooleanField()
    threshold = serializers.FloatField()
    known = RateOutput(allow_null=True)


class StandingOutput(Base):
    """One's own figures."""

    judged = serializers.IntegerField()
    changed = serializers.IntegerField()
    taken_back = serializers.IntegerField()
    consistent = RateOutput()
    places = OwnPlaceOutput(many=True)
