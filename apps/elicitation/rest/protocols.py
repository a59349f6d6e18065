"""A study's protocol: drafted, checked, opened; and studies that are made anew."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.elicitation import selectors
from apps.elicitation.domain.protocol import Protocol, StudyState, SurveyItem
from apps.elicitation.models import ProtocolVersion
from apps.elicitation.services import protocols
from apps.shared.access import Capability, StudyView
from apps.shared.documents import describe
from apps.shared.rest import ErrorEnvelope


@extend_schema_field(describe(Protocol))
class ProtocolField(serializers.JSONField):
    """A protocol's content, checked by the domain."""


@extend_schema_field({"type": "array", "items": describe(SurveyItem)})
class SurveyField(serializers.JSONField):
    """Questions after the votes."""


class VersionOutput(serializers.ModelSerializer[ProtocolVersion]):
    """A version of the protocol as it was frozen."""

    consent_number = serializers.IntegerField(source="consent.number")
    participants = serializers.IntegerField(source="people")

    class Meta:
        model = ProtocolVersion
        fields = ["number", "hash", "pilot", "opened_at", "consent_number", "participants"]


class ModelOutput(serializers.Serializer[Any]):
    """The language model that would ask, and the host that it is asked at."""

    name = serializers.CharField()
    host = serializers.CharField()


class ProtocolOutput(serializers.Serializer[Any]):
    """A study's protocol as a draft, and what is frozen of it."""

    state = serializers.ChoiceField(choices=[state.value for state in StudyState])
    next_states = serializers.ListField(
        child=serializers.ChoiceField(choices=[state.value for state in StudyState])
    )
    revision = serializers.IntegerField()
    draft = ProtocolField()
    hash = serializers.CharField()
    changed = serializers.BooleanField(help_text="The draft says something else than the current version.")
    model = ModelOutput(allow_null=True)
    lacks = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="What is missing before the study can open, by place.",
    )
    versions = VersionOutput(many=True)
    usual_survey = SurveyField(help_text="The kinds of questions that studies of this method ask.")


class ProtocolInput(serializers.Serializer[Any]):
    """The whole draft, with the revision that it was made from."""

    revision = serializers.IntegerField(min_value=0)
    draft = ProtocolField()


class StateInput(serializers.Serializer[Any]):
    """Where a study is to go."""

    state = serializers.ChoiceField(choices=[state.value for state in StudyState])


_CHANGED = {200: ProtocolOutput, **dict.fromkeys((400, 403, 404, 409), ErrorEnvelope)}


class StudyInput(serializers.Serializer[Any]):
    """A new study."""

    title = serializers.CharField(max_length=200)
    slug = serializers.SlugField(max_length=60, help_text="Its name in addresses; never changed later.")


class NewStudyOutput(serializers.Serializer[Any]):
    """The study that was made."""

    slug = serializers.CharField()
    title = serializers.CharField()


class StudiesView(APIView):
    """Where studies are made."""

    @extend_schema(
        operation_id="create_study",
        request=StudyInput,
        responses={201: NewStudyOutput, 400: ErrorEnvelope, 403: ErrorEnvelope, 409: ErrorEnvelope},
    )
    def post(self, request: Request) -> Response:
        """Make a study with an empty protocol; whoever makes it is its admin."""
        given = StudyInput(data=request.data)
        given.is_valid(raise_exception=True)
        study = protocols.create_study(actor=request.user, **given.validated_data)
        return Response(NewStudyOutput(study).data, status=201)


class ProtocolView(StudyView):
    """What a study asks of its participants."""

    capabilities = {"GET": Capability.READ, "PUT": Capability.WRITE}

    @extend_schema(
        operation_id="protocol", responses={200: ProtocolOutput, 403: ErrorEnvelope, 404: ErrorEnvelope}
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer the protocol."""
        return Response(ProtocolOutput(selectors.view_protocol(study=self.study)).data)

    @extend_schema(
        operation_id="save_protocol",
        request=ProtocolInput,
        responses=_CHANGED,
    )
    def put(self, request: Request, slug: str) -> Response:
        """Save the draft."""
        given = ProtocolInput(data=request.data)
        given.is_valid(raise_exception=True)
        protocols.save_draft(
            study=self.study,
            actor=request.user,
            content=given.validated_data["draft"],
            revision=given.validated_data["revision"],
        )
        return Response(ProtocolOutput(selectors.view_protocol(study=self.study)).data)


class StateView(StudyView):
    """Whether people can come in."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="change_study_state",
        request=StateInput,
        responses=_CHANGED,
    )
    def post(self, request: Request, slug: str) -> Response:
        """Pilot, open, pause or close the study."""
        given = StateInput(data=request.data)
        given.is_valid(raise_exception=True)
        protocols.go_to(study=self.study, actor=request.user, state=StudyState(given.validated_data["state"]))
        return Response(ProtocolOutput(selectors.view_protocol(study=self.study)).data)
