"""How the graph looks on the wire."""

from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from apps.moralgraph.domain.answers import Answer
from apps.moralgraph.domain.columns import EdgeColumns
from apps.moralgraph.domain.rules import RULES
from apps.moralgraph.models import Context
from apps.moralgraph.selectors import Node, People

CUTS = ("wiser_at_least", "likelihood_at_least", "entropy_at_most")

STATES = ["ready", "computing", "failed"]


class ContextOutput(serializers.ModelSerializer[Context]):
    """A kind of moment in which values are compared."""

    class Meta:
        model = Context
        fields = ["id", "name", "description"]


class PolicyOutput(serializers.Serializer[Any]):
    """One line of a card."""

    attended = serializers.CharField()
    qualifier = serializers.CharField()


class QuotedPolicyOutput(PolicyOutput):
    """One line of a person's card; the quote is empty where its owner did not agree that it is shown."""

    quote = serializers.CharField()


class ValueOutput(serializers.Serializer[Any]):
    """A value of the graph."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    summary = serializers.CharField()
    policies = PolicyOutput(many=True)
    simulated = serializers.BooleanField()
    imported = serializers.BooleanField(help_text="Brought in by a graph from elsewhere.")


class NodeOutput(ValueOutput):
    """A value with its place; what the rule cannot say is null."""

    score = serializers.FloatField()
    rank = serializers.IntegerField()
    n = serializers.IntegerField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    p_top = serializers.FloatField(allow_null=True)
    rank_low = serializers.IntegerField(allow_null=True)
    rank_high = serializers.IntegerField(allow_null=True)
    x = serializers.FloatField()
    y = serializers.FloatField()

    def to_representation(self, instance: Node) -> dict[str, Any]:
        """Return the node by hand: of five hundred, field by field would take a tenth of a second."""
        lines = [{"attended": line.attended, "qualifier": line.qualifier} for line in instance.policies]
        return {**vars(instance), "policies": lines}


class AnswerCountsOutput(serializers.Serializer[Any]):
    """How many gave each answer."""

    wiser = serializers.IntegerField()
    not_wiser = serializers.IntegerField()
    unsure = serializers.IntegerField()
    same = serializers.IntegerField()
    not_about = serializers.IntegerField()


class AskedOutput(serializers.Serializer[Any]):
    """The answers to one direction as it was asked."""

    less_wise = serializers.IntegerField()
    wiser = serializers.IntegerField()
    counts = AnswerCountsOutput()


class CountColumnsOutput(serializers.Serializer[Any]):
    """How many gave each answer, a place an edge."""

    wiser = serializers.ListField(child=serializers.IntegerField())
    not_wiser = serializers.ListField(child=serializers.IntegerField())
    unsure = serializers.ListField(child=serializers.IntegerField())
    same = serializers.ListField(child=serializers.IntegerField())
    not_about = serializers.ListField(child=serializers.IntegerField())


class EdgeColumnsOutput(serializers.Serializer[Any]):
    """Pairs of values as columns, a place a pair: each points to the value that more people find wiser.

    The counts pool both directions; ``both_ways`` says that both were asked.
    """

    less_wise = serializers.ListField(child=serializers.IntegerField())
    wiser = serializers.ListField(child=serializers.IntegerField())
    counts = CountColumnsOutput()
    likelihood = serializers.ListField(child=serializers.FloatField())
    both_ways = serializers.ListField(child=serializers.BooleanField())

    def to_representation(self, instance: EdgeColumns) -> dict[str, Any]:
        """Return the columns as they are: number by number would take longer than ranking."""
        return vars(instance)


class WinnerOutput(serializers.Serializer[Any]):
    """The value in the first place, and how well that is supported."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    score = serializers.FloatField()
    interval = serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, allow_null=True, help_text="[low, high]"
    )
    p_top = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    support = serializers.ChoiceField(choices=["clear", "leaning", "contested", "none"])


class TogetherOutput(serializers.Serializer[Any]):
    """How many votes do not count because of what was put together since they were cast."""

    same_value = serializers.IntegerField(help_text="Their two values are one value now.")
    answered_again = serializers.IntegerField(
        help_text="The same person answered what is the same question now; the newer answer counts."
    )


class GraphOutput(serializers.Serializer[Any]):
    """A graph with its picture and what it says."""

    nodes = NodeOutput(many=True)
    edges = EdgeColumnsOutput()
    winner = WinnerOutput(allow_null=True)
    votes = serializers.IntegerField()
    participants = serializers.IntegerField()
    simulated = serializers.BooleanField(help_text="Simulated people are counted.")
    rule = serializers.ChoiceField(choices=RULES)
    parameters = serializers.DictField(child=serializers.FloatField())
    cycles = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    figure = inline_serializer(
        name="Figure",
        fields={
            "data": serializers.ListField(child=serializers.DictField()),
            "layout": serializers.DictField(),
        },
        help_text="A Plotly figure.",
    )
    summary = serializers.CharField()
    seq = serializers.IntegerField(help_text="The number of the last event that this answer knows of.")
    balance = serializers.CharField(
        help_text="How groups are weighed: `age`, or `age=old:70,young:30`; empty where they are not."
    )
    left_out = TogetherOutput()


