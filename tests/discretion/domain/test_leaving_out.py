"""The figures without one principle: the same as of an audit that never had it, and how sure a move is."""

import dataclasses

import numpy as np
import pytest

from apps.discretion.domain import leaving_out, report
from apps.discretion.domain.leaving_out import Without


def table(
    by_principle: np.ndarray, overall: np.ndarray, scores: np.ndarray | None = None
) -> report.Judgements:
    return report.Judgements(
        comparisons=tuple(str(number) for number in range(by_principle.shape[1])),
        raters=tuple(report.Rater(str(number), f"r{number}", "person") for number in range(len(overall))),
        principles=tuple(
            report.PrincipleName(str(number), f"p{number}") for number in range(len(by_principle))
        ),
        overall=overall.astype(float),
        by_principle=by_principle.astype(float),
        scores=scores,
    )


def without(judgements: report.Judgements, **controls: object) -> tuple[Without, ...]:
    chosen = report.Controls(**({"matrix": report.EVERYBODY} | controls))  # type: ignore[arg-type]
    ready = report.prepare(judgements=judgements, draws=chosen.draws, seed=chosen.seed)
    return leaving_out.without_each(judgements=judgements, prepared=ready, controls=chosen)


@pytest.mark.parametrize("weighted", [False, True])
def test_without_a_principle_is_as_if_it_had_never_been_there(weighted: bool) -> None:
    rng = np.random.default_rng(8)
    some = table(
        rng.choice([-1.0, 0.0, 0.0, 1.0, np.nan], size=(4, 120)),
        rng.choice([-1.0, 0.0, 1.0], size=(3, 120)),
        rng.normal(size=(4, 120)),
    )
    controls = {"reference": "1", "min_active": 2, "weighted": weighted, "draws": 20}

    rows = without(some, **controls)

    assert [row.principle for row in rows] == ["0", "1", "2", "3"]
    for place, row in enumerate(rows):
        left = report.subset(judgements=some, principles=np.arange(4) != place)
        never = report.measure(judgements=left, controls=report.Controls(**controls))  # type: ignore[arg-type]
        for name, share in row.shares.items():
            there = never.categories[name]
            assert (share.value, share.low, share.high, share.n) == (
                there.value,
                there.low,
                there.high,
                there.n,
            )
        for who, expected in zip(row.annotators, never.everybody, strict=True):
            rate = who.arbitrariness
            assert who.rater == expected.rater
            assert (rate.value, rate.low, rate.high, rate.n) == dataclasses.astuple(expected.arbitrariness)
            assert (who.discrepancy.value, who.discrepancy.n) == (
                expected.discrepancy.value,
                expected.discrepancy.n,
            )


def test_by_how_much_a_rate_moves_has_an_interval_of_its_own() -> None:
    # Sixty pairs on which both speak for A, forty on which the second speaks alone; the person goes against
    # every second of the first and against all of the second. 70 of 100 fall to 30 of 60 without the second:
    # the move is -0.2, and its standard error about sqrt(0.4 * 0.6 * 0.25 / 100 / 0.6) = 0.03.
    by_principle = np.array([[1] * 60 + [0] * 40, [1] * 100])
    choice = np.array([[1, -1] * 30 + [-1] * 40])

    rows = without(table(by_principle, choice))

    moved = rows[1].annotators[1].arbitrariness
    assert (moved.value, moved.n) == (0.5, 60)
    assert moved.by == pytest.approx(-0.2)
    assert moved.by_low is not None
    assert moved.by_high is not None
    assert -0.3 < moved.by_low < -0.22
    assert -0.18 < moved.by_high < -0.1
    # The rate alone is known within 0.38 to 0.62: far less well than the move.
    assert (moved.low, moved.high) == (pytest.approx(0.377, abs=1e-3), pytest.approx(0.623, abs=1e-3))
    consensus, silent = rows[1].shares["consensus"], rows[1].shares["indifference"]
    assert (consensus.value, consensus.by, silent.by) == (0.6, pytest.approx(-0.4), pytest.approx(0.4))


def test_a_principle_that_never_speaks_moves_nothing() -> None:
    by_principle = np.array([[1, -1, 1, 1], [-1, -1, 1, 0], [0, 0, 0, 0]])
    rows = without(table(by_principle, np.array([[1, -1, -1, 1]])))

    for moved in (*rows[2].shares.values(), rows[2].annotators[1].arbitrariness):
        assert (moved.by, moved.by_low, moved.by_high) == (0.0, 0.0, 0.0)


def test_where_a_figure_is_not_defined_without_a_principle_there_is_no_move() -> None:
    # The second principle alone says nothing of any pair.
    rows = without(table(np.array([[1, 1], [0, 0]]), np.array([[1, -1]])))

    moved = rows[0].annotators[1].arbitrariness
    assert (moved.value, moved.n, moved.by, moved.by_low) == (None, 0, None, None)


def test_leaving_a_principle_out_takes_its_conflicts_away() -> None:
    rows = without(table(np.array([[1, 1], [-1, 0]]), np.array([[1, 1]])))

    assert [(row.shares["conflict"].value, row.shares["conflict"].by) for row in rows] == [
        (0.0, -0.5),
        (0.0, -0.5),
    ]
    assert [row.annotators[0].arbitrariness.value for row in rows] == [1.0, 0.0]


def test_only_those_are_measured_who_are_asked_for() -> None:
    some = table(np.array([[1, 1, 1], [-1, -1, 1]]), np.array([[1, -1, 1]]))

    def names(**controls: object) -> list[str]:
        return [row.rater.id for row in without(some, **controls)[0].annotators]

    # The people are the reference, so somebody else's distance stands beside.
    assert names(matrix="") == ["people", "0"]
    assert names(matrix="coin") == ["coin"]
    assert names(matrix="people", reference="0") == ["people"]


def test_one_principle_alone_cannot_be_left_out() -> None:
    assert without(table(np.ones((1, 2)), np.ones((1, 2)))) == ()
