"""What stands behind the graph's numbers: votes one by one, and a pair with its stories."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.domain.answers import Answer
from apps.moralgraph.models import Story
from apps.moralgraph.rest.outputs import AskedOutput, PeopleInput, ValueOutput, VoteOutput
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}


class VoteRowsInput(PeopleInput):
    """Which votes: of a value, of a pair, of one answer; ``before`` gives the next page."""

    value = serializers.IntegerField(required=False, allow_null=True, default=None)
    other = serializers.IntegerField(required=False, allow_null=True, default=None)
    answer = serializers.ChoiceField(
        choices=[answer.value for answer in Answer], required=False, allow_blank=True, default=""
    )
    snapshot = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="The votes that a snapshot holds."
    )
    before = serializers.IntegerField(required=False, allow_null=True, default=None)


class VoteRowOutput(VoteOutput):
    """One vote without who cast it, with the story that was judged."""

    story_id = serializers.IntegerField(allow_null=True)


class VoteRowsOutput(serializers.Serializer[Any]):
    """Votes, newest first; ``before`` is where the next page begins, null on the last."""

    votes = VoteRowOutput(many=True)
    total = serializers.IntegerField()
    not_about = serializers.IntegerField(help_text="Those that say “not about this”; no ranking counts them.")
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
    steps = StepCountsOutput(many=True)
    stories = StoryRowOutput(many=True)


class VoteRowsView(StudyView):
    """The votes that count, one by one."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="vote_rows",
        parameters=[VoteRowsInput],
        responses={200: VoteRowsOutput, 400: ErrorEnvelope, **_ERRORS},
    )
    def get(self, request: Request, slug: str) -> Response:
        """List them, newest first, without who cast them."""
        given = VoteRowsInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        asked = {
            name: given.validated_data[name]
            for name in ("context", "value", "other", "answer", "snapshot", "before")
        }
        found = selectors.vote_rows(study=self.study, people=given.people(), **asked)
        return Response(VoteRowsOutput(found).data)


class PairView(StudyView):
    """Two values, compared."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="pair", responses={200: PairOutput, **_ERRORS})
    def get(self, request: Request, slug: str, value_id: int, other_id: int) -> Response:
        """Answer their stories and the answers by direction and context."""
        return Response(PairOutput(selectors.pair(study=self.study, one=value_id, other=other_id)).data)
