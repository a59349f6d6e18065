"""An annotator's desk: the next comparison, how far they are, and their own history. Never anybody else's
verdicts.
"""

import dataclasses
import hashlib
import itertools
import statistics
import uuid
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from apps.discretion.domain.preferences import Order, side_order
from apps.discretion.models import Annotator, Audit, Comparison, Principle, Verdict
from apps.discretion.selectors import audits
from apps.shared.access import Person
from apps.shared.errors import Missing

CIRCLE = 1 << 62
TYPICAL_SECONDS = 45.0
BREAK_SECONDS = 180.0


@dataclasses.dataclass(frozen=True)
class Item:
    """What lies on the desk; ``comparison`` is None when everything is judged."""

    comparison: Comparison | None
    order: Order
    principles: list[Principle]
    done: int
    left_count: int
    minutes: float

    @property
    def left(self) -> str:
        """Return the response on the left."""
        return self._response("ab")

    @property
    def right(self) -> str:
        """Return the response on the right."""
        return self._response("ba")

    def _response(self, a_when: str) -> str:
        if self.comparison is None:
            return ""
        return self.comparison.response_a if self.order == a_when else self.comparison.response_b


@dataclasses.dataclass(frozen=True)
class Act:
    """What one act of judging said."""

    act: uuid.UUID
    comparison: Comparison
    order: str
    overall: str
    answers: list[dict[str, Any]]
    reason: str
    at: datetime
    undone: bool
    replaced: bool


def annotator_of(*, audit: Audit, user: Person) -> Annotator | None:
    """Return the person's annotator in the audit; None before the first judgement."""
    return Annotator.objects.filter(audit=audit, user=user.pk).first()


def comparison(*, audit: Audit, comparison_id: uuid.UUID) -> Comparison:
    """Return one comparison. Raises Missing."""
    found = Comparison.objects.filter(audit=audit, pk=comparison_id).first()
    if found is None:
        raise Missing("There is no such comparison in this audit.")
    return found


def order_for(*, audit: Audit, user: Person, comparison: Comparison) -> Order:
    """Return which response stands left for this person: a coin that fell once for all."""
    return side_order(annotator=f"{audit.pk}|{user.pk}", comparison=str(comparison.pk))


def next_item(*, audit: Audit, user: Person, leave_out: uuid.UUID | None = None) -> Item:
    """Return the next comparison that this person has not judged, in an order of their own.

    Pairs that a trained checkpoint judged come first: only beside people's judgements can it be audited.
    """
    annotator = annotator_of(audit=audit, user=user)
    waiting = _waiting(audit, annotator)
    total = Comparison.objects.filter(audit=audit).count()
    left_count = waiting.count()
    if leave_out is not None:
        waiting = waiting.exclude(pk=leave_out)
    ahead = Case(When(place__gte=_start(audit, user), then=1), default=0)
    circle = waiting.annotate(by_checkpoint=_judged_by_checkpoint(), ahead=ahead)
    found = circle.order_by("-by_checkpoint", "-ahead", "place").first()
    return item(audit=audit, user=user, comparison=found, done=total - left_count, left_count=left_count)


def item(*, audit: Audit, user: Person, comparison: Comparison | None, done: int, left_count: int) -> Item:
    """Return a comparison as it lies on this person's desk."""
    annotator = annotator_of(audit=audit, user=user)
    seconds = _seconds_each(annotator) if annotator else TYPICAL_SECONDS
    return Item(
        comparison=comparison,
        order=order_for(audit=audit, user=user, comparison=comparison) if comparison else "ab",
        principles=list(audits.principles(audit=audit)) if comparison else [],
        done=done,
        left_count=left_count,
        minutes=round(seconds * left_count / 60, 1),
    )


def reopened(*, audit: Audit, user: Person, comparison: Comparison) -> Item:
    """Return a comparison whose judgement was taken back, with the counts as they are now."""
    left_count = _waiting(audit, annotator_of(audit=audit, user=user)).count()
    total = Comparison.objects.filter(audit=audit).count()
    return item(audit=audit, user=user, comparison=comparison, done=total - left_count, left_count=left_count)


def _waiting(audit: Audit, annotator: Annotator | None) -> QuerySet[Comparison]:
    rows = Comparison.objects.filter(audit=audit).order_by("place")
    if annotator is None:
        return rows
    judged = Verdict.objects.filter(
        comparison=OuterRef("pk"), annotator=annotator, principle__isnull=True, superseded_at__isnull=True
    )
    return rows.filter(~Exists(judged))


def _judged_by_checkpoint() -> Exists:
    judged = Verdict.objects.filter(
        comparison=OuterRef("pk"), annotator__checkpoint_id__gt="", superseded_at__isnull=True
    )
    return Exists(judged)


def _start(audit: Audit, user: Person) -> int:
    """Return where on the circle of comparisons this person begins."""
    digest = hashlib.sha256(f"start|{audit.pk}|{user.pk}".encode()).digest()
    return int.from_bytes(digest[:8]) % CIRCLE


def _seconds_each(annotator: Annotator) -> float:
    """Return how long this person takes for one comparison: the median of the last 30 gaps, breaks left
    out.
    """
    times = list(
        Verdict.objects.filter(annotator=annotator, principle__isnull=True)
        .order_by("-id")
        .values_list("at", flat=True)[:31]
    )
    gaps = [(later - earlier).total_seconds() for later, earlier in itertools.pairwise(times)]
    usual = [gap for gap in gaps if 0 < gap < BREAK_SECONDS]
    return max(statistics.median(usual), 1.0) if len(usual) >= 3 else TYPICAL_SECONDS


def history(*, audit: Audit, user: Person, limit: int = 200) -> list[Act]:
    """Return what this person said, newest first, what was taken back or replaced included."""
    annotator = annotator_of(audit=audit, user=user)
    overall = list(
        Verdict.objects.filter(annotator=annotator, principle__isnull=True)
        .select_related("comparison")
        .order_by("-id")[:limit]
    )
    rest = Verdict.objects.filter(annotator=annotator, act__in=[row.act for row in overall])
    answers: dict[uuid.UUID, list[dict[str, Any]]] = {}
    for row in rest.filter(principle__isnull=False).order_by("id"):
        answers.setdefault(row.act, []).append({"principle": row.principle_id, "answer": row.answer})
    return [_act(row, answers.get(row.act, [])) for row in overall]


def _act(row: Verdict, answers: list[dict[str, Any]]) -> Act:
    ended = row.superseded_at is not None
    return Act(
        act=row.act,
        comparison=row.comparison,
        order=row.order,
        overall=row.answer,
        answers=answers,
        reason=row.reason,
        at=row.at,
        undone=ended and row.superseded_by is None,
        replaced=row.superseded_by is not None,
    )
