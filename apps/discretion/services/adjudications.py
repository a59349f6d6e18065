"""Decisions on disagreements: why people differ, and what holds. Verdicts stay as they were given."""

import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from apps.discretion.models import Adjudication, Audit
from apps.discretion.selectors import desk, disputes, guidance
from apps.discretion.services import audits
from apps.shared.errors import Conflict, Invalid
from apps.shared.services import audit as log

HOLDS = ("", "a", "b", "tie", "both_bad")


@transaction.atomic
def decide(
    *,
    audit: Audit,
    comparison_id: uuid.UUID,
    cause: str,
    decided_by: AbstractBaseUser,
    holds: str = "",
    note: str = "",
) -> Adjudication:
    """Record why people disagree on a comparison and what holds; an earlier decision is kept, superseded.

    Raises Missing, Conflict where the person still has to judge it themselves, and Invalid: one who is wrong
    needs an answer that holds, and a gap in the guideline has to be named.
    """
    comparison = desk.comparison(audit=audit, comparison_id=comparison_id)
    if disputes.still_to_judge(audit=audit, user=decided_by, comparison=comparison):
        raise Conflict("This comparison is still on your own pile. Judge it first, then decide on it.")
    if cause == Adjudication.Cause.ONE_IS_WRONG and not holds:
        raise Invalid("Say which answer holds.", fields={"holds": ["Say which answer holds."]})
    if cause == Adjudication.Cause.GUIDELINE_GAP and not note.strip():
        raise Invalid("Say what the guideline leaves open.", fields={"note": ["Say what is missing."]})
    Adjudication.objects.filter(comparison=comparison, superseded_at=None).update(
        superseded_at=timezone.now()
    )
    row = Adjudication.objects.create(
        comparison=comparison,
        cause=cause,
        holds=holds,
        note=note.strip(),
        guideline=guidance.guideline_number(audit=audit),
        decided_by_id=decided_by.pk,
    )
    log.record(
        study=audit.study,
        actor=decided_by,
        action="discretion.adjudicated",
        subject=f"comparison/{comparison.pk}",
        detail={"cause": cause, "holds": holds},
    )
    audits.touch(audit=audit, what="guidance")
    return row
