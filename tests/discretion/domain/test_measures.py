"""Arbitrariness, supremacy, discrepancy: worked by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from apps.discretion.domain import categories, measures
from apps.discretion.domain.games import play
from apps.discretion.domain.preferences import signs

# Three principles (rows) on six pairs: consensus A, consensus B, consensus A, conflict, conflict,
# indifference.
PRINCIPLES = np.array(
    [
        [1, -1, 1, 1, 1, 0],
        [1, 0, 0, -1, 1, 0],
        [0, -1, 0, 0, -1, 0],
    ],
    dtype=float,
)


def test_arbitrariness_leaves_ties_out_above_and_below_the_line() -> None:
    found = categories.categorise(preferences=PRINCIPLES)
    # Agrees on the first, goes against the second, is tied on the third.
    annotator = np.array([1, 1, 0, 1, 1, 1], dtype=float)

    count = measures.arbitrariness(annotator=annotator, categories=found)

    assert (count.successes, count.n) == (1, 2)


def test_arbitrariness_counts_only_pairs_about_which_enough_principles_speak() -> None:
    found = categories.categorise(preferences=PRINCIPLES)
    annotator = np.array([1, 1, -1, 1, 1, 1], dtype=float)

    every = measures.arbitrariness(annotator=annotator, categories=found)
    two_speak = measures.arbitrariness(annotator=annotator, categories=found, min_active=2)

    assert (every.successes, every.n) == (2, 3)
    assert (two_speak.successes, two_speak.n) == (1, 2)


def test_every_two_principles_that_clash_in_a_pair_play_one_game() -> None:
    # Three for A, two for B: six games, all won by the three.
    preferences = np.array([[1], [1], [1], [-1], [-1]], dtype=float)

    games = play(choice=np.array([1], dtype=np.int8), preferences=signs(preferences))

    assert games.sum() == 6
    assert games[:3, 3:].tolist() == [[1, 1]] * 3


def test_supremacy_worked_by_hand() -> None:
    # Pair 4: first against second, annotator sides with the first. Pair 5: first and second against third,
    # sides with the third.
    annotator = np.array([1, 1, 1, 1, -1, 1], dtype=float)

    ps = measures.supremacy(games=play(choice=signs(annotator), preferences=signs(PRINCIPLES)))

    assert ps[0, 1] == 1
    assert ps[0, 2] == 0
    assert ps[1, 2] == 0
    assert np.isnan(ps[0, 0])


@settings(deadline=None)  # a busy machine is no fault of the formulas
@given(
    arrays.arrays(float, (4, 15), elements=st.sampled_from([-1.0, 0.0, 1.0, float("nan")])),
    arrays.arrays(float, 15, elements=st.sampled_from([-1.0, 0.0, 1.0, float("nan")])),
)
def test_two_supremacies_of_a_pair_add_up_to_one(preferences: np.ndarray, annotator: np.ndarray) -> None:
    ps = measures.supremacy(games=play(choice=signs(annotator), preferences=signs(preferences)))

    known = ~np.isnan(ps)
    assert (known == known.T).all()
    assert (ps + ps.T)[known] == pytest.approx(1.0)


@settings(deadline=None)
@given(
    arrays.arrays(float, (3, 12), elements=st.sampled_from([-1.0, 0.0, 1.0])),
    arrays.arrays(float, 12, elements=st.sampled_from([-1.0, 1.0])),
)
def test_an_annotator_and_the_opposite_one_share_all_consensus_pairs(
    preferences: np.ndarray, annotator: np.ndarray
) -> None:
    found = categories.categorise(preferences=preferences)

    same, opposite = (
        measures.arbitrariness(annotator=sign * annotator, categories=found) for sign in (1, -1)
    )

    assert same.successes + opposite.successes == same.n == opposite.n


@pytest.mark.parametrize(
    ("other", "expected"),
    [([3.0, 2.0, 1.0], 0.0), ([1.0, 2.0, 3.0], 1.0), ([3.0, 1.0, 2.0], 1 / 3)],
)
def test_discrepancy_goes_from_the_same_order_to_the_reversed_one(
    other: list[float], expected: float
) -> None:
    value = measures.discrepancy(weights=np.array([9.0, 5.0, -2.0]), other=np.array(other))

    assert value == pytest.approx(expected)


def test_discrepancy_shares_the_rank_of_principles_that_both_always_win() -> None:
    # Ranks 1.5, 1.5, 3 are cut to 1, 1, 3; tau-b of (1, 1, 3) and (1, 2, 3) is 2 / sqrt(2 * 3).
    value = measures.discrepancy(weights=np.array([np.inf, np.inf, 0.0]), other=np.array([3.0, 2.0, 1.0]))

    assert measures.ranks(np.array([np.inf, np.inf, 0.0])).tolist() == [1, 1, 3]
    assert value == pytest.approx((1 - 2 / 6**0.5) / 2)


def test_principles_without_a_game_stand_last_as_published() -> None:
    # Ranks 1, 2, 3 and 2, 3, 1: one of three pairs is in the same order, tau -1/3.
    value = measures.discrepancy(weights=np.array([2.0, 1.0, np.nan]), other=np.array([2.0, 1.0, 5.0]))

    assert measures.ranks(np.array([2.0, -np.inf, np.nan])).tolist() == [1, 2, 2]
    assert value == pytest.approx(2 / 3)


def test_one_principle_or_only_ties_say_nothing_about_order() -> None:
    assert measures.discrepancy(weights=np.array([1.0]), other=np.array([1.0])) is None
    assert measures.discrepancy(weights=np.array([1.0, 1.0]), other=np.array([1.0, 2.0])) is None


def test_what_is_left_of_the_fits_error_does_not_order_principles() -> None:
    assert measures.ranks(np.array([0.1 + 0.2, 0.3, 0.0])).tolist() == [1, 1, 3]


@settings(deadline=None)
@given(arrays.arrays(float, 7, elements=st.integers(-3, 3).map(float)), st.integers(0, 10_000))
def test_discrepancy_is_that_of_scipys_tau_b(weights: np.ndarray, seed: int) -> None:
    other = np.random.default_rng(seed).integers(-3, 4, size=7).astype(float)

    value = measures.discrepancy(weights=weights, other=other)

    tau = stats.kendalltau(measures.ranks(weights), measures.ranks(other)).statistic
    assert (value is None) if np.isnan(tau) else value == pytest.approx((1 - tau) / 2)


def test_the_null_annotators_look_only_at_length_and_at_a_coin() -> None:
    longer = measures.longer_response(
        lengths_a=np.array([3.0, 1.0, 2.0]), lengths_b=np.array([1.0, 3.0, 2.0])
    )
    coin = measures.coin(n=2000, seed=1)

    assert longer.tolist() == [1, -1, 0]
    assert abs(coin.mean()) < 0.1
    assert (coin == measures.coin(n=2000, seed=1)).all()