class CardOutput(serializers.Serializer[Any]):
    """A person's card that belongs to a value."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    summary = serializers.CharField()
    policies = QuotedPolicyOutput(many=True)


class NeighbourOutput(serializers.Serializer[Any]):
    """A value that this one was compared with; the likelihood is that the neighbour is the wiser."""

    value = ValueOutput()
    n = serializers.IntegerField()
    likelihood = serializers.FloatField()
    stands = serializers.ChoiceField(choices=["above", "below", "even"])


class VoteOutput(serializers.Serializer[Any]):
    """One vote on a pair with this value, without who cast it."""

    id = serializers.IntegerField()
    less_wise = serializers.IntegerField(source="transition.less_wise_id")
    wiser = serializers.IntegerField(source="transition.wiser_id")
    context_id = serializers.IntegerField()
    answer = serializers.ChoiceField(choices=[answer.value for answer in Answer])
    reason = serializers.CharField()
    simulated = serializers.BooleanField()
    cast_at = serializers.DateTimeField()


class ValueDetailOutput(serializers.Serializer[Any]):
    """A value with the cards, neighbours and votes behind it."""

    value = ValueOutput()
    stands_for = serializers.ListField(
        child=serializers.IntegerField(), help_text="Values that were put into it; their votes count here."
    )
    cards = CardOutput(many=True)
    neighbours = NeighbourOutput(many=True)
    votes = VoteOutput(many=True)


class SnapshotOutput(serializers.Serializer[Any]):
    """The graph as it was at one time, without its contents."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    rule = serializers.ChoiceField(choices=RULES)
    parameters = serializers.DictField(child=serializers.FloatField())
    counts = serializers.DictField()
    hash = serializers.CharField()
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(allow_null=True)
    balance = serializers.CharField(help_text="How groups are weighed; empty where they are not.")
    votes = serializers.IntegerField(help_text="Votes that its ranking counts.")
    not_about = serializers.IntegerField(help_text="Votes beside them that say “not about this”.")
    state = serializers.ChoiceField(
        choices=STATES, help_text="Computing: scores are there, a job works out how sure they are."
    )
    job = serializers.UUIDField(allow_null=True)
    withdrawn = serializers.IntegerField(help_text="Votes in it that were withdrawn since.")


class SnapshotDetailOutput(serializers.Serializer[Any]):
    """A snapshot with its graph."""

    snapshot = SnapshotOutput()
    graph = GraphOutput()


class ExportOutput(serializers.Serializer[Any]):
    """The graph in the shape in which moral graphs were first published."""

    values = serializers.ListField(child=serializers.DictField())
    edges = serializers.ListField(child=serializers.DictField())


class VotesOutput(serializers.Serializer[Any]):
    """The votes as ``manage.py rank_values`` reads them."""

    values = serializers.ListField(child=serializers.DictField())
    votes = serializers.ListField(child=serializers.DictField())


class ContextInput(serializers.Serializer[Any]):
    """Which context to read; all of them where none is given."""

    # DRF lets a field have this name; only its type stubs know the property behind it.
    context = serializers.IntegerField(required=False, allow_null=True, default=None)  # type: ignore[assignment]


class BalanceInput(ContextInput):
    """Which graph, and how groups are weighed: ``age`` for all the same, or ``age=old:70,young:30``."""

    balance = serializers.CharField(required=False, default="", allow_blank=True, max_length=100)


class PeopleInput(ContextInput):
    """Whose votes to read: of those interviewed about a question, of one group by a trait, or both."""

    question = serializers.CharField(required=False, default="", allow_blank=True, max_length=100)
    by = serializers.CharField(required=False, default="", allow_blank=True, max_length=100)
    group = serializers.CharField(required=False, default="", allow_blank=True, max_length=100)

    def people(self) -> People:
        """Return whose votes were asked for."""
        asked: dict[str, Any] = self.validated_data
        return People(question=asked["question"], by=asked["by"], group=asked["group"])


class GraphInput(PeopleInput, BalanceInput):
    """Which graph to show; the published rule's cuts are parameters of its ranking."""

    rule = serializers.ChoiceField(choices=RULES, required=False, default=RULES[0])
    wiser_at_least = serializers.IntegerField(required=False, min_value=0)
    likelihood_at_least = serializers.FloatField(required=False)
    entropy_at_most = serializers.FloatField(required=False)

    def parameters(self) -> dict[str, Any]:
        """Return the cuts that were asked for."""
        asked: dict[str, Any] = self.validated_data
        return {name: asked[name] for name in CUTS if name in asked}


class SnapshotInput(serializers.Serializer[Any]):
    """How to rank the values of a new snapshot."""

    rule = serializers.ChoiceField(choices=RULES, required=False, default=RULES[0])
    parameters = serializers.DictField(child=serializers.JSONField(), required=False, default=dict)
    balance = serializers.CharField(required=False, default="", allow_blank=True, max_length=100)
