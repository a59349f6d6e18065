"""Reads of audits and what belongs to them."""

import dataclasses
from collections import Counter
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from apps.discretion.domain import report
from apps.discretion.models import Annotator, Audit, Comparison, Import, Principle, Verdict
from apps.models.domain import naming
from apps.shared.errors import Missing
from apps.shared.models import Study


@dataclasses.dataclass(frozen=True)
class Counts:
    """How much there is in an audit."""

    comparisons: int
    verdicts: int
    judged: int


@dataclasses.dataclass(frozen=True)
class Overview:
    """An audit with everything that its page begins with, except the measures."""

    audit: Audit
    counts: Counts
    annotators: list[tuple[Annotator, report.Rate]]
    imports: list[Import]
    principles: list[Principle]
    retired: list[Principle]


def audits(*, study: Study) -> QuerySet[Audit]:
    """Return a study's audits, newest first, each with its number of comparisons."""
    return Audit.objects.filter(study=study).annotate(comparison_count=Count("comparisons"))


def count_uses(*, study: Study, value_id: int, **_: Any) -> dict[str, int]:
    """Answer the ``value_uses`` signal: how many audits judge by a value."""
    rows = Principle.objects.filter(audit__study=study, value_id=value_id, retired_at__isnull=True)
    return {"audits": rows.values("audit").distinct().count()}


def answer_names(*, study: Study, **_: Any) -> dict[str, str]:
    """Answer ``names_asked`` with every principle, earlier wordings too: figures may speak of them.

    Two of one audit that are called alike, as where two people withdrew, are told apart by a number.
    """
    rows = Principle.objects.filter(audit__study=study).order_by(F("retired_at").desc(nulls_first=True), "pk")
    met: Counter[tuple[int, str]] = Counter()
    found = {}
    for pk, audit_id, title in rows.values_list("pk", "audit_id", "title"):
        met[audit_id, title] += 1
        nth = met[audit_id, title]
        found[naming.principle(pk)] = title if nth == 1 else f"{title} ({nth})"
    return found


def audit(*, study: Study, audit_id: int) -> Audit:
    """Return one audit of a study. Raises Missing."""
    found = Audit.objects.filter(study=study, pk=audit_id).select_related("study").first()
    if found is None:
        raise Missing("There is no such audit in this study.")
    return found


def principles(*, audit: Audit) -> QuerySet[Principle]:
    """Return the principles in use, in their order."""
    return Principle.objects.filter(audit=audit, retired_at__isnull=True)


def retired(*, audit: Audit) -> QuerySet[Principle]:
    """Return the wordings that are no longer in use, the latest first."""
    return Principle.objects.filter(audit=audit, retired_at__isnull=False).order_by("-retired_at", "-id")


def imports(*, audit: Audit) -> QuerySet[Import]:
    """Return the files that were sent, oldest first."""
    return Import.objects.filter(audit=audit)


def import_of(*, audit: Audit, import_id: int) -> Import:
    """Return one import. Raises Missing."""
    found = imports(audit=audit).filter(pk=import_id).first()
    if found is None:
        raise Missing("There is no such import in this audit.")
    return found


def ever(*, audit: Audit) -> QuerySet[Verdict]:
    """Return all verdicts, later superseded ones too; simulated annotators' only if the study counts them."""
    counted = Q() if audit.study.include_simulated else Q(annotator__simulated=False)
    return Verdict.objects.filter(counted, annotator__audit=audit)


def live(*, audit: Audit) -> QuerySet[Verdict]:
    """Return the verdicts that stand; those of simulated annotators only if the study counts them."""
    return ever(audit=audit).filter(superseded_at__isnull=True)


def counts(*, audit: Audit) -> Counts:
    """Count comparisons, overall verdicts, and comparisons with at least one."""
    overall = live(audit=audit).filter(principle__isnull=True)
    found = overall.aggregate(verdicts=Count("id"), judged=Count("comparison", distinct=True))
    return Counts(Comparison.objects.filter(audit=audit).count(), found["verdicts"], found["judged"])


def overview(*, audit: Audit) -> Overview:
    """Return an audit with its counts, annotators and their coverage, imports and principles."""
    found = counts(audit=audit)
    return Overview(
        audit=audit,
        counts=found,
        annotators=coverage(audit=audit, comparisons=found.comparisons),
        imports=list(imports(audit=audit)),
        principles=list(principles(audit=audit)),
        retired=list(retired(audit=audit)),
    )


def coverage(*, audit: Audit, comparisons: int) -> list[tuple[Annotator, report.Rate]]:
    """Return every annotator with the share of all comparisons that it decided."""
    decided = Count(
        "verdicts",
        filter=Q(
            verdicts__superseded_at__isnull=True,
            verdicts__principle__isnull=True,
            verdicts__preference__in=[-1, 1],
        ),
    )
    counted = Q() if audit.study.include_simulated else Q(simulated=False)
    rows = Annotator.objects.filter(counted, audit=audit).annotate(decided=decided)
    return [(row, report.rate(successes=row.decided, n=comparisons)) for row in rows]
