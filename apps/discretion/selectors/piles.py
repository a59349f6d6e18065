"""What was dealt out to one person: their places in batches, and the next pair on the pile."""

import dataclasses
import uuid
from collections.abc import Collection, Iterable
from typing import Any, cast

from django.db.models import Case, Count, F, Q, QuerySet, When

from apps.discretion.models import Act, Annotator, Assignment, Audit, Batch, BatchMember, Comparison, Probe
from apps.models.domain.intervals import Interval, wilson


@dataclasses.dataclass(frozen=True)
class Place:
    """A person's place in a batch. ``locked``: a training round has to be passed first."""

    member: BatchMember
    total: int
    done: int
    set_aside: int
    known: Interval
    attention: Interval
    locked: bool = False

    @property
    def batch(self) -> Batch:
        """Return the batch."""
        return self.member.batch

    @property
    def finished(self) -> bool:
        """Say whether all is done."""
        return self.total > 0 and self.done == self.total

    @property
    def below(self) -> bool:
        """Say whether fewer known answers are right than was asked for; unknown is not below."""
        return self.known.value is not None and self.known.value < self.batch.threshold

    @property
    def passed(self) -> bool:
        """Say whether a training round is done and passed."""
        return self.finished and not self.below


def to_judge(*, audit: Audit) -> QuerySet[Comparison]:
    """Return the comparisons that people judge: not those that were taken as pairs with a known answer."""
    known = Probe.objects.filter(audit=audit, comparison__isnull=False, retired_at=None)
    return Comparison.objects.filter(audit=audit).exclude(pk__in=known.values("comparison"))


def places(*, audit: Audit, annotator: Annotator | None = None) -> list[Place]:
    """Return places in the audit's batches with how far each is: one person's, or everybody's."""
    members = BatchMember.objects.filter(batch__audit=audit).select_related("batch", "annotator")
    if annotator is not None:
        members = members.filter(annotator=annotator)
    counted = members.annotate(
        total=Count("assignments"), done=Count("assignments", filter=Q(assignments__done_at__isnull=False))
    )
    said = _said(audit)
    found = [_place(row, said.get(row.pk, {})) for row in counted.order_by("batch__created_at", "id")]
    passed = {(row.batch.pk, row.member.annotator_id) for row in found if row.passed}
    return [dataclasses.replace(row, locked=_locked(row, passed)) for row in found]


def _locked(place: Place, passed: Collection[tuple[int, int]]) -> bool:
    if place.batch.training_id is None or place.member.admitted_at is not None:
        return False
    return (place.batch.training_id, place.member.annotator_id) not in passed


def _said(audit: Audit) -> dict[int, dict[str, int]]:
    """Count by member: known answers given and right, the same of attention, and pairs put aside."""
    gold, attention = Q(probe__kind__in=["gold", "practice"]), Q(probe__kind="attention")
    rows = (
        Act.objects.filter(
            assignment__member__batch__audit=audit,
            undone_at__isnull=True,
            attempt=F("assignment__member__attempt"),
        )
        .order_by()
        .values("assignment__member")
        .annotate(
            gold=Count("pk", filter=gold),
            gold_right=Count("pk", filter=gold & Q(right=True)),
            attention=Count("pk", filter=attention),
            attention_right=Count("pk", filter=attention & Q(right=True)),
            set_aside=Count("pk", filter=Q(why=Act.Why.TOO_DISTRESSING)),
        )
    )
    return {row["assignment__member"]: row for row in cast("Iterable[dict[str, Any]]", rows)}


def _place(row: BatchMember, said: dict[str, int]) -> Place:
    return Place(
        member=row,
        total=getattr(row, "total", 0),
        done=getattr(row, "done", 0),
        set_aside=said.get("set_aside", 0),
        known=wilson(said.get("gold_right", 0), said.get("gold", 0)),
        attention=wilson(said.get("attention_right", 0), said.get("attention", 0)),
    )


def waiting(*, annotator: Annotator, locked: Collection[int]) -> QuerySet[Assignment]:
    """Return what lies before a person, the next first: training before work, older batches first."""
    training_first = Case(When(member__batch__kind=Batch.Kind.TRAINING, then=0), default=1)
    return (
        Assignment.objects.filter(
            member__annotator=annotator, member__batch__closed_at__isnull=True, done_at__isnull=True
        )
        .exclude(member__in=locked)
        .select_related("member__batch", "comparison", "probe")
        .order_by(training_first, "member__batch__created_at", "position", "id")
    )


def without(*, rows: QuerySet[Assignment], pairs: Collection[uuid.UUID]) -> QuerySet[Assignment]:
    """Leave out what is of these pairs."""
    return rows.exclude(comparison__in=pairs).exclude(probe__in=pairs) if pairs else rows


def open_for(*, annotator: Annotator, pair: uuid.UUID, kinds: Collection[str]) -> Assignment | None:
    """Return the assignment that a judgement of a pair answers, if it lies before the person."""
    return (
        Assignment.objects.filter(
            Q(comparison=pair) | Q(probe=pair), member__annotator=annotator, kind__in=kinds, done_at=None
        )
        .select_related("member__batch", "probe")
        .order_by("position")
        .first()
    )
