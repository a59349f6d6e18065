"""Sides of the screen, answers, and choices against one's own principles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.discretion.domain import preferences


@given(st.sampled_from(["left", "right", "tie", "skip"]), st.sampled_from(["ab", "ba"]))
def test_an_answer_survives_the_way_to_the_sides_and_back(answer: str, order: str) -> None:
    stored = preferences.side_to_answer(answer=answer, order=order)

    assert preferences.answer_to_side(answer=stored, order=order) == answer


def test_left_is_b_where_the_sides_are_swapped() -> None:
    assert preferences.side_to_answer(answer="left", order="ba") == "b"


def test_sides_are_a_fair_coin_that_stays_as_it_fell() -> None:
    orders = [preferences.side_order(annotator="7", comparison=str(number)) for number in range(2000)]

    assert 900 < orders.count("ab") < 1100
    assert orders[5] == preferences.side_order(annotator="7", comparison="5")


@pytest.mark.parametrize(
    ("overall", "by_principle", "against"),
    [(1, [-1, 0, -1], True), (1, [-1, 1], False), (0, [-1], False), (1, [0, 0], False), (-1, [1], True)],
)
def test_only_a_choice_against_every_decided_principle_is_against_them(
    overall: int, by_principle: list[int], against: bool
) -> None:
    assert preferences.against_own_principles(overall=overall, by_principle=by_principle) is against
