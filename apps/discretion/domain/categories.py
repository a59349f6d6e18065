"""Consensus, conflict and indifference of principles about one pair of responses.

Khalaf et al., "AI Alignment at Your Discretion" (FAccT 2025). With Pref_c(x) in {-1, 0, +1} for each
principle c in C:

    indifference   Pref_c = 0 for every c
    conflict       some c has +1 and some c' has -1
    consensus      otherwise: at least one c is active (non-zero) and all active ones have one sign
"""

import dataclasses

import numpy as np

from apps.discretion.domain.preferences import Bools, Floats, Ints, Signs

CONSENSUS, CONFLICT, INDIFFERENCE = "consensus", "conflict", "indifference"
NAMES = (CONSENSUS, CONFLICT, INDIFFERENCE)


@dataclasses.dataclass(frozen=True)
class Categories:
    """The category of each of n comparisons; ``judged`` is false where no principle was judged."""

    judged: Bools
    consensus: Bools
    conflict: Bools
    indifference: Bools
    sign: Ints
    active: Ints

    def of(self, name: str) -> Bools:
        """Return which comparisons are in the category of this name."""
        return {CONSENSUS: self.consensus, CONFLICT: self.conflict, INDIFFERENCE: self.indifference}[name]

    def settled(self, *, preferences: Floats, scores: Floats) -> "Categories":
        """Let the graph's weights settle what the principles leave open: a conflict counts as a consensus for
        the side that weighs more. ``preferences`` and ``scores`` g_c(x) are (principles, comparisons).

            s'(x) = s(x) of a consensus, else the sign of sum_c exp(g_c(x)) Pref_c(x)

        which is the sign under softmax weights, whose denominator is positive. A principle whose score is not
        known (NaN) weighs nothing.
        """
        clash = self.conflict.nonzero()[0]
        known = scores[:, clash]
        weights = np.exp(known - np.nanmax(known, initial=-np.inf, axis=0, where=~np.isnan(known)))
        sign = self.sign.copy()
        sign[clash] = np.sign((np.nan_to_num(weights) * np.nan_to_num(preferences[:, clash])).sum(axis=0))
        return dataclasses.replace(self, consensus=sign != 0, conflict=self.conflict & (sign == 0), sign=sign)


def categorise(*, preferences: Floats | Signs) -> Categories:
    """Put each comparison in its category.

    ``preferences`` is Pref_c(x), shape (principles, comparisons), -1, 0 or +1, NaN where the principle was
    not judged: such a principle neither breaks a consensus nor makes one. ``sign`` is s(x), the common sign
    of a consensus and 0 elsewhere; ``active`` counts the principles that are not indifferent.
    """
    # Sums of bytes: with a million comparisons most of the time goes into moving memory.
    for_a, for_b = (
        side.sum(axis=0, dtype=np.int16) for side in (np.greater(preferences, 0), np.less(preferences, 0))
    )
    judged = _judged(preferences)
    active = for_a + for_b
    conflict = (for_a > 0) & (for_b > 0)
    consensus = (active > 0) & ~conflict
    return Categories(
        judged=judged,
        consensus=consensus,
        conflict=conflict,
        indifference=judged & (active == 0),
        sign=np.where(consensus, np.sign(for_a - for_b), 0).astype(np.int64),
        active=active.astype(np.int64),
    )


def _judged(preferences: Floats | Signs) -> Bools:
    """Return where any principle was judged; whole numbers have no gap, so there all were."""
    if preferences.dtype == np.int8:
        return np.full(preferences.shape[1], len(preferences) > 0)
    return np.asarray((~np.isnan(preferences)).any(axis=0))
