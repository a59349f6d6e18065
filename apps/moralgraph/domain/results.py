"""What a ranking is, whichever rule made it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.places import places

Support = Literal["clear", "leaning", "contested", "none"]
CLEAR, LEANING = 0.9, 0.6
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scored:
    """A value's place; what a rule cannot say is None.

    ``score`` is in the rule's own unit, ``low`` and ``high`` its interval, ``p_top`` the probability in [0,
    1] that the value is the wisest, ``rank`` counts from 1 and ``n`` is the number of judgements of pairs
    with this value. ``wisdom`` is the published sum of likelihoods on kept edges that lead to it.
    """

    value: Key
    score: float
    rank: int
    n: int
    low: float | None = None
    high: float | None = None
    p_top: float | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    wisdom: float | None = None


class Uncertainty(TypedDict, total=False):
    """What draws say of one value, under the names that ``Scored`` has for it."""

    low: float
    high: float
    p_top: float
    rank_low: int
    rank_high: int


@dataclass(frozen=True)
class Spread:
    """What draws (draws x values) say of every value; nothing where there are none."""

    low: Floats
    high: Floats
    p_top: Floats
    rank_low: Floats
    rank_high: Floats

    def of(self, place: int) -> Uncertainty:
        """Return what the draws say of the value at a position."""
        if not len(self.p_top):
            return {}
        found: Uncertainty = {"p_top": float(self.p_top[place])}
        if not math.isnan(self.low[place]):
            found["low"], found["high"] = float(self.low[place]), float(self.high[place])
        found["rank_low"] = math.floor(self.rank_low[place])
        found["rank_high"] = math.ceil(self.rank_high[place])
        return found


def spread(draws: Floats, *, level: float) -> Spread:
    """Return intervals of the given level, P(top) and rank intervals from draws.

    NaN says that a value has no place in a draw: it comes after all that have one, and its interval is over
    the draws in which it has one. Equal scores share the best place on one side and the worst on the other,
    because a tie is not knowledge.
    """
    if not draws.size:
        none = np.zeros(0)
        return Spread(none, none, none, none, none)
    tail = (1 - level) / 2
    drawn = np.where(np.isnan(draws), -np.inf, draws)
    present = ~np.isnan(draws).all(axis=0)
    low, high = np.full((2, draws.shape[1]), np.nan)
    # The r-th of n draws stands for r / (n + 1): else intervals from few draws are too narrow.
    low[present], high[present] = np.nanquantile(
        draws[:, present], [tail, 1 - tail], axis=0, method="weibull"
    )
    return Spread(
        low=low,
        high=high,
        p_top=p_top(draws),
        rank_low=np.quantile(places(drawn, equal="best"), tail, axis=0, method="lower"),
        rank_high=np.quantile(places(drawn, equal="worst"), 1 - tail, axis=0, method="higher"),
    )


def p_top(draws: Floats) -> Floats:
    """Return for each value the share of draws in which it is first, shared where several are.

    A draw in which nothing has a place crowns nothing. Without draws every value is 1.
    """
    if not draws.size:
        return np.ones(draws.shape[1])
    filled = np.where(np.isnan(draws), -np.inf, draws)
    best = (filled == filled.max(axis=1, keepdims=True)) & np.isfinite(filled)
    many = best.sum(axis=1, keepdims=True)
    share: Floats = np.divide(best, many, out=np.zeros(best.shape), where=many > 0).mean(axis=0)
    return share


@dataclass(frozen=True)
class Ranking:
    """Values from the wisest down, with what they rest on.

    ``draws`` (draws x values, columns in ``order``) are scores under resampled participants; empty where a
    rule has none. ``fitted`` holds what a model estimated beside the scores, such as how readily people say
    "wiser" whichever way they are asked.
    """

    rule: str
    parameters: Mapping[str, Any]
    values: tuple[Scored, ...]
    votes: int
    participants: int
    support: Support
    order: tuple[Key, ...] = ()
    draws: Floats = field(default_factory=lambda: np.zeros((0, 0)), compare=False, repr=False)
    fitted: Mapping[str, float] = field(default_factory=dict)

    @property
    def top(self) -> Scored | None:
        """Return the first value; None where nothing is ranked."""
        return self.values[0] if self.values else None


def support_of(*, p_top: float | None, votes: int) -> Support:
    """Return how well the first place is supported, from its probability alone."""
    if votes == 0 or p_top is None:
        return "none"
    if p_top >= CLEAR:
        return "clear"
    return "leaning" if p_top >= LEANING else "contested"
