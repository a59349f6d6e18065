"""Verdicts as arrays, and the measures that are made of them, kept until something changes."""

import dataclasses
import hashlib
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
from django.core.cache import cache

from apps.discretion.domain import preferences, report
from apps.discretion.models import Annotator, Audit, Comparison, Verdict
from apps.discretion.selectors import audits

KEEP_SECONDS = 3600


@dataclasses.dataclass(frozen=True)
class Choice:
    """Which annotators and principles a reader wants; empty means all."""

    annotators: tuple[int, ...] = ()
    principles: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True)
class Found:
    """An audit's measures, with whose judgements stand for the principles."""

    judgements: report.Judgements
    measures: report.Measures
    voters: tuple[str, ...]


def measures(*, audit: Audit, choice: Choice, controls: report.Controls) -> Found:
    """Return the measures of an audit for these controls."""
    text = repr((choice, controls))
    key = _key(audit, f"measures:{hashlib.sha256(text.encode()).hexdigest()[:24]}")
    kept: Found | None = cache.get(key)
    if kept is None:
        table, voters = judgements(audit=audit, choice=choice)
        kept = Found(table, report.measure(judgements=table, controls=controls), voters)
        cache.set(key, kept, KEEP_SECONDS)
    return kept


def _key(audit: Audit, what: str) -> str:
    made = audit.created_at.timestamp()
    return f"discretion:{audit.pk}:{made}:{audit.revision}:{audit.study.include_simulated}:{what}"


def table(*, audit: Audit) -> report.Judgements:
    """Return all of an audit's judgements, kept until something changes."""
    return measures(audit=audit, choice=Choice(), controls=report.Controls()).judgements


def judgements(*, audit: Audit, choice: Choice = Choice()) -> tuple[report.Judgements, tuple[str, ...]]:
    """Return the verdicts of an audit as arrays, and the names of those whose votes stand for the
    principles.
    """
    principles = [
        row for row in audits.principles(audit=audit) if not choice.principles or row.pk in choice.principles
    ]
    annotators = {row.pk: row for row in _annotators(audit)}
    places = {
        pk: place
        for place, pk in enumerate(
            Comparison.objects.filter(audit=audit).order_by("place").values_list("pk", flat=True)
        )
    }
    shown = {pk for pk in annotators if not choice.annotators or pk in choice.annotators}
    overall = _overall(audit, places, shown)
    voters = _voters(audit, annotators, shown)
    means = _means(audit, places, [row.pk for row in principles], voters)
    raters = [annotators[pk] for pk in sorted(overall)]
    table = report.Judgements(
        comparisons=tuple(str(pk) for pk in places),
        raters=tuple(_rater(row) for row in raters),
        principles=tuple(report.PrincipleName(id=str(row.pk), title=row.title) for row in principles),
        overall=_stack([overall[row.pk] for row in raters], len(places)),
        by_principle=_stack(means, len(places)),
    )
    return table, tuple(annotators[pk].name for pk in sorted(voters))


def _annotators(audit: Audit) -> Iterable[Annotator]:
    rows = Annotator.objects.filter(audit=audit)
    return rows if audit.study.include_simulated else rows.filter(simulated=False)


def _rater(row: Annotator) -> report.Rater:
    return report.Rater(id=str(row.pk), name=row.name, kind=row.kind, simulated=row.simulated)


def _stack(rows: list[preferences.Floats], length: int) -> preferences.Floats:
    return np.stack(rows) if rows else np.empty((0, length))


def _overall(audit: Audit, places: dict[Any, int], shown: Collection[int]) -> dict[int, preferences.Floats]:
    """Return each shown annotator's overall ratings by place; NaN where there is no rating."""
    found: dict[int, preferences.Floats] = {}
    rows = audits.live(audit=audit).filter(principle__isnull=True, annotator__in=shown).order_by()
    for comparison, annotator, preference, answer in rows.values_list(
        "comparison_id", "annotator_id", "preference", "answer"
    ).iterator(chunk_size=5000):
        row = found.setdefault(annotator, np.full(len(places), np.nan))
        if answer in preferences.RATINGS:
            row[places[comparison]] = preference
    return found


def _voters(audit: Audit, annotators: dict[int, Annotator], shown: Collection[int]) -> set[int]:
    """Return whose votes stand for the principles: the chosen people, else all people, else whoever voted.

    A file may bring an algorithm's votes by principle; these stand in only where no person judged by
    principle.
    """
    voted = set(
        Verdict.objects.filter(annotator__in=list(annotators), superseded_at=None, principle__isnull=False)
        .order_by()
        .values_list("annotator_id", flat=True)
        .distinct()
    )
    people = {pk for pk in voted if annotators[pk].kind in report.HUMAN_KINDS}
    return (people & set(shown)) or people or (voted & set(shown)) or voted


def _means(
    audit: Audit, places: dict[Any, int], principles: list[int], voters: Collection[int]
) -> list[preferences.Floats]:
    """Return each principle's mean vote by place, in [-1, 1]; NaN where nobody voted."""
    index = {pk: position for position, pk in enumerate(principles)}
    total, votes = (np.zeros((len(principles), len(places))) for _ in range(2))
    rows = audits.live(audit=audit).filter(principle__in=principles, annotator__in=voters).order_by()
    for comparison, principle, preference, answer in rows.values_list(
        "comparison_id", "principle_id", "preference", "answer"
    ).iterator(chunk_size=5000):
        if answer != Verdict.Answer.UNPARSABLE:
            total[index[principle], places[comparison]] += preference
            votes[index[principle], places[comparison]] += 1
    means = np.divide(total, votes, out=np.full(total.shape, np.nan), where=votes > 0)
    return list(means)
