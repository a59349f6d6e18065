"""What staff see and change: participants without words, transcripts (noted in the log), the protocol."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.elicitation import selectors
from apps.elicitation.domain.interview import TurnState
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.transcript import Speaker
from apps.elicitation.models import Interview, Protocol, Turn
from apps.elicitation.services import consents, transcripts
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

STEPS = [step.value for step in Step]
LISTED = 500


class ParticipantOutput(serializers.Serializer[Any]):
    """A participant without words or codes."""

    id = serializers.UUIDField()
    step = serializers.ChoiceField(choices=STEPS)
    simulated = serializers.BooleanField()
    minutes = serializers.FloatField(allow_null=True)
    started_at = serializers.DateTimeField()
    completed_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    interviewer = serializers.ChoiceField(choices=Interview.Interviewer.values, allow_null=True)
    answers = serializers.IntegerField()


class ParticipantsOutput(serializers.Serializer[Any]):
    """How many stand where, and the newest of them."""

    counts = serializers.DictField(child=serializers.IntegerField())
    total = serializers.IntegerField()
    link = serializers.CharField(help_text="The address that participants open.")
    participants = ParticipantOutput(many=True)


class TurnOutput(serializers.ModelSerializer[Turn]):
    """A turn of a transcript with how it was made."""

    speaker = serializers.ChoiceField(choices=[item.value for item in Speaker])
    state = serializers.ChoiceField(choices=[item.value for item in TurnState])
    engine = serializers.DictField()

    class Meta:
        model = Turn
        fields = ["position", "speaker", "text", "state", "attempt", "move", "engine", "at"]


class TranscriptOutput(serializers.Serializer[Any]):
    """An interview, word for word, with what the person agreed to."""

    participant = serializers.UUIDField()
    interviewer = serializers.ChoiceField(choices=Interview.Interviewer.values, allow_null=True)
    quotes = serializers.BooleanField()
    training = serializers.BooleanField()
    simulated = serializers.BooleanField()
    turns = TurnOutput(many=True)


class ProtocolOutput(serializers.ModelSerializer[Protocol]):
    """What a study asks, with the consent text that is in force."""

    consent_text = serializers.CharField()
    consent_number = serializers.IntegerField()
    consent_hash = serializers.CharField()

    class Meta:
        model = Protocol
        fields = [*consents.CHANGEABLE, "consent_text", "consent_number", "consent_hash"]


class ProtocolInput(serializers.ModelSerializer[Protocol]):
    """Changes to a protocol; a changed consent text becomes a new version."""

    consent_text = serializers.CharField(required=False)

    class Meta:
        model = Protocol
        fields = [*consents.CHANGEABLE, "consent_text"]
        extra_kwargs = {
            "minutes": {"min_value": 1, "max_value": 240},
            "min_age": {"min_value": 0, "max_value": 120},
            "votes_each": {"min_value": 0, "max_value": 20},
        }


class ParticipantsView(StudyView):
    """A study's participants."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="participants",
        responses={200: ParticipantsOutput, 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str) -> Response:
        """Count participants by step and list the newest."""
        return Response(ParticipantsOutput(selectors.participants_page(study=self.study, limit=LISTED)).data)


class TranscriptView(StudyView):
    """One participant's interview; every read is noted in the audit log."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="transcript", responses={200: TranscriptOutput, 403: ErrorEnvelope, 404: ErrorEnvelope}
    )
    def get(self, request: Request, slug: str, participant_id: Any) -> Response:
        """Answer the interview word for word."""
        found = transcripts.read(study=self.study, participant_id=participant_id, actor=request.user)
        return Response(TranscriptOutput(found).data)


class ProtocolView(StudyView):
    """What a study asks of its participants."""

    capabilities = {"GET": Capability.READ, "PATCH": Capability.WRITE}

    @extend_schema(
        operation_id="protocol", responses={200: ProtocolOutput, 403: ErrorEnvelope, 404: ErrorEnvelope}
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer the protocol."""
        shown = selectors.protocol_with_consent(study=self.study)
        return Response(ProtocolOutput(cast("Protocol", shown)).data)

    @extend_schema(
        operation_id="revise_protocol",
        request=ProtocolInput,
        responses={200: ProtocolOutput, 400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def patch(self, request: Request, slug: str) -> Response:
        """Change the protocol."""
        given = ProtocolInput(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        consents.revise_protocol(study=self.study, actor=request.user, changes=dict(given.validated_data))
        shown = selectors.protocol_with_consent(study=self.study)
        return Response(ProtocolOutput(cast("Protocol", shown)).data)
