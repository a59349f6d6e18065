"""What somebody hears about a run: once, kept with it, and over when it is over."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

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
        if given["kind"] == "stall":
            (given["run"].folder / "go").touch()
        return found

    monkeypatch.setattr(alerts, "raise_alert", raise_alert)
    play(STALLS)

    work(run)

    stall = RunAlert.objects.filter(run=run, kind="stall").earliest("id")
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

    play(
        "(folder / 'result.json').write_text(json.dumps({'dry_run': True, 'step': 1, 'whole_steps': 9,"
        " 'peak_memory_mb': 1.0, 'seconds_a_step': 0.1}))\n"
    )

    assert work(following_run).state == Job.State.SUCCEEDED


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
        "The worker that trained this run was lost at step 7. It waits for another"
    )
    last = events_after(stream=runs.stream(run=run), last=0)[-1]["data"]
    assert last["state"] == "queued"

    play("sys.exit(0)\n")
    work(run)
    alert.refresh_from_db()
    assert alert.ended_at is not None
    assert told(run) == [("lost_worker", True), ("lost_worker", False)]


def test_a_run_given_up_after_many_lost_workers_says_so_on_its_page(run: Run) -> None:
    Job.objects.filter(pk=run.job_id).update(
        state=Job.State.RUNNING,
        attempts=jobs.MAX_ATTEMPTS,
        lease_expires_at=timezone.now() - timedelta(seconds=1),
    )

    jobs.reap()

    assert "was lost 6 times on this run" in RunAlert.objects.get(run=run).message
    assert events_after(stream=runs.stream(run=run), last=0)[-1]["data"]["state"] == "failed"


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
