"""The live room: who stands where is told as it changes; one person can be paused, helped on, or let go."""

import uuid

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.elicitation import selectors
from apps.elicitation.domain.steps import ENDS, Step
from apps.elicitation.models import Participant
from apps.elicitation.services import frames, watch, way
from apps.shared.access import Person
from apps.shared.errors import Conflict
from apps.shared.models import Study
from apps.shared.services import audit

MORE_TURNS = 3
PAUSED = gettext_noop("The people who run this study paused your session. What you type is kept.")
GO_ON = gettext_noop("You can go on now.")
RELEASED = gettext_noop("The people who run this study let you finish here, with your code.")


@transaction.atomic
def pause(*, study: Study, participant_id: uuid.UUID, actor: Person) -> None:
    """Ask somebody to wait; what they type is kept. Raises Missing, and Conflict where they left already."""
    row = _living(study=study, participant_id=participant_id)
    row.paused_at = row.paused_at or timezone.now()
    row.save(update_fields=["paused_at"])
    _note(row=row, actor=actor, action="participant.paused")
    _tell_page(row=row, code="paused", message=PAUSED)


@transaction.atomic
def let_go_on(*, study: Study, participant_id: uuid.UUID, actor: Person) -> None:
    """Let a paused person go on. Raises Missing, and Conflict where they left already."""
    row = _living(study=study, participant_id=participant_id)
    row.paused_at = None
    row.save(update_fields=["paused_at"])
    _note(row=row, actor=actor, action="participant.went_on")
    _tell_page(row=row, code="go_on", message=GO_ON)


@transaction.atomic
def extend(*, study: Study, participant_id: uuid.UUID, actor: Person) -> None:
    """Give somebody three more questions. Raises Missing, and Conflict where their interview is over."""
    row = _living(study=study, participant_id=participant_id)
    if row.step != Step.INTERVIEW:
        raise Conflict("This person is not in the interview, so there is nothing to extend.")
    row.extra_turns += MORE_TURNS
    row.save(update_fields=["extra_turns"])
    _note(row=row, actor=actor, action="participant.extended")


@transaction.atomic
def release(*, study: Study, participant_id: uuid.UUID, actor: Person) -> None:
    """Let somebody finish here, with the code for complete. Raises Missing, Conflict."""
    row = _living(study=study, participant_id=participant_id)
    Participant.objects.filter(pk=row.pk).update(released_at=timezone.now(), paused_at=None)
    way.release(participant=row)
    _note(row=row, actor=actor, action="participant.released")
    _tell_page(row=row, code="released", message=RELEASED)


def _living(*, study: Study, participant_id: uuid.UUID) -> Participant:
    row = selectors.participant(study=study, participant_id=participant_id)
    if row.step in ENDS:
        raise Conflict("This person's part is over already.")
    return row


def _note(*, row: Participant, actor: Person, action: str) -> None:
    audit.record(study=row.study, actor=actor, action=action, subject=str(row.pk))
    watch.tell(participant=row)


def _tell_page(*, row: Participant, code: str, message: str) -> None:
    interview = getattr(row, "interview", None)
    if interview is not None:
        with translation.override(row.language):
            notice = {"type": "interview.notice", "code": code, "message": _(message)}
        transaction.on_commit(lambda: frames.tell(interview_id=interview.pk, message=notice))
