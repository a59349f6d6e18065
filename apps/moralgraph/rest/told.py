"""Stories that people told of themselves wait for a researcher, and a model may be asked for others."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.models import OwnStory
from apps.moralgraph.services import own_stories, tale_proposals
from apps.moralgraph.services.retirements import LONGEST_REASON
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}
_WRITES = {**_ERRORS, 400: ErrorEnvelope, 409: ErrorEnvelope}


class OwnStoryOutput(serializers.Serializer[Any]):
    """What a person told of how they became wiser; nobody else sees these words."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    before = serializers.CharField(help_text="What they went by before, in their words.")
    language = serializers.CharField()
    details = serializers.ListField(
        child=serializers.CharField(), help_text="What may tell who they are; patterns find some of it."
    )
    card_title = serializers.CharField()
    value = serializers.IntegerField(allow_null=True, help_text="Where their card stands.")
    context = serializers.IntegerField(allow_null=True)  # type: ignore[assignment]  # DRF takes it off the class
    state = serializers.ChoiceField(choices=OwnStory.State.values)
    reason = serializers.CharField()
    decided_by = serializers.CharField()
    simulated = serializers.BooleanField()
    at = serializers.DateTimeField()


class ToldOutput(serializers.Serializer[Any]):
    """All own stories, those that wait first, and what a model could be asked for."""

    stories = OwnStoryOutput(many=True)
    open = serializers.IntegerField()
    model = serializers.CharField(help_text="The language model that can be asked; empty without one.")
    lacking = serializers.IntegerField(help_text="Pairs that it would be asked about.")
    job = serializers.UUIDField(
        allow_null=True, help_text="The job that asks it, or failed to; null where none does."
    )


class OwnStoryInput(serializers.Serializer[Any]):
    """Whether to offer it: with the step, the context and the words that others read; or why not."""

    offer = serializers.BooleanField()
    less_wise = serializers.IntegerField(required=False, default=0)
    wiser = serializers.IntegerField(required=False, default=0)
    # DRF lets a field have this name; only its type stubs know the property behind it.
    context = serializers.IntegerField(required=False, default=0)  # type: ignore[assignment]
    text = serializers.CharField(
        max_length=2 * own_stories.LONGEST, required=False, default="", allow_blank=True
    )
    reason = serializers.CharField(
        max_length=LONGEST_REASON, required=False, default="", allow_blank=True, help_text="Why not."
    )


class ToldDoneOutput(serializers.Serializer[Any]):
    """The row that was written."""

    id = serializers.IntegerField()


class StoriesJobOutput(serializers.Serializer[Any]):
    """The job that asks the model."""

    job = serializers.UUIDField(source="pk")


class ToldView(StudyView):
    """Own stories, and what a model could write."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(operation_id="told_stories", responses={200: ToldOutput, **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List what people told."""
        return Response(ToldOutput(selectors.told.told(study=self.study)).data)

    @extend_schema(operation_id="propose_stories", request=None, responses={202: StoriesJobOutput, **_WRITES})
    def post(self, request: Request, slug: str) -> Response:
        """Ask the model to write for values that few stories reach."""
        job = tale_proposals.ask(study=self.study, actor=request.user)
        return Response(StoriesJobOutput(job).data, status=202)


class OwnStoryView(StudyView):
    """One own story."""

    capabilities = {"PATCH": Capability.WRITE}

    @extend_schema(
        operation_id="decide_own_story", request=OwnStoryInput, responses={200: ToldDoneOutput, **_WRITES}
    )
    def patch(self, request: Request, slug: str, own_id: int) -> Response:
        """Offer it to others in words that do not tell whose it is, or decline it."""
        given = OwnStoryInput(data=request.data)
        given.is_valid(raise_exception=True)
        told = dict(given.validated_data)
        takes, reason = told.pop("offer"), told.pop("reason")
        if takes:
            own_stories.offer(study=self.study, actor=request.user, own_id=own_id, **told)
        else:
            own_stories.decline(study=self.study, actor=request.user, own_id=own_id, reason=reason)
        return Response(ToldDoneOutput({"id": own_id}).data)
