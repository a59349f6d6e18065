"""Soft targets from votes and from the graph."""

import numpy as np
import pytest

from apps.discretion.domain import targets

N = float("nan")


def test_votes_make_the_share_for_a_among_those_that_decide() -> None:
    ratings = np.array([[1, 1, 0, N], [1, -1, 0, N], [0, -1, 0, N]])

    found = targets.from_verdicts(ratings=ratings)

    assert found.p[:2] == pytest.approx([1.0, 1 / 3])
    assert np.isnan(found.p[2:]).all()
    assert found.left_out == {"only ties": 1, "no human vote": 1}


def test_one_active_principle_alone_decides_whatever_its_score() -> None:
    found = targets.from_graph(
        preferences=np.array([[1.0], [0.0]]), draws=np.array([[-5.0, 5.0]]), temperature=0.5
    )

    assert found.p == pytest.approx([1 / (1 + np.exp(-2))])


def test_clashing_principles_are_weighed_by_the_softmax_of_their_scores() -> None:
    # Scores log 3 and 0: weights 3/4 and 1/4, so the sum is 1/2 and sigma(1/2 / 0.5) is left.
    found = targets.from_graph(
        preferences=np.array([[1.0], [-1.0]]), draws=np.array([[np.log(3), 0.0]]), temperature=0.5
    )

    assert found.p == pytest.approx([1 / (1 + np.exp(-1))])


def test_an_uncertain_graph_gives_a_softer_target() -> None:
    preferences = np.array([[1.0], [-1.0]])

    sure = targets.from_graph(preferences=preferences, draws=np.array([[3.0, 0.0], [3.0, 0.0]]))
    unsure = targets.from_graph(preferences=preferences, draws=np.array([[3.0, 0.0], [0.0, 3.0]]))

    assert sure.p[0] > 0.9
    assert unsure.p[0] == pytest.approx(0.5)


def test_pairs_about_which_no_principle_speaks_are_left_out_and_counted() -> None:
    found = targets.from_graph(preferences=np.array([[0.0, N, 1.0]]), draws=np.zeros((3, 1)))

    assert found.usable.tolist() == [False, False, True]
    assert found.left_out == {"no principle judged": 1, "no principle decides": 1}


def test_reversed_scores_turn_the_target_around() -> None:
    preferences = np.array([[1.0, -1.0], [-1.0, 1.0]])
    draws = np.array([[1.0, -0.5]])

    forward, backward = (
        targets.from_graph(preferences=preferences, draws=sign * draws).p for sign in (1, -1)
    )

    assert forward == pytest.approx(1 - backward)


@pytest.mark.parametrize("draws", [np.zeros((2, 3)), np.zeros((0, 2)), np.zeros(2)])
def test_scores_must_be_of_the_same_principles(draws: np.ndarray) -> None:
    with pytest.raises(ValueError, match="one column a principle"):
        targets.from_graph(preferences=np.zeros((2, 1)), draws=draws)
