"""The live room: participants as they stand, without words or codes, and what is done for one of them."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.elicitation import selectors
from apps.elicitation.services import room
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

LISTED = 500
ACTIONS = {
    "pause": room.pause,
    "go_on": room.let_go_on,
    "extend": room.extend,
    "release": room.release,
}


@extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/RoomParticipant"}})
class RoomParticipantsField(serializers.ListField):
    """Participants as the room's events carry them."""


class StepOutput(serializers.Serializer[Any]):
    """How many people reached a step, and how long it took half of them at most."""

    step = serializers.CharField()
    reached = serializers.IntegerField()
    median_minutes = serializers.FloatField(allow_null=True)


class RoomOutput(serializers.Serializer[Any]):
    """How many stand where, how far they came, and the newest of them."""

    counts = serializers.DictField(child=serializers.IntegerField())
    total = serializers.IntegerField()
    link = serializers.CharField(help_text="The address that participants open.")
    steps = StepOutput(many=True)
    seq = serializers.IntegerField(help_text="The room's newest event; follow its stream from here.")
    participants = RoomParticipantsField()


class HelpInput(serializers.Serializer[Any]):
    """What is done for one participant."""

    action = serializers.ChoiceField(choices=list(ACTIONS))


class RoomView(StudyView):
    """A study's participants as they stand."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="room", responses={200: RoomOutput, 403: ErrorEnvelope, 404: ErrorEnvelope})
    def get(self, request: Request, slug: str) -> Response:
        """Answer the live room."""
        return Response(RoomOutput(selectors.room(study=self.study, limit=LISTED)).data)


class HelpView(StudyView):
    """One participant: pause, let go on, extend, release."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="help_participant",
        request=HelpInput,
        responses={
            204: None,
            400: ErrorEnvelope,
            403: ErrorEnvelope,
            404: ErrorEnvelope,
            409: ErrorEnvelope,
        },
    )
    def post(self, request: Request, slug: str, participant_id: Any) -> Response:
        """Do what is asked; the room's stream tells how the participant stands then."""
        given = HelpInput(data=request.data)
        given.is_valid(raise_exception=True)
        act = ACTIONS[given.validated_data["action"]]
        act(study=self.study, participant_id=participant_id, actor=request.user)
        return Response(status=204)
