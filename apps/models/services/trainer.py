"""See one run through: its folder, its process, its points, its checkpoint and its evaluation."""

import json
import logging
import os
import shutil
import time
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.models.domain import estimates
from apps.models.models import Checkpoint, Run
from apps.models.services import checkpoints, data_sets, following, processes, runs
from apps.shared.errors import Conflict, TouchstoneError
from apps.shared.models import Job
from apps.shared.services import jobs

logger = logging.getLogger(__name__)

MAX_DEATHS = 3
LOOK_SECONDS = 0.5
RENEW_SECONDS = 2.0
NEEDS_A_PERSON = 2


class Interrupted(jobs.LeaseLost):
    """The process saved and stopped though nobody asked for that here: this worker is being shut down.

    The job keeps its lease until it runs out; then the next worker goes on from the checkpoint.
    """


def train(*, job: Job) -> None:
    """Train the run of a job to its end, to a stop, or to an error that the run then shows."""
    run = Run.objects.select_related("job", "study", "data_set").get(job=job)
    try:
        _prepare(run=run)
        runs.announce(run=run)
        if not _train_until_done(run=run, job=job):
            message = f"Stopped at step {run.step}; it can be resumed."
            _end(run=run, job=job, state=Job.State.CANCELLED, message=message)
        elif "dry_run" in (result := _result(run=run)):
            _end(run=run, job=job, state=Job.State.SUCCEEDED, message=estimates.dry_run_sentence(result))
        else:
            checkpoint = _record(run=run)
            _evaluate(run=run, job=job, checkpoint=checkpoint)
            _end(run=run, job=job, state=Job.State.SUCCEEDED, message=f"Finished after {run.step} steps.")
    except jobs.LeaseLost:
        raise
    except TouchstoneError as error:
        _end(run=run, job=job, state=Job.State.FAILED, message=str(error))
    except Exception:
        _end(run=run, job=job, state=Job.State.FAILED, message="Something unexpected stopped this run.")
        raise


@transaction.atomic
def _end(*, run: Run, job: Job, state: Job.State, message: str) -> None:
    jobs.finish(job=job, state=state, message=message)
    runs.announce(run=run)


def _prepare(*, run: Run) -> None:
    """Make the run's folder, whole or not at all; a folder from before is kept."""
    if run.folder.is_dir():
        return
    data_sets.verify(data_set=run.data_set)
    making = run.folder.with_name(f".{run.folder.name}.part")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    for side in data_sets.SIDES:
        os.link(run.data_set.folder / f"{side}.jsonl", making / f"{side}.jsonl")
    (making / "config.json").write_text(json.dumps(run.config, indent=1))
    making.rename(run.folder)


def _train_until_done(*, run: Run, job: Job) -> bool:
    """Run the training process, again where it was killed; return False where it was stopped on request."""
    for _ in range(MAX_DEATHS + 1):
        watcher = _Watcher(run=run, job=job)
        code = processes.watch(
            module="apps.models.training",
            arguments=[str(run.folder)],
            log=run.folder / "log.txt",
            tick=watcher.look,
            threads=run.config["threads"],
        )
        watcher.take_over()
        if (run.folder / "result.json").is_file():
            return True
        if watcher.stopping:
            return False
        if code == 0:
            raise Interrupted(str(job.pk))
        if code > 0:
            raise Conflict(_why(run=run, code=code))
        logger.warning("The process of run %s was killed by signal %s; it goes on.", run.pk, -code)
    raise Conflict(f"The training process was killed {MAX_DEATHS + 1} times, so it was given up.")


def _why(*, run: Run, code: int) -> str:
    """Return the sentence that the process left behind."""
    path = run.folder / "error.json"
    if code == NEEDS_A_PERSON and path.is_file():
        return str(json.loads(path.read_text())["message"])
    return "The training process stopped with an error; the run's log says which."


class _Watcher:
    """Looks after a running process: lease, new lines, progress, a request to stop."""

    def __init__(self, *, run: Run, job: Job) -> None:
        self._run, self._job = run, job
        self._tail = following.MetricsTail(run.folder / "metrics.jsonl")
        self._looked = self._renewed = 0.0
        self.stopping = False

    def look(self) -> bool:
        """Do what is due; say whether the process is to save and stop. Raises LeaseLost."""
        now = time.monotonic()
        if now - self._renewed > RENEW_SECONDS:
            self._renewed = now
            jobs.renew(job_id=str(self._job.pk), owner=self._job.lease_owner)
        if now - self._looked > LOOK_SECONDS:
            self._looked = now
            self.take_over()
            self.stopping = self.stopping or jobs.stop_requested(job=self._job)
        return self.stopping

    @transaction.atomic
    def take_over(self) -> None:
        """Take over new lines and say how far the run is."""
        if following.take_over(run=self._run, lines=self._tail.read()):
            total = self._run.total_steps
            jobs.report(
                job=self._job,
                progress=min(self._run.step / total, 0.99) if total else 0.0,
                message=self._run.message,
            )
            runs.announce(run=self._run)


def _result(*, run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run.folder / "result.json").read_text())
    return found


def _record(*, run: Run) -> Checkpoint:
    result = _result(run=run)
    return checkpoints.record(
        run=run,
        step=result["step"],
        path=result["model"],
        sha256=result["sha256"],
        size_bytes=result["size_bytes"],
    )


def _evaluate(*, run: Run, job: Job, checkpoint: Checkpoint) -> None:
    """Run the held-out suite in a process of its own and record its figures."""
    if not run.data_set.held_out_count:
        return
    out = run.folder / "held_out_figures.json"
    arguments = {"--model": checkpoint.folder, "--pairs": run.folder / "held_out.jsonl", "--out": out}
    _tell(run=run, job=job, message="Evaluating on held-out pairs.")
    code = processes.watch(
        module="apps.models.evaluation",
        arguments=["held_out", *(str(part) for pair in arguments.items() for part in pair)],
        log=run.folder / "log.txt",
        tick=_Watcher(run=run, job=job).look,
        threads=run.config["threads"],
    )
    if not out.is_file():
        raise Conflict(f"The model is trained; its evaluation ended with code {code}. Resume to try again.")
    figures = json.loads(Path(out).read_text())
    checkpoints.record_figures(checkpoint_id=checkpoint.pk, suite="held_out", figures=figures)


@transaction.atomic
def _tell(*, run: Run, job: Job, message: str) -> None:
    jobs.report(job=job, progress=0.99, message=message)
    runs.announce(run=run)
