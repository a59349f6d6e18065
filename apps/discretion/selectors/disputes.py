"""Where people disagree: the queue for those who decide, the decisions, and the gaps in the guideline."""

import dataclasses
from typing import Any, cast

import numpy as np
from django.db.models import Count, Q, QuerySet

from apps.discretion.domain.dispute import dispute
from apps.discretion.domain.report import HUMAN_KINDS
from apps.discretion.models import Adjudication, Assignment, Audit, Comparison, Verdict
from apps.discretion.selectors import audits
from apps.shared.access import Person

RATED = ("a", "b", "tie", "both_bad")
PAGE = 100


@dataclasses.dataclass(frozen=True)
class Tally:
    """What people said of one comparison overall, in counts, and how much they differ."""

    comparison_id: str
    counts: dict[str, int]
    cannot_tell: int
    dispute: float | None

    @property
    def ratings(self) -> int:
        """Return how many rated it."""
        return sum(self.counts.values())


@dataclasses.dataclass(frozen=True)
class Disputed:
    """A comparison in the queue, with the decision in force where there is one."""

    comparison: Comparison
    tally: Tally
    decision: Adjudication | None


def tallies(*, audit: Audit) -> list[Tally]:
    """Return the counts of people's live overall ratings, for every comparison that somebody judged."""
    people = audits.live(audit=audit).filter(principle__isnull=True, annotator__kind__in=HUMAN_KINDS)
    counted = {name: Count("pk", filter=Q(answer=name)) for name in (*RATED, "cannot_tell")}
    found = people.order_by().values("comparison").annotate(**counted)
    rows = cast("list[dict[str, Any]]", list(found))
    table = np.array([[row[name] for name in RATED] for row in rows], dtype=np.int64).reshape(-1, len(RATED))
    return [
        Tally(
            comparison_id=str(row["comparison"]),
            counts={name: row[name] for name in RATED},
            cannot_tell=row["cannot_tell"],
            dispute=None if np.isnan(value) else float(value),
        )
        for row, value in zip(rows, dispute(counts=table), strict=True)
    ]


def queue(*, audit: Audit, user: Person, decided: bool = False) -> list[Disputed]:
    """Return the comparisons that people disagree on, the most disputed first; either those that wait or
    those that are decided. What the reader has still to judge is left out.
    """
    found = {row.comparison_id: row for row in tallies(audit=audit) if row.dispute}
    decisions = {str(row.comparison_id): row for row in decided_now(audit=audit)}
    own = {str(pk) for pk in _own_pile(audit, user).values_list("comparison", flat=True)}
    wanted = [
        row
        for row in found.values()
        if row.comparison_id not in own and (row.comparison_id in decisions) == decided
    ]
    wanted.sort(key=lambda row: (-(row.dispute or 0), -row.ratings, row.comparison_id))
    shown = wanted[:PAGE]
    rows = {
        str(pk): row for pk, row in Comparison.objects.in_bulk([row.comparison_id for row in shown]).items()
    }
    return [Disputed(rows[row.comparison_id], row, decisions.get(row.comparison_id)) for row in shown]


def decided_now(*, audit: Audit) -> QuerySet[Adjudication]:
    """Return the decisions in force, the newest first."""
    return Adjudication.objects.filter(comparison__audit=audit, superseded_at=None).select_related(
        "decided_by", "comparison", "closed_by"
    )


def gaps(*, audit: Audit) -> QuerySet[Adjudication]:
    """Return the gaps in the guideline that decisions found, those without an answer first."""
    rows = decided_now(audit=audit).filter(cause=Adjudication.Cause.GUIDELINE_GAP)
    return rows.order_by("closed_by__number", "-decided_at")


def decisions_on(*, comparison: Comparison) -> QuerySet[Adjudication]:
    """Return all decisions on a comparison, the newest first."""
    rows = Adjudication.objects.filter(comparison=comparison)
    return rows.select_related("decided_by", "comparison", "closed_by")


def still_to_judge(*, audit: Audit, user: Person, comparison: Comparison) -> bool:
    """Say whether a comparison lies on the person's own pile: then others' verdicts stay hidden from them."""
    return _own_pile(audit, user).filter(comparison=comparison).exists()


def _own_pile(audit: Audit, user: Person) -> QuerySet[Assignment]:
    """Return what the person has still to judge. A pair that they judged is not blind any more."""
    judged = Verdict.objects.filter(
        annotator__user=user.pk, annotator__audit=audit, principle=None, superseded_at=None
    )
    return Assignment.objects.filter(
        member__annotator__user=user.pk,
        member__batch__audit=audit,
        member__batch__closed_at=None,
        comparison__isnull=False,
        done_at=None,
    ).exclude(comparison__in=judged.values("comparison"))
