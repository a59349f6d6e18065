"""Places worked out by hand, and the same as scipy's ranks."""

import numpy as np
import pytest
from scipy.stats import rankdata

from apps.moralgraph.domain.places import places


def test_equal_scores_share_the_best_place_or_the_worst() -> None:
    scores = np.array([0.5, 2.0, -np.inf, 0.5, 0.5])

    assert places(scores, equal="best").tolist() == [2, 1, 5, 2, 2]
    assert places(scores, equal="worst").tolist() == [4, 1, 5, 4, 4]


@pytest.mark.parametrize("shape", [(0,), (1,), (40, 7), (3, 0), (200, 30)])
def test_rows_are_placed_as_scipy_ranks_them(shape: tuple[int, ...]) -> None:
    scores = np.random.default_rng(3).integers(0, 6, size=shape).astype(float)

    for equal, method in (("best", "min"), ("worst", "max")):
        expected = rankdata(-scores, method=method, axis=-1)
        assert places(scores, equal=equal).tolist() == expected.tolist()
