"""What somebody hears about a run: once, kept with it, and over when it is over."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from apps.models import selectors
from apps.models.models import Run, RunAlert
from apps.models.services import alerts, following, processes, runs, trainer
from apps.models.tasks import train
from apps.shared.models import Job, Study
from apps.shared.selectors import events_after
from apps.shared.services import jobs
from tests.factories.models import frozen_data_set
from tests.factories.shared import UserFactory


@pytest.fixture
def run(study: Study) -> Run:
    """Return a queued run."""
    return runs.launch(
        study=study, data_set=frozen_data_set(study=study), config={}, created_by=UserFactory()
    )


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that has the next training process be a real one that does what a script says.

    The script finds the run's folder in ``folder`` and can ``write`` lines of metrics.
    """
    real = processes.watch

    def play(script: str) -> None:
        def watch(**given: Any) -> int:
            folder = Path(given["arguments"][0])
            text = (
                "import json, pathlib, sys, time\n"
                f"folder = pathlib.Path({str(folder)!r})\n"
                "def write(**line):\n"
                "    with (folder / 'metrics.jsonl').open('a') as file:\n"
                "        file.write(json.dumps(line) + '\\n')\n"
            )
            (folder / "played.py").write_text(text + script)
            monkeypatch.setenv("PYTHONPATH", str(folder))
            return real(**given | {"module": "played", "arguments": []})

        monkeypatch.setattr(trainer.processes, "watch", watch)

    return play


def work(run: Run) -> Job:
    """Do what a trainer that takes the run's job does."""
    train(job_id=str(run.job_id))
    return Job.objects.get(pk=run.job_id)


def told(run: Run) -> list[tuple[str, bool]]:
    """Return which alerts those who watch were told of, and whether each lasted then."""
    sent = [
        e["data"]["alert"] for e in events_after(stream=runs.stream(run=run), last=0) if "alert" in e["data"]
    ]
    return [(alert["kind"], alert["ended_at"] is None) for alert in sent]


ENDS_WELL = """
(folder / "result.json").write_text(json.dumps({
    "dry_run": True, "step": 1, "whole_steps": 9, "peak_memory_mb": 1.0, "seconds_a_step": 0.1
}))
"""
STALLS = """
write(n=1, event="started", total_steps=9, train=6, held_out=2)
write(n=2, step=1, name="loss", value=0.5)
print("reading a very slow disk", flush=True)
deadline = time.time() + 20
while not (folder / "go").exists() and time.time() < deadline:
    time.sleep(0.02)
write(n=3, step=2, name="loss", value=0.4)
time.sleep(0.6)
sys.exit(1)
"""


def test_a_trainer_without_steps_is_a_stall_until_it_goes_on(
    run: Run, play: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "STALL_SECONDS", 0.3)
    monkeypatch.setattr(trainer, "STALL_STEPS", 0.0)
    monkeypatch.setattr(trainer, "ASK_SECONDS", 0.1)
    real = alerts.raise_alert

    def raise_alert(**given: Any) -> RunAlert:
        found = real(**given)
        # On a busy machine the process may be silent before it says what it reads.
        if given["kind"] == "stall" and found.lines:
            (given["run"].folder / "go").touch()
        return found

    monkeypatch.setattr(alerts, "raise_alert", raise_alert)
    play(STALLS)

    work(run)

    stall = RunAlert.objects.filter(run=run, kind="stall").latest("id")
    assert stall.message.startswith("Nothing was heard of this run for a minute")
    assert "stop the run and resume it" in stall.message
    assert stall.lines[-1] == "reading a very slow disk"
    assert stall.ended_at is not None
    assert told(run)[:2] == [("stall", True), ("stall", False)]


def test_a_process_that_breaks_is_told_with_its_last_useful_lines(
    run: Run, play: Callable[[str], None]
) -> None:
    play("print('step 3 of 9: loss 0.4', flush=True)\nraise KeyError('the row 7 has no prompt')\n")

    job = work(run)

    alert = RunAlert.objects.get(run=run)
    assert (job.state, alert.kind, alert.ended_at) == (Job.State.FAILED, "failure", None)
    assert job.message.startswith(
        "The training process stopped with an error: KeyError: 'the row 7 has no prompt'"
    )
    assert alert.message == job.message
    assert alert.lines[0] == "step 3 of 9: loss 0.4"

    runs.resume(run=Run.objects.get(pk=run.pk), by=UserFactory())
    play(
        "(folder / 'error.json').write_text(json.dumps({'message': 'No room.', 'kind': 'disk'}))\n"
        "sys.exit(2)\n"
    )
    work(run)

    assert told(run) == [("failure", True), ("failure", False), ("disk", True)]


def test_the_next_run_of_the_queue_is_trained_though_one_failed(
    run: Run, play: Callable[[str], None]
) -> None:
    following_run = runs.clone(run=run, created_by=UserFactory())
    play("sys.exit(1)\n")
    assert work(run).state == Job.State.FAILED

    play(ENDS_WELL)

    assert work(following_run).state == Job.State.SUCCEEDED


