"""What the merge desk answers, and what it takes."""

from typing import Any

from rest_framework import serializers

from apps.moralgraph.domain.merging import rubric
from apps.moralgraph.models import MergeDecision
from apps.moralgraph.rest.outputs import CardOutput, ValueOutput
from apps.moralgraph.services.merging import deciding

SUGGESTIONS = ["same", "different", "open", ""]
ANSWERS = [rubric.YES, rubric.NO, ""]


class OpenPairOutput(serializers.Serializer[Any]):
    """A pair of values that waits for a decision."""

    low = serializers.IntegerField()
    high = serializers.IntegerField()
    low_title = serializers.CharField()
    high_title = serializers.CharField()
    similarity = serializers.FloatField(help_text="The cosine of the nearest two of their cards.")
    language = serializers.CharField()
    opinion = serializers.ChoiceField(
        choices=[*SUGGESTIONS, "unread"], help_text="What a model suggests; empty without one."
    )
    simulated = serializers.BooleanField()


class ComparedLanguageOutput(serializers.Serializer[Any]):
    """How the cards of a language are compared."""

    code = serializers.CharField()
    cards = serializers.IntegerField()
    measure = serializers.ChoiceField(choices=["meaning", "letters"])
    note = serializers.CharField(
        help_text="What this measure cannot find; empty where it knows the language."
    )


class MergeSearchOutput(serializers.Serializer[Any]):
    """Whether all cards are compared, or the job that does it and why it failed."""

    state = serializers.ChoiceField(choices=["ready", "computing", "failed"])
    job = serializers.UUIDField(allow_null=True)
    message = serializers.CharField()


class MergeDeskOutput(serializers.Serializer[Any]):
    """What waits, the nearest first, and what was decided so far."""

    search = MergeSearchOutput()
    pairs = OpenPairOutput(many=True)
    open = serializers.IntegerField(help_text="How many pairs wait, those included that are not listed.")
    unjudged = serializers.IntegerField(help_text="How many of them have no opinion of a model.")
    unread = serializers.IntegerField(help_text="On how many of those a model wrote what cannot be read.")
    merged = serializers.IntegerField()
    apart = serializers.IntegerField()
    split = serializers.IntegerField()
    objections = serializers.IntegerField(help_text="How many merges authors object to, unanswered.")
    languages = ComparedLanguageOutput(many=True)
    judge = serializers.CharField(help_text="The language model that can be asked; empty without one.")
    seq = serializers.IntegerField(help_text="The number of the last event that this answer knows of.")


class MergeSideOutput(serializers.Serializer[Any]):
    """A value with its cards; quotes only of people who agreed to be quoted."""

    value = ValueOutput()
    cards = CardOutput(many=True)
    votes = serializers.IntegerField(help_text="Votes on steps from and to this value.")
    live = serializers.BooleanField()


class RubricPartOutput(serializers.Serializer[Any]):
    """A part of the rubric, and what a model answered."""

    number = serializers.IntegerField(source="part.number")
    name = serializers.CharField(source="part.name")
    question = serializers.CharField(source="part.question")
    answer = serializers.ChoiceField(choices=ANSWERS)
    why = serializers.CharField(help_text="In the model's words.")


class MergeOpinionOutput(serializers.Serializer[Any]):
    """What a model said of the pair; a fault says why its answer cannot be read."""

    suggestion = serializers.ChoiceField(choices=SUGGESTIONS)
    model = serializers.CharField()
    prompt = serializers.CharField()
    fault = serializers.CharField()
    at = serializers.DateTimeField()


class MergeDecisionOutput(serializers.Serializer[Any]):
    """What was decided, by whom, when and why; one that was undone says so."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=MergeDecision.Kind.values)
    low = serializers.IntegerField()
    high = serializers.IntegerField()
    low_title = serializers.CharField()
    high_title = serializers.CharField()
    kept = serializers.IntegerField(allow_null=True)
    rubric = serializers.DictField(child=serializers.ChoiceField(choices=[rubric.YES, rubric.NO]))
    similarity = serializers.FloatField(allow_null=True)
    reason = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_by = serializers.CharField()
    objected = serializers.BooleanField(help_text="An author objects to it, and nobody answered yet.")


class NearOutput(serializers.Serializer[Any]):
    """How near two values are, and what says so."""

    similarity = serializers.FloatField()
    language = serializers.CharField()
    encoder = serializers.CharField()


class MergePairOutput(serializers.Serializer[Any]):
    """Two values side by side."""

    low = MergeSideOutput()
    high = MergeSideOutput()
    stays = serializers.IntegerField(help_text="The value with more cards, more votes, or the older one.")
    near = NearOutput(allow_null=True)
    parts = RubricPartOutput(many=True)
    opinion = MergeOpinionOutput(allow_null=True)
    decisions = MergeDecisionOutput(many=True)


class MergeDecisionInput(serializers.Serializer[Any]):
    """What to do with a pair; without a reason, the answers to the rubric are the reason."""

    decision = serializers.ChoiceField(choices=["merged", "apart"])
    keep = serializers.IntegerField(required=False, allow_null=True, help_text="The value that stays.")
    rubric = serializers.DictField(child=serializers.ChoiceField(choices=ANSWERS), default=dict)
    reason = serializers.CharField(
        max_length=deciding.LONGEST_REASON, allow_blank=True, default="",
        help_text="The authors of the cards that move read it.",
    )  # fmt: skip


class MergeSplitInput(serializers.Serializer[Any]):
    """Which card to take out of its value, and why."""

    card = serializers.IntegerField()
    reason = serializers.CharField(max_length=deciding.LONGEST_REASON)


class MergeMadeOutput(serializers.Serializer[Any]):
    """The decision that was made; its number undoes it."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=MergeDecision.Kind.values)
    reason = serializers.CharField()


class MergeJobOutput(serializers.Serializer[Any]):
    """The job that asks the model."""

    job = serializers.UUIDField(source="pk")
