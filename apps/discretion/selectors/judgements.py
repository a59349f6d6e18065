"""Verdicts as arrays, and the measures that are made of them, kept until something changes."""

import collections
import dataclasses
import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from apps.discretion.domain import leaving_out, report
from apps.discretion.domain.ballots import ABSENT, EVERYTHING, Ballots, Choice, count, fingerprint
from apps.discretion.models import Annotator, Audit
from apps.discretion.selectors import audits, matrices, weights
from apps.moralgraph import selectors as graph

Kept = TypeVar("Kept")

MOST_CELLS = 8_000_000
"""So many votes by principle are kept: ballots, and judgements under the choices that readers go back to."""

_kept: collections.OrderedDict[str, tuple[int, object]] = collections.OrderedDict()
_making: dict[str, threading.Lock] = {}
_lock = threading.Lock()


@dataclasses.dataclass(frozen=True)
class Found:
    """An audit's measures, with whose judgements stand for the principles and a hash of the data."""

    judgements: report.Judgements
    measures: report.Measures
    voters: tuple[str, ...]
    data_hash: str


@dataclasses.dataclass(frozen=True)
class Ready:
    """Judgements under a choice, prepared for any reference and minimum."""

    judgements: report.Judgements
    prepared: report.Prepared
    voters: tuple[str, ...]
    data_hash: str


def measures(*, audit: Audit, choice: Choice, controls: report.Controls) -> Found:
    """Return the measures of an audit for these controls."""
    ready = prepared(audit=audit, choice=choice, controls=controls)

    def make() -> Found:
        found = report.measure(judgements=ready.judgements, controls=controls, prepared=ready.prepared)
        return Found(ready.judgements, found, ready.voters, ready.data_hash)

    return kept(audit=audit, what=repr((choice, controls)), make=make)


def left_out(*, audit: Audit, choice: Choice, controls: report.Controls) -> tuple[leaving_out.Without, ...]:
    """Return the figures without each principle in turn, for these controls."""
    ready = prepared(audit=audit, choice=choice, controls=controls)

    def make() -> tuple[leaving_out.Without, ...]:
        return leaving_out.without_each(
            judgements=ready.judgements, prepared=ready.prepared, controls=controls
        )

    return kept(audit=audit, what=f"without:{(choice, controls)!r}", make=make)


def _key(audit: Audit, what: str) -> str:
    made = audit.created_at.timestamp()
    return f"discretion:{audit.pk}:{made}:{audit.revision}:{audit.study.include_simulated}:{what}"


def judgements(
    *, audit: Audit, choice: Choice = EVERYTHING, weighted: bool = False
) -> tuple[report.Judgements, tuple[str, ...]]:
    """Return the verdicts of an audit as arrays, and the names of those whose votes stand for the
    principles; ``weighted`` with the moral graph's scores. Raises Conflict where there are none.
    """
    said = ballots(audit=audit)
    scores = weights.scores(audit=audit, contexts=said.contexts) if weighted else None
    counted = count(ballots=said, choice=choice, scores=scores)
    return counted.judgements, counted.voters


def groups(*, audit: Audit) -> list[str]:
    """Return the groups that metadata part the comparisons into, as ``key=value``."""
    found = ballots(audit=audit).groups
    return [f"{key}={value}" for key in sorted(found) for value in sorted({*found[key]} - {""})]


def ballots(*, audit: Audit) -> Ballots:
    """Return all that was said in an audit, kept in this process until something changes.

    A mebibyte or more a time is too much to send through the cache whenever a control moves.
    """
    return kept(audit=audit, what="ballots", make=lambda: _read(audit))


def prepared(*, audit: Audit, choice: Choice, controls: report.Controls) -> Ready:
    """Return the judgements under a choice with everything that reference, minimum and matrix leave alone."""

    def make() -> Ready:
        table, voters = judgements(audit=audit, choice=choice, weighted=controls.weighted)
        ready = report.prepare(judgements=table, draws=controls.draws, seed=controls.seed)
        return Ready(table, ready, voters, fingerprint(judgements=table))

    what = repr((choice, controls.weighted, controls.draws, controls.seed))
    return kept(audit=audit, what=what, make=make)


def weighable(*, audit: Audit) -> bool:
    """Say whether the moral graph has weights for this audit's principles."""
    return kept(audit=audit, what="snapshot", make=lambda: weights.snapshot_of(audit=audit)) is not None


def withdrawn_votes(*, audit: Audit) -> int:
    """Count the votes withdrawn since, of those that the moral graph's weights are made of."""
    chosen = weights.snapshot_of(audit=audit)
    return graph.snapshot(study=audit.study, snapshot_id=chosen).withdrawn if chosen else 0


def kept(*, audit: Audit, what: str, make: Callable[[], Kept]) -> Kept:
    """Return what this process keeps, or make it; who asks meanwhile waits instead of making it as well."""
    key = _key(audit, what)
    with _lock:
        making = _making.setdefault(key, threading.Lock())
    with making:
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return cast(Kept, _kept[key][1])
        found = make()
        with _lock:
            _kept[key] = (_cells(found), found)
            _making.pop(key, None)
            while len(_kept) > 1 and sum(size for size, _ in _kept.values()) > MOST_CELLS:
                _kept.popitem(last=False)
    return found


def forget() -> None:
    """Let this process compute everything anew."""
    with _lock:
        _kept.clear()


def _cells(found: object) -> int:
    if isinstance(found, Ballots):
        return found.votes.size
    # Measures lean on the judgements that are kept beside them.
    return found.judgements.by_principle.size if isinstance(found, Ready) else 1000


def _read(audit: Audit) -> Ballots:
    shape = matrices.layout(audit=audit)
    principles = list(audits.principles(audit=audit))
    annotators = list(_annotators(audit))
    said = matrices.voices(
        audit=audit, annotators=annotators, principles=[row.pk for row in principles], shape=shape
    )
    raters = [row for row in annotators if said[row.pk].rates]
    voters = [row for row in annotators if said[row.pk].by_principle]
    n, size = len(shape.comparisons), len(principles)
    heard = [said[row.pk] for row in voters]
    ratings = _stack([said[row.pk].overall for row in raters], (n,), np.int8)
    return Ballots(
        comparisons=shape.comparisons,
        raters=tuple(_rater(row) for row in raters),
        principles=tuple(report.PrincipleName(id=str(row.pk), title=row.title) for row in principles),
        voters=tuple(_rater(row) for row in voters),
        overall=np.where(ratings == ABSENT, np.nan, ratings.astype(float)),
        turned=_stack([said[row.pk].turned for row in raters], (n,), bool),
        votes=_stack([voice.votes for voice in heard], (size, n), np.int8),
        sure=_stack([voice.sure for voice in heard], (size, n), np.float32),
        turned_votes=_stack([voice.turned_votes for voice in heard], (size, n), bool),
        lengths=shape.lengths,
        groups=shape.groups,
        contexts=shape.contexts,
    )


def _stack(arrays: list[NDArray[Any]], shape: tuple[int, ...], kind: type) -> NDArray[Any]:
    return np.stack(arrays) if arrays else np.empty((0, *shape), dtype=kind)


def _annotators(audit: Audit) -> QuerySet[Annotator]:
    rows = Annotator.objects.filter(audit=audit).order_by("pk")
    return rows if audit.study.include_simulated else rows.filter(simulated=False)


def _rater(row: Annotator) -> report.Rater:
    return report.Rater(id=str(row.pk), name=row.name, kind=row.kind, simulated=row.simulated)
