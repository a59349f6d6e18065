"""Erasing those who only rehearsed: a preview's or a pilot's participants go without a trace."""

from collections.abc import Iterable

from django.db import transaction

from apps.elicitation.models import Participant
from apps.elicitation.services import frames
from apps.moralgraph.services import rehearsals
from apps.shared.services import jobs


@transaction.atomic
def erase(*, participants: Iterable[Participant]) -> int:
    """Delete simulated participants with all that they said, chose and made; return how many.

    Raises ValueError for anybody who is no part of a preview or a pilot: people withdraw, the demo stays.
    """
    listed = list(participants)
    for row in listed:
        if not (row.simulated and row.rehearsal):
            raise ValueError("Only participants of a preview or a pilot are erased.")
        rehearsals.forget(study=row.study, rehearsal=row.rehearsal, participants=[row.pk])
        interview = getattr(row, "interview", None)
        if interview is not None:
            jobs.forget(study=row.study, subject=f"interview/{interview.pk}")
            positions = list(interview.turns.values_list("position", flat=True))
            _close(interview_id=interview.pk, positions=positions)
        row.delete()
    return len(listed)


def _close(*, interview_id: int, positions: list[int]) -> None:
    def close() -> None:
        for position in positions:
            frames.drop(interview_id=interview_id, position=position)
        frames.tell(interview_id=interview_id, message={"type": "interview.ended"})

    transaction.on_commit(close)
