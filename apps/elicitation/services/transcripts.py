"""Reading somebody's words, which is noted."""

import uuid
from typing import Any

from django.db import transaction

from apps.elicitation import selectors
from apps.shared.access import Person
from apps.shared.models import Study
from apps.shared.services import audit


@transaction.atomic
def read(*, study: Study, participant_id: uuid.UUID, actor: Person) -> dict[str, Any]:
    """Return a transcript and note who read it. Raises Missing, and Forbidden without research consent."""
    participant = selectors.readable_participant(study=study, participant_id=participant_id)
    audit.record(study=study, actor=actor, action="transcript.read", subject=str(participant.pk))
    return selectors.view_transcript(participant)
