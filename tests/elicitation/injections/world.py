"""Everything that an injection could be after: words of others, keys, codes; and the state of it all."""

import hashlib
import json
import uuid
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers

from apps.elicitation.models import Interview, Participant
from apps.elicitation.services import cards, interviews
from apps.moralgraph.models import Card, CardVersion
from apps.shared.models import Job, Stream, StreamEvent, Study
from tests.factories.elicitation import RICH, ProtocolFactory, at_the_card, content
from tests.factories.shared import StudyFactory

OURS = ("shared", "models", "moralgraph", "elicitation", "discretion")
OTTILIE = "I listened to Ottilie and her lighthouse"
CODE = "SECRET-CODE-77"


def build() -> tuple[Study, list[str]]:
    """Return a study in which somebody finished, and everything in it that nobody else may read."""
    study = StudyFactory()
    codes = content().codes.model_copy(update={"complete": CODE})
    ProtocolFactory(study=study, draft=content(codes=codes).to_json())
    other = at_the_card(study=study)
    interview = Interview.objects.get(participant=other.participant)
    interview.turns.filter(speaker="person").update(text=f"{OTTILIE}. {RICH[1]}")
    lines = [{"attended": "LAMPS", "qualifier": "in a lighthouse"}]
    cards.save(
        participant=other.participant,
        title="Ottilie's lamp",
        summary="I tend the lighthouse.",
        policies=lines,
    )
    cards.accept(participant=other.participant)
    me = Participant.objects.get(pk=other.participant.pk)
    secrets = [OTTILIE, RICH[1], "Ottilie's lamp", "I tend the lighthouse", "LAMPS in a lighthouse", CODE]
    secrets += [me.short_code, me.token_hash, str(me.pk), other.token]
    return study, [*secrets, settings.SECRET_KEY, settings.LLM_API_KEY, str(settings.DATA_DIR)]


def state(*, but: Participant) -> dict[str, str]:
    """Return a hash of every row of every table, but for those of this person's own interview."""
    found = {}
    for name in OURS:
        for model in apps.get_app_config(name).get_models():
            for row in model.objects.order_by("pk"):
                if not _own(row, but):
                    whole = json.dumps(json.loads(serializers.serialize("json", [row])), sort_keys=True)
                    found[f"{model.__name__} {row.pk}"] = hashlib.sha256(whole.encode()).hexdigest()
    return found


def _own(row: Any, person: Participant) -> bool:
    """Whether a row is this person's interview, draft card, or the record of how their reply was made."""
    if isinstance(row, Job):
        return row.subject == f"interview/{person.interview.pk}"
    if isinstance(row, StreamEvent):
        return (
            row.data.get("id") == str(person.pk)
            or row.data.get("subject") == f"interview/{person.interview.pk}"
        )
    if isinstance(row, Stream):  # A stream is its counter; what is in it is looked at above.
        return row.name.endswith("/room") or "/job/" in row.name
    if isinstance(row, Card):
        return row.participant_id == person.pk
    if isinstance(row, CardVersion):
        return row.card.participant_id == person.pk
    if isinstance(row, Interview):
        return row.participant_id == person.pk
    return row.__class__.__name__ == "Turn" and row.interview.participant_id == person.pk


def say(*, participant: Participant, text: str) -> None:
    """Say something."""
    interviews.say(participant=participant, text=text, client_id=uuid.uuid4())
