"""What is asked about no more: pairs and stories. Nothing is deleted, and all of it comes back."""

from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from apps.moralgraph.models import Retirement, Story, Transition
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study
from apps.shared.services import audit

LONGEST_REASON = 300
_Row = TypeVar("_Row", bound=Model)


def reason_of(reason: str) -> str:
    """Return a reason on one line. Raises Invalid for none, and for one that is too long."""
    found = " ".join(reason.split())
    if not found or len(found) > LONGEST_REASON:
        message = f"Give a reason of at most {LONGEST_REASON} characters."
        raise Invalid(message, fields={"reason": [message]})
    return found


@transaction.atomic
def retire_pair(*, study: Study, actor: Person, transition_id: int, reason: str) -> None:
    """Ask about a pair of values no more, in neither direction: one alone would speak for one side.

    Raises Missing, Invalid without a reason, and Conflict where it is retired already.
    """
    for step in _both(study=study, transition_id=transition_id):
        _retire(study=study, actor=actor, row=step, what="transition", reason=reason)


@transaction.atomic
def bring_pair_back(*, study: Study, actor: Person, transition_id: int) -> None:
    """Let a pair be asked about again, in both directions. Raises Missing, and Conflict for one that is."""
    for step in _both(study=study, transition_id=transition_id):
        _bring_back(study=study, actor=actor, row=step, what="transition")


@transaction.atomic
def retire_story(*, study: Study, actor: Person, story_id: int, reason: str) -> None:
    """Show a story no more; others, or the neutral one, stand in its place. Raises as ``retire_pair``."""
    row = _found(Story.objects.select_for_update().filter(transition__study=study, pk=story_id).first())
    if row.origin == Story.Origin.TEMPLATE:
        raise Conflict("The neutral story stays: it is told where nobody wrote one.")
    _retire(study=study, actor=actor, row=row, what="story", reason=reason)


@transaction.atomic
def bring_story_back(*, study: Study, actor: Person, story_id: int) -> None:
    """Show a story again. Raises Missing, and Conflict for one that is shown."""
    row = _found(Story.objects.select_for_update().filter(transition__study=study, pk=story_id).first())
    _bring_back(study=study, actor=actor, row=row, what="story")


def _both(*, study: Study, transition_id: int) -> list[Transition]:
    step = _found(
        Transition.objects.select_for_update(of=("self",)).filter(study=study, pk=transition_id).first()
    )
    back, _ = Transition.objects.get_or_create(
        study=study, less_wise_id=step.wiser_id, wiser_id=step.less_wise_id
    )
    return [step, back]


def _found(row: _Row | None) -> _Row:
    if row is None:
        raise Missing("There is no such thing in this study.")
    return row


def _retire(*, study: Study, actor: Person, row: Transition | Story, what: str, reason: str) -> None:
    why = reason_of(reason)
    if row.retired_at is not None:
        raise Conflict("This is retired already.")
    row.retired_at = timezone.now()
    row.save(update_fields=["retired_at"])
    Retirement.objects.create(study=study, reason=why, by=actor.get_username()[:60], **{what: row})
    audit.record(
        study=study, actor=actor, action=f"{what}.retired", subject=f"{what}/{row.pk}", detail={"reason": why}
    )


def _bring_back(*, study: Study, actor: Person, row: Transition | Story, what: str) -> None:
    if row.retired_at is None:
        raise Conflict("This is not retired.")
    row.retired_at = None
    row.save(update_fields=["retired_at"])
    Retirement.objects.filter(study=study, undone_at__isnull=True, **{what: row}).update(
        undone_at=timezone.now(), undone_by=actor.get_username()[:60]
    )
    audit.record(study=study, actor=actor, action=f"{what}.brought_back", subject=f"{what}/{row.pk}")
