"""Arbitrariness, supremacy and discrepancy of an annotator.

Khalaf et al., "AI Alignment at Your Discretion" (FAccT 2025), as in the authors' slides (pages 12, 14, 18)
and code. The symbols are the paper's: a an annotator, c a principle, Pref in {-1, 0, +1}, s(x) the common
sign of a consensus.
"""

import dataclasses

import numpy as np
from numpy.typing import NDArray

from apps.discretion.domain.categories import Categories
from apps.discretion.domain.preferences import Bools, Floats, Signs

SAME = 6
"""Weights that agree to so many decimals share a rank: the rest of the fit's error must not order them."""


@dataclasses.dataclass(frozen=True)
class Count:
    """So many of n."""

    successes: int
    n: int


def arbitrariness(*, annotator: Floats | Signs, categories: Categories, min_active: int = 1) -> Count:
    """Count how often the annotator goes against a consensus.

        DA_C(a) = Pr( Pref_a * s = -1 | consensus, Pref_a != 0 )

    ``annotator`` is Pref_a, shape (n,), NaN where a did not judge. Ties and abstentions leave numerator and
    denominator. ``min_active`` keeps only those consensus pairs about which at least so many principles
    speak (1 as published).
    """
    asked = decided(annotator) & categories.consensus & (categories.active >= min_active)
    against = asked & (np.greater(annotator, 0) != (categories.sign > 0))
    return Count(successes=int(against.sum()), n=int(asked.sum()))


def supremacy(*, games: Floats) -> Floats:
    """Return PS_{c>c'}(a) = Pr( Pref_a * Pref_c = 1 | Pref_c * Pref_c' = -1, Pref_a != 0 ), NaN where c and
    c' never clash. ``games`` is G of ``games.play``.
    """
    played = games + games.T
    return np.divide(games, played, out=np.full_like(games, np.nan), where=played > 0)


def ranks(weights: Floats) -> Floats:
    """Rank principles by weight, highest first, along the last axis.

    As published: shared ranks are averaged, then cut to whole numbers; +inf shares the first ranks and -inf
    the last, where a principle without any game (NaN) stands as well.
    """
    known = np.round(np.where(np.isnan(weights), -np.inf, weights), SAME)
    above = (known[..., None, :] > known[..., :, None]).sum(axis=-1)
    level = (known[..., None, :] == known[..., :, None]).sum(axis=-1)
    order: Floats = np.floor(1 + above + (level - 1) / 2)
    return order


def discrepancies(*, weights: Floats, other: Floats) -> Floats:
    """Compare two annotators' orders of principles, along the last axis.

        DD_C(a, a') = d_K(ranks of a, ranks of a') = (1 - tau_b) / 2

    0 the same order, 0.5 unrelated, 1 reversed; NaN where one of the two has no order: fewer than two
    principles, or all tied.
    """
    first, second = _steps(ranks(weights)), _steps(ranks(other))
    scale = np.sqrt((first != 0).sum(axis=-1) * (second != 0).sum(axis=-1))
    agreed = (first * second).sum(axis=-1).astype(float)
    tau: Floats = np.divide(agreed, scale, out=np.full(agreed.shape, np.nan), where=scale > 0)
    return (1 - tau) / 2


def discrepancy(*, weights: Floats, other: Floats) -> float | None:
    """Return DD of two annotators with weights of shape (C,); None where it is not defined."""
    value = float(discrepancies(weights=weights, other=other))
    return None if np.isnan(value) else value


def _steps(order: Floats) -> NDArray[np.int16]:
    """Return the sign of every difference of two ranks."""
    first, second = np.triu_indices(order.shape[-1], k=1)
    return np.asarray(np.sign(order[..., first] - order[..., second]).astype(np.int16))


def longer_response(*, lengths_a: Floats, lengths_b: Floats) -> Floats:
    """Return the preference of the null annotator that picks the longer response; equal lengths are a tie."""
    return np.sign(lengths_a - lengths_b)


def coin(*, n: int, seed: int) -> Floats:
    """Return the preference of the null annotator that flips a fair coin."""
    return np.random.default_rng(seed).choice(np.array([-1.0, 1.0]), size=n)


def decided(annotator: Floats | Signs) -> Bools:
    """Return where the annotator preferred one of the two."""
    return np.asarray(np.abs(annotator) > 0)
