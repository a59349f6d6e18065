"""Taking over what a training process writes."""

from pathlib import Path

import pytest

from apps.models.domain import phases
from apps.models.models import Run
from apps.models.selectors import points
from apps.models.services import following, runs
from apps.shared.models import Study
from apps.shared.selectors import events_after
from tests.factories.models import frozen_data_set
from tests.factories.shared import UserFactory


@pytest.fixture
def run(study: Study) -> Run:
    """Return a queued run."""
    return runs.launch(
        study=study, data_set=frozen_data_set(study=study), config={}, created_by=UserFactory()
    )


def loss(n: int, step: int, value: float = 0.5) -> following.Line:
    """Return one line."""
    return {"n": n, "step": step, "name": "loss", "value": value}


def test_lines_taken_over_twice_count_once(run: Run) -> None:
    lines = [loss(1, 1), loss(2, 2)]

    assert following.take_over(run=run, lines=lines)
    assert not following.take_over(run=run, lines=lines)
    following.take_over(run=run, lines=[*lines, loss(3, 3)])

    assert [point["step"] for point in points(run=run)] == [1, 2, 3]
    sent = [e for e in events_after(stream=runs.stream(run=run), last=0) if e["kind"] == "run.points"]
    assert [[p["step"] for p in e["data"]["points"]] for e in sent] == [[1, 2], [3]]


def test_a_resume_voids_the_points_of_later_steps_and_says_so(run: Run) -> None:
    following.take_over(run=run, lines=[loss(n, n) for n in range(1, 6)])

    following.take_over(run=run, lines=[{"n": 6, "event": "resumed", "step": 2}, loss(7, 3, 0.25)])

    assert [(point["step"], point["value"]) for point in points(run=run)] == [(1, 0.5), (2, 0.5), (3, 0.25)]
    last = events_after(stream=runs.stream(run=run), last=0)[-1]["data"]
    assert last["superseded_after"] == 2
    assert last["points"] == [{"step": 3, "name": "loss", "value": 0.25}]


def test_a_resume_inside_one_batch_keeps_only_what_counts(run: Run) -> None:
    lines = [loss(1, 1), loss(2, 2), {"n": 3, "event": "resumed", "step": 1}, loss(4, 2, 0.1)]

    following.take_over(run=run, lines=lines)

    assert [(point["step"], point["value"]) for point in points(run=run)] == [(1, 0.5), (2, 0.1)]


@pytest.mark.parametrize("what", phases.SENTENCES)
def test_what_is_done_before_the_first_step_is_said(run: Run, what: str) -> None:
    following.take_over(run=run, lines=[{"n": 1, "event": "preparing", "what": what}])

    assert run.message == phases.SENTENCES[what]


def test_events_fill_the_run(run: Run) -> None:
    lines = [
        {"n": 1, "event": "too_long", "train": 3, "held_out": 1, "max_length": 256},
        {"n": 2, "event": "started", "total_steps": 40, "train": 6, "held_out": 2},
        loss(3, 7),
    ]

    following.take_over(run=run, lines=lines)

    assert (run.too_long, run.total_steps, run.step) == ({"train": 3, "held_out": 1}, 40, 7)
    assert run.message == "Step 7 of 40."


def taken(tail: following.MetricsTail) -> list[int]:
    """Return the numbers of the next lines, and accept them."""
    numbers = [line["n"] for line in tail.read()]
    tail.accept()
    return numbers


def test_the_tail_waits_for_a_line_to_be_whole(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    tail = following.MetricsTail(path)

    assert taken(tail) == []
    path.write_text('{"n": 1}\n{"n": ')
    assert tail.read() == [{"n": 1}]
    assert taken(tail) == [1]
    path.write_text('{"n": 1}\n{"n": 2}\n')
    assert taken(tail) == [2]
    assert taken(tail) == []


def test_the_tail_of_a_long_run_is_read_in_pieces_of_whole_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "metrics.jsonl"
    path.write_text("".join(f'{{"n": {number}}}\n' for number in range(1, 8)))
    monkeypatch.setattr(following, "PIECE", 25)
    tail = following.MetricsTail(path)

    assert [taken(tail) for _ in range(5)] == [[1, 2], [3, 4], [5, 6], [7], []]
