"""Which pairs are worth asking: those that may change who is on top."""

import math

import numpy as np
import pytest

from apps.moralgraph.domain import choosing
from apps.moralgraph.domain.choosing import Belief, Said, Wish


def said(n: int, *rows: tuple[int, int, float, float], open_: float = 0.0) -> Said:
    """Return what was said: (less wise, wiser, lead, told) a row."""
    low, high, lead, told = (np.array(column) for column in zip(*rows, strict=True))
    return Said(n, low, high, lead.astype(float), told.astype(float), np.full(len(rows), open_))


def belief(*means: float, sd: float = 0.5) -> Belief:
    """Return scores that are known apart from each other, with nobody leaning."""
    covariance = np.diag([sd**2] * len(means) + [1e-9])
    return Belief(np.array([*means, 0.0]), covariance)


def test_the_posterior_without_votes_is_the_prior() -> None:
    nothing = np.zeros(0)

    found = choosing.believe(Said(3, nothing.astype(int), nothing.astype(int), nothing, nothing, nothing))

    np.testing.assert_allclose(found.mean, 0)
    np.testing.assert_allclose(found.covariance, np.eye(4))


def test_the_posterior_of_one_decided_vote_is_where_its_slope_is_nothing() -> None:
    # With one "wiser" on 0 to 1, s_1 = -s_0 = phi = x solves x = 1 - sigma(3x): x = 0.2836.
    x = 0.25
    for _ in range(200):
        x -= (x - 1 + 1 / (1 + math.exp(-3 * x))) / 4

    found = choosing.believe(said(2, (0, 1, 1, 1)))

    np.testing.assert_allclose(found.mean, [-x, x, x], atol=1e-5)


def test_votes_both_ways_that_only_say_yes_move_the_leaning_and_no_score() -> None:
    found = choosing.believe(said(2, (0, 1, 6, 6), (1, 0, 6, 6)))

    np.testing.assert_allclose(found.mean[:2], 0, atol=1e-9)
    assert found.mean[2] > 1


def test_the_same_is_half_an_answer_each_way_and_makes_scores_surer() -> None:
    found = choosing.believe(said(2, (0, 1, 0, 4)))

    assert found.mean[0] == pytest.approx(0, abs=1e-9)
    assert found.spread[0] < 1


def test_a_story_that_waits_for_its_answer_makes_scores_surer_and_moves_none() -> None:
    found = choosing.believe(said(2, (0, 1, 0, 0), open_=3))

    np.testing.assert_allclose(found.mean, 0)
    assert found.spread[0] < 1


def test_the_two_that_may_be_on_top_are_asked_about_and_not_the_two_at_the_bottom() -> None:
    known = belief(2.0, 1.9, -2.0, -2.1)

    assert choosing.choose(known, Wish(1), np.random.default_rng(1)) == [(0, 1)]


def test_a_rival_that_little_is_known_of_comes_before_one_that_is_surely_behind() -> None:
    known = belief(1.0, 0.0, 0.0)
    known.covariance[1, 1], known.covariance[2, 2] = 2.0, 0.01

    assert choosing.choose(known, Wish(1), np.random.default_rng(1)) == [(0, 1)]


def test_the_own_value_stands_in_one_of_three_pairs_and_in_two_of_six() -> None:
    known = belief(*([0.0] * 9), -3.0)

    for n, own in ((3, 1), (5, 1), (6, 2)):
        pairs = choosing.choose(known, Wish(n, own=9), np.random.default_rng(n))
        assert len(set(pairs)) == n
        assert 1 <= sum(9 in pair for pair in pairs) <= own


@pytest.mark.parametrize("own", range(5))
def test_the_own_value_stands_in_as_many_pairs_as_the_study_says(own: int) -> None:
    for mean in (-3.0, 0.0, 3.0):
        known = belief(*([0.0] * 9), mean)

        pairs = choosing.choose(known, Wish(5, own=9, own_pairs=own, short=(4,)), np.random.default_rng(own))

        assert [9 in pair for pair in pairs] == [True] * own + [False] * (5 - own)
        assert any(4 in pair for pair in pairs)


def test_a_value_that_was_asked_about_too_seldom_stands_in_one_pair_however_low_it_is() -> None:
    known = belief(*([0.0] * 9), -4.0)

    pairs = choosing.choose(known, Wish(3, own=0, short=(9,)), np.random.default_rng(1))

    assert any(9 in pair for pair in pairs)


def test_no_value_stands_in_more_than_half_of_the_pairs() -> None:
    known = belief(3.0, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5)

    pairs = choosing.choose(known, Wish(5), np.random.default_rng(1))

    assert max(sum(value in pair for pair in pairs) for value in range(7)) <= 3


def test_a_pair_to_avoid_comes_never_and_fewer_come_where_there_are_no_more() -> None:
    known = belief(0.0, 0.0, 0.0)

    pairs = choosing.choose(known, Wish(5, own=0, avoid=[(0, 1)]), np.random.default_rng(1))

    assert sorted(pairs) == [(0, 2), (1, 2)]


def test_values_that_nobody_knows_of_all_get_their_turn() -> None:
    known = belief(*([0.0] * 24), sd=1.0)
    met = {
        value
        for person in range(24)
        for pair in choosing.choose(known, Wish(5), np.random.default_rng(person))
        for value in pair
    }

    assert met == set(range(24))
