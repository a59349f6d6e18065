"""Weights for undesired rows whose prompts are seldom, or often, among the desired ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.models.domain import matching

RANDOM = np.random.default_rng(0)


def test_prompts_of_one_kind_need_no_weights() -> None:
    prompts = np.tile(RANDOM.normal(size=(50, 4)), (2, 1))
    desired = np.repeat([True, False], 50)

    assert matching.weights(prompts=prompts, desired=desired) == pytest.approx(np.ones(100), abs=1e-6)


def test_an_undesired_row_weighs_more_where_desired_prompts_are() -> None:
    # Desired prompts lie around +1, undesired ones around -1 but for the last, which lies among the desired.
    prompts = np.concatenate([np.full(60, 1.0), np.full(59, -1.0), [1.0]])[:, None]
    desired = np.repeat([True, False], 60)

    found = matching.weights(prompts=prompts, desired=desired)

    assert (found[:60] == 1).all()
    assert found[-1] == matching.MOST
    assert (found[60:-1] == matching.LEAST).all()


def test_unequal_numbers_alone_move_no_weight() -> None:
    prompts = np.concatenate([np.tile([[0.0], [1.0]], (45, 1)), np.tile([[0.0], [1.0]], (5, 1))])
    desired = np.repeat([True, False], [90, 10])

    assert matching.weights(prompts=prompts, desired=desired) == pytest.approx(np.ones(100), abs=1e-6)


def test_one_side_alone_has_nothing_to_match() -> None:
    assert (matching.weights(prompts=np.ones((3, 2)), desired=np.array([False] * 3)) == 1).all()


@given(
    places=st.lists(st.floats(-3, 3), min_size=2, max_size=40),
    labels=st.lists(st.booleans(), min_size=40, max_size=40),
    seed=st.integers(0, 3),
)
def test_desired_rows_weigh_one_and_others_between_a_half_and_ten(
    places: list[float], labels: list[bool], seed: int
) -> None:
    prompts, desired = np.array(places)[:, None], np.array(labels[: len(places)])

    found = matching.weights(prompts=prompts, desired=desired, seed=seed)

    assert (found[desired] == 1).all()
    assert ((found >= matching.LEAST) & (found <= matching.MOST)).all()
