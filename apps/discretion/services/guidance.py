"""The guideline beside the item and the way judgements are asked for: a change is a new version."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.discretion.domain.protocol import (
    BLURS,
    LARGEST_REPEAT_SHARE,
    OPTIONAL_BY_PRINCIPLE,
    OPTIONAL_OVERALL,
    REASONS,
    Protocol,
)
from apps.discretion.models import Adjudication, AnnotationProtocol, Audit, Guideline
from apps.discretion.selectors import guidance
from apps.discretion.services import audits
from apps.shared.errors import Conflict, Invalid


@transaction.atomic
def publish(
    *,
    audit: Audit,
    text: str,
    changes: str,
    created_by: AbstractBaseUser | None,
    gaps: Sequence[int] = (),
) -> Guideline:
    """Put a new version of the guideline beside the items; ``gaps`` are the decisions that it answers.

    Raises Invalid without a text, and, from the second version on, without a word on what changed.
    """
    Audit.objects.select_for_update().get(pk=audit.pk)
    number = guidance.guideline_number(audit=audit) + 1
    if not text.strip():
        raise Invalid("A guideline needs a text.", fields={"text": ["Write what to go by."]})
    if number > 1 and not changes.strip():
        raise Invalid(
            "Say what changed, for those who know the last version.",
            fields={"changes": ["Say what changed."]},
        )
    row = Guideline.objects.create(
        audit=audit,
        number=number,
        text=text.strip(),
        changes=changes.strip(),
        created_by_id=created_by.pk if created_by else None,
    )
    Adjudication.objects.filter(
        pk__in=gaps, comparison__audit=audit, cause=Adjudication.Cause.GUIDELINE_GAP, closed_by=None
    ).update(closed_by=row)
    audits.touch(audit=audit, what="guidance")
    return row


@transaction.atomic
def ask_by(*, audit: Audit, protocol: Protocol, created_by: AbstractBaseUser | None) -> AnnotationProtocol:
    """Ask judgements in another way from now on. Raises Invalid, and Conflict where nothing would change."""
    _check(protocol)
    Audit.objects.select_for_update().get(pk=audit.pk)
    now = guidance.protocol(audit=audit)
    if now.protocol == protocol:
        raise Conflict("This is how it is asked already.")
    row = AnnotationProtocol.objects.create(
        audit=audit,
        number=now.number + 1,
        content=protocol.to_dict(),
        created_by_id=created_by.pk if created_by else None,
    )
    audits.touch(audit=audit, what="guidance")
    return row


def _check(protocol: Protocol) -> None:
    wrong = {}
    if not set(protocol.overall) <= set(OPTIONAL_OVERALL):
        wrong["overall"] = [f"Of {', '.join(OPTIONAL_OVERALL)}."]
    if not set(protocol.by_principle) <= set(OPTIONAL_BY_PRINCIPLE):
        wrong["by_principle"] = [f"Of {', '.join(OPTIONAL_BY_PRINCIPLE)}."]
    if protocol.reasons not in REASONS:
        wrong["reasons"] = [f"One of {', '.join(REASONS)}."]
    if protocol.blur not in BLURS:
        wrong["blur"] = [f"One of {', '.join(BLURS)}."]
    if not 0 <= protocol.repeat_share <= LARGEST_REPEAT_SHARE:
        wrong["repeat_share"] = [f"Between 0 and {LARGEST_REPEAT_SHARE}."]
    if wrong:
        raise Invalid("Something in the protocol is not as expected.", fields=wrong)
