"""Transcripts: one interview, or a search through all of them; every reading of words is noted."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.elicitation.domain.interview import Phase, TurnState
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.transcript import Speaker
from apps.elicitation.models import Interview, Passage, Turn
from apps.elicitation.services import transcripts
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}


@extend_schema_field({"type": "array", "items": {"type": "array", "items": {"type": "integer"}}})
class TraceField(serializers.JSONField):
    """Pairs of milliseconds since the first key and characters so far."""


class TurnOutput(serializers.ModelSerializer[Turn]):
    """A turn of a transcript with how it was made."""

    speaker = serializers.ChoiceField(choices=[item.value for item in Speaker])
    state = serializers.ChoiceField(choices=[item.value for item in TurnState])
    engine = serializers.DictField()
    trace = TraceField()

    class Meta:
        model = Turn
        fields = ["position", "speaker", "text", "state", "attempt", "move", "engine", "trace", "at"]


class QuoteOutput(serializers.Serializer[Any]):
    """What the person said, word for word, and the turn that it stands in."""

    quote = serializers.CharField()
    turn = serializers.IntegerField(allow_null=True)


class WordedPolicyOutput(serializers.Serializer[Any]):
    """One line of a card with the words that it rests on."""

    attended = serializers.CharField()
    qualifier = serializers.CharField()
    quotes = serializers.SerializerMethodField()

    @extend_schema_field(QuoteOutput(many=True))
    def get_quotes(self, policy: Any) -> list[dict[str, Any]]:
        """Return all its quotes, the first one first."""
        first = [{"quote": policy.quote, "turn": policy.turn}] if policy.quote else []
        return first + [quote.to_json() for quote in policy.more]


class WordingOutput(serializers.Serializer[Any]):
    """A card as it was worded at one time."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    by = serializers.CharField(help_text="interviewer or person")
    at = serializers.DateTimeField()
    title = serializers.CharField()
    summary = serializers.CharField()
    policies = WordedPolicyOutput(many=True)
    put_away = serializers.BooleanField(help_text="The person said that this card is not theirs.")


class PassageOutput(serializers.ModelSerializer[Passage]):
    """A passage with a code, a memo or both; its place counts characters, not bytes."""

    position = serializers.IntegerField(source="turn.position")
    code = serializers.IntegerField(source="code_id", allow_null=True)
    by = serializers.CharField(source="by.username", allow_null=True, default=None)

    class Meta:
        model = Passage
        fields = ["id", "position", "start", "end", "code", "memo", "by", "at"]


class TranscriptOutput(serializers.Serializer[Any]):
    """An interview, word for word, with what the person agreed to and what was noted on it."""

    seq = serializers.IntegerField(help_text="The room's newest event; follow its stream from here.")
    participant = serializers.UUIDField()
    interviewer = serializers.ChoiceField(choices=Interview.Interviewer.values, allow_null=True)
    phase = serializers.ChoiceField(choices=[item.value for item in Phase], allow_null=True)
    step = serializers.ChoiceField(choices=[item.value for item in Step])
    language = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, help_text="The protocol's version that they met.")
    quotes = serializers.BooleanField()
    training = serializers.BooleanField()
    simulated = serializers.BooleanField()
    turns = TurnOutput(many=True)
    accepted = serializers.BooleanField(help_text="The person accepted the card as it stands.")
    wordings = WordingOutput(many=True, help_text="The oldest first.")
    passages = PassageOutput(many=True)


class ReadInput(serializers.Serializer[Any]):
    """How a transcript is read."""

    along = serializers.BooleanField(default=False, help_text="Again and again while the person talks.")


class PageInput(serializers.Serializer[Any]):
    """Which page of a list."""

    page = serializers.IntegerField(default=1, min_value=1, max_value=10_000)
    simulated = serializers.BooleanField(
        default=False, help_text="The words of simulated people, who are left out otherwise."
    )


class SearchInput(PageInput):
    """What is looked for."""

    q = serializers.CharField(max_length=200)


class HitOutput(serializers.Serializer[Any]):
    """A turn in which the text stands, with the words around it."""

    participant = serializers.UUIDField()
    simulated = serializers.BooleanField()
    position = serializers.IntegerField()
    speaker = serializers.ChoiceField(choices=[item.value for item in Speaker])
    before = serializers.CharField()
    match = serializers.CharField()
    after = serializers.CharField()
    at = serializers.DateTimeField()


class SearchOutput(serializers.Serializer[Any]):
    """A page of what was found."""

    total = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    hits = HitOutput(many=True)


class TranscriptView(StudyView):
    """One participant's interview; every reading is noted in the audit log."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="transcript", parameters=[ReadInput], responses={200: TranscriptOutput, **_ERRORS}
    )
    def get(self, request: Request, slug: str, participant_id: Any) -> Response:
        """Answer the interview word for word."""
        given = ReadInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        found = transcripts.read(
            study=self.study, participant_id=participant_id, actor=request.user, **given.validated_data
        )
        return Response(TranscriptOutput(found).data)


class SearchView(StudyView):
    """A search through the interviews of a study; each is noted in the audit log."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="search_transcripts",
        parameters=[SearchInput],
        responses={200: SearchOutput, **_ERRORS},
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer where a text stands."""
        given = SearchInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        asked = dict(given.validated_data)
        found = transcripts.search(study=self.study, actor=request.user, text=asked.pop("q"), **asked)
        return Response(SearchOutput(found).data)
