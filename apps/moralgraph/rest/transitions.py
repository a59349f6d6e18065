"""Transitions for researchers: listed with their stories, written, reviewed, retired and brought back."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph.models import Story
from apps.moralgraph.rest.outputs import AnswerCountsOutput
from apps.moralgraph.selectors import transitions
from apps.moralgraph.services import retirements, tales
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}
_WRITES = {**_ERRORS, 409: ErrorEnvelope}


class RetirementOutput(serializers.Serializer[Any]):
    """Why something is asked about no more, who said so and when."""

    reason = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class TaleOutput(serializers.Serializer[Any]):
    """A story that somebody wrote, with how many judged it; ``model`` wrote it, where one is named."""

    id = serializers.IntegerField()
    context_id = serializers.IntegerField()
    context_name = serializers.CharField()
    text = serializers.CharField()
    origin = serializers.ChoiceField(choices=Story.Origin.values)
    state = serializers.ChoiceField(choices=Story.State.values)
    by = serializers.CharField()
    model = serializers.CharField()
    reviewed_by = serializers.CharField()
    reason = serializers.CharField(help_text="Why it was declined.")
    votes = serializers.IntegerField()
    retired = RetirementOutput(allow_null=True)


class DirectionOutput(serializers.Serializer[Any]):
    """One direction of a pair; ``id`` is the transition."""

    id = serializers.IntegerField()
    less_wise = serializers.IntegerField()
    wiser = serializers.IntegerField()
    counts = AnswerCountsOutput()
    votes = serializers.IntegerField()
    stories = TaleOutput(many=True)


class JudgedPairOutput(serializers.Serializer[Any]):
    """Two values, named as the first direction leads, with what was asked of them and told."""

    titles = serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2)
    directions = DirectionOutput(many=True)
    votes = serializers.IntegerField()
    retired = RetirementOutput(allow_null=True)


class JudgedPairsOutput(serializers.Serializer[Any]):
    """Some pairs, those with open proposals first and then those with most votes."""

    pairs = JudgedPairOutput(many=True)
    total = serializers.IntegerField(help_text="How many pairs the filter leaves.")
    page_size = serializers.IntegerField()
    proposed = serializers.IntegerField(help_text="Pairs with a proposal that waits for a researcher.")
    retired = serializers.IntegerField(help_text="Pairs that are asked about no more.")


class PairsInput(serializers.Serializer[Any]):
    """Which pairs to list."""

    state = serializers.ChoiceField(choices=["", *transitions.STATES], required=False, default="")
    page = serializers.IntegerField(min_value=1, max_value=100_000, required=False, default=1)


class TaleInput(serializers.Serializer[Any]):
    """A story of somebody who went from one value to another."""

    less_wise = serializers.IntegerField()
    wiser = serializers.IntegerField()
    # DRF lets a field have this name; only its type stubs know the property behind it.
    context = serializers.IntegerField()  # type: ignore[assignment]
    text = serializers.CharField(max_length=2 * tales.LONGEST)


class ReviewInput(serializers.Serializer[Any]):
    """Whether to show a proposed story, and in which words."""

    take = serializers.BooleanField()
    text = serializers.CharField(max_length=2 * tales.LONGEST, required=False, default="", allow_blank=True)
    reason = serializers.CharField(
        max_length=retirements.LONGEST_REASON, required=False, default="", allow_blank=True,
        help_text="Why it is declined.",
    )  # fmt: skip


class ReasonInput(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=retirements.LONGEST_REASON)


class DoneOutput(serializers.Serializer[Any]):
    """Which row was written."""

    id = serializers.IntegerField()


def _given(kind: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    given = kind(data=data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class TransitionsView(StudyView):
    """The pairs of a study, and a new story for one."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(
        operation_id="transitions", parameters=[PairsInput], responses={200: JudgedPairsOutput, **_ERRORS}
    )
    def get(self, request: Request, slug: str) -> Response:
        """List the pairs that were judged or written about."""
        found = transitions.pairs(study=self.study, **_given(PairsInput, request.query_params))
        return Response(JudgedPairsOutput({**vars(found), "page_size": transitions.AT_ONCE}).data)

    @extend_schema(operation_id="write_story", request=TaleInput, responses={201: DoneOutput, **_WRITES})
    def post(self, request: Request, slug: str) -> Response:
        """Write a story; people are shown it from now on."""
        made = tales.write(study=self.study, actor=request.user, **_given(TaleInput, request.data))
        return Response(DoneOutput({"id": made.pk}).data, status=201)


class TransitionRetirementView(StudyView):
    """That a pair is asked about no more."""

    capabilities = {"POST": Capability.WRITE, "DELETE": Capability.WRITE}

    @extend_schema(
        operation_id="retire_transition", request=ReasonInput, responses={200: DoneOutput, **_WRITES}
    )
    def post(self, request: Request, slug: str, transition_id: int) -> Response:
        """Retire a pair in both directions; its votes stay."""
        given = _given(ReasonInput, request.data)
        retirements.retire_pair(study=self.study, actor=request.user, transition_id=transition_id, **given)
        return Response(DoneOutput({"id": transition_id}).data)

    @extend_schema(operation_id="bring_transition_back", responses={200: DoneOutput, **_WRITES})
    def delete(self, request: Request, slug: str, transition_id: int) -> Response:
        """Let a pair be asked about again."""
        retirements.bring_pair_back(study=self.study, actor=request.user, transition_id=transition_id)
        return Response(DoneOutput({"id": transition_id}).data)


class StoryView(StudyView):
    """One story that was proposed."""

    capabilities = {"PATCH": Capability.WRITE}

    @extend_schema(operation_id="review_story", request=ReviewInput, responses={200: DoneOutput, **_WRITES})
    def patch(self, request: Request, slug: str, story_id: int) -> Response:
        """Take a proposed story, in its words or in other ones, or decline it."""
        given = _given(ReviewInput, request.data)
        tales.review(study=self.study, actor=request.user, story_id=story_id, **given)
        return Response(DoneOutput({"id": story_id}).data)


class StoryRetirementView(StudyView):
    """That a story is shown no more."""

    capabilities = {"POST": Capability.WRITE, "DELETE": Capability.WRITE}

    @extend_schema(operation_id="retire_story", request=ReasonInput, responses={200: DoneOutput, **_WRITES})
    def post(self, request: Request, slug: str, story_id: int) -> Response:
        """Retire a story; its votes stay."""
        given = _given(ReasonInput, request.data)
        retirements.retire_story(study=self.study, actor=request.user, story_id=story_id, **given)
        return Response(DoneOutput({"id": story_id}).data)

    @extend_schema(operation_id="bring_story_back", responses={200: DoneOutput, **_WRITES})
    def delete(self, request: Request, slug: str, story_id: int) -> Response:
        """Show a story again."""
        retirements.bring_story_back(study=self.study, actor=request.user, story_id=story_id)
        return Response(DoneOutput({"id": story_id}).data)
