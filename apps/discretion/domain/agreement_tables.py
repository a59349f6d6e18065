"""How far people agree by principle, by annotator and by group, and how far an algorithm agrees with people
about what a principle prefers.
"""

import dataclasses

import numpy as np

from apps.discretion.domain import agreement, kappa, report
from apps.discretion.domain.agreement import Agreement
from apps.discretion.domain.ballots import ABSENT, Ballots, Choice, parts
from apps.discretion.domain.preferences import Bools, Floats, Signs

ALONE = "Nobody else judged these pairs."


@dataclasses.dataclass(frozen=True)
class Alphas:
    """Alpha by names and by order of one part of what was said; ``id`` is the principle's or the group."""

    id: str
    name: str
    nominal: Agreement
    ordinal: Agreement


@dataclasses.dataclass(frozen=True)
class Beside:
    """One annotator beside the other people together: kappa overall, and by each principle that both judged;
    alpha of the people without the annotator (None for an algorithm, who is not among them).
    """

    rater: report.Rater
    overall: Agreement
    by_principle: tuple[tuple[str, Agreement], ...]
    without: Agreement | None


@dataclasses.dataclass(frozen=True)
class Tables:
    """Agreement of people in all its parts."""

    overall: Alphas
    principles: tuple[Alphas, ...]
    groups: tuple[Alphas, ...]
    annotators: tuple[Beside, ...]


def tables(*, ballots: Ballots, choice: Choice) -> Tables:
    """Return agreement under a choice, by every part."""
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
    return Alphas(name, title, nominal, ordinal)


def _by_group(kept: Ballots, people: Floats) -> list[Alphas]:
    found = []
    for key in sorted(kept.groups):
        values = np.array(kept.groups[key])
        for value in sorted({*kept.groups[key]} - {""}):
            found.append(_alphas(f"{key}={value}", f"{key}: {value}", people[:, values == value]))
    return found


def _beside(kept: Ballots, place: int) -> Beside:
    rater = kept.raters[place]
    others = _humans(kept.raters)
    others[place] = False
    rest = kept.overall[others]
    overall = _kappa(kept.overall[place], rest)
    without = (
        agreement.krippendorff_alpha(counts=agreement.value_counts(ratings=rest)) if rater.human else None
    )
    return Beside(rater, overall, tuple(_by_principle(kept, rater)), without)


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
