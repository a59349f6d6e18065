"""A run through everything that can happen to it, with the real processes."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apps.models import selectors
from apps.models.domain.recipes import RewardConfig
from apps.models.domain.scores import ScorablePair
from apps.models.models import Run, RunPoint
from apps.models.services import following, processes, runs, scoring, trainer
from apps.models.tasks import train
from apps.models.training.folder import RunFolder
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch
from apps.shared.errors import Missing
from apps.shared.models import Job, Study
from apps.shared.selectors import events_after
from tests.factories.models import BRUSQUE, KIND, frozen_data_set, kind_world
from tests.factories.shared import UserFactory

pytestmark = pytest.mark.training
TOTAL = 720


@pytest.fixture
def run(study: Study, tiny_encoder: Path) -> Run:
    """Return a queued run of 720 steps on the tiny encoder."""
    config = RewardConfig(
        encoder=str(tiny_encoder),
        max_length=64,
        learning_rate=3e-3,
        batch_size=2,
        epochs=30,
        save_every=25,
        eval_every=100,
    )
    data_set = frozen_data_set(study=study, examples=kind_world(count=64))
    return runs.launch(
        study=study, data_set=data_set, config=config.model_dump(), created_by=UserFactory(), size="small"
    )


@pytest.fixture
def once_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Callable[[], None]], None]:
    """Return a function that has something happen once, when so many steps have been taken over."""
    real = following.take_over
    waiting: list[tuple[int, Callable[[], None]]] = []

    def take_over(*, run: Run, lines: Any) -> bool:
        new = real(run=run, lines=lines)
        if waiting and RunPoint.objects.filter(run=run, name="loss").count() >= waiting[0][0]:
            waiting.pop(0)[1]()
        return new

    monkeypatch.setattr(trainer.following, "take_over", take_over)
    return lambda count, act: waiting.append((count, act))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the list of the process ids that were started, filled as they are."""
    ids: list[int] = []
    real = processes.subprocess.Popen

    class Noted(real):  # type: ignore[misc, valid-type]
        """Popen that notes its process."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            ids.append(self.pid)

    monkeypatch.setattr(processes.subprocess, "Popen", Noted)
    return ids


def job_of(run: Run) -> Job:
    """Return the run's job as it is now."""
    return Job.objects.get(pk=run.job_id)


def work(run: Run) -> Job:
    """Do what a trainer that takes the run's job does."""
    train(job_id=str(run.job_id))
    return job_of(run)


def replayed(run: Run) -> dict[tuple[int, str], float]:
    """Return the chart of a browser that watched from the first event on."""
    chart: dict[tuple[int, str], float] = {}
    for event in events_after(stream=runs.stream(run=run), last=0):
        if event["kind"] == "run.points":
            after = event["data"]["superseded_after"]
            if after is not None:
                chart = {key: value for key, value in chart.items() if key[0] <= after}
            for point in event["data"]["points"]:
                assert (point["step"], point["name"]) not in chart
                chart[point["step"], point["name"]] = point["value"]
    return chart


