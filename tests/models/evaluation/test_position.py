"""Position bias, by hand."""

from apps.models.evaluation import position
from tests.factories.models import example


def test_both_orders_are_asked_and_a_place_that_is_named_twice_decides() -> None:
    examples = [example(number) for number in range(4)]
    asked = position.questions(examples)
    assert asked[1] == (asked[0][0], asked[0][2], asked[0][1])

    # To A both times; to the first place twice; to the second twice; and one that is too long to ask about.
    model = position.paired([2.0, -1.0, 1.0, 0.5, -1.0, -2.0, None, 1.0])
    base = position.paired([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    found = position.figures(examples=examples, model=model, base=base)

    assert found["left_out"] == 1
    assert (found["model"]["decided"]["value"], found["model"]["decided"]["n"]) == (2 / 3, 3)
    assert (found["model"]["first"]["value"], found["model"]["first"]["n"]) == (0.5, 2)
    assert (found["base"]["decided"]["value"], found["base"]["first"]["value"]) == (1.0, 1.0)
    assert found["gap"]["value"] == -1 / 3
    assert not found["gap"]["detected"]


def test_no_more_pairs_are_asked_about_than_are_paid_for_and_ties_are_not() -> None:
    examples = [example(number, p_a=0.5 if number < 10 else 1.0) for number in range(300)]

    chosen = position.chosen(examples)

    assert len(chosen) == position.MOST
    assert not any(one.is_tie for one in chosen)
