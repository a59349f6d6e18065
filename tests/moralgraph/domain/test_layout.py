"""Places in the picture."""

import itertools

from apps.moralgraph.domain import layout


def test_higher_scores_stand_higher_and_all_inside() -> None:
    heights = {number: number**2 / 10 for number in range(12)}

    spots = layout.positions(heights=heights, pairs=[(number, number + 1) for number in range(11)])

    ys = [spots[number][1] for number in range(12)]
    assert ys == sorted(ys)
    assert (ys[0], ys[-1]) == (0.0, 1.0)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in spots.values())


def test_no_two_values_stand_on_each_other_even_with_equal_scores() -> None:
    spots = layout.positions(heights=dict.fromkeys(range(30), 0.0), pairs=[])

    gaps = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in itertools.combinations(spots.values(), 2)]
    assert min(gaps) > 0.03


def test_one_far_ahead_does_not_press_the_others_together() -> None:
    spots = layout.positions(heights={1: 0.0, 2: 0.1, 3: 0.2, 4: 50.0}, pairs=[])

    assert spots[3][1] - spots[1][1] > 0.3


def test_the_same_graph_looks_the_same_in_any_order() -> None:
    heights = {"a": 1.0, "b": 0.5, "c": 0.5, "d": -1.0}
    pairs = [("a", "b"), ("b", "d"), ("c", "d")]

    backwards = dict(reversed(heights.items()))
    assert layout.positions(heights=heights, pairs=pairs) == layout.positions(
        heights=backwards, pairs=pairs[::-1]
    )


def test_none_and_one() -> None:
    assert layout.positions(heights={}, pairs=[]) == {}
    assert layout.positions(heights={"a": 3.0}, pairs=[]) == {"a": (0.5, 0.5)}


def test_many_values_fill_the_picture_and_not_a_few_columns() -> None:
    heights = {number: float(number % 97) for number in range(400)}
    spots = layout.positions(heights=heights, pairs=[])

    assert len({x for x, _ in spots.values()}) > 15
