"""Drift, learning and fatigue, worked by hand."""

import numpy as np
import pytest

from apps.discretion.domain import courses, report

KIM = report.Rater("1", "Kim", "person")
NAN = float("nan")


def acts(seconds: list[float], agrees: list[float], consistent: list[float] | None = None) -> courses.Acts:
    return courses.Acts(
        rater=KIM,
        at=np.cumsum(seconds),
        consistent=np.array(consistent or [NAN] * len(seconds)),
        agrees=np.array(agrees),
    )


def test_drift_and_learning_go_from_the_first_third_to_the_last() -> None:
    found = courses.course(acts=acts([40] * 10 + [30] * 10 + [20] * 10, [1] * 10 + [1, 0] * 5 + [0] * 10))

    assert (found.judged, found.sessions) == (30, 1)
    assert (found.drift.early, found.drift.late, found.drift.value) == (1.0, 0.0, -1.0)
    assert found.drift.clear
    assert (found.learning.early, found.learning.late) == (40, 20)
    assert [part.n for part in found.stretches] == [10, 10, 10]
    assert [part.agrees.value for part in found.stretches] == [1.0, 0.5, 0.0]
    assert "agreement with the others (drift) went from 1.00 to 0.00." in courses.sentence(found=found)


def test_newcombes_interval_of_a_difference() -> None:
    # Newcombe 1998, case (a), method 10: 56/70 against 48/80 is 0.2 with 0.0524 to 0.3339.
    found = courses.difference(early=report.rate(successes=48, n=80), late=report.rate(successes=56, n=70))

    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)


def test_a_long_pause_begins_a_session_and_a_short_one_is_no_time_on_an_item() -> None:
    found = courses.course(acts=acts([0, 10, 10, 600, 10, 4000, 10], [1] * 7))

    assert found.sessions == 2
    assert found.stretches[0].seconds == 10
    assert [(part.first, part.last, part.n) for part in found.positions] == [(1, 20, 7)]
    assert found.fatigue == courses.UNKNOWN


def test_fatigue_goes_along_the_session() -> None:
    found = courses.course(acts=acts([10] * 60, [1] * 20 + [1, 0] * 15 + [0] * 10))

    assert [(part.first, part.n, part.agrees.value) for part in found.positions] == [
        (1, 20, 1.0),
        (21, 30, 0.5),
        (51, 10, 0.0),
    ]
    assert (found.fatigue.early, found.fatigue.late, found.fatigue.clear) == (1.0, 0.0, True)


def test_nothing_to_compare_with_is_not_called_a_change() -> None:
    found = courses.course(acts=acts([5], [NAN]))

    assert found.drift == found.consistency == found.learning == courses.UNKNOWN
    assert courses.sentence(found=found).startswith("Kim judged 1 pairs")
    assert courses.figure(courses=[found])["data"] == []
