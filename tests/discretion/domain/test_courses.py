"""Learning and fatigue, worked by hand."""

import numpy as np
import pytest

from apps.discretion.domain import course_figures, courses, report

KIM = report.Rater("1", "Kim", "person")
NAN = float("nan")


def acts(seconds: list[float], agrees: list[float], **more: list[float]) -> courses.Acts:
    given = {"agrees": agrees} | more
    said = {name: np.array(given.get(name, [NAN] * len(seconds))) for name in courses.TRACKS}
    return courses.Acts(rater=KIM, at=np.cumsum(seconds), said=said)


def ends(change: courses.Change) -> tuple[float | None, float | None, int, int]:
    return change.early, change.late, change.early_n, change.late_n


def test_learning_goes_from_the_first_third_of_all_items_to_the_last() -> None:
    found = courses.course(acts=acts([40] * 10 + [30] * 10 + [20] * 10, [1] * 10 + [1, 0] * 5 + [0] * 10))

    drift, pace = found.track("agrees").learning, found.track(courses.SECONDS).learning
    assert (found.judged, found.sessions) == (30, 1)
    assert (ends(drift), drift.value, drift.clear) == ((1.0, 0.0, 10, 10), -1.0, True)
    # The first item of a sitting has no time.
    assert ends(pace) == (40, 20, 9, 10)
    assert [part.n for part in found.stretches] == [10, 10, 10]
    assert [part.shares["agrees"].value for part in found.stretches] == [1.0, 0.5, 0.0]
    said = courses.sentence(found=found)
    assert said.startswith("Kim judged 30 pairs in 1 sitting. From the first third of these to the last, ")
    assert "agreement with the other people went from 1.00 (n = 10) to 0.00 (n = 10)" in said


def test_arbitrariness_coverage_and_side_are_followed_alike() -> None:
    n = 60
    found = courses.course(
        acts=acts([10] * n, [NAN] * n, against=[0] * 40 + [1] * 20, decided=[1] * n, first=[1, 0] * 30)
    )

    assert ends(found.track("against").learning) == (0.0, 1.0, 20, 20)
    assert (found.track("decided").learning.value, found.track("decided").learning.clear) == (0.0, False)
    assert ends(found.track("first").learning) == (0.5, 0.5, 20, 20)
    assert found.track("agrees").learning.value is None


def test_newcombes_interval_of_a_difference() -> None:
    # Newcombe 1998, case (a), method 10: 56/70 against 48/80 is 0.2 with 0.0524 to 0.3339.
    found = courses.difference(early=report.rate(successes=48, n=80), late=report.rate(successes=56, n=70))

    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)


def test_a_median_has_the_interval_of_its_order_statistics() -> None:
    # n = 20: places 10 - 1.96 sqrt(20)/2 = 5.6 and 11 + 4.4 = 15.4, to the nearest 6 and 15.
    found = courses.median(values=np.array([*range(20, 0, -1), NAN], dtype=float))
    few = courses.median(values=np.array([3.0, 1.0]))

    assert (found.value, found.low, found.high, found.n) == (10.5, 6, 15, 20)
    assert (few.value, few.low, few.high, few.n) == (2.0, None, None, 2)


def test_a_long_pause_begins_a_sitting_and_a_short_one_is_no_time_on_an_item() -> None:
    found = courses.course(acts=acts([0, 10, 10, 600, 10, 4000, 10], [1] * 7))

    assert found.sessions == 2
    assert (found.stretches[0].seconds.value, found.stretches[0].seconds.n) == (10, 4)
    assert [(part.first, part.last, part.n) for part in found.positions] == [(1, 20, 7)]
    # Sittings of five and of two items have no beginning and end.
    assert found.track("agrees").fatigue.value is None


def test_fatigue_goes_from_the_first_third_of_every_sitting_to_its_last() -> None:
    # Two sittings of thirty: the first ten right, the last ten wrong, half of those between.
    one = [1] * 10 + [1, 0] * 5 + [0] * 10
    found = courses.course(acts=acts([10] * 30 + [4000] + [10] * 29, one * 2))

    assert [(part.first, part.n, part.shares["agrees"].value) for part in found.positions] == [
        (1, 40, 0.75),
        (21, 20, 0.0),
    ]
    assert ends(found.track("agrees").fatigue) == (1.0, 0.0, 20, 20)
    assert found.track("agrees").fatigue.clear
    # Over all items it looks like drift as well, by half as much.
    assert ends(found.track("agrees").learning) == (0.75, 0.25, 20, 20)


def test_few_items_are_shown_and_never_called_a_change() -> None:
    found = courses.course(acts=acts([10] * 12, [1] * 4 + [0] * 8))

    drift = found.track("agrees").learning
    assert (drift.value, drift.few, drift.clear) == (-1.0, True, False)
    assert "there are too few items to say whether anything moved" in courses.sentence(found=found)
    told = course_figures.all_figures(found=[found])["agrees.learning"]["layout"]
    assert (
        told["title"]["text"]
        == "Agreement with the other people over time: no change that chance could not make"
    )
    assert told["meta"]["summary"] == "For 1 of 1 there are too few items to say."


def test_a_chart_says_in_one_sentence_whose_course_moved() -> None:
    moved = courses.course(acts=acts([10] * 30, [1] * 10 + [1, 0] * 5 + [0] * 10))
    still = courses.course(acts=acts([10] * 30, [1] * 30))

    drawn = course_figures.all_figures(found=[moved, still])["agrees.learning"]

    summary = drawn["layout"]["meta"]["summary"]
    assert summary.startswith("Kim: agreement with the other people went from 1.00 (n = 10) to 0.00 (n = 10)")
    assert summary.endswith(
        "for 1 of 2 nothing moved from the first third of their items to the last that chance could not."
    )
    assert [len(line["x"]) for line in drawn["data"]] == [3, 3]
    assert drawn["data"][0]["meta"]["n"] == [10, 10, 10]


def test_nothing_to_compare_with_is_not_called_a_change() -> None:
    found = courses.course(acts=acts([5], [NAN]))

    assert all(row.learning.value is None and row.fatigue.value is None for row in found.tracks)
    assert courses.sentence(found=found) == "Kim judged 1 pair in 1 sitting."
    assert course_figures.all_figures(found=[found])["agrees.learning"]["data"] == []
