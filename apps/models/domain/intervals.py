"""Intervals: no number is shown without one."""

import dataclasses
import random
from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Unit = TypeVar("Unit")


@dataclasses.dataclass(frozen=True)
class Interval:
    """A number with its interval and the count behind it; no ``value`` where nothing was counted."""

    value: float | None
    low: float
    high: float
    n: int

    def to_dict(self) -> dict[str, float | int | None]:
        """Return the interval as it goes over the wire."""
        return dataclasses.asdict(self)


def wilson(successes: int, n: int, level: float = 0.95) -> Interval:
    """Return a share with Wilson's score interval (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212).

    With p = successes / n and z the normal quantile of (1 + level) / 2:

        (p + z^2 / 2n +- z * sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)

    Bounds lie in [0, 1]. With n = 0 nothing is known: the value is None and the interval is all of [0, 1].
    Raises ValueError where successes do not lie between 0 and n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n} is impossible.")
    if n == 0:
        return Interval(value=None, low=0.0, high=1.0, n=0)
    low, high = _wilson(successes / n, n, level)
    return Interval(value=successes / n, low=low, high=high, n=n)


def wilson_by_group(*, right: Sequence[bool], groups: Sequence[str], level: float = 0.95) -> Interval:
    """Return a share whose units come in groups (the pairs of a prompt), which may be alike within.

    It is Wilson's interval with the n that so many units in such groups are worth (Korn and Graubard 1998,
    Survey Methodology 24, 193-201). With d_g right of m_g in group g, k groups, p = sum d / n:

        v = k / (k - 1) sum (d_g - p m_g)^2 / n^2        deff = v n / (p (1 - p))
        n* = n where deff <= 1, else n / deff (z / t)^2   with t of k - 1 degrees of freedom

    With one unit a group it is plain Wilson. Where all units are right, or none, nothing shows how alike a
    group's are: n* = k. One group with several units is worth one.
    """
    n = len(right)
    _, place = np.unique(np.array(groups, dtype=object).astype(str), return_inverse=True)
    found = wilson(int(sum(right)), n, level)
    k = int(place.max()) + 1 if n else 0
    if found.value is None or k == n:
        return found
    low, high = _wilson(found.value, _worth(np.array(right, dtype=float), place, level), level)
    return dataclasses.replace(found, low=low, high=high)


def _worth(right: NDArray[np.float64], place: NDArray[np.int64], level: float) -> float:
    """Return n*, of how many independent units the groups' units tell as much."""
    n, k = len(right), int(place.max()) + 1
    p = float(right.mean())
    if k == 1 or p in {0.0, 1.0}:
        return float(k)
    apart = np.bincount(place, right, k) - p * np.bincount(place, minlength=k)
    deff = k / (k - 1) * float((apart**2).sum()) / (n * p * (1 - p))
    if deff <= 1:
        return float(n)
    z, t = NormalDist().inv_cdf((1 + level) / 2), float(stdtrit(k - 1, (1 + level) / 2))
    return n / deff * (z / t) ** 2


def _wilson(p: float, n: float, level: float) -> tuple[float, float]:
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = p + z * z / (2 * n)
    reach = z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    scale = 1 + z * z / n
    return 0.0 if p == 0 else (middle - reach) / scale, 1.0 if p == 1 else (middle + reach) / scale


def bootstrap(
    units: Sequence[Unit],
    statistic: Callable[[Sequence[Unit]], float | None],
    *,
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Return a statistic of the units with its percentile interval (Efron and Tibshirani 1993, chapter 13).

    Whole units (people, say) are drawn with replacement, ``draws`` times. Draws in which the statistic is
    undefined (None) are left out. Where it is undefined for the units themselves, nothing is known and the
    interval is [0, 1].
    """
    value = statistic(units) if units else None
    if value is None:
        return Interval(value=None, low=0.0, high=1.0, n=len(units))
    chance = random.Random(seed)
    redrawn = (statistic(chance.choices(units, k=len(units))) for _ in range(draws))
    found = sorted(number for number in redrawn if number is not None) or [value]
    return Interval(
        value=value,
        low=_quantile(found, (1 - level) / 2),
        high=_quantile(found, (1 + level) / 2),
        n=len(units),
    )


def _quantile(ordered: Sequence[float], q: float) -> float:
    """Return the q-quantile of sorted numbers, linear between neighbours."""
    place = q * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
