"""Cohen's kappa: how far two raters agree beyond chance, from the table of what they said.

Cohen, "A coefficient of agreement for nominal scales" (1960). With p_ij the share of pairs of which the first
said i and the second j, p_i. and p_.j its margins:

    kappa = (p_o - p_e) / (1 - p_e),   p_o = sum_i p_ii,   p_e = sum_i p_i. p_.i

Of more than two, kappa is the mean over every two of them (Light 1971), weighted by how many pairs these two
share, because batches overlap unevenly.
"""

import itertools

import numpy as np

from apps.discretion.domain.agreement import VALUES, Agreement
from apps.discretion.domain.preferences import Floats, Ints, Signs

NOBODY = "No pair was judged by both."
ALONE = "No pair was judged by two people."
NO_SPREAD = "Both gave one and the same answer everywhere, so chance agreement cannot be told apart."


def table(*, first: Floats, second: Floats) -> Ints:
    """Count what two raters said of the pairs that both rated (NaN: not rated), shape (3, 3)."""
    both = ~(np.isnan(first) | np.isnan(second))
    cells = (first[both] - VALUES[0]) * len(VALUES) + (second[both] - VALUES[0])
    counted: Ints = np.bincount(cells.astype(int), minlength=len(VALUES) ** 2).reshape(3, 3)
    return counted


def cohen_kappa(*, counts: Ints, draws: int = 1000, seed: int = 0) -> Agreement:
    """Return kappa with its bootstrap interval; pairs in one cell are alike, so cells are drawn."""
    n = int(counts.sum())
    if not n:
        return Agreement(None, None, None, 0, 0, NOBODY)
    value = float(_kappa(counts[None].astype(float))[0])
    if np.isnan(value):
        return Agreement(None, None, None, n, 2 * n, NO_SPREAD)
    drawn = np.random.default_rng(seed).multinomial(n, counts.ravel() / n, size=draws)
    known = _kappa(drawn.reshape(-1, *counts.shape).astype(float))
    known = known[~np.isnan(known)]
    low, high = np.quantile(known, [0.025, 0.975]) if known.size else (np.nan, np.nan)
    return Agreement(value, float(low), float(high), n, 2 * n)


def mean_kappa(*, ratings: Floats, draws: int = 400, seed: int = 0) -> Agreement:
    """Return the mean kappa of every two raters, (raters, units) with NaN for a gap, with its bootstrap
    interval over units; units that were rated alike are drawn together.
    """
    shared = ratings[:, (~np.isnan(ratings)).sum(axis=0) > 1]
    units, given = shared.shape[1], int((~np.isnan(shared)).sum())
    if not units:
        return Agreement(None, None, None, 0, 0, ALONE)
    whole = np.where(np.isnan(shared), VALUES[0] - 1, shared).astype(np.int8)
    patterns, times = np.unique(whole, axis=1, return_counts=True)
    value = float(_mean(patterns, times[None].astype(float))[0])
    if np.isnan(value):
        return Agreement(None, None, None, units, given, NO_SPREAD)
    drawn = np.random.default_rng(seed).multinomial(units, times / units, size=draws)
    known = _mean(patterns, drawn.astype(float))
    low, high = np.quantile(known[~np.isnan(known)], [0.025, 0.975])
    return Agreement(value, float(low), float(high), units, given)


def _mean(patterns: Signs, times: Floats) -> Floats:
    """Return the mean kappa for each row of ``times`` (draws, patterns)."""
    total, weight = np.zeros(len(times)), np.zeros(len(times))
    for first, second in itertools.combinations(patterns.astype(np.int64), 2):
        both = ((first >= VALUES[0]) & (second >= VALUES[0])).nonzero()[0]
        cells = (first[both] - int(VALUES[0])) * len(VALUES) + second[both] - int(VALUES[0])
        counts = times[:, both] @ np.eye(len(VALUES) ** 2)[cells]
        n = counts.sum(axis=1)
        found = _kappa(np.where(n[:, None] > 0, counts, 1.0).reshape(-1, len(VALUES), len(VALUES)))
        known = ~np.isnan(found) & (n > 0)
        total[known] += (found * n)[known]
        weight[known] += n[known]
    mean: Floats = np.divide(total, weight, out=np.full(len(times), np.nan), where=weight > 0)
    return mean


def _kappa(counts: Floats) -> Floats:
    """Return kappa of each table in (draws, 3, 3); NaN where chance alone explains everything."""
    shares = counts / counts.sum(axis=(1, 2), keepdims=True)
    seen = np.trace(shares, axis1=1, axis2=2)
    chance = (shares.sum(axis=2) * shares.sum(axis=1)).sum(axis=1)
    room = 1 - chance
    out = np.full(len(counts), np.nan)
    found: Floats = np.divide(seen - chance, room, out=out, where=room > 1e-12)
    return found