def test_a_database_that_is_busy_for_a_moment_costs_a_run_neither_its_life_nor_a_point(
    run: Run, play: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refused = following.take_over, []

    def busy(**given: Any) -> bool:
        found = real(**given)
        if given["lines"] and not refused:
            refused.append(given["lines"])
            raise OperationalError("database is locked")
        return found

    monkeypatch.setattr(trainer.following, "take_over", busy)
    play('write(n=1, step=1, name="loss", value=0.5)\ntime.sleep(0.6)\n' + ENDS_WELL)

    assert work(run).state == Job.State.SUCCEEDED
    assert refused
    assert [point["step"] for point in selectors.points(run=run)] == [1]
    assert told(run) == []


def test_a_run_whose_worker_has_no_database_waits_for_the_next(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: Any) -> None:
        raise OperationalError("the database is gone")

    monkeypatch.setattr(trainer.alerts, "note_takeover", gone)

    assert work(run).state == Job.State.RUNNING


def test_the_turn_of_a_run_goes_to_the_one_that_was_put_first(run: Run, play: Callable[[str], None]) -> None:
    second, third = (runs.clone(run=run, created_by=UserFactory()) for _ in range(2))
    runs.put_first(run=third, by=UserFactory())
    runs.stop(run=second, by=UserFactory())
    play(ENDS_WELL)

    ended = []
    for message in (run, second, third):
        train(job_id=str(message.job_id))
        ended.append(set(Run.objects.filter(job__state=Job.State.SUCCEEDED)))

    assert ended == [{third}, {third, run}, {third, run}]


def test_a_worker_that_is_lost_is_told_at_once_and_over_when_another_takes_the_run(
    run: Run, play: Callable[[str], None]
) -> None:
    job = jobs.claim(job_id=str(run.job_id), owner="a worker")
    assert job is not None
    following.take_over(run=run, lines=[{"n": 1, "step": 7, "name": "loss", "value": 0.5}])
    Job.objects.filter(pk=job.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))

    jobs.reap()

    alert = RunAlert.objects.get(run=run)
    assert (alert.kind, alert.step, alert.ended_at) == ("lost_worker", 7, None)
    assert alert.message.startswith(
        "The worker that trained this run was lost at step 7. Another takes it up"
    )
    last = events_after(stream=runs.stream(run=run), last=0)[-1]["data"]
    assert last["state"] == "queued"

    play(
        'write(n=2, event="resumed", step=5)\ntime.sleep(0.5)\n'
        "(folder / 'seen').touch()\n"
        'write(n=3, step=6, name="loss", value=0.4)\nsys.exit(0)\n'
    )
    work(run)
    alert.refresh_from_db()
    assert alert.ended_at is not None
    assert told(run) == [("lost_worker", True), ("lost_worker", False)]
    # It lasts until the run has made a step again: taken up alone, it would be gone before anybody reads it.
    kinds = [e["kind"] for e in events_after(stream=runs.stream(run=run), last=0)]
    assert kinds[-4:].index("run.points") < kinds[-4:].index("run.alerted")


def test_a_process_that_is_killed_is_told_until_the_next_step_and_when_it_is_given_up(
    run: Run, play: Callable[[str], None]
) -> None:
    play(
        """
import os
deaths = len(list(folder.glob("death-*")))
write(n=deaths + 1, step=deaths + 1, name="loss", value=0.5)
(folder / f"death-{deaths}").touch()
os.kill(os.getpid(), 9)
"""
    )

    job = work(run)

    assert job.state == Job.State.FAILED
    assert told(run) == [("lost_worker", True), ("lost_worker", False)] * 3 + [("lost_worker", True)]
    first, last = RunAlert.objects.filter(run=run).earliest("id"), RunAlert.objects.latest("id")
    assert first.message.startswith("The process that trained this run was killed at step 1 (SIGKILL)")
    assert last.message.startswith("The training process was killed 4 times, the last time at step 4")
    assert job.message == last.message[:500]


def test_a_run_given_up_after_many_lost_workers_says_so_on_its_page(run: Run) -> None:
    Job.objects.filter(pk=run.job_id).update(
        state=Job.State.RUNNING,
        attempts=jobs.MAX_ATTEMPTS,
        lease_expires_at=timezone.now() - timedelta(seconds=1),
    )

    jobs.reap()

    assert "was lost 6 times on this run" in RunAlert.objects.get(run=run).message
    assert events_after(stream=runs.stream(run=run), last=0)[-1]["data"]["state"] == "failed"


def test_a_loss_that_is_back_is_no_alert_any_more(run: Run) -> None:
    said = {"kind": "divergence", "step": 40, "message": "It diverges.", "lines": []}

    following.take_over(run=run, lines=[{"n": 1, "event": "alert"} | said])
    following.take_over(run=run, lines=[{"n": 2, "event": "over", "kind": "divergence"}])

    assert told(run) == [("divergence", True), ("divergence", False)]


def test_a_run_that_ends_far_from_where_its_loss_began_goes_on_saying_so(
    run: Run, play: Callable[[str], None]
) -> None:
    for kind in ("divergence", "disk"):
        alerts.raise_alert(run=run, kind=kind, message="Look.")
    play(ENDS_WELL)

    assert work(run).state == Job.State.SUCCEEDED
    assert [alert.kind for alert in RunAlert.objects.filter(run=run, ended_at=None)] == ["divergence"]


def test_an_alert_that_lasts_is_not_told_again(run: Run) -> None:
    line = {
        "event": "alert",
        "kind": "divergence",
        "step": 40,
        "message": "It diverges.",
        "lines": ["step 40"],
    }

    following.take_over(run=run, lines=[line | {"n": 1}, line | {"n": 2}])

    assert told(run) == [("divergence", True)]
    alert = RunAlert.objects.get(run=run)
    assert (alert.message, alert.lines) == ("It diverges.", ["step 40"])
