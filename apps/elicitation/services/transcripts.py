"""Reading people's words, which is noted in the audit log each time."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.elicitation import selectors
from apps.shared import selectors as shared
from apps.shared.access import Person
from apps.shared.errors import Invalid
from apps.shared.models import Study
from apps.shared.services import audit

SHORTEST_SEARCH = 2
ONE_SITTING = datetime.timedelta(minutes=10)


@transaction.atomic
def read(*, study: Study, participant_id: uuid.UUID, actor: Person, along: bool = False) -> dict[str, Any]:
    """Return a transcript and note who read it; reading along is noted once in ten minutes.

    Raises Missing, and Forbidden without research consent.
    """
    participant = selectors.readable_participant(study=study, participant_id=participant_id)
    action, subject = "transcript.read_along" if along else "transcript.read", str(participant.pk)
    if not (along and _noted_lately(study=study, actor=actor, action=action, subject=subject)):
        audit.record(study=study, actor=actor, action=action, subject=subject)
    return selectors.view_transcript(participant)


def _noted_lately(*, study: Study, actor: Person, action: str, subject: str) -> bool:
    entries = shared.audit_entries(study=study).filter(actor_id=actor.pk, action=action, subject=subject)
    return entries.filter(at__gt=timezone.now() - ONE_SITTING).exists()


@transaction.atomic
def search(
    *, study: Study, actor: Person, text: str, page: int = 1, simulated: bool = False
) -> dict[str, Any]:
    """Return where a text stands in the study's transcripts, and note who searched. Raises Invalid.

    The text itself is not noted: the log is never erased, and it may be somebody's words.
    """
    text = text.strip()
    if len(text) < SHORTEST_SEARCH:
        message = f"Type at least {SHORTEST_SEARCH} characters."
        raise Invalid(message, fields={"q": [message]})
    found = selectors.search(study=study, text=text, page=page, simulated=simulated)
    detail = {"found": found["total"], "page": page}
    audit.record(study=study, actor=actor, action="transcripts.searched", detail=detail)
    return found


@transaction.atomic
def read_passages(
    *, study: Study, actor: Person, code_id: int, page: int = 1, simulated: bool = False
) -> dict[str, Any]:
    """Return the passages with a code, and note who read them. Raises Missing."""
    code = selectors.code(study=study, code_id=code_id)
    audit.record(study=study, actor=actor, action="passages.read", subject=str(code.pk))
    return selectors.passages_of_code(study=study, code_id=code.pk, page=page, simulated=simulated)
