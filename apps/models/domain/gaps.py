"""How much oftener one judge is right than another on the same pairs, and what could have been noticed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import NormalDist

import numpy as np

DRAWS = 2000
LEVEL, POWER = 0.95, 0.8


@dataclass(frozen=True)
class Gap:
    """A difference of two shares, from -1 to 1, with its interval over ``n`` pairs from ``groups`` prompts.

    ``noticeable`` is the smallest difference that would be found four times of five at this n.
    """

    value: float | None
    low: float
    high: float
    n: int
    groups: int
    noticeable: float | None

    @property
    def detected(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.value is not None and not self.low <= 0.0 <= self.high

    def to_dict(self) -> dict[str, float | int | bool | None]:
        """Return the gap as it goes over the wire."""
        return {**asdict(self), "detected": self.detected}


def paired(*, first: Sequence[bool], second: Sequence[bool], groups: Sequence[str], seed: int = 0) -> Gap:
    """Return mean(first - second) with a bootstrap over groups (prompts), since their pairs are alike.

    With d_g the sum of the differences in group g and m_g its number of pairs, each of ``DRAWS`` resamples
    weighs groups by w (multinomial) and gives sum(w d) / sum(w m); the interval is that of percentiles. The
    noticeable difference is (z_{(1 + level) / 2} + z_power) times the standard deviation of the resamples.
    Fewer than two groups say nothing: no value, the interval is [-1, 1].
    """
    names, place = np.unique(np.array(groups, dtype=object).astype(str), return_inverse=True)
    n, k = len(first), len(names)
    if k < 2:
        return Gap(value=None, low=-1.0, high=1.0, n=n, groups=k, noticeable=None)
    differences = np.array(first, dtype=float) - np.array(second, dtype=float)
    d, m = np.bincount(place, differences, k), np.bincount(place, minlength=k)
    w = np.random.default_rng(seed).multinomial(k, np.full(k, 1 / k), size=DRAWS)
    found = (w @ d) / (w @ m)
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    reach = NormalDist().inv_cdf((1 + LEVEL) / 2) + NormalDist().inv_cdf(POWER)
    return Gap(
        value=float(d.sum() / n),
        low=float(low),
        high=float(high),
        n=n,
        groups=k,
        noticeable=float(reach * found.std()),
    )
