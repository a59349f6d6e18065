"""What stands behind the graph's numbers: votes one by one, and a pair with its stories."""

from dataclasses import fields
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.domain.answers import Answer
from apps.moralgraph.domain.rules import RULES
from apps.moralgraph.models import Story
from apps.moralgraph.rest.outputs import AskedOutput, BalanceInput, PeopleInput, ValueOutput, VoteOutput
from apps.moralgraph.selectors.analyses import Question
from apps.moralgraph.selectors.rows import LEFT_OUT, Which
from apps.moralgraph.selectors.whose import Whose
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}


class VoteRowsInput(PeopleInput, BalanceInput):
    """Which votes: of a value, of a pair, of one answer; ``before`` gives the next page."""

    value = serializers.IntegerField(required=False, allow_null=True, default=None)
    other = serializers.IntegerField(required=False, allow_null=True, default=None)
    toward = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="On steps that lead to this value."
    )
    story = serializers.IntegerField(required=False, allow_null=True, default=None)
    imported = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="That came in with this file."
    )
    answer = serializers.ChoiceField(
        choices=[answer.value for answer in Answer], required=False, allow_blank=True, default=""
    )
    left_out = serializers.ChoiceField(
        choices=LEFT_OUT, required=False, allow_blank=True, default="",
        help_text="Those that do not count, for this reason.",
    )  # fmt: skip
    snapshot = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="The votes that a snapshot holds."
    )
    before = serializers.IntegerField(required=False, allow_null=True, default=None)
    rest = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=100,
        help_text="Of those who told nothing of this, or whose group is too small to be shown.",
    )  # fmt: skip
    decisive = serializers.ChoiceField(
        choices=RULES, required=False, allow_blank=True, default="",
        help_text="Of those without whom another value is first by this rule.",
    )  # fmt: skip

    def which(self) -> Which:
        """Return which votes were asked for."""
        return Which(**{item.name: self.validated_data[item.name] for item in fields(Which)})

    def whose(self) -> Whose:
        """Return whose votes were asked for."""
        asked: dict[str, Any] = self.validated_data
        decisive = None
        if asked["decisive"]:
            decisive = Question("influence", asked["context"], asked["decisive"], balance=asked["balance"])
        return Whose(self.people(), asked["rest"], decisive)


class VoteRowOutput(VoteOutput):
    """One vote without who cast it, with the story that was judged."""

    story_id = serializers.IntegerField(allow_null=True)


class VoteRowsOutput(serializers.Serializer[Any]):
    """Votes, newest first; ``before`` is where the next page begins, null on the last."""

    votes = VoteRowOutput(many=True)
    total = serializers.IntegerField()
    not_about = serializers.IntegerField(help_text="Those that say “not about this”; no ranking counts them.")
    withdrawn = serializers.IntegerField(
        help_text="Beside them: a snapshot counts them, and their people have withdrawn since."
    )
    before = serializers.IntegerField(allow_null=True)


class StepCountsOutput(AskedOutput):
    """The answers to one direction of a pair in one context; there, one answer is one person."""

    context_id = serializers.IntegerField()
    n = serializers.IntegerField()


class StoryRowOutput(serializers.Serializer[Any]):
    """A story that people judged."""

    id = serializers.IntegerField()
    less_wise = serializers.IntegerField()
    wiser = serializers.IntegerField()
    context_id = serializers.IntegerField()
    text = serializers.CharField(help_text="Empty for the neutral story, which the page words itself.")
    origin = serializers.ChoiceField(choices=Story.Origin.values)
    votes = serializers.IntegerField()


class PairOutput(serializers.Serializer[Any]):
    """Two values with what was asked about them and what was answered."""

    values = ValueOutput(many=True)
    stands_for = serializers.ListField(
        child=serializers.IntegerField(), help_text="Values that were put into either of them."
    )
    steps = StepCountsOutput(many=True)
    stories = StoryRowOutput(many=True)


class VoteRowsView(StudyView):
    """The votes that count, one by one."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="vote_rows",
        parameters=[VoteRowsInput],
        responses={200: VoteRowsOutput, 400: ErrorEnvelope, 409: ErrorEnvelope, **_ERRORS},
    )
    def get(self, request: Request, slug: str) -> Response:
        """List them, newest first, without who cast them."""
        given = VoteRowsInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        asked = {name: given.validated_data[name] for name in ("context", "snapshot", "before")}
        found = selectors.vote_rows(study=self.study, which=given.which(), whose=given.whose(), **asked)
        return Response(VoteRowsOutput(found).data)


class PairView(StudyView):
    """Two values, compared."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="pair", responses={200: PairOutput, **_ERRORS})
    def get(self, request: Request, slug: str, value_id: int, other_id: int) -> Response:
        """Answer their stories and the answers by direction and context."""
        return Response(PairOutput(selectors.pair(study=self.study, one=value_id, other=other_id)).data)
