"""What a ranking is, whichever rule made it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from apps.moralgraph.domain.answers import Key

Support = Literal["clear", "leaning", "contested", "none"]
CLEAR, LEANING = 0.9, 0.6


@dataclass(frozen=True)
class Scored:
    """A value's place; what a rule cannot say is None.

    ``score`` is in the rule's own unit, ``low`` and ``high`` its interval, ``p_top`` the probability in [0,
    1] that the value is the wisest, ``rank`` counts from 1 and ``n`` is the number of judgements of pairs
    with this value.
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


@dataclass(frozen=True)
class Ranking:
    """Values from the wisest down, with what they rest on.

    ``draws`` (draws x values, columns in ``order``) are scores under resampled participants; empty where a
    rule has none.
    """

    rule: str
    parameters: Mapping[str, Any]
    values: tuple[Scored, ...]
    votes: int
    participants: int
    support: Support
    order: tuple[Key, ...] = ()
    draws: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)), compare=False, repr=False)

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
