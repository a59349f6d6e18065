"""How far people agree by principle, by annotator and by group, and how far an algorithm agrees with people
about what a principle prefers.
"""

import dataclasses
import types
from collections.abc import Iterator, Mapping

import numpy as np

from apps.discretion.domain import agreement, kappa, report
from apps.discretion.domain.agreement import Agreement
from apps.discretion.domain.ballots import ABSENT, Ballots, Choice, parts
from apps.discretion.domain.preferences import Bools, Floats, Signs

EMPTY: Mapping[str, frozenset[str]] = types.MappingProxyType({})
ALONE = "Nobody else judged these pairs."


@dataclasses.dataclass(frozen=True)
class Alphas:
    """Alpha by names and by order, and the mean kappa of every two people, of one part of what was said;
    ``id`` is the principle's, the group, or the annotators' with commas between them.
    """

    id: str
    name: str
    nominal: Agreement
    ordinal: Agreement
    kappa: Agreement


@dataclasses.dataclass(frozen=True)
class Beside:
    """One annotator beside the other people together: kappa overall, by each principle that both judged, and
    within each group of comparisons; alpha of the people without the annotator (None for an algorithm, who is
    not among them).
    """

    rater: report.Rater
    overall: Agreement
    by_principle: tuple[tuple[str, Agreement], ...]
    by_group: tuple[tuple[str, Agreement], ...]
    without: Agreement | None


@dataclasses.dataclass(frozen=True)
class Tables:
    """Agreement of people in all its parts: ``groups`` of comparisons, ``circles`` of annotators."""

    overall: Alphas
    principles: tuple[Alphas, ...]
    groups: tuple[Alphas, ...]
    circles: tuple[Alphas, ...]
    annotators: tuple[Beside, ...]


def tables(*, ballots: Ballots, choice: Choice, circles: Mapping[str, frozenset[str]] = EMPTY) -> Tables:
    """Return agreement under a choice, by every part; ``circles`` names groups of annotators by their ids."""
    kept = parts(ballots=ballots, choice=choice)
    humans = _humans(kept.raters)
    people = kept.overall[humans]
    voters = kept.votes[_humans(kept.voters)]
    return Tables(
        overall=_alphas("", "All pairs", people),
        principles=tuple(
            _alphas(item.id, item.title, _ratings(voters[:, place]))
            for place, item in enumerate(kept.principles)
        ),
        groups=tuple(_by_group(kept, people)),
        circles=tuple(_by_circle(kept, circles)),
        annotators=tuple(_beside(kept, place) for place in range(len(kept.raters)) if _speaks(kept, place)),
    )


def _speaks(kept: Ballots, place: int) -> bool:
    return kept.raters[place].kind != "null"


def _humans(raters: tuple[report.Rater, ...]) -> Bools:
    return np.array([rater.human for rater in raters], dtype=bool)


def _ratings(votes: Signs) -> Floats:
    return np.where(votes == ABSENT, np.nan, votes.astype(float))


def _alphas(name: str, title: str, ratings: Floats) -> Alphas:
    nominal, ordinal = report.people_alphas(counts=agreement.value_counts(ratings=ratings))
    return Alphas(name, title, nominal, ordinal, kappa.mean_kappa(ratings=ratings))


def _group_names(kept: Ballots) -> Iterator[tuple[str, str, Bools]]:
    """Yield each group of comparisons: its id, its name, and which comparisons are in it."""
    for key in sorted(kept.groups):
        values = np.array(kept.groups[key])
        for value in sorted({*kept.groups[key]} - {""}):
            yield f"{key}={value}", f"{key}: {value}", values == value


def _by_group(kept: Ballots, people: Floats) -> Iterator[Alphas]:
    for name, title, inside in _group_names(kept):
        yield _alphas(name, title, people[:, inside])


def _by_circle(kept: Ballots, circles: Mapping[str, frozenset[str]]) -> Iterator[Alphas]:
    """Yield the circles that hold two people or more, and not everybody."""
    everybody = {row.id for row in kept.raters if row.human}
    for title, names in circles.items():
        there = np.array([row.human and row.id in names for row in kept.raters], dtype=bool)
        if 1 < there.sum() < len(everybody):
            ids = ",".join(row.id for row, inside in zip(kept.raters, there, strict=True) if inside)
            yield _alphas(ids, title, kept.overall[there])


def _beside(kept: Ballots, place: int) -> Beside:
    rater = kept.raters[place]
    others = _humans(kept.raters)
    others[place] = False
    rest = kept.overall[others]
    overall = _kappa(kept.overall[place], rest)
    without = (
        agreement.krippendorff_alpha(counts=agreement.value_counts(ratings=rest)) if rater.human else None
    )
    groups = tuple(
        (name, _kappa(kept.overall[place, inside], rest[:, inside])) for name, _, inside in _group_names(kept)
    )
    return Beside(rater, overall, tuple(_by_principle(kept, rater)), groups, without)


def _by_principle(kept: Ballots, rater: report.Rater) -> list[tuple[str, Agreement]]:
    mine = [place for place, row in enumerate(kept.voters) if row.id == rater.id]
    others = _humans(kept.voters)
    if not mine:
        return []
    others[mine[0]] = False
    return [
        (item.id, _kappa(_ratings(kept.votes[mine[0], place]), _ratings(kept.votes[others, place])))
        for place, item in enumerate(kept.principles)
    ]


def _kappa(mine: Floats, others: Floats) -> Agreement:
    if not len(others):
        return Agreement(None, None, None, 0, 0, ALONE)
    return kappa.cohen_kappa(counts=kappa.table(first=mine, second=report.pool(ratings=others)))
