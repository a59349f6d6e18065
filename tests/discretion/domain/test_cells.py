"""Which comparisons stand behind a number."""

import dataclasses

import numpy as np

from apps.discretion.domain import report
from apps.discretion.domain.cells import Cell, behind
from tests.discretion.domain.test_ballots import SOME
from tests.discretion.domain.test_report import judgements

# A consensus for A, two clashes of the first two principles, one of the first and the third.
TABLE = dataclasses.replace(
    judgements({"Kim": [1, 1, 0, -1]}, [[1, 1, 1, 1], [1, -1, -1, 0]]),
    principles=tuple(report.PrincipleName(str(number), f"p{number}") for number in range(3)),
    by_principle=np.array([[1.0, 1, 1, 1], [1, -1, -1, 0], [0, 0, 0, -1]]),
    lengths=np.array([[5.0, 1, 4, 4], [1, 5, 4, 2]]),
)


def rows(**cell: object) -> list[int]:
    inside = behind(judgements=TABLE, cell=Cell(**cell), reference="people")  # type: ignore[arg-type]
    return inside.nonzero()[0].tolist()  # type: ignore[no-any-return]


def test_coverage_opens_what_was_decided_and_not_what_was_tied() -> None:
    assert rows(annotator="Kim") == [0, 1, 2, 3]
    assert rows(annotator="Kim", decided=True) == [0, 1, 3]


def test_a_rank_opens_every_game_of_its_principle() -> None:
    assert rows(principle="0", annotator="Kim") == [1, 3]
    assert rows(principle="0", annotator="Kim", sided=True) == [1]
    assert rows(principle="0", over="1", annotator="Kim") == [1]
    assert rows(principle="2", annotator="Kim") == [3]


def test_what_a_null_decided_opens_as_what_a_person_did() -> None:
    # The longer response: A, B, neither, A.
    assert rows(annotator="longer", decided=True) == [0, 1, 3]
    assert rows(principle="0", over="1", annotator="longer", sided=True) == []
    coin = next(choice for rater, choice in report.nulls(judgements=TABLE) if rater.id == "coin")
    assert rows(annotator="coin", answer="a") == (coin > 0).nonzero()[0].tolist()


def test_unanimity_opens_those_on_which_all_said_the_same() -> None:
    people = (report.Rater("7", "Kim", "person"), report.Rater("8", "Robin", "person"))
    n = len(SOME.comparisons)
    said = np.full((2, n), np.nan)
    said[:, 0], said[:, 1], said[0, 2] = 1, (1, -1), 1
    both = dataclasses.replace(SOME, raters=people, overall=said, turned=np.zeros((2, n), dtype=bool))
    table = judgements({"Kim": said[0].tolist()}, [[0.0] * n])

    alike, split = (
        behind(judgements=table, cell=cell, reference="people", ballots=both).nonzero()[0].tolist()
        for cell in (Cell(alike=True), Cell(split=True))
    )

    assert (alike, split) == ([0], [1])
