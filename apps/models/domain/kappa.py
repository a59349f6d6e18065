"""How far two judges agree beyond what their habits alone would bring."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from apps.models.domain.intervals import Interval

DRAWS = 2000
LEVEL = 0.95
WAYS = (-1, 0, 1)
"""B, neither, A."""


def cohen(*, first: Sequence[int], second: Sequence[int], groups: Sequence[str], seed: int = 0) -> Interval:
    """Return Cohen's kappa (1960, Educ. Psychol. Meas. 20, 37-46) with a bootstrap over groups (prompts).

    With p_o the share of pairs on which both say the same and p_e = sum_w p_w q_w what their shares of each
    answer w would bring by chance:

        kappa = (p_o - p_e) / (1 - p_e)

    1 is the same everywhere, 0 chance, below 0 less than that. No value where there are fewer than two
    groups, or both give one and the same answer throughout; the interval is then [-1, 1].
    """
    n = len(first)
    names, place = np.unique(np.array(groups, dtype=object).astype(str), return_inverse=True)
    unknown = Interval(value=None, low=-1.0, high=1.0, n=n)
    if len(names) < 2:
        return unknown
    cells = (np.array(first, dtype=int) + 1) * len(WAYS) + np.array(second, dtype=int) + 1
    size = len(WAYS) ** 2
    tables = np.bincount(place * size + cells, minlength=len(names) * size).reshape(len(names), size)
    value = float(_kappa(tables.sum(axis=0, keepdims=True))[0])
    if np.isnan(value):
        return unknown
    weights = np.random.default_rng(seed).multinomial(
        len(names), np.full(len(names), 1 / len(names)), size=DRAWS
    )
    drawn = _kappa(weights @ tables)
    low, high = np.quantile(drawn[~np.isnan(drawn)], [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(value=value, low=float(low), high=float(high), n=n)


def _kappa(tables: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return kappa of tables of counts, (draws, 9)."""
    counts = tables.reshape(-1, len(WAYS), len(WAYS)).astype(float)
    share = counts / counts.sum(axis=(1, 2), keepdims=True)
    same = np.trace(share, axis1=1, axis2=2)
    chance = (share.sum(axis=1) * share.sum(axis=2)).sum(axis=1)
    found: NDArray[np.float64] = np.divide(
        same - chance, 1 - chance, out=np.full(len(counts), np.nan), where=chance < 1 - 1e-12
    )
    return found
