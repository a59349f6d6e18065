"""A reader's choice over votes, and the comparisons behind a number: worked by hand."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from apps.discretion.domain import ballots, cells, report
from apps.discretion.domain.ballots import ABSENT, Choice

NAN = float("nan")

# Two principles on four comparisons, voted by an oracle and, on the first two, by a person.
SOME = ballots.Ballots(
    comparisons=("c1", "c2", "c3", "c4"),
    raters=(report.Rater("7", "Kim", "person"), report.Rater("8", "judge", "algorithm")),
    principles=(report.PrincipleName("1", "Care"), report.PrincipleName("2", "Be frank")),
    voters=(report.Rater("9", "oracle", "algorithm"),),
    overall=np.array([[1, -1, 1, NAN], [1, 1, -1, 0]]),
    turned=np.array([[False] * 4, [False, True, False, False]]),
    votes=np.array([[[1, 1, 1, 0], [1, 0, -1, ABSENT]]], dtype=np.int8),
    sure=np.array([[[0.9, 0.5, 0.8, NAN], [NAN, NAN, 0.6, NAN]]], dtype=np.float32),
    turned_votes=np.array([[[False, False, False, False], [False, False, True, False]]]),
    lengths=np.array([[3.0, 1, 1, 2], [1.0, 3, 1, 1]]),
    groups={"topic": ("work", "home", "work", "")},
    contexts=np.array([5, 5, 0, 6]),
)


def by_principle(**chosen: Any) -> list[list[float]]:
    table = ballots.count(ballots=SOME, choice=Choice(**chosen)).judgements
    return table.by_principle.tolist()


def test_without_a_choice_everything_counts() -> None:
    counted = ballots.count(ballots=SOME, choice=Choice())

    assert counted.voters == ("oracle",)
    expected = [[1, 1, 1, 0], [1, 0, -1, NAN]]
    np.testing.assert_array_equal(counted.judgements.by_principle, expected)
    np.testing.assert_array_equal(counted.judgements.overall, SOME.overall)


def test_unsure_votes_say_nothing_and_unknown_confidence_is_kept() -> None:
    cut = by_principle(confidence=0.7)

    assert cut[0] == [1, 0, 1, 0]
    assert cut[1][:3] == [1, 0, 0]


def test_votes_and_verdicts_that_turn_with_the_order_say_nothing() -> None:
    table = ballots.count(ballots=SOME, choice=Choice(both_orders=True)).judgements

    assert table.by_principle[1][:3].tolist() == [1, 0, 0]
    assert table.overall[1].tolist() == [1, 0, -1, 0]


def test_a_group_a_principle_and_an_annotator_can_be_chosen() -> None:
    counted = ballots.count(ballots=SOME, choice=Choice(group="topic=work", principles=(2,), annotators=(8,)))

    table = counted.judgements
    assert table.comparisons == ("c1", "c3")
    assert [item.title for item in table.principles] == ["Be frank"]
    assert [row.name for row in table.raters] == ["judge"]
    assert table.by_principle.tolist() == [[1, -1]]
    assert table.lengths is not None
    assert table.lengths.tolist() == [[3, 1], [1, 1]]


def test_people_speak_for_the_principles_before_algorithms_do() -> None:
    person = dataclasses.replace(
        SOME,
        voters=(*SOME.voters, report.Rater("7", "Kim", "person")),
        votes=np.concatenate([SOME.votes, -np.abs(SOME.votes)]),
        sure=np.concatenate([SOME.sure] * 2),
        turned_votes=np.concatenate([SOME.turned_votes] * 2),
    )

    assert ballots.count(ballots=person, choice=Choice()).voters == ("Kim",)
    assert ballots.count(ballots=person, choice=Choice(annotators=(9,))).voters == ("Kim",)


def test_the_hash_names_the_data_and_nothing_else() -> None:
    table = ballots.count(ballots=SOME, choice=Choice()).judgements
    same = ballots.count(ballots=SOME, choice=Choice()).judgements
    other = ballots.count(ballots=SOME, choice=Choice(confidence=0.7)).judgements

    assert ballots.fingerprint(judgements=table) == ballots.fingerprint(judgements=same)
    assert ballots.fingerprint(judgements=table) != ballots.fingerprint(judgements=other)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ({"category": "consensus"}, [1, 1, 0, 0]),
        ({"category": "conflict"}, [0, 0, 1, 0]),
        ({"category": "indifference"}, [0, 0, 0, 1]),
        ({"annotator": "7"}, [1, 1, 1, 0]),
        ({"annotator": "7", "against": True}, [0, 1, 0, 0]),
        ({"annotator": "7", "principle": "1", "over": "2", "sided": True}, [0, 0, 1, 0]),
        ({"annotator": "8", "principle": "1", "over": "2", "sided": True}, [0, 0, 0, 0]),
        ({"annotator": "8", "principle": "1", "over": "2", "sided": False}, [0, 0, 1, 0]),
        ({"principle": "1", "over": "9"}, [0, 0, 0, 0]),
        ({"annotator": "8", "answer": "a", "reference_answer": "b"}, [0, 1, 0, 0]),
        ({"annotator": "8", "answer": "neither"}, [0, 0, 0, 1]),
        ({"least": 2}, [1, 0, 1, 0]),
        ({"least": 1, "most": 1}, [0, 1, 0, 0]),
    ],
)
def test_the_comparisons_behind_a_number(cell: dict[str, Any], expected: list[int]) -> None:
    table = ballots.count(ballots=SOME, choice=Choice()).judgements

    inside = cells.behind(judgements=table, cell=cells.Cell(**cell), reference="7")

    assert inside.astype(int).tolist() == expected


def test_a_number_and_the_comparisons_behind_it_agree() -> None:
    table = ballots.count(ballots=SOME, choice=Choice()).judgements
    measured = report.measure(judgements=table, controls=report.Controls(reference="7", matrix="8"))

    judge = next(row for row in measured.raters if row.rater.id == "8")
    cell = cells.Cell(annotator="8", answer="a", reference_answer="b")
    assert judge.confusion.counts[0][2] == cells.behind(judgements=table, cell=cell, reference="7").sum()
    assert [null.rater.id for null in measured.nulls] == ["coin", "longer"]
    assert measured.nulls[1].coverage.value == 0.75
    assert [item.rate.n for item in judge.by_active] == [1, 1, 0, 0, 0]
