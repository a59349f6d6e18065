"""Both directions of a pair are asked alike often, and every value takes part, however lopsided the votes."""

import random
from collections import Counter

import numpy as np

from apps.moralgraph.domain import drawing
from apps.moralgraph.domain.ballots import ANSWERS
from apps.moralgraph.domain.drawing import Draw, Shown, Steps


def asked_of(people: int, *, values: int, each: int, seed: int = 1) -> list[list[Draw]]:
    """Return what people were asked who all find the value with the higher number wiser."""
    rng = random.Random(seed)
    answers = np.zeros((values, values, len(ANSWERS)), dtype=np.int64)
    found = []
    for _ in range(people):
        low, high = np.nonzero(answers.sum(axis=2))
        drawn = drawing.draw(
            values=range(values), contexts=[7, 8, 9], own_value=rng.randrange(values), n=each, rng=rng,
            steps=Steps(low, high, answers[low, high]),
        )  # fmt: skip
        for item in drawn:
            answers[item.less_wise, item.wiser, 0 if item.wiser > item.less_wise else 1] += 1
        found.append(drawn)
    return found


def test_the_directions_of_a_pair_never_differ_by_more_than_one() -> None:
    asked = Counter(
        (item.less_wise, item.wiser) for drawn in asked_of(80, values=8, each=4) for item in drawn
    )

    assert max(abs(times - asked[high, low]) for (low, high), times in asked.items()) == 1


def test_the_wisest_values_are_asked_about_most_and_no_value_is_left_out() -> None:
    drawn = [item for person in asked_of(25, values=10, each=4) for item in person]
    times = Counter(value for item in drawn for value in (item.less_wise, item.wiser))

    assert min(times[value] for value in (7, 8, 9)) > max(times[value] for value in (0, 1, 2))
    assert set(times) == set(range(10))
    assert min(times.values()) >= 0.1 * 2 * len(drawn) / 10


def test_the_stories_of_a_person_come_in_different_contexts() -> None:
    assert {len({item.context for item in drawn}) for drawn in asked_of(5, values=6, each=3)} == {3}


def test_a_direction_that_was_given_out_and_not_answered_counts_for_the_balance() -> None:
    drawn = drawing.draw(
        values=[4, 5], contexts=[1], own_value=4, n=1, rng=random.Random(1),
        shown={(4, 5): Shown(times=3), (5, 4): Shown(times=2)},
    )  # fmt: skip

    assert drawn == [Draw(less_wise=5, wiser=4, context=1)]


def test_an_end_beside_a_value_that_is_no_more_counts_for_the_balance() -> None:
    drawn = drawing.draw(
        values=[4, 5], contexts=[1], own_value=4, n=1, rng=random.Random(1), shown={(4, 6): Shown(times=1)}
    )

    assert drawn == [Draw(less_wise=5, wiser=4, context=1)]


def test_nothing_is_drawn_without_a_context_or_a_second_value() -> None:
    rng = random.Random(1)

    assert drawing.draw(values=[4, 5], contexts=[], own_value=4, n=3, rng=rng) == []
    assert drawing.draw(values=[4], contexts=[1], own_value=4, n=3, rng=rng) == []
