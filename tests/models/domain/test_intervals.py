"""Intervals, against numbers worked out by hand and by exhaustion."""

import pytest

from apps.models.domain.intervals import Interval, bootstrap, wilson, wilson_by_group


def test_wilson_of_eight_in_ten() -> None:
    # z = 1.959964, z^2 = 3.841459: (0.8 + 0.19207 +- 1.959964 * sqrt(0.016 + 0.0096036)) / 1.3841459
    found = wilson(8, 10)

    assert found.value == 0.8
    assert found.low == pytest.approx(0.49016, abs=1e-5)
    assert found.high == pytest.approx(0.94332, abs=1e-5)
    assert found.n == 10


def test_wilson_of_none_in_ten_starts_at_nought() -> None:
    # The upper bound is z^2 / (n + z^2) = 3.841459 / 13.841459.
    found = wilson(0, 10)

    assert found.low == 0.0
    assert found.high == pytest.approx(3.841459 / 13.841459, abs=1e-6)


def test_wilson_of_all_mirrors_wilson_of_none() -> None:
    none, every = wilson(0, 7), wilson(7, 7)

    assert every.high == 1.0
    assert every.low == pytest.approx(1.0 - none.high)


def test_wilson_of_nothing_knows_nothing() -> None:
    assert wilson(0, 0) == Interval(value=None, low=0.0, high=1.0, n=0)


@pytest.mark.parametrize(("successes", "n"), [(-1, 3), (4, 3)])
def test_wilson_refuses_the_impossible(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="impossible"):
        wilson(successes, n)


def test_bootstrap_of_a_mean_agrees_with_its_normal_interval() -> None:
    # 100 zeros and 100 ones: mean 0.5, standard error sqrt(0.25 / 200) = 0.03536, times 1.96 = 0.0693.
    units = [0, 1] * 100

    found = bootstrap(units, lambda drawn: sum(drawn) / len(drawn), draws=2000, seed=3)

    assert found.value == 0.5
    assert found.low == pytest.approx(0.5 - 0.0693, abs=0.012)
    assert found.high == pytest.approx(0.5 + 0.0693, abs=0.012)
    assert found.n == 200


def test_bootstrap_is_the_same_for_the_same_seed_and_not_for_another() -> None:
    units = [1.0, 2.0, 4.0, 8.0, 16.0, 3.0, 5.0]

    found = [bootstrap(units, lambda drawn: sum(drawn), draws=30, seed=seed) for seed in (1, 1, 2)]

    assert found[0] == found[1] != found[2]


def test_bootstrap_leaves_out_draws_in_which_nothing_is_defined() -> None:
    # A draw without the one has no such statistic (about a third of all draws).
    found = bootstrap([0, 0, 0, 1], lambda drawn: 1.0 if 1 in drawn else None)

    assert found == Interval(value=1.0, low=1.0, high=1.0, n=4)


def test_bootstrap_of_nothing_knows_nothing() -> None:
    empty: list[float] = []

    assert bootstrap(empty, lambda drawn: sum(drawn)).value is None


def test_pairs_of_a_prompt_that_are_alike_tell_less_than_as_many_prompts() -> None:
    # Four prompts of five pairs, right throughout in three: p = 0.75, d_g - p m_g = 1.25 three times and
    # -3.75, so v n / (p (1 - p)) = 4/3 x 18.75 / (20 x 0.1875) = 6.6667;
    # t of 3 degrees of freedom is 3.18245.
    right = [True] * 15 + [False] * 5
    found = wilson_by_group(right=right, groups=[str(place // 5) for place in range(20)])

    assert (found.value, found.n) == (0.75, 20)
    worth = 20 / 6.666667 * (1.959964 / 3.182446) ** 2
    z2 = 3.841459
    reach = 1.959964 * (0.1875 / worth + z2 / (4 * worth**2)) ** 0.5
    assert found.low == pytest.approx((0.75 + z2 / (2 * worth) - reach) / (1 + z2 / worth), abs=1e-5)
    assert found.low < wilson(15, 20).low
    assert found.high > wilson(15, 20).high


def test_one_pair_a_prompt_is_plain_wilson() -> None:
    found = wilson_by_group(right=[True] * 3 + [False], groups=["a", "b", "c", "d"])

    assert found == wilson(3, 4)


@pytest.mark.parametrize("right", [True, False])
def test_where_all_are_right_or_none_a_prompt_counts_once(right: bool) -> None:
    found = wilson_by_group(right=[right] * 12, groups=[str(place % 3) for place in range(12)])

    once = wilson(3 * right, 3)
    assert (found.low, found.high, found.n) == (once.low, once.high, 12)


def test_pairs_of_one_prompt_or_of_none_tell_next_to_nothing() -> None:
    alone = wilson_by_group(right=[True, False] * 10, groups=["one"] * 20)

    assert alone.high - alone.low > 0.8
    assert wilson_by_group(right=[], groups=[]) == wilson(0, 0)
