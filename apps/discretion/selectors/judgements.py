"""Verdicts as arrays, and the measures that are made of them, kept until something changes."""

import collections
import dataclasses
import hashlib
import threading
from collections.abc import Iterable
from typing import Any

import numpy as np
from django.core.cache import cache
from django.db.models.functions import Length

from apps.discretion.domain import preferences, report
from apps.discretion.domain.ballots import ABSENT, EVERYTHING, Ballots, Choice, count, fingerprint
from apps.discretion.models import Annotator, Audit, Comparison, Verdict
from apps.discretion.selectors import audits

KEEP_SECONDS = 3600
KEPT_AUDITS = 4
MOST_VALUES = 40
"""Metadata with more values than this parts comparisons into groups that are too small to measure."""

COLUMNS: dict[str, type] = {
    "place": np.int64,
    "annotator": np.int64,
    "principle": np.int64,
    "preference": np.int8,
    "rates": np.bool_,
    "unparsable": np.bool_,
    "confidence": np.float32,
    "turned": np.bool_,
}

_kept: collections.OrderedDict[str, Ballots] = collections.OrderedDict()
_lock = threading.Lock()


@dataclasses.dataclass(frozen=True)
class Found:
    """An audit's measures, with whose judgements stand for the principles and a hash of the data."""

    judgements: report.Judgements
    measures: report.Measures
    voters: tuple[str, ...]
    data_hash: str


def measures(*, audit: Audit, choice: Choice, controls: report.Controls) -> Found:
    """Return the measures of an audit for these controls."""
    text = repr((choice, controls))
    key = _key(audit, f"measures:{hashlib.sha256(text.encode()).hexdigest()[:24]}")
    kept: Found | None = cache.get(key)
    if kept is None:
        table, voters = judgements(audit=audit, choice=choice)
        found = report.measure(judgements=table, controls=controls)
        kept = Found(table, found, voters, fingerprint(judgements=table))
        cache.set(key, kept, KEEP_SECONDS)
    return kept


def _key(audit: Audit, what: str) -> str:
    made = audit.created_at.timestamp()
    return f"discretion:{audit.pk}:{made}:{audit.revision}:{audit.study.include_simulated}:{what}"


def judgements(*, audit: Audit, choice: Choice = EVERYTHING) -> tuple[report.Judgements, tuple[str, ...]]:
    """Return the verdicts of an audit as arrays, and the names of those whose votes stand for the
    principles.
    """
    counted = count(ballots=ballots(audit=audit), choice=choice)
    return counted.judgements, counted.voters


def groups(*, audit: Audit) -> list[str]:
    """Return the groups that metadata part the comparisons into, as ``key=value``."""
    found = ballots(audit=audit).groups
    return [f"{key}={value}" for key in sorted(found) for value in sorted({*found[key]} - {""})]


def ballots(*, audit: Audit) -> Ballots:
    """Return all that was said in an audit, kept in this process until something changes.

    A mebibyte or more a time is too much to send through the cache whenever a control moves.
    """
    key = _key(audit, "ballots")
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _read(audit)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT_AUDITS:
            _kept.popitem(last=False)
    return found


def _read(audit: Audit) -> Ballots:
    rows = list(
        Comparison.objects.filter(audit=audit)
        .order_by("place")
        .values_list("pk", Length("response_a"), Length("response_b"), "metadata")
    )
    places = {row[0]: place for place, row in enumerate(rows)}
    annotators = {row.pk: row for row in _annotators(audit)}
    principles = list(audits.principles(audit=audit))
    overall = _said(audit, places, principle__isnull=True, annotator__in=list(annotators))
    about = _said(audit, places, principle__in=principles, annotator__in=list(annotators))
    raters, voters = (sorted({int(pk) for pk in said["annotator"]}) for said in (overall, about))
    ratings, turned = _overall(overall, raters, len(rows))
    return Ballots(
        comparisons=tuple(str(row[0]) for row in rows),
        raters=tuple(_rater(annotators[pk]) for pk in raters),
        principles=tuple(report.PrincipleName(id=str(row.pk), title=row.title) for row in principles),
        voters=tuple(_rater(annotators[pk]) for pk in voters),
        overall=ratings,
        turned=turned,
        **_votes(about, voters, [row.pk for row in principles], len(rows)),
        lengths=np.array([row[1:3] for row in rows], dtype=float).reshape(len(rows), 2).T,
        groups=_groups([row[3] for row in rows]),
    )


def _annotators(audit: Audit) -> Iterable[Annotator]:
    rows = Annotator.objects.filter(audit=audit)
    return rows if audit.study.include_simulated else rows.filter(simulated=False)


def _rater(row: Annotator) -> report.Rater:
    return report.Rater(id=str(row.pk), name=row.name, kind=row.kind, simulated=row.simulated)


def _said(audit: Audit, places: dict[Any, int], **which: Any) -> dict[str, np.ndarray[Any, Any]]:
    """Return live verdicts column by column, so that whole arrays are filled at once."""
    rows = audits.live(audit=audit).filter(**which).order_by()
    said = [
        (
            places[comparison],
            annotator,
            principle or 0,
            preference,
            answer in preferences.RATINGS,
            answer == Verdict.Answer.UNPARSABLE,
            confidence,
            swapped != "" and preferences.preference_of(swapped) != preference,
        )
        for comparison, annotator, principle, preference, answer, confidence, swapped in rows.values_list(
            "comparison_id", "annotator_id", "principle_id", "preference", "answer", "confidence", "swapped"
        ).iterator(chunk_size=5000)
    ]
    columns = list(zip(*said, strict=True)) or [()] * len(COLUMNS)
    return {
        name: np.array(column, dtype=kind)
        for (name, kind), column in zip(COLUMNS.items(), columns, strict=True)
    }


def _overall(
    said: dict[str, np.ndarray[Any, Any]], raters: list[int], n: int
) -> tuple[preferences.Floats, preferences.Bools]:
    """Return overall ratings (K, n), NaN where there is none, and where the other order turned them."""
    ratings, turned = np.full((len(raters), n), np.nan), np.zeros((len(raters), n), dtype=bool)
    rows = np.searchsorted(raters, said["annotator"])
    rated = said["rates"]
    ratings[rows[rated], said["place"][rated]] = said["preference"][rated]
    turned[rows, said["place"]] = said["turned"]
    return ratings, turned


def _votes(
    said: dict[str, np.ndarray[Any, Any]], voters: list[int], principles: list[int], n: int
) -> dict[str, Any]:
    """Return votes by principle (V, C, n), how sure they are, and where the other order turned them."""
    shape = (len(voters), len(principles), n)
    votes, sure = np.full(shape, ABSENT, dtype=np.int8), np.full(shape, np.nan, dtype=np.float32)
    turned = np.zeros(shape, dtype=bool)
    if not principles:
        return {"votes": votes, "sure": sure, "turned_votes": turned}
    order = np.argsort(principles)
    about = order[np.searchsorted(principles, said["principle"], sorter=order)]
    heard = ~said["unparsable"]
    who = np.searchsorted(voters, said["annotator"])
    at = (who[heard], about[heard], said["place"][heard])
    votes[at], sure[at], turned[at] = (said[name][heard] for name in ("preference", "confidence", "turned"))
    return {"votes": votes, "sure": sure, "turned_votes": turned}


def _groups(metadata: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the metadata that part comparisons into a few groups."""
    keys = {key for item in metadata for key in item}
    found = {}
    for key in keys:
        values = tuple(str(item.get(key, ""))[:100] for item in metadata)
        if 1 < len(set(values)) <= MOST_VALUES:
            found[key] = values
    return found
