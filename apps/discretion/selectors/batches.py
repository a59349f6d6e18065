"""Batches as a researcher sees them: how full each is, and how each person stands."""

import dataclasses

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Q, QuerySet

from apps.discretion.models import Assignment, Audit, Batch, BatchMember, Probe
from apps.discretion.selectors import piles
from apps.shared import selectors as shared
from apps.shared.access import Capability
from apps.shared.errors import Missing
from apps.shared.models import Role, Study


@dataclasses.dataclass(frozen=True)
class Fill:
    """A batch with its people and how much of it is judged. ``full`` counts pairs with all their judgements,
    ``set_aside`` those that were too distressing: they count against nobody.
    """

    batch: Batch
    pairs: int
    full: int
    asked: int
    done: int
    set_aside: int
    people: list[piles.Place]


def people(*, study: Study) -> list[AbstractBaseUser]:
    """Return the members of a study who may annotate, by name."""
    return [row.user for row in shared.members(study=study) if Role(row.role) in Capability.ANNOTATE.value]


def batch(*, audit: Audit, batch_id: int) -> Batch:
    """Return one batch. Raises Missing."""
    found = Batch.objects.filter(audit=audit, pk=batch_id).first()
    if found is None:
        raise Missing("There is no such batch in this audit.")
    return found


def member(*, batch: Batch, member_id: int) -> BatchMember:
    """Return one place in a batch. Raises Missing."""
    found = batch.members.filter(pk=member_id).first()
    if found is None:
        raise Missing("There is nobody of this number in this batch.")
    return found


def probes(*, audit: Audit) -> QuerySet[Probe]:
    """Return the pairs with a known answer that are in use."""
    return Probe.objects.filter(audit=audit, retired_at=None)


def fills(*, audit: Audit) -> list[Fill]:
    """Return the audit's batches, the newest first."""
    places = piles.places(audit=audit)
    counts = _counts(audit)
    rows = Batch.objects.filter(audit=audit).select_related("training").order_by("-created_at", "-id")
    return [
        _fill(row, [at for at in places if at.batch.pk == row.pk], counts.get(row.pk, [])) for row in rows
    ]


def _counts(audit: Audit) -> dict[int, list[tuple[int, int]]]:
    """Return, by batch, how many judgements each of its pairs was dealt for and how many it has."""
    rows = (
        Assignment.objects.filter(member__batch__audit=audit, kind=Assignment.Kind.FIRST)
        .order_by()
        .values_list("member__batch", "comparison")
        .annotate(asked=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for batch_id, _, asked, done in rows:
        found.setdefault(batch_id, []).append((asked, done))
    return found


def _fill(batch: Batch, places: list[piles.Place], counts: list[tuple[int, int]]) -> Fill:
    return Fill(
        batch=batch,
        pairs=len(counts),
        full=sum(asked == done for asked, done in counts),
        asked=sum(row.total for row in places),
        done=sum(row.done for row in places),
        set_aside=sum(row.set_aside for row in places),
        people=places,
    )
