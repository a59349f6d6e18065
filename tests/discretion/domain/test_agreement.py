"""Krippendorff's alpha, against cases worked by hand and in the literature."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from apps.discretion.domain import agreement

N = float("nan")
VALUES = (1.0, 2.0, 3.0, 4.0, 5.0)
# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve
# units, missing data.
FOUR_OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    ]
)


@pytest.mark.parametrize(("level", "expected"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_alpha_of_the_textbook_example(level: agreement.Level, expected: float) -> None:
    counts = agreement.value_counts(ratings=FOUR_OBSERVERS, values=VALUES)

    found = agreement.krippendorff_alpha(counts=counts, level=level)

    assert found.value == pytest.approx(expected, abs=0.0005)
    assert (found.n_units, found.n_ratings) == (11, 40)


def test_alpha_of_two_raters_worked_by_hand() -> None:
    # Units AA, AA, BB, AB: observed disagreement 2 of 8, margins 5 and 3: alpha = 1 - 7 * 2 / (2 * 15) = 8
    # / 15.
    ratings = np.array([[1.0, 1.0, -1.0, 1.0], [1.0, 1.0, -1.0, -1.0]])

    found = agreement.krippendorff_alpha(counts=agreement.value_counts(ratings=ratings))

    assert found.value == pytest.approx(8 / 15)


def test_an_order_forgives_near_misses_more_than_far_ones() -> None:
    near = agreement.value_counts(ratings=np.array([[1.0, 0, -1, 1], [1.0, 0, -1, 0]]))
    far = agreement.value_counts(ratings=np.array([[1.0, 0, -1, 1], [1.0, 0, -1, -1]]))

    ordinal = [agreement.krippendorff_alpha(counts=counts, level="ordinal").value for counts in (near, far)]

    assert ordinal[0] is not None
    assert ordinal[1] is not None
    assert ordinal[0] > ordinal[1]


def test_alpha_says_why_it_is_not_known() -> None:
    nobody = agreement.krippendorff_alpha(counts=np.array([[1, 0, 0]]))
    unanimous = agreement.krippendorff_alpha(counts=np.array([[3, 0, 0], [3, 0, 0]]))

    assert nobody.value is None
    assert "two people" in nobody.note
    assert unanimous.value is None
    assert "same answer" in unanimous.note


@given(arrays.arrays(float, (3, 20), elements=st.sampled_from([-1.0, 0.0, 1.0, N])))
def test_alpha_does_not_care_who_the_raters_are(ratings: np.ndarray) -> None:
    found, shuffled = (
        agreement.krippendorff_alpha(counts=agreement.value_counts(ratings=rows), draws=5)
        for rows in (ratings, ratings[::-1])
    )

    assert found == shuffled
    assert found.value is None or found.value <= 1


def test_the_interval_holds_the_value_and_narrows_with_more_units() -> None:
    counts = agreement.value_counts(ratings=np.array([[1.0, 1, -1, 1, 0], [1.0, 1, -1, -1, 0]]))

    few, many = (agreement.krippendorff_alpha(counts=np.repeat(counts, times, axis=0)) for times in (4, 100))

    for found in (few, many):
        assert found.low is not None
        assert found.value is not None
        assert found.high is not None
        assert found.low < found.value < found.high
    assert many.high - many.low < few.high - few.low  # type: ignore[operator]


def test_unanimity_counts_units_with_two_ratings_or_more() -> None:
    found = agreement.unanimity(counts=np.array([[3, 0, 0], [2, 1, 0], [1, 0, 0], [0, 2, 0]]))

    assert (found.unanimous, found.n) == (2, 3)
