"""Writing asks the database the same few questions a batch, and holds a few rows at a time."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.elicitation.domain.exports.purposes import Choice, Purpose
from apps.elicitation.models import Turn
from apps.elicitation.services.exports import writing
from apps.shared.models import Study
from apps.shared.selectors import in_batches
from tests.factories.exports import ALL, full_study, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def full() -> Study:
    """Return a study of one person with something in every table."""
    study = full_study()
    somebody(study=study)
    return study


def _queries(study: Study, folder: Path, *tables: str) -> int:
    choice = Choice(Purpose.RESEARCH, tables=tables, formats=("csv", "jsonl", "parquet"))
    folder.mkdir()
    with CaptureQueriesContext(connection) as asked:
        writing.write(study=study, choice=choice, folder=folder, progress=lambda share: None)
    return len(asked)


def test_many_turns_ask_two_questions_more_a_thousand(full: Study, tmp_path: Path) -> None:
    few = _queries(full, tmp_path / "few", "turns")
    interview = Turn.objects.all()[0].interview
    first = interview.turns.count()
    Turn.objects.bulk_create(
        Turn(interview=interview, position=first + n, speaker="person", text=f"Word {n}") for n in range(2500)
    )

    many = _queries(full, tmp_path / "many", "turns")

    # Two batches more: the rows, and whose they are.
    assert many == few + 4


@pytest.mark.parametrize("table", ALL)
def test_more_people_ask_no_more_questions(full: Study, tmp_path: Path, table: str) -> None:
    few = _queries(full, tmp_path / "few", table)
    for _ in range(2):
        somebody(study=full)

    assert _queries(full, tmp_path / "many", table) == few


def test_batches_hold_every_row_once_in_order(full: Study) -> None:
    interview = Turn.objects.all()[0].interview
    rows = Turn.objects.filter(interview=interview)

    batches = list(in_batches(rows=rows, by=("interview_id", "position"), size=3))

    assert [len(batch) for batch in batches][:-1] == [3] * (len(batches) - 1)
    assert [turn.position for batch in batches for turn in batch] == list(range(rows.count()))


def test_progress_grows_to_the_end(full: Study, tmp_path: Path) -> None:
    told: list[float] = []
    choice = Choice(Purpose.RESEARCH, tables=tuple(ALL), formats=("csv",))
    folder = tmp_path / "export"
    folder.mkdir()

    writing.write(study=full, choice=choice, folder=folder, progress=told.append)

    assert told == sorted(told)
    assert 0.9 < told[-1] < 1.0
