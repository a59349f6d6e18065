"""The audit as a whole: people's agreement on real data, and a small audit worked by hand."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from apps.discretion.domain import agreement, categories, figures, priorities, report
from apps.discretion.domain.parsers import files
from apps.discretion.domain.parsers.rows import Row
from apps.discretion.domain.preferences import preference_of

PRINCIPLES = (report.PrincipleName("1", "Care for others"), report.PrincipleName("2", "Be frank"))


def judgements(
    overall: dict[str, list[float]], principles: list[list[float]], kinds: str = ""
) -> report.Judgements:
    raters = tuple(
        report.Rater(id=name, name=name, kind="algorithm" if name in kinds else "person") for name in overall
    )
    return report.Judgements(
        comparisons=tuple(str(number) for number in range(len(principles[0]))),
        raters=raters,
        principles=PRINCIPLES[: len(principles)],
        overall=np.array(list(overall.values()), dtype=float),
        by_principle=np.array(principles, dtype=float),
    )


def test_pandalms_people_agree_as_published(shared_data: Path) -> None:
    path = shared_data / "pandalm" / "testset-v1.json"
    rows = [row for row in files.open_file(path, filename=path.name).rows() if isinstance(row, Row)]
    ratings = np.array([[preference_of(vote.answer) for vote in row.verdicts] for row in rows], float).T

    counts = agreement.value_counts(ratings=ratings)
    found = agreement.krippendorff_alpha(counts=counts)
    unanimity = agreement.unanimity(counts=counts)

    assert round(found.value or 0, 3) == 0.864
    assert (found.n_units, found.n_ratings) == (999, 2997)
    assert found.low is not None
    assert found.high is not None
    assert 0.83 < found.low < 0.864 < found.high < 0.9
    assert round(unanimity.unanimous / unanimity.n, 3) == 0.88


def test_a_small_audit_worked_by_hand() -> None:
    # Two consensus pairs for A, one conflict, one indifference; Kim goes against one of the two, Robin is
    # tied on the other.
    measured = report.measure(
        judgements=judgements(
            {"Kim": [1, -1, 1, 1], "Robin": [1, 0, 1, np.nan], "judge": [-1, -1, -1, -1]},
            [[1, 1, 1, 0], [0, 1, -1, 0]],
            kinds="judge",
        ),
        controls=report.Controls(matrix="judge"),
    )

    kim, robin, judge = measured.raters
    shares = {name: (rate.count, rate.n) for name, rate in measured.categories.items()}
    assert shares == {"consensus": (2, 4), "conflict": (1, 4), "indifference": (1, 4)}
    assert (kim.arbitrariness.value, kim.arbitrariness.n) == (0.5, 2)
    assert (robin.arbitrariness.value, robin.arbitrariness.n) == (0.0, 1)
    assert (judge.arbitrariness.value, judge.arbitrariness.n) == (1.0, 2)
    assert (robin.coverage.value, robin.coverage.n) == (0.5, 4)
    assert measured.people.arbitrariness.n == 2
    assert measured.alpha_nominal.n_units == 3
    cell = next(cell for cell in measured.supremacy if cell.rater == "judge")
    assert (cell.principle, cell.over, cell.rate.value, cell.rate.n) == ("1", "2", 0.0, 1)
    assert cell.sparse


def test_an_interval_stands_beside_every_rate() -> None:
    measured = report.measure(judgements=judgements({"Kim": [1, -1, 1, 1]}, [[1, 1, 1, 1]]))

    rate = measured.raters[0].arbitrariness
    # Wilson for 1 of 4 at 95 %.
    assert (rate.value, rate.low, rate.high) == pytest.approx((0.25, 0.0456, 0.6994), abs=1e-4)


def _clashing(n: int) -> list[list[float]]:
    rng = np.random.default_rng(5)
    first = rng.choice([1.0, -1.0], size=n)
    return [first.tolist(), (-first).tolist()]


def test_an_annotator_with_reversed_priorities_has_the_greatest_discrepancy() -> None:
    principles = _clashing(60)
    first = np.array(principles[0])
    flips = np.where(np.arange(60) % 10 == 0, -1, 1)

    measured = report.measure(
        judgements=judgements(
            {"Kim": (first * flips).tolist(), "judge": (-first * flips).tolist()}, principles, kinds="judge"
        )
    )

    kim, judge = measured.raters
    assert kim.discrepancy.value == 0
    assert (judge.discrepancy.value, judge.discrepancy.n) == (1.0, 60)
    assert judge.discrepancy.low is not None
    assert judge.discrepancy.low > 0.5
    assert judge.discrepancy.floor is not None
    assert judge.discrepancy.floor < 0.1


def test_another_reference_can_be_chosen() -> None:
    principles = _clashing(40)
    first = np.array(principles[0])
    table = judgements({"Kim": first.tolist(), "judge": (-first).tolist()}, principles, kinds="judge")

    measured = report.measure(judgements=table, controls=report.Controls(reference="judge"))

    assert measured.reference.name == "judge"
    assert [row.discrepancy.value for row in measured.raters] == [1.0, 0.0]


def test_an_audit_without_principles_still_says_how_people_agree() -> None:
    empty = judgements({"Kim": [1, -1, 0], "Robin": [1, -1, 1]}, [[np.nan] * 3])

    measured = report.measure(judgements=report.subset(judgements=empty, principles=np.array([False])))

    assert measured.judged == 0
    assert measured.categories["consensus"].value is None
    assert measured.raters[0].arbitrariness.value is None
    assert measured.alpha_nominal.value is not None
    drawn = figures.all_figures(measures=measured, titles={})
    assert drawn["categories"]["layout"]["title"]["text"] == "No pair has been judged by principle yet"


def test_an_audit_without_anything_is_measured_too() -> None:
    nothing = report.Judgements((), (), (), np.empty((0, 0)), np.empty((0, 0)))

    measured = report.measure(judgements=nothing)

    assert measured.n == 0
    assert measured.alpha_nominal.value is None
    assert figures.all_figures(measures=measured, titles={})["priorities"]["data"] == []


def test_figures_state_the_finding_and_mark_people_and_algorithms_apart() -> None:
    measured = report.measure(
        judgements=judgements(
            {"Kim": [1, -1, 1, 1], "judge": [1, 1, -1, 1]}, [[1, 1, 1, 1], [1, 1, -1, 0]], kinds="judge"
        )
    )

    drawn = figures.all_figures(measures=measured, titles={"1": "Care for others", "2": "Be frank"})

    assert drawn["categories"]["layout"]["title"]["text"] == "Principles agree on 75.0 % of pairs"
    assert "out of 4" in drawn["categories"]["layout"]["meta"]["summary"]
    people, algorithms = drawn["arbitrariness"]["data"]
    assert (people["marker"]["symbol"], people["y"]) == ("circle", ["Kim"])
    assert (algorithms["marker"]["symbol"], algorithms["y"]) == ("square-open", ["judge"])
    title = "Against agreed principles: from 0.0 % (judge) to 33.3 % (Kim)"
    assert drawn["arbitrariness"]["layout"]["title"]["text"] == title
    assert "Care for others" in drawn["priorities"]["layout"]["title"]["text"]


def test_figures_are_valid_plotly() -> None:
    import plotly.graph_objects as go

    measured = report.measure(
        judgements=judgements({"Kim": [1, -1, 1, 1], "judge": [1, 1, -1, -1]}, [[1, 1, 1, 1], [1, 1, -1, 0]])
    )

    for figure in figures.all_figures(measures=measured, titles={"1": "One", "2": "Two"}).values():
        go.Figure(figure)


def test_a_large_audit_is_measured_in_one_go() -> None:
    rng = np.random.default_rng(0)
    table = report.Judgements(
        comparisons=tuple(str(number) for number in range(20_000)),
        raters=tuple(report.Rater(str(number), str(number), "person") for number in range(4)),
        principles=tuple(report.PrincipleName(str(number), str(number)) for number in range(8)),
        overall=rng.choice([-1.0, 0.0, 1.0], size=(4, 20_000)),
        by_principle=rng.choice([-1.0, 0.0, 0.0, 1.0], size=(8, 20_000)),
    )

    measured = report.measure(judgements=table, controls=report.Controls(draws=5))

    assert sum(rate.count for rate in measured.categories.values()) == 20_000
    assert abs((measured.raters[0].arbitrariness.value or 0) - 0.5) < 0.05
    assert isinstance(measured.people.priorities[0], priorities.Priority)
    assert set(measured.categories) == set(categories.NAMES)


def test_a_principle_that_always_wins_loses_or_never_clashes_is_said_to_be_so() -> None:
    # Care wins its only clash, frankness loses it; the third never clashes.
    names = (*PRINCIPLES, report.PrincipleName("3", "Be brief"))
    table = judgements({"Kim": [1, 1]}, [[1, 1], [-1, 0]])
    table = dataclasses.replace(
        table, principles=names, by_principle=np.vstack([table.by_principle, [0.0, 1.0]])
    )

    said = figures.priority_sentence(
        measures=report.measure(judgements=table), titles={item.id: item.title for item in names}
    )

    assert said.endswith(
        "Always sided with: “Care for others”. Never sided with: “Be frank”. "
        "Never in a clash, so unranked: “Be brief”."
    )


def test_arbitrariness_by_the_number_of_active_principles_worked_by_hand() -> None:
    # Three principles: twice one speaks for A, once two, once three; one clash. Kim goes against the second,
    # the third, and none of the rest.
    table = judgements({"Kim": [1, -1, -1, 1, 1]}, [[1, 0, 1, 1, 1], [0, 1, 1, 1, -1]])
    table = dataclasses.replace(
        table,
        principles=(*PRINCIPLES, report.PrincipleName("3", "Be brief")),
        by_principle=np.vstack([table.by_principle, [0, 0, 0, 1, 0]]),
    )

    found = report.measure(judgements=table).raters[0].by_active

    counted = [(item.least, item.most, item.rate.value, item.rate.n) for item in found]
    assert counted == [(1, 1, 0.5, 2), (2, 2, 1.0, 1), (3, 5, 0.0, 1), (6, 10, None, 0), (11, None, None, 0)]


def test_who_said_what_of_the_same_pairs_worked_by_hand() -> None:
    # Kim: A A B tie A; the judge: A B B B nothing. Both decide three pairs and agree on two.
    table = judgements({"Kim": [1, 1, -1, 0, 1], "judge": [1, -1, -1, -1, np.nan]}, [[0] * 5], kinds="judge")

    judge = report.measure(judgements=table).raters[1].confusion

    # Rows the judge, columns the people: A, neither, B.
    assert judge.counts == ((1, 0, 0), (0, 0, 0), (1, 1, 1))
    assert (judge.agreement.value, judge.agreement.n) == (pytest.approx(2 / 3), 3)


def test_a_rank_has_the_range_that_redrawn_pairs_give_it() -> None:
    principles = _clashing(100)
    first = np.array(principles[0])
    ninety, half = (np.where(np.arange(100) % 10 < cut, first, -first).tolist() for cut in (9, 5))

    clear, even = report.measure(judgements=judgements({"Kim": ninety, "Robin": half}, principles)).raters

    # Ninety of a hundred are sided with Care: no draw turns that; fifty of a hundred tie at the first place.
    assert [(item.rank, item.rank_low, item.rank_high) for item in clear.priorities] == [(1, 1, 1), (2, 2, 2)]
    assert [(item.rank, item.rank_low, item.rank_high) for item in even.priorities] == [(1, 1, 2), (1, 1, 2)]