def test_a_run_survives_a_stop_a_kill_and_a_lost_worker(
    run: Run, once_after: Callable[[int, Callable[[], None]], None], started: list[int]
) -> None:
    # Somebody presses stop.
    once_after(8, lambda: runs.stop(run=Run.objects.get(pk=run.pk), by=UserFactory()))
    job = work(run)
    run.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert 8 <= run.step < TOTAL
    assert job.message == f"Stopped at step {run.step}; it can be resumed."
    assert not selectors.checkpoints(study=run.study).exists()

    # Resumed, its process is killed; then this worker loses the job to another.
    def kill() -> None:
        os.kill(started[-1], signal.SIGKILL)

    def steal() -> None:
        Job.objects.filter(pk=run.job_id).update(lease_owner="somebody else")

    runs.resume(run=Run.objects.get(pk=run.pk), by=UserFactory())
    once_after(run.step + 8, kill)
    once_after(run.step + 30, steal)
    job = work(run)
    assert job.state == Job.State.RUNNING
    assert len(started) == 3

    # The other worker, finding the lease run out, sees it through.
    Job.objects.filter(pk=run.job_id).update(state=Job.State.QUEUED)
    job = work(run)
    run.refresh_from_db()
    assert (job.state, job.progress) == (Job.State.SUCCEEDED, 1.0)
    assert run.step == run.total_steps == TOTAL
    points = {(p["step"], p["name"]): p["value"] for p in selectors.points(run=run)}
    assert sorted(step for step, name in points if name == "loss") == list(range(1, TOTAL + 1))
    assert replayed(run) == points

    # What it took was foreseen.
    result = json.loads((run.folder / "result.json").read_text())
    foreseen = selectors.estimate(data_set=run.data_set, config=RewardConfig(**run.config))
    assert foreseen is not None
    assert 0.5 < foreseen.memory_mb / result["peak_memory_mb"] < 2

    # Its checkpoint is evaluated, and scores pairs.
    checkpoint = selectors.checkpoints(study=run.study).get()
    figures = selectors.evaluations(checkpoint=checkpoint)["held_out"]
    assert figures["n"] == run.data_set.held_out_count == 16
    assert figures["accuracy"]["low"] > 0.5
    pairs = [
        ScorablePair("kind first", "What should I think about in moving away, case 1?", KIND[0], BRUSQUE[0]),
        ScorablePair("kind last", "What should I think about in moving away, case 1?", BRUSQUE[1], KIND[1]),
        ScorablePair("too long", "A question?", KIND[0] * 20, BRUSQUE[0]),
        ScorablePair("empty", "A question?", " ", BRUSQUE[0]),
    ]
    scores = scoring.score(checkpoint_id=checkpoint.pk, pairs=pairs)
    assert [score.preference for score in scores] == [1, -1, None, None]
    assert [score.skipped_reason for score in scores[2:]] == [
        "too long for the encoder",
        "a response is empty",
    ]
    assert not list((run.folder.parent.parent / "scoring").iterdir())


def test_a_process_that_is_killed_again_and_again_is_given_up(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def killed(**_: Any) -> int:
        calls.append(1)
        return -signal.SIGKILL

    monkeypatch.setattr(trainer.processes, "watch", killed)

    job = work(run)

    assert len(calls) == 4
    assert job.state == Job.State.FAILED
    assert job.message.startswith("The training process was killed 4 times, the last time at step 0, so it")


def test_a_dry_run_ends_with_its_figures_and_leaves_no_checkpoint(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.config["dry_run"] = 3
    run.save()
    monkeypatch.setattr(trainer.processes, "watch", lambda **given: training(given["arguments"]))

    job = work(run)

    assert job.state == Job.State.SUCCEEDED
    assert job.message.startswith("Dry run of 3 steps: ")
    assert f"All {TOTAL} steps would take about" in job.message
    assert not selectors.checkpoints(study=run.study).exists()


def training(arguments: list[str]) -> int:
    """Train in this process."""
    from apps.models.training import loop  # torch is for this test alone

    folder = RunFolder(Path(arguments[0]))
    log = MetricsLog(folder.metrics)
    loop.train(folder=folder, log=log, stop=StopWatch())
    log.close()
    return 0


def test_a_run_that_cannot_work_says_why(run: Run) -> None:
    run.config["encoder"] = "/nowhere/at/all"
    run.save()

    job = work(run)

    assert job.state == Job.State.FAILED
    assert job.message.startswith("There is no encoder in /nowhere/at/all")
    assert "There is no encoder" in selectors.log_tail(run=run)
    last = events_after(stream=runs.stream(run=run), last=0)[-1]
    assert (last["kind"], last["data"]["state"]) == ("run.changed", "failed")


def test_a_data_set_that_was_changed_is_not_trained_on(run: Run) -> None:
    (run.data_set.folder / "train.jsonl").write_text("")

    job = work(run)

    assert job.state == Job.State.FAILED
    assert "changed after it was frozen" in job.message
    assert not run.folder.exists()


def test_a_worker_that_is_shut_down_leaves_the_job_to_the_next(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer.processes, "watch", lambda **_: 0)

    assert work(run).state == Job.State.RUNNING


@pytest.mark.django_db
def test_scoring_with_a_checkpoint_that_is_not_there_is_refused() -> None:
    with pytest.raises(Missing):
        scoring.score(checkpoint_id="00000000-0000-0000-0000-000000000000", pairs=[])
