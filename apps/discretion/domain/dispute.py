"""How much people disagree about one comparison: the share of pairs of their ratings that differ."""

import numpy as np

from apps.discretion.domain.preferences import Floats, Ints


def dispute(*, counts: Ints) -> Floats:
    """Return for each comparison the share of pairs of raters who gave different answers.

    ``counts`` (comparisons, answers) holds n_c, how many gave answer c. With m = sum_c n_c:

        D = 1 - sum_c n_c (n_c - 1) / (m (m - 1))

    This is the observed disagreement of Krippendorff's nominal alpha within one unit. NaN where m < 2.
    """
    given = counts.sum(axis=1).astype(float)
    pairs = given * (given - 1)
    alike = (counts * (counts - 1)).sum(axis=1)
    out = np.full(len(counts), np.nan)
    share: Floats = np.divide(alike, pairs, out=out, where=pairs > 0)
    return 1.0 - share
