"""Consensus, conflict, indifference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from apps.discretion.domain import categories

votes = st.sampled_from([-1.0, 0.0, 1.0, float("nan")])
tables = arrays.arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 12)), elements=votes)


@pytest.mark.parametrize(
    ("principles", "name", "sign"),
    [
        ([0, 0, 0], categories.INDIFFERENCE, 0),
        ([1, -1, 0], categories.CONFLICT, 0),
        ([1, 0, 0], categories.CONSENSUS, 1),
        ([-1, -1, 0], categories.CONSENSUS, -1),
        ([1, 1, -1], categories.CONFLICT, 0),
        ([1, np.nan, np.nan], categories.CONSENSUS, 1),
        ([0, np.nan, np.nan], categories.INDIFFERENCE, 0),
    ],
)
def test_one_active_principle_is_enough_for_a_consensus(
    principles: list[float], name: str, sign: int
) -> None:
    found = categories.categorise(preferences=np.array(principles, dtype=float)[:, None])

    assert [label for label in categories.NAMES if found.of(label)[0]] == [name]
    assert found.sign[0] == sign


def test_a_pair_without_any_principle_judgement_has_no_category() -> None:
    found = categories.categorise(preferences=np.full((2, 1), np.nan))

    assert not found.judged[0]
    assert not any(found.of(name)[0] for name in categories.NAMES)


def test_an_audit_without_principles_has_no_categories() -> None:
    found = categories.categorise(preferences=np.empty((0, 4)))

    assert not found.judged.any()
    assert not found.indifference.any()


@given(tables)
def test_each_judged_pair_is_in_exactly_one_category(preferences: np.ndarray) -> None:
    found = categories.categorise(preferences=preferences)

    together = sum(found.of(name).astype(int) for name in categories.NAMES)
    assert (together == found.judged).all()


@given(tables)
def test_swapping_the_two_responses_keeps_categories_and_turns_the_sign(preferences: np.ndarray) -> None:
    found, swapped = (categories.categorise(preferences=sign * preferences) for sign in (1, -1))

    assert all((found.of(name) == swapped.of(name)).all() for name in categories.NAMES)
    assert (found.sign == -swapped.sign).all()


def test_the_graphs_weights_settle_a_clash_and_leave_a_consensus_alone() -> None:
    # A consensus for B, a clash that the heavier first principle wins, one that nobody weighs, silence.
    preferences = np.array([[-1.0, 1, 1, 0], [-1, -1, -1, 0], [0, -1, 0, 0]])
    scores = np.array([[2.0, 2, np.nan, 2], [0, 0, np.nan, 0], [0, 0, np.nan, 0]])
    found = categories.categorise(preferences=preferences)

    settled = found.settled(preferences=preferences, scores=scores)

    # exp(2) = 7.4 against 1 + 1.
    assert settled.sign.tolist() == [-1, 1, 0, 0]
    assert settled.consensus.tolist() == [True, True, False, False]
    assert (int(found.conflict.sum()), int(settled.conflict.sum())) == (2, 1)
