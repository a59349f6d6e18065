"""Which stories a person is asked to judge: pairs that settle the top, both directions in balance."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from apps.moralgraph.domain import ballots, choosing
from apps.moralgraph.domain.ballots import Ints
from apps.moralgraph.domain.choosing import Said, Wish
from apps.moralgraph.domain.counting import Floats

LEAST_TIMES, LEAST_SHARE = 2, 0.1
"""A value is short of questions that was asked about less often than this, or than this share of the mean."""


@dataclass(frozen=True)
class Draw:
    """A pair to ask about, in a direction and a context."""

    less_wise: int
    wiser: int
    context: int


@dataclass(frozen=True)
class Steps:
    """How often each answer (a column each, in the order of ``ballots.ANSWERS``) was given to each step."""

    less_wise: Ints
    wiser: Ints
    answers: Ints

    @classmethod
    def none(cls) -> "Steps":
        """Return that nobody was asked anything."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(nothing, nothing, np.zeros((0, len(ballots.ANSWERS)), dtype=np.int64))


@dataclass(frozen=True)
class Shown:
    """How often a step was given to anybody, and to how many who may still answer."""

    times: int
    open: int = 0


def draw(
    *,
    values: Sequence[int],
    contexts: Sequence[int],
    own_value: int | None,
    n: int,
    rng: random.Random,
    own_pairs: int | None = None,
    steps: Steps | None = None,
    shown: Mapping[tuple[int, int], Shown] | None = None,
    avoid: Collection[frozenset[int]] = (),
) -> list[Draw]:
    """Return up to ``n`` different pairs, in contexts that vary.

    ``choosing`` says which pairs, ``own_pairs`` of them with one's own value (where it is not said, a third);
    no pair of ``avoid`` comes. ``shown`` has what was given out by (less wise,
    wiser). People tend to say "wiser", so of the two directions of a pair the one that was asked less comes;
    where both were asked alike, the one that lets each value stand on either end equally often.
    """
    if not contexts or len(values) < 2 or n < 1:
        return []
    ordered = np.array(sorted(values), dtype=np.int64)
    place = {int(value): position for position, value in enumerate(ordered)}
    table = _Table.of(ordered, steps or Steps.none(), shown or {})
    own = None if own_value is None else place.get(own_value)
    wish = Wish(
        n=n,
        own=own,
        own_pairs=own_pairs,
        avoid=[(ends[0], ends[1]) for ends in _positions(avoid, place)],
        short=table.short(rng),
    )
    noise = np.random.default_rng(rng.getrandbits(64))
    # A second thread of the linear algebra waits for a core that serves somebody else.
    with _threads().limit(limits=1, user_api="blas"):
        pairs = choosing.choose(choosing.believe(table.said()), wish, noise)
    places = list(contexts)
    rng.shuffle(places)
    return [
        Draw(int(ordered[low]), int(ordered[high]), places[turn % len(places)])
        for turn, (low, high) in enumerate(table.turned(pairs, rng))
    ]


@cache
def _threads() -> ThreadpoolController:
    """Return the control of the linear algebra's threads; looking for its libraries takes milliseconds."""
    return ThreadpoolController()


def _positions(pairs: Collection[frozenset[int]], place: Mapping[int, int]) -> list[tuple[int, ...]]:
    return [tuple(sorted(place[end] for end in pair)) for pair in pairs if all(end in place for end in pair)]


@dataclass(frozen=True)
class _Table:
    """Counts by (less wise, wiser): votes and those of them that tell, and what was given out.

    ``up`` is how much oftener each value stood on the upper end than on the lower, beside any value whatever.
    """

    lead: Floats
    told: Floats
    asked: Floats
    open: Floats
    up: Floats

    @classmethod
    def of(cls, values: Ints, steps: Steps, shown: Mapping[tuple[int, int], Shown]) -> "_Table":
        n = len(values)
        place = {int(value): position for position, value in enumerate(values)}
        known = np.isin(steps.less_wise, values) & np.isin(steps.wiser, values)
        low, high = (np.searchsorted(values, ends[known]) for ends in (steps.less_wise, steps.wiser))
        answers = np.zeros((n, n, len(ballots.ANSWERS)))
        np.add.at(answers, (low, high), steps.answers[known])
        voted = answers.sum(axis=2)
        times, waiting, up = np.zeros((n, n)), np.zeros((n, n)), np.zeros(n)
        for (one, other), seen in shown.items():
            if one in place and other in place:
                ends = place[one], place[other]
                times[ends], waiting[ends] = seen.times, seen.open
            elif one in place:
                up[place[one]] -= seen.times
            elif other in place:
                up[place[other]] += seen.times
        asked = np.maximum(times, voted)
        return cls(
            lead=answers[..., ballots.WISER] - answers[..., ballots.NOT_WISER],
            told=answers[..., [ballots.WISER, ballots.NOT_WISER, ballots.SAME]].sum(axis=2),
            asked=asked,
            open=waiting,
            up=up + asked.sum(axis=0) - asked.sum(axis=1),
        )

    def said(self) -> Said:
        """Return what the votes say of each step, for the posterior."""
        low, high = np.nonzero(self.told + self.open)
        columns = (self.lead[low, high], self.told[low, high], self.open[low, high])
        return Said(len(self.told), low, high, *columns)

    def short(self, rng: random.Random) -> tuple[int, ...]:
        """Return the values that were asked about too seldom, the seldomest first."""
        times = self.asked.sum(axis=0) + self.asked.sum(axis=1)
        enough = max(float(LEAST_TIMES), LEAST_SHARE * float(times.mean()))
        short = np.flatnonzero(times < enough).tolist()
        rng.shuffle(short)
        return tuple(sorted(short, key=lambda value: float(times[value])))

    def turned(self, pairs: Sequence[tuple[int, int]], rng: random.Random) -> list[tuple[int, int]]:
        """Return each pair as (less wise, wiser)."""
        up, found = self.up.copy(), []
        for one, other in pairs:
            tilt = self.asked[one, other] - self.asked[other, one] or up[other] - up[one]
            tilt = tilt or rng.random() - 0.5
            low, high = (other, one) if tilt > 0 else (one, other)
            up[high] += 1
            up[low] -= 1
            found.append((low, high))
        return found
