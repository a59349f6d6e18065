"""How an answer is read: strictly, by the published rule where there are probabilities, and both orders."""

import math

import pytest

from apps.discretion.domain.judging import asking, reading


def side(text: str, **first: float) -> str:
    """Return the side that an answer in the letter style names."""
    logs = {token: math.log(value) for token, value in first.items()}
    return reading.read(text=text, first=logs, style=asking.LETTER).side


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A", "left"),
        (" B.\n", "right"),
        ("NA", "neither"),
        ("N/A", "neither"),
        ("**A**", "left"),
        ("Answer: B", "right"),
        ("The answer is Response A.", "left"),
        ("Let me think about A and B.\nB", "right"),
        ("Neither", "neither"),
        ("", ""),
        ("a", ""),
        ("AB", ""),
        ("A or B", ""),
        ("A is better because B is rude", ""),
        ("I cannot choose.", ""),
        ("Choose me", ""),
    ],
)
def test_only_what_is_plainly_an_answer_is_one(text: str, expected: str) -> None:
    assert side(text) == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ({"A": 0.6, "B": 0.3, "NA": 0.1}, "left"),
        ({"A": 0.3, "B": 0.31, "NA": 0.30}, "right"),
        ({"A": 0.2, "B": 0.1, "NA": 0.6}, "neither"),
        ({"A": 0.4, "B": 0.4, "NA": 0.2}, "neither"),
        ({"A": 0.3, " A": 0.25, "B": 0.4}, "left"),
        ({"N": 0.7, "A": 0.2, "B": 0.1}, "neither"),
    ],
)
def test_probabilities_follow_the_published_rule_whatever_was_drawn(
    first: dict[str, float], expected: str
) -> None:
    assert side("B", **first) == expected


def test_how_sure_an_answer_is_is_its_probability() -> None:
    first = {token: math.log(value) for token, value in {"A": 0.5, " A": 0.2, "B": 0.3}.items()}

    found = reading.read(text="A", first=first, style=asking.LETTER)

    assert found.confidence == pytest.approx(0.7)
    assert found.probabilities == pytest.approx({"left": 0.7, "right": 0.3, "neither": 0.0})


def test_first_tokens_that_say_something_else_leave_it_to_the_text() -> None:
    assert side("Sure: A", Sure=0.9, A=0.01) == ""
    assert side("Answer: A", Answer=0.9, A=0.01) == "left"


def test_a_reasoned_answer_is_the_last_json_that_keeps_to_the_form() -> None:
    said = 'First {"reason": "x", "answer": "A"}. No: {"reason": "y", "answer": "B"}'

    assert reading.read(text=said, first={}, style=asking.REASONED).side == "right"
    assert reading.read(text='{"answer": "B"}', first={}, style=asking.REASONED).side == ""
    assert reading.read(text="B", first={}, style=asking.REASONED).side == ""


@pytest.mark.parametrize(
    ("side_", "order", "by_principle", "expected"),
    [
        ("left", "ab", False, "a"),
        ("left", "ba", False, "b"),
        ("right", "ba", True, "a"),
        ("neither", "ab", False, "tie"),
        ("neither", "ba", True, "not_applicable"),
        ("", "ab", True, "unparsable"),
    ],
)
def test_a_side_is_an_answer_by_who_stood_there(
    side_: str, order: str, by_principle: bool, expected: str
) -> None:
    assert reading.answer_in(side=side_, order=order, by_principle=by_principle) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("a", 0.9), ("a", 0.7), ("a", 0.8, "a")),
        (("a", 0.9), ("b", 0.9), ("order_decided", None, "b")),
        (("a", None), ("tie", None), ("order_decided", None, "tie")),
        (("tie", None), ("tie", None), ("tie", None, "tie")),
        (("a", 0.9), ("unparsable", None), ("unparsable", None, "")),
        (("skip", None), ("unparsable", None), ("skip", None, "")),
        (("b", 0.6), None, ("b", 0.6, "")),
    ],
)
def test_two_orders_make_a_verdict_when_they_agree(
    first: tuple[str, float | None],
    second: tuple[str, float | None] | None,
    expected: tuple[str, float | None, str],
) -> None:
    found = reading.combine(first=first, second=second)

    assert (found.answer, found.swapped) == (expected[0], expected[2])
    assert found.confidence == pytest.approx(expected[1])
