"""Withdrawing: the person's words go everywhere, the record that they agreed and withdrew stays."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import frames
from apps.shared.models import Study
from apps.shared.signals import withdrawn


@transaction.atomic
def withdraw(*, participant: Participant) -> None:
    """Withdraw a participant and tell every app; withdrawing twice changes nothing."""
    row = Participant.objects.select_for_update().select_related("study").get(pk=participant.pk)
    if row.withdrawn_at:
        return
    row.step, row.withdrawn_at = Step.WITHDRAWN, timezone.now()
    row.save(update_fields=["step", "withdrawn_at"])
    withdrawn.send(sender=Participant, study=row.study, participant_id=row.pk)


def on_withdrawn(*, study: Study, participant_id: uuid.UUID, **_: Any) -> None:
    """Answer the ``withdrawn`` signal.

    Erase the interview's words on both sides, since replies quote the person.
    """
    interview = Interview.objects.filter(participant_id=participant_id, participant__study=study).first()
    if interview is None:
        return
    Turn.objects.filter(interview=interview).update(text="", client_id=None)
    Interview.objects.filter(pk=interview.pk).update(draft="", state={})
    positions = list(interview.turns.values_list("position", flat=True))
    transaction.on_commit(lambda: _close(interview_id=interview.pk, positions=positions))


def _close(*, interview_id: int, positions: list[int]) -> None:
    for position in positions:
        frames.drop(interview_id=interview_id, position=position)
    frames.tell(interview_id=interview_id, message={"type": "interview.ended"})
