"""The picture of where a value landed."""

from apps.elicitation.domain import landing
from apps.elicitation.domain.landing import Comparison, Rung

RUNGS = [Rung(value, f"Value {value}", rank) for rank, value in enumerate(range(20, 0, -1), start=1)]


def test_wiser_values_stand_higher_and_ones_own_is_marked() -> None:
    picture = landing.draw(rungs=RUNGS, own=7, comparisons=[])

    assert [spot.rank for spot in picture.spots] == sorted(spot.rank for spot in picture.spots)
    assert [spot.y for spot in picture.spots] == sorted(spot.y for spot in picture.spots)
    assert [spot.value for spot in picture.spots if spot.mine] == [7]
    assert [spot.value for spot in picture.spots if spot.winner] == [20]


def test_what_does_not_fit_is_counted_and_what_was_compared_stays() -> None:
    picture = landing.draw(rungs=RUNGS, own=7, comparisons=[Comparison(1, 0.2, 3), Comparison(19, 0.9, 1)])

    shown = {spot.value for spot in picture.spots}
    assert {1, 7, 19, 20} <= shown
    assert len(shown) == landing.MOST_SHOWN
    assert picture.left_out == len(RUNGS) - landing.MOST_SHOWN


def test_arrows_lead_from_the_less_wise_to_the_wiser() -> None:
    picture = landing.draw(
        rungs=RUNGS, own=7, comparisons=[Comparison(1, 0.2, 3), Comparison(19, 0.9, 1), Comparison(8, 0.5, 2)]
    )

    assert {(arc.less_wise, arc.wiser) for arc in picture.arcs} == {(1, 7), (7, 19)}


def test_everything_lies_inside_the_picture() -> None:
    picture = landing.draw(rungs=RUNGS, own=20, comparisons=[Comparison(1, 0.2, 3)])

    assert all(0 < spot.y < picture.height and 0 < spot.x < picture.width for spot in picture.spots)
    assert all(float(number) >= 0 for arc in picture.arcs for number in _numbers(arc.path))


def _numbers(path: str) -> list[str]:
    return [part for part in path.replace("M", " ").replace("C", " ").split() if part]


def test_judgements_in_both_directions_are_joined_by_their_votes() -> None:
    joined = landing.by_value([Comparison(1, 1.0, 1), Comparison(1, 0.5, 3)])

    # (1.0 * 1 + 0.5 * 3) / 4
    assert joined[1] == Comparison(1, 0.625, 4)


def test_long_titles_take_two_lines_at_most() -> None:
    lines = landing.wrap(
        "The moments in which somebody who asked for advice begins to answer the question alone"
    )

    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(len(line) <= landing.LINE_LENGTH + 2 for line in lines)
