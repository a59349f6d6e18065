"""How much people disagree on one comparison, worked out by hand."""

import numpy as np

from apps.discretion.domain.dispute import dispute


def test_it_is_the_share_of_pairs_of_raters_who_differ() -> None:
    counts = np.array([[3, 0, 0, 0], [1, 1, 0, 0], [2, 1, 0, 0], [1, 1, 1, 1], [2, 2, 0, 0]])

    # Three raters make three pairs: two against one leaves one alike. Four make six: two and two leave two.
    assert np.allclose(dispute(counts=counts), [0, 1, 2 / 3, 1, 4 / 6])


def test_one_rater_has_nobody_to_differ_from() -> None:
    assert np.isnan(dispute(counts=np.array([[1, 0, 0, 0], [0, 0, 0, 0]]))).all()
