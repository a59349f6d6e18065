"""Long series are drawn with few points, and nothing that stands out is lost."""

from apps.models.domain.charts import Thinning, thinned


def test_a_short_series_stays_as_it_is() -> None:
    series = [(step, 0.5) for step in range(1, 1001)]

    assert thinned(series) == series


def test_a_long_series_keeps_its_ends_and_every_peak_and_trough_of_its_stretches() -> None:
    values = {20_001: 9.0, 77_777: -4.0}
    series = [(step, values.get(step, 0.5)) for step in range(1, 100_001)]

    found = thinned(series)

    assert len(found) <= 1000
    assert (found[0], found[-1]) == ((1, 0.5), (100_000, 0.5))
    assert (20_001, 9.0) in found
    assert (77_777, -4.0) in found
    assert found == sorted(found)


def test_of_each_stretch_the_four_corners_stay() -> None:
    # Two stretches of five steps, worked out by hand.
    series = [
        (1, 2.0),
        (2, 5.0),
        (3, 3.0),
        (4, 1.0),
        (5, 2.0),
        (6, 0.0),
        (7, 7.0),
        (8, 6.0),
        (9, 6.5),
        (10, 6.2),
    ]

    assert thinned(series, most=8) == [(1, 2.0), (2, 5.0), (4, 1.0), (5, 2.0), (6, 0.0), (7, 7.0), (10, 6.2)]


def test_steps_with_holes_are_thinned_by_where_they_lie() -> None:
    series = [(step, float(step)) for step in [*range(0, 50_000), 1_000_000]]

    found = thinned(series)

    assert found[-1] == (1_000_000, 1_000_000.0)
    assert len(found) <= 1000


def test_a_series_that_is_thinned_while_it_comes_in_loses_no_peak_and_is_never_held_whole() -> None:
    thinning = Thinning()
    for first in range(1, 45_001, 500):
        thinning.add([(step, {7: 9.0, 30_303: -4.0}.get(step, 0.5)) for step in range(first, first + 500)])

    found = thinning.points()

    assert thinning.count == 45_000
    assert len(found) <= 1000
    assert {(1, 0.5), (7, 9.0), (30_303, -4.0), (45_000, 0.5)} <= set(found)
    assert found == sorted(found)
