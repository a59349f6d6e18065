"""Pairs with a known answer: taken from the audit, or written for the purpose."""

import dataclasses
import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from apps.discretion.models import Audit, Probe
from apps.discretion.selectors import desk
from apps.discretion.services import audits
from apps.shared.errors import Conflict, Invalid, Missing

EXPECTED = ("a", "b", "tie", "both_bad", "cannot_tell")


@dataclasses.dataclass(frozen=True)
class Texts:
    """The words of a pair."""

    prompt: str
    response_a: str
    response_b: str


@transaction.atomic
def add(
    *,
    audit: Audit,
    kind: str,
    expected: str,
    created_by: AbstractBaseUser | None,
    texts: Texts | None = None,
    comparison_id: uuid.UUID | None = None,
    explanation: str = "",
) -> Probe:
    """Add a pair with a known answer. Raises Invalid where words or answer are missing, and where a training
    pair does not explain its answer; Conflict for a comparison that has a known answer already.
    """
    if expected not in EXPECTED:
        raise Invalid("This is not a known answer.", fields={"expected": [f"One of {', '.join(EXPECTED)}."]})
    if kind == Probe.Kind.PRACTICE and not explanation.strip():
        raise Invalid(
            "A pair of the training round explains its answer.",
            fields={"explanation": ["Say why this answer holds."]},
        )
    source = desk.comparison(audit=audit, comparison_id=comparison_id) if comparison_id else None
    if source is not None:
        if source.probes.filter(retired_at=None).exists():
            raise Conflict("This comparison has a known answer already.")
        texts = Texts(source.prompt, source.response_a, source.response_b)
    if texts is None or not texts.response_a.strip() or not texts.response_b.strip():
        raise Invalid("A pair needs two responses.", fields={"response_a": ["Write both responses."]})
    row = Probe.objects.create(
        audit=audit,
        kind=kind,
        comparison=source,
        expected=expected,
        explanation=explanation.strip(),
        created_by_id=created_by.pk if created_by else None,
        **dataclasses.asdict(texts),
    )
    audits.touch(audit=audit, what="batches")
    return row


@transaction.atomic
def retire(*, audit: Audit, probe_id: uuid.UUID) -> None:
    """Take a pair out of future batches; what lies on a pile already stays there. Raises Missing."""
    changed = Probe.objects.filter(audit=audit, pk=probe_id, retired_at=None).update(
        retired_at=timezone.now()
    )
    if not changed:
        raise Missing("There is no such pair in use in this audit.")
    audits.touch(audit=audit, what="batches")
