"""An oracle for what principles prefer, audited: does it say what people say of the same principle and pair,
and does it prefer a side of the page.
"""

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np

from apps.discretion.domain import kappa, report
from apps.discretion.domain.agreement import Agreement
from apps.discretion.domain.ballots import ABSENT, Ballots
from apps.discretion.domain.preferences import Floats, preference_of

UNJUDGED = "No person judged by principle what it judged, so nobody knows how good its votes are."


@dataclasses.dataclass(frozen=True)
class Order:
    """How often votes of one kind were given: the order of presentation, the answer, and the answer with
    the responses in the other order ("" where that was not asked).
    """

    order: str
    answer: str
    swapped: str
    times: int


@dataclasses.dataclass(frozen=True)
class Position:
    """Position bias. ``first`` is the share of its decisions that fell on the response shown first: a half
    without bias. ``one_order`` says that each pair was shown in a single order, always the same way round,
    so that bias and the responses' quality cannot be told apart. ``turned`` of the votes asked both ways
    changed with the order.
    """

    first: report.Rate
    one_order: bool
    turned: report.Rate


@dataclasses.dataclass(frozen=True)
class Check:
    """An oracle beside the people: kappa over all principles and by each, and its position bias."""

    rater: report.Rater
    sampled: int
    votes: int
    kappa: Agreement
    by_principle: tuple[tuple[str, Agreement], ...]
    position: Position

    @property
    def sentence(self) -> str:
        """Say in one sentence what leans on the oracle."""
        told = f"The principles' preferences are votes of “{self.rater.name}”, an algorithm."
        if not self.sampled:
            return f"{told} {UNJUDGED} {_capital(self._side())}."
        return (
            f"{told} People judged {self.sampled:,} of its {self.votes:,} votes: {self._kappa()}; "
            f"{self._side()}."
        )

    @property
    def brief(self) -> str:
        """Say kappa and position bias, each with its n: what stands beside every figure that rests on it."""
        found = (
            f"{self._kappa()}, n = {self.sampled:,}" if self.sampled else "kappa with people not known, n = 0"
        )
        return f"“{self.rater.name}”: {found}; {self._side()}."

    def _kappa(self) -> str:
        value = self.kappa
        if value.value is None:
            return value.note.rstrip(".").lower()
        return f"Cohen's kappa with people {value.value:.2f} [{value.low:.2f}, {value.high:.2f}]"

    def _side(self) -> str:
        turned, first = self.position.turned, self.position.first
        if turned.value is not None:
            return f"{_share(turned)} of the votes asked both ways turned with the order, n = {turned.n:,}"
        if self.position.one_order or first.value is None:
            return f"position bias not known: each pair was shown in one order, n = {first.n:,}"
        return f"it decided for the response shown first in {_share(first)}, n = {first.n:,}"


def _share(rate: report.Rate) -> str:
    return f"{(rate.value or 0) * 100:.0f} % [{(rate.low or 0) * 100:.0f}, {(rate.high or 0) * 100:.0f}]"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def check(*, ballots: Ballots, rater: report.Rater, orders: Iterable[Order]) -> Check:
    """Audit one annotator's votes by principle against those of the people."""
    place = [row.id for row in ballots.voters].index(rater.id)
    humans = np.array([row.human for row in ballots.voters], dtype=bool)
    mine = _ratings(ballots.votes[place])
    people = _people(ballots, humans)
    found = [kappa.table(first=mine[row], second=people[row]) for row in range(len(ballots.principles))]
    total = np.sum(found, axis=0) if found else np.zeros((3, 3), dtype=np.int64)
    empty = Agreement(None, None, None, 0, 0, UNJUDGED)
    return Check(
        rater=rater,
        sampled=int(total.sum()),
        votes=int((~np.isnan(mine)).sum()),
        kappa=kappa.cohen_kappa(counts=total) if total.sum() else empty,
        by_principle=tuple(
            (item.id, kappa.cohen_kappa(counts=counts))
            for item, counts in zip(ballots.principles, found, strict=True)
        ),
        position=position(orders=list(orders)),
    )


def _ratings(votes: np.ndarray[tuple[int, ...], np.dtype[np.int8]]) -> Floats:
    return np.where(votes == ABSENT, np.nan, votes.astype(float))


def _people(ballots: Ballots, humans: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    votes = _ratings(ballots.votes[humans])
    shape = ballots.votes.shape[1:]
    if not len(votes):
        return np.full(shape, np.nan)
    return report.pool(ratings=votes.reshape(len(votes), -1)).reshape(shape)


def position(*, orders: Sequence[Order]) -> Position:
    """Count which side of the page an annotator's votes fell on, and how many turned with the order."""
    first = decided = turned = both = 0
    ways: dict[str, int] = {"ab": 0, "ba": 0}
    for row in orders:
        votes = [(row.order, preference_of(row.answer))]
        if row.swapped:
            votes.append(("ba" if row.order == "ab" else "ab", preference_of(row.swapped)))
            both += row.times
            turned += row.times * (votes[0][1] != votes[1][1])
        for order, vote in votes:
            if vote:
                decided += row.times
                ways[order] += row.times
                first += row.times * ((vote > 0) == (order == "ab"))
    return Position(
        first=report.rate(successes=first, n=decided),
        one_order=not all(ways.values()),
        turned=report.rate(successes=turned, n=both),
    )
