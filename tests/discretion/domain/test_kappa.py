"""Cohen's kappa, worked by hand."""

import numpy as np
import pytest

from apps.discretion.domain import kappa

NAN = float("nan")


def test_kappa_worked_by_hand() -> None:
    # 20 A-A, 15 B-B, 5 A-B, 10 B-A: p_o = 0.7, p_e = 0.5 * 0.6 + 0.5 * 0.4 = 0.5, kappa = 0.4.
    counts = np.array([[15, 0, 10], [0, 0, 0], [5, 0, 20]])

    found = kappa.cohen_kappa(counts=counts)

    assert found.value == pytest.approx(0.4)
    assert (found.n_units, found.n_ratings) == (50, 100)
    assert found.low is not None
    assert found.high is not None
    assert 0.1 < found.low < 0.4 < found.high < 0.65


def test_pairs_that_one_of_the_two_did_not_rate_are_left_out() -> None:
    counts = kappa.table(first=np.array([1.0, -1, NAN, 0]), second=np.array([1.0, 1, 1, NAN]))

    assert counts.tolist() == [[0, 0, 1], [0, 0, 0], [0, 0, 1]]


@pytest.mark.parametrize(
    ("counts", "note"),
    [(np.zeros((3, 3), dtype=int), kappa.NOBODY), (np.diag([0, 0, 9]), kappa.NO_SPREAD)],
)
def test_where_kappa_is_not_defined_it_says_why(counts: np.ndarray, note: str) -> None:
    found = kappa.cohen_kappa(counts=counts)

    assert (found.value, found.low, found.high, found.note) == (None, None, None, note)


def test_kappa_of_three_is_the_mean_of_every_two_by_what_they_share() -> None:
    # Kim and Robin share four pairs: p_o = 3/4, p_e = 3/4 * 1/2 + 1/4 * 1/2 = 1/2, kappa 1/2. Kim and Sasha
    # share two and agree on both: kappa 1. Robin and Sasha share the same two: p_o = 1/2, p_e = 1/2, kappa 0.
    ratings = np.array([[1.0, -1, 1, 1], [1, -1, 1, -1], [NAN, -1, NAN, 1]])

    found = kappa.mean_kappa(ratings=ratings)

    assert found.value == pytest.approx((4 * 0.5 + 2 * 1 + 2 * 0) / 8)
    assert (found.n_units, found.n_ratings) == (4, 10)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high


def test_the_mean_kappa_of_two_is_theirs() -> None:
    first = np.repeat([1.0, 1, -1, -1], [20, 5, 15, 10])
    second = np.repeat([1.0, -1, -1, 1], [20, 5, 15, 10])

    found = kappa.mean_kappa(ratings=np.stack([first, second]))

    assert found.value == pytest.approx(0.4)
    assert found.low is not None
    assert 0.1 < found.low < 0.3


@pytest.mark.parametrize(
    ("ratings", "note"),
    [([[1.0, NAN], [NAN, 1.0]], kappa.ALONE), ([[1.0, 1], [1, 1]], kappa.NO_SPREAD)],
)
def test_where_the_mean_kappa_is_not_defined_it_says_why(ratings: list[list[float]], note: str) -> None:
    found = kappa.mean_kappa(ratings=np.array(ratings))

    assert (found.value, found.low, found.high, found.note) == (None, None, None, note)
