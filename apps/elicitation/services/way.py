"""A session's way from step to step, with the time that each took."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.elicitation import selectors
from apps.elicitation.domain import steps
from apps.elicitation.domain.protocol import Exit
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant, StepTime
from apps.elicitation.services import openings, watch
from apps.shared.errors import Conflict

EXIT_OF = {
    Step.DONE: Exit.COMPLETE,
    Step.WITHDRAWN: Exit.WITHDREW,
    Step.INELIGIBLE: Exit.UNDER_AGE,
    Step.SCREENED_OUT: Exit.SCREENED_OUT,
    Step.OVER_QUOTA: Exit.OVER_QUOTA,
    Step.FAILED: Exit.FAILED,
}
NOT_OPEN = gettext_noop("This step is not open now. Go on from where you stand.")


@transaction.atomic
def go_on(*, participant: Participant, done: Step) -> Participant:
    """Go from a step that is done to the one that follows in this study; a step that is over is left alone.

    Raises Conflict for a step that the session has not reached.
    """
    row = _locked(participant=participant)
    way = selectors.way_of(participant=row)
    now = Step(row.step)
    if now == done and now not in way:
        raise Conflict(_(NOT_OPEN))
    if now != done:
        if done in way and (now == Step.DONE or (now in way and way.index(now) > way.index(done))):
            return row
        raise Conflict(_(NOT_OPEN))
    return _move(row=row, then=steps.next_of(now=now, way=way))


@transaction.atomic
def go_to(*, participant: Participant, then: Step) -> Participant:
    """Go to a certain step: back to the interview, or out. Raises Conflict where it does not follow."""
    row = _locked(participant=participant)
    if row.step == then:
        return row
    try:
        steps.check(now=Step(row.step), then=then, way=selectors.way_of(participant=row))
    except steps.StepError as error:
        raise Conflict(_(NOT_OPEN)) from error
    return _move(row=row, then=then)


@transaction.atomic
def release(*, participant: Participant) -> Participant:
    """End a living session as complete, wherever it stands."""
    row = _locked(participant=participant)
    if row.step in steps.ENDS:
        raise Conflict(_(NOT_OPEN))
    return _move(row=row, then=Step.DONE)


def enter(*, participant: Participant) -> None:
    """Note that a new session stands at its first step."""
    StepTime.objects.create(participant=participant, step=participant.step, entered_at=timezone.now())
    watch.tell(participant=participant, moved=True)


def _move(*, row: Participant, then: Step) -> Participant:
    now = timezone.now()
    StepTime.objects.filter(participant=row, left_at=None).update(left_at=now)
    row.step = then
    if then in EXIT_OF:
        row.exit = row.exit or EXIT_OF[then]
        row.completed_at = row.completed_at or (now if then == Step.DONE else None)
    else:
        StepTime.objects.create(participant=row, step=then, entered_at=now)
    row.save(update_fields=["step", "exit", "completed_at"])
    if then == Step.INTERVIEW:
        openings.begin(participant=row)
    watch.tell(participant=row, moved=True)
    return row


def _locked(*, participant: Participant) -> Participant:
    rows = Participant.objects.select_for_update(of=("self",)).select_related("study", "version")
    return rows.get(pk=participant.pk)
