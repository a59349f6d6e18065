"""Arbitrariness, supremacy and discrepancy of an annotator.

Khalaf et al., "AI Alignment at Your Discretion" (FAccT 2025), as in the authors' slides (pages 12, 14, 18)
and code. The symbols are the paper's: a an annotator, c a principle, Pref in {-1, 0, +1}, s(x) the common
sign of a consensus.
"""

import dataclasses

import numpy as np
from scipy import stats

from apps.discretion.domain.categories import Categories
from apps.discretion.domain.preferences import Bools, Floats


@dataclasses.dataclass(frozen=True)
class Count:
    """So many of n."""

    successes: int
    n: int


def arbitrariness(*, annotator: Floats, categories: Categories, min_active: int = 1) -> Count:
    """Count how often the annotator goes against a consensus.

        DA_C(a) = Pr( Pref_a * s = -1 | consensus, Pref_a != 0 )

    ``annotator`` is Pref_a, shape (n,), NaN where a did not judge. Ties and abstentions leave numerator and
    denominator. ``min_active`` keeps only those consensus pairs about which at least so many principles
    speak (1 as published).
    """
    decided = categories.consensus & (categories.active >= min_active) & (np.nan_to_num(annotator) != 0)
    against = decided & (annotator * categories.sign < 0)
    return Count(successes=int(against.sum()), n=int(decided.sum()))


def clashes(*, annotator: Floats, preferences: Floats, weights: Floats | None = None) -> Floats:
    """Count, for every two principles that clash, how often the annotator sides with the first.

    Returns G of shape (C, C): G[c, c'] = the number of comparisons with Pref_c * Pref_c' = -1, Pref_a != 0
    and Pref_a * Pref_c = 1. One comparison with three principles for A and two for B gives six games.
    ``weights``, shape (n,), counts a comparison more than once, as a bootstrap does.
    """
    weight = np.ones_like(annotator) if weights is None else weights
    for_a, for_b = (preferences > 0).astype(float), (preferences < 0).astype(float)
    chose_a, chose_b = weight * (annotator > 0), weight * (annotator < 0)
    games: Floats = (for_a * chose_a) @ for_b.T + (for_b * chose_b) @ for_a.T
    return games


def supremacy(*, games: Floats) -> Floats:
    """Return PS_{c>c'}(a) = Pr( Pref_a * Pref_c = 1 | Pref_c * Pref_c' = -1, Pref_a != 0 ), NaN where c and
    c' never clash.
    """
    played = games + games.T
    return np.divide(games, played, out=np.full_like(games, np.nan), where=played > 0)


def ranks(weights: Floats) -> Floats:
    """Rank principles by weight, highest first, as published: shared ranks are averaged, then cut to whole
    numbers.
    """
    return np.floor(stats.rankdata(-weights, method="average"))


def discrepancy(*, weights: Floats, other: Floats) -> float | None:
    """Compare two annotators' orders of principles.

        DD_C(a, a') = (1 - tau_b) / 2      0 the same order, 0.5 unrelated, 1 reversed

    Principles without a game (NaN in either) are left out; the authors' code ranks them last, which invents
    a priority. None where fewer than two principles are left or one order is all ties.
    """
    known = ~(np.isnan(weights) | np.isnan(other))
    if known.sum() < 2:
        return None
    tau = _tau_b(ranks(weights[known]), ranks(other[known]))
    return None if np.isnan(tau) else float((1 - tau) / 2)


def _tau_b(first: Floats, second: Floats) -> float:
    """Kendall's tau-b. Written out: a bootstrap calls it hundreds of times on some twenty items."""
    above = np.triu_indices(first.size, k=1)
    x = np.sign(first[:, None] - first)[above]
    y = np.sign(second[:, None] - second)[above]
    scale = np.sqrt((x != 0).sum() * (y != 0).sum())
    return float((x * y).sum() / scale) if scale else float("nan")


def longer_response(*, lengths_a: Floats, lengths_b: Floats) -> Floats:
    """Return the preference of the null annotator that picks the longer response; equal lengths are a tie."""
    return np.sign(lengths_a - lengths_b)


def coin(*, n: int, seed: int) -> Floats:
    """Return the preference of the null annotator that flips a fair coin."""
    return np.random.default_rng(seed).choice(np.array([-1.0, 1.0]), size=n)


def decided(annotator: Floats) -> Bools:
    """Return where the annotator preferred one of the two."""
    return np.asarray(np.nan_to_num(annotator) != 0)
