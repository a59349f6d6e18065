"""How much oftener one judge is right than another on the same pairs, and what could have been noticed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

DRAWS = 2000
LEVEL, POWER = 0.95, 0.8
FEW = 25
"""Where fewer prompts than this tell the two judges apart, the interval is exact and no bootstrap."""
LEAST = 6
"""So many prompts must lean one way, and none the other, before chance is unlikelier than 5 %: 2 / 2^6."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Gap:
    """A difference of two shares, from -1 to 1, with its interval over ``n`` pairs from ``groups`` prompts.

    ``noticeable`` is the smallest difference that would be found four times of five at this n. ``exact``
    says that the interval is that of the sign test over prompts and no bootstrap.
    """

    value: float | None
    low: float
    high: float
    n: int
    groups: int
    noticeable: float | None
    exact: bool = False

    @property
    def detected(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.value is not None and not self.low <= 0.0 <= self.high

    def to_dict(self) -> dict[str, float | int | bool | None]:
        """Return the gap as it goes over the wire."""
        return {**asdict(self), "detected": self.detected}


def paired(*, first: Sequence[bool], second: Sequence[bool], groups: Sequence[str], seed: int = 0) -> Gap:
    """Return mean(first - second) with an interval over groups (prompts), since their pairs are alike.

    With d_g the sum of the differences in group g and m_g its number of pairs, each of ``DRAWS`` resamples
    weighs groups by w (multinomial) and gives sum(w d) / sum(w m); the interval is that of percentiles. Where
    fewer than ``FEW`` groups have d_g != 0 it is exact (``_exact``). The noticeable difference is
    (z_{(1 + level) / 2} + z_power) times the standard deviation of the resamples, and never less than
    ``LEAST`` pairs of n. Fewer than two groups say nothing: no value, the interval is [-1, 1].
    """
    names, place = np.unique(np.array(groups, dtype=object).astype(str), return_inverse=True)
    n, k = len(first), len(names)
    if k < 2:
        return Gap(value=None, low=-1.0, high=1.0, n=n, groups=k, noticeable=None)
    differences = np.array(first, dtype=float) - np.array(second, dtype=float)
    d = np.bincount(place, differences, k).astype(float)
    m = np.bincount(place, minlength=k).astype(float)
    w = np.random.default_rng(seed).multinomial(k, np.full(k, 1 / k), size=DRAWS)
    found = (w @ d) / (w @ m)
    few = int((d != 0).sum()) < FEW
    low, high = _exact(d, n) if few else np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    reach = NormalDist().inv_cdf((1 + LEVEL) / 2) + NormalDist().inv_cdf(POWER)
    return Gap(
        value=float(d.sum() / n),
        low=float(low),
        high=float(high),
        n=n,
        groups=k,
        noticeable=min(1.0, max(float(reach * found.std()), LEAST / n)),
        exact=few,
    )


def _exact(d: Floats, n: int) -> tuple[float, float]:
    """Return the interval of a difference from the groups that tell the two apart.

    With b groups that lean to the first (d_g > 0) of k that lean at all, [l, h] the interval of Clopper and
    Pearson (1934) for b / k, and D = sum |d_g|: [(2l - 1) D / n, (2h - 1) D / n]. It leaves out 0 just where
    the exact sign test, with one pair a group McNemar's (1947), finds p < 0.05. Where none leans, the two
    judge alike, and up to three groups could have leant unseen: [-3 / n, 3 / n].
    """
    leaning = d[d != 0]
    k, b = len(leaning), int((leaning > 0).sum())
    if k == 0:
        return max(-1.0, -3 / n), min(1.0, 3 / n)
    tail, scale = (1 - LEVEL) / 2, float(np.abs(leaning).sum()) / n
    low = 0.0 if b == 0 else float(betaincinv(b, k - b + 1, tail))
    high = 1.0 if b == k else float(betaincinv(b + 1, k - b, 1 - tail))
    value = float(d.sum()) / n
    return min(value, (2 * low - 1) * scale), max(value, (2 * high - 1) * scale)
