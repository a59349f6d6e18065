"""Withdrawing: the person's words go everywhere, the record that they agreed and withdrew stays."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.elicitation.domain import drafting
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import About, Interview, Participant, Passage, Survey, Turn, WiseChoice
from apps.elicitation.services import frames, way
from apps.elicitation.services.exports import standing
from apps.shared.models import Study
from apps.shared.signals import withdrawn


@transaction.atomic
def withdraw(*, participant: Participant) -> None:
    """Withdraw a participant and tell every app; withdrawing twice changes nothing."""
    row = Participant.objects.select_for_update().select_related("study").get(pk=participant.pk)
    if row.withdrawn_at:
        return
    way.go_to(participant=row, then=Step.WITHDRAWN)
    Participant.objects.filter(pk=row.pk).update(
        withdrawn_at=timezone.now(), prolific_pid="", prolific_study="", prolific_session=""
    )
    withdrawn.send(sender=Participant, study=row.study, participant_id=row.pk)


def on_withdrawn(*, study: Study, participant_id: uuid.UUID, **_: Any) -> None:
    """Answer the ``withdrawn`` signal.

    Erase the interview's words on both sides, since replies quote the person; how a reply was made stays.
    """
    person = Participant.objects.filter(study=study, pk=participant_id).select_related("study", "version")
    for row in person:
        standing.outdate(participant=row)
    About.objects.filter(participant_id=participant_id).delete()
    Survey.objects.filter(participant_id=participant_id).delete()
    WiseChoice.objects.filter(participant_id=participant_id).delete()
    interview = Interview.objects.filter(participant_id=participant_id, participant__study=study).first()
    if interview is None:
        return
    drafting.forget()
    Passage.objects.filter(turn__interview=interview).delete()
    Turn.objects.filter(interview=interview).update(text="", client_id=None, trace=[])
    made = list(Turn.objects.filter(interview=interview).exclude(engine={}))
    for turn in made:
        turn.engine = _without_words(turn.engine)
    Turn.objects.bulk_update(made, ["engine"])
    Interview.objects.filter(pk=interview.pk).update(draft="", state={})
    positions = list(interview.turns.values_list("position", flat=True))
    transaction.on_commit(lambda: _close(interview_id=interview.pk, positions=positions))


def _without_words(engine: dict[str, Any]) -> dict[str, Any]:
    """Drop why a card was refused or a model failed: both sentences may quote what the person said."""
    kept = {name: value for name, value in engine.items() if name != "card_refused"}
    if "failed" in kept:
        kept["failed"] = {name: value for name, value in kept["failed"].items() if name != "error"}
    return kept


def _close(*, interview_id: int, positions: list[int]) -> None:
    for position in positions:
        frames.drop(interview_id=interview_id, position=position)
    frames.tell(interview_id=interview_id, message={"type": "interview.ended"})
