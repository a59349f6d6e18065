"""Krippendorff's alpha: how far annotators agree beyond chance, with any number of raters and gaps.

Krippendorff, "Content Analysis" (2018), chapter 12. With n_uc the number of raters who gave value c to unit
u, m_u = sum_c n_uc >= 2:

    o_ck = sum_u (n_uc * (n_uk - [c = k])) / (m_u - 1)        observed coincidences
    n_c  = sum_k o_ck,   n = sum_c n_c
    alpha = 1 - (n - 1) * sum_ck o_ck d2(c, k) / sum_ck n_c n_k d2(c, k)

Written here because the library that is usually taken is under the GPL, and because value counts keep
100,000 units cheap: the expected disagreement comes from the margins, never from all pairs of ratings.
"""

import dataclasses
from typing import Literal

import numpy as np

from apps.discretion.domain.preferences import Floats, Ints

Level = Literal["nominal", "ordinal"]
VALUES = (-1.0, 0.0, 1.0)


@dataclasses.dataclass(frozen=True)
class Agreement:
    """Alpha with its bootstrap interval over units; ``value`` is None where it is not defined, and ``note``
    says why.
    """

    value: float | None
    low: float | None
    high: float | None
    n_units: int
    n_ratings: int
    note: str = ""


def value_counts(*, ratings: Floats, values: tuple[float, ...] = VALUES) -> Ints:
    """Return n_uc, shape (units, values), from ratings of shape (raters, units) with NaN for a gap."""
    return np.stack([(ratings == value).sum(axis=0) for value in values], axis=1)


def krippendorff_alpha(
    *, counts: Ints, level: Level = "nominal", draws: int = 1000, seed: int = 0
) -> Agreement:
    """Return alpha for units x values counts; 1 perfect, 0 chance, negative is systematic disagreement.

    Units with the same counts are alike to the formula, so the bootstrap draws how often each pattern
    occurs: the same distribution as drawing units, at the cost of some ten patterns.
    """
    paired = counts[counts.sum(axis=1) >= 2]
    units, ratings = len(paired), int(paired.sum())
    if not units:
        return Agreement(None, None, None, 0, 0, "No pair was judged by two people.")
    patterns, times = _patterns(paired)
    coincidences = np.stack([_coincidences(pattern) for pattern in patterns])
    value = float(_alpha(times[None, :].astype(float), coincidences, level)[0])
    if np.isnan(value):
        note = "Everyone gave the same answer everywhere, so chance agreement cannot be told apart."
        return Agreement(None, None, None, units, ratings, note)
    drawn = np.random.default_rng(seed).multinomial(units, times / units, size=draws).astype(float)
    low, high = _bounds(_alpha(drawn, coincidences, level))
    return Agreement(value, low, high, units, ratings)


def _patterns(counts: Ints) -> tuple[Ints, Ints]:
    """Return the different rows and how often each occurs: rows as one number each sort much faster."""
    base = int(counts.max()) + 1
    if base ** counts.shape[1] >= 1 << 62:
        patterns, times = np.unique(counts, axis=0, return_counts=True)
        return patterns, times
    names = counts @ (base ** np.arange(counts.shape[1], dtype=np.int64))
    _, first, times = np.unique(names, return_index=True, return_counts=True)
    return counts[first], times


def _coincidences(pattern: Ints) -> Floats:
    """Return one unit's part in o_ck."""
    shared: Floats = (np.outer(pattern, pattern) - np.diag(pattern)) / (pattern.sum() - 1)
    return shared


def _alpha(times: Floats, coincidences: Floats, level: Level) -> Floats:
    """Return alpha for each row of ``times`` (draws, patterns); NaN where the expected disagreement is
    nothing.
    """
    observed = np.tensordot(times, coincidences, axes=1)
    margins = observed.sum(axis=2)
    total = margins.sum(axis=1)
    distance = _distance(margins, level)
    seen = (observed * distance).sum(axis=(1, 2))
    expected = (margins[:, :, None] * margins[:, None, :] * distance).sum(axis=(1, 2))
    out = np.full(len(times), np.nan)
    share: Floats = np.divide((total - 1) * seen, expected, out=out, where=expected > 0)
    return 1 - share


def _distance(margins: Floats, level: Level) -> Floats:
    """Return d2(c, k): 0 or 1 for names; for an order, the square of the ratings that lie between c and k,
    ends counted half.
    """
    size = margins.shape[1]
    if level == "nominal":
        return np.broadcast_to(1.0 - np.eye(size), (len(margins), size, size))
    middle = np.cumsum(margins, axis=1) - margins / 2
    return (middle[:, :, None] - middle[:, None, :]) ** 2


def _bounds(draws: Floats) -> tuple[float | None, float | None]:
    known = draws[~np.isnan(draws)]
    if not known.size:
        return None, None
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


@dataclasses.dataclass(frozen=True)
class Unanimity:
    """How many of the units with at least two ratings got one answer from everyone."""

    unanimous: int
    n: int


def unanimity(*, counts: Ints) -> Unanimity:
    """Count the units on which all raters gave the same answer."""
    paired = counts[counts.sum(axis=1) >= 2]
    return Unanimity(unanimous=int((paired.max(axis=1) == paired.sum(axis=1)).sum()), n=len(paired))
