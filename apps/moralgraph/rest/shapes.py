"""How long answers about the graph look on the wire."""

from typing import Any

from rest_framework import serializers

from apps.moralgraph.domain.answers import Answer
from apps.moralgraph.domain.rules import RULES
from apps.moralgraph.rest.outputs import STATES, BalanceInput, ContextInput


class QuestionInput(BalanceInput):
    """Of which context, by which rule, and whether groups count the same."""

    rule = serializers.ChoiceField(choices=RULES, required=False, default=RULES[0])


class GroupsInput(ContextInput):
    """Of which context, grouped by what people told about themselves; without it only the groupings come."""

    by = serializers.CharField(required=False, default="", allow_blank=True, max_length=100)


class DriftInput(ContextInput):
    """Since which earlier snapshot."""

    since = serializers.IntegerField(help_text="The snapshot that comes before.")


class LeftOutOutput(serializers.Serializer[Any]):
    """Who would be first without one participant, who is not named; null where nothing is left."""

    votes = serializers.IntegerField(help_text="Votes of that participant.")
    winner = serializers.IntegerField(allow_null=True)


class WithoutGroupOutput(serializers.Serializer[Any]):
    """Who would be first without the people of one group."""

    by = serializers.CharField()
    name = serializers.CharField()
    people = serializers.IntegerField()
    votes = serializers.IntegerField()
    winner = serializers.IntegerField()
    changed = serializers.BooleanField()


class ChangeOutput(serializers.Serializer[Any]):
    """Votes on one step, with the answer that they have after the change."""

    less_wise = serializers.IntegerField()
    wiser = serializers.IntegerField()
    answer = serializers.ChoiceField(choices=[answer.value for answer in Answer], source="answer.value")
    votes = serializers.IntegerField()


class UpsetOutput(serializers.Serializer[Any]):
    """The fewest found that crown another value: voters, or votes turned round."""

    value = serializers.IntegerField()
    count = serializers.IntegerField()
    changes = ChangeOutput(many=True)


class HelpfulOutput(serializers.Serializer[Any]):
    """A step whose next vote would help to settle the first place; worth in shares of variance."""

    less_wise = serializers.IntegerField()
    wiser = serializers.IntegerField()
    worth = serializers.FloatField()


class FirmnessOutput(serializers.Serializer[Any]):
    """How firmly the first place stands."""

    winner = serializers.IntegerField(allow_null=True)
    tried = serializers.IntegerField(help_text="Participants who were left out in turn.")
    participants = serializers.IntegerField()
    decisive = LeftOutOutput(many=True, help_text="Those without whom another value is first.")
    false_voters = UpsetOutput(many=True)
    smallest_change = UpsetOutput(allow_null=True)
    groups = WithoutGroupOutput(many=True)
    helpful = HelpfulOutput(many=True)


class LongAnswerOutput(serializers.Serializer[Any]):
    """Where a long answer stands: ready, or worked on by a job."""

    state = serializers.ChoiceField(choices=STATES)
    job = serializers.CharField(allow_null=True)
    message = serializers.CharField()


class InfluenceOutput(LongAnswerOutput):
    """Who or what would crown another value."""

    found = FirmnessOutput(allow_null=True)


class GroupValueOutput(serializers.Serializer[Any]):
    """A value's place in one group."""

    value = serializers.IntegerField()
    score = serializers.FloatField()
    rank = serializers.IntegerField()
    n = serializers.IntegerField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    p_top = serializers.FloatField(allow_null=True)


class GroupOutput(serializers.Serializer[Any]):
    """One group's ranking."""

    name = serializers.CharField()
    people = serializers.IntegerField()
    votes = serializers.IntegerField(source="ranking.votes")
    support = serializers.ChoiceField(
        choices=["clear", "leaning", "contested", "none"], source="ranking.support"
    )
    values = GroupValueOutput(many=True, source="ranking.values")


class DifferenceOutput(serializers.Serializer[Any]):
    """How far apart two groups place a value, in log-odds."""

    value = serializers.IntegerField()
    highest = serializers.CharField()
    lowest = serializers.CharField()
    gap = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    certain = serializers.BooleanField()


class SharedStepOutput(serializers.Serializer[Any]):
    """A pair that all groups which judged it point the same way."""

    less_wise = serializers.IntegerField()
    wiser = serializers.IntegerField()
    least = serializers.FloatField()
    groups = serializers.IntegerField()


class BridgeOutput(serializers.Serializer[Any]):
    """How sure it is, in the least sure group, that a value stands above the middle."""

    value = serializers.IntegerField()
    least = serializers.FloatField()
    where = serializers.CharField(help_text="The least sure group.")
    bridges = serializers.BooleanField()


class SideBySideOutput(serializers.Serializer[Any]):
    """The same graph by group."""

    groups = GroupOutput(many=True)
    differences = DifferenceOutput(many=True)
    shared = SharedStepOutput(many=True)
    bridges = BridgeOutput(many=True)
    left_out = serializers.IntegerField(help_text="People of groups too small to show, or of none.")


class GroupSizeOutput(serializers.Serializer[Any]):
    """A group that is large enough to be shown, with how many of its people voted."""

    name = serializers.CharField()
    people = serializers.IntegerField()
    # Named for the wire: DRF's fields have a ``label`` of their own.
    vars()["label"] = serializers.CharField(help_text="The answer as the study words it.")


class TraitOutput(serializers.Serializer[Any]):
    """What people told about themselves, with the groups that it makes."""

    by = serializers.CharField()
    groups = GroupSizeOutput(many=True)
    vars()["label"] = serializers.CharField(help_text="The question as the study words it.")


class GroupsOutput(LongAnswerOutput):
    """The graph by group, and by what it can be grouped."""

    available = serializers.ListField(child=serializers.CharField())
    traits = TraitOutput(many=True)
    found = SideBySideOutput(allow_null=True)


class MovedOutput(serializers.Serializer[Any]):
    """A value's place in two snapshots; null where it had none."""

    value = serializers.IntegerField()
    rank_before = serializers.IntegerField(allow_null=True)
    rank_after = serializers.IntegerField(allow_null=True)
    score_before = serializers.FloatField(allow_null=True)
    score_after = serializers.FloatField(allow_null=True)
    certain = serializers.BooleanField()


class TurnedOutput(serializers.Serializer[Any]):
    """A pair that points the other way since."""

    less_wise = serializers.IntegerField()
    wiser = serializers.IntegerField()
    likelihood_before = serializers.FloatField()
    likelihood_after = serializers.FloatField()


class DriftOutput(serializers.Serializer[Any]):
    """What changed between two snapshots."""

    winner_before = serializers.IntegerField(allow_null=True)
    winner_after = serializers.IntegerField(allow_null=True)
    winner_changed = serializers.BooleanField()
    agreement = serializers.FloatField(allow_null=True, help_text="Kendall's tau-b of the common values.")
    values = MovedOutput(many=True)
    turned = TurnedOutput(many=True)
    votes_before = serializers.IntegerField()
    votes_after = serializers.IntegerField()
    participants_before = serializers.IntegerField()
    participants_after = serializers.IntegerField()
