"""See one run through: its folder, its process, its points, its checkpoint and its evaluation."""

import json
import logging
import os
import shutil
import signal
import time
from typing import Any

from django.db import OperationalError, connection, transaction

from apps.models import selectors
from apps.models.domain import estimates
from apps.models.domain.alerts import Kind, useful_lines
from apps.models.domain.data_files import SIDES
from apps.models.models import Checkpoint, Run
from apps.models.services import (
    alerts,
    checkpoints,
    counterfactuals,
    data_sets,
    following,
    measuring,
    processes,
    runs,
)
from apps.shared.errors import Conflict, TouchstoneError
from apps.shared.models import Job
from apps.shared.services import jobs

logger = logging.getLogger(__name__)

MAX_DEATHS = 3
POLL_SECONDS = 0.05
TAKE_SECONDS = 0.2
"""New lines are on screens within these two; ASK_SECONDS holds for what moves slower."""
ASK_SECONDS = 0.5
REPORT_SECONDS = 1.0
RENEW_SECONDS = 2.0
STALL_SECONDS = 300.0
STALL_STEPS = 20.0
"""A run stalls after so long without a word, or so many times as long as its longest silence so far."""
NEEDS_A_PERSON = 2


class Failed(Conflict):
    """The training process could not go on; the message says why and what to do."""

    def __init__(self, message: str, *, kind: Kind, lines: list[str] | None) -> None:
        super().__init__(message)
        self.kind: Kind = kind
        self.lines = lines


class Stopped(Conflict):
    """Somebody asked for it; the message says where it stands."""


class Interrupted(jobs.LeaseLost):
    """Nothing is wrong with the run, but this worker cannot go on: it is being shut down, or has no database.

    The job keeps its lease until it runs out; then the next worker goes on from the checkpoint.
    """


def train(*, job: Job) -> None:
    """Train the run of a job to its end, to a stop, or to an error that the run then shows."""
    run = Run.objects.select_related("job", "study", "data_set").get(job=job)
    try:
        alerts.note_takeover(run=run, job=job)
        _prepare(run=run)
        _tell(run=run, job=job, progress=job.progress, message="Starting the training process.")
        if not _train_until_done(run=run, job=job):
            raise Stopped(f"Stopped at step {run.step}; it can be resumed.")
        if "dry_run" in (result := _result(run=run)):
            _end(run=run, job=job, state=Job.State.SUCCEEDED, message=estimates.dry_run_sentence(result))
        else:
            checkpoint = _record(run=run)
            _evaluate(run=run, job=job, checkpoint=checkpoint)
            _end(run=run, job=job, state=Job.State.SUCCEEDED, message=f"Finished after {run.step} steps.")
            counterfactuals.look(run=run)
    except jobs.LeaseLost:
        raise
    except OperationalError as error:
        raise Interrupted(str(job.pk)) from error
    except Stopped as error:
        _end(run=run, job=job, state=Job.State.CANCELLED, message=str(error))
    except Failed as error:
        _fail(run=run, job=job, message=str(error), kind=error.kind, lines=error.lines)
    except TouchstoneError as error:
        _fail(run=run, job=job, message=str(error))
    except Exception:
        _fail(run=run, job=job, message="Something unexpected stopped this run.")
        raise


@transaction.atomic
def _end(*, run: Run, job: Job, state: Job.State, message: str) -> None:
    jobs.finish(job=job, state=state, message=message)
    alerts.end(
        run=run, kinds=alerts.ENDS_WITH_SUCCESS if state == Job.State.SUCCEEDED else alerts.ENDS_WITH_STEPS
    )
    runs.announce(run=run)


@transaction.atomic
def _fail(
    *, run: Run, job: Job, message: str, kind: Kind = "failure", lines: list[str] | None = None
) -> None:
    # What is over by its end goes first: it may be of the kind that it ended by.
    alerts.end(run=run, kinds=alerts.ENDS_WITH_STEPS)
    alerts.raise_alert(run=run, kind=kind, message=message, lines=lines)
    jobs.finish(job=job, state=Job.State.FAILED, message=message)
    runs.announce(run=run)


def _prepare(*, run: Run) -> None:
    """Make the run's folder, whole or not at all; a folder from before is kept."""
    if run.folder.is_dir():
        return
    data_sets.verify(data_set=run.data_set)
    making = run.folder.with_name(f".{run.folder.name}.part")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    for side in SIDES:
        os.link(run.data_set.folder / f"{side}.jsonl", making / f"{side}.jsonl")
    (making / "config.json").write_text(json.dumps(run.config, indent=1))
    making.rename(run.folder)


def _train_until_done(*, run: Run, job: Job) -> bool:
    """Run the training process, again where it was killed; return False where it was stopped on request."""
    for death in range(MAX_DEATHS + 1):
        watcher = _Watcher(run=run, job=job)
        code = processes.watch(
            module="apps.models.training",
            arguments=[str(run.folder)],
            log=run.folder / "log.txt",
            tick=watcher.look,
            threads=run.config["threads"],
            poll_seconds=POLL_SECONDS,
        )
        watcher.finish()
        if (run.folder / "result.json").is_file():
            return True
        if watcher.stopping:
            return False
        if code == 0:
            raise Interrupted(str(job.pk))
        if code > 0:
            raise _why(run=run, code=code)
        logger.warning("The process of run %s was killed by signal %s; it goes on.", run.pk, -code)
        if death < MAX_DEATHS:
            alerts.note_killed(run=run, signal=signal.Signals(-code).name)
    raise Failed(
        f"The training process was killed {MAX_DEATHS + 1} times, the last time at step {run.step}, so it "
        "was given up: as a rule the machine has too little memory. End other work there and resume the run, "
        "or clone it with smaller batches or a smaller model.",
        kind="lost_worker",
        lines=None,
    )


def _why(*, run: Run, code: int) -> Failed:
    """Return what the process left behind: its sentence, or the last useful line of what it printed."""
    path = run.folder / "error.json"
    if code == NEEDS_A_PERSON and path.is_file():
        left = json.loads(path.read_text())
        return Failed(left["message"], kind=left.get("kind", "failure"), lines=left.get("lines") or None)
    told = useful_lines(selectors.log_tail(run=run))
    said = f": {told[-1]}" if told else " and printed nothing"
    return Failed(
        f"The training process stopped with an error{said}. If that tells nothing to mend, resume it once.",
        kind="failure",
        lines=told,
    )


class _Watcher:
    """Looks after a running process: lease, new lines, progress, a request to stop, too long a silence."""

    def __init__(self, *, run: Run, job: Job, speaks: bool = True) -> None:
        """``speaks`` says that the process writes lines as it goes, so that a silence is a stall."""
        self._run, self._job, self._speaks = run, job, speaks
        self._tail = following.MetricsTail(run.folder / "metrics.jsonl")
        self._asked = self._renewed = self._taken = self._reported = 0.0
        self._heard, self._longest = time.monotonic(), 0.0
        self._stalled = self._untold = self.stopping = False
        self._recovers = alerts.lasts(run=run, kinds=alerts.ENDS_WITH_STEPS)

    def look(self) -> bool:
        """Do what is due; say whether the process is to save and stop. Raises LeaseLost.

        While the database is busy or restarts, the process trains on and its lines wait in its file.
        """
        try:
            self._look(now=time.monotonic())
        except OperationalError as error:
            logger.warning("Run %s could not be taken over just now: %s", self._run.pk, error)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
        return self.stopping

    def _look(self, *, now: float) -> None:
        if now - self._renewed > RENEW_SECONDS:
            self._renewed = now
            jobs.renew(job_id=str(self._job.pk), owner=self._job.lease_owner)
        if now - self._taken > TAKE_SECONDS and self._tail.has_grown():
            self._taken = now
            self._take_over(now=now, report=now - self._reported > REPORT_SECONDS)
        elif self._untold and now - self._reported > REPORT_SECONDS:
            # What was taken over right after a report would stay untold for as long as the process is busy.
            self._report(now=now)
        if now - self._asked > ASK_SECONDS:
            self._asked = now
            self.stopping = self.stopping or jobs.stop_requested(job=self._job)
            self._listen(silent=now - self._heard)

    def finish(self) -> None:
        """Take over what the process wrote last."""
        while self._take_over(now=time.monotonic(), report=False):
            pass
        self._report(now=time.monotonic())

    def _take_over(self, *, now: float, report: bool) -> bool:
        """Take over the next new lines and say how far the run is, or leave that for later.

        Return whether there were lines.
        """
        lines = self._tail.read()
        with transaction.atomic():
            fresh = following.take_over(run=self._run, lines=lines)
            if fresh and self._stalled:
                alerts.end(run=self._run, kinds=["stall"])
            if fresh and self._recovers and "name" in lines[-1]:
                alerts.end(run=self._run, kinds=alerts.ENDS_WITH_STEPS)
            if report:
                self._report(now=now)
        self._tail.accept()
        if fresh:
            self._stalled, self._recovers = False, self._recovers and "name" not in lines[-1]
            self._longest, self._heard = max(self._longest, now - self._heard), now
            self._untold = not report
        return bool(lines)

    def _report(self, *, now: float) -> None:
        """Say how far the run is."""
        self._reported, self._untold = now, False
        total = self._run.total_steps
        jobs.report(
            job=self._job,
            progress=min(self._run.step / total, 0.99) if total else 0.0,
            message=self._run.message,
        )
        runs.announce(run=self._run)

    def _listen(self, *, silent: float) -> None:
        """Raise an alert where the process lives and says nothing for too long."""
        if not self._speaks or self.stopping or silent < max(STALL_SECONDS, STALL_STEPS * self._longest):
            return
        self._stalled = True
        minutes = "a minute" if silent < 90 else f"{silent / 60:.0f} minutes"
        alerts.raise_alert(
            run=self._run,
            kind="stall",
            message=(
                f"Nothing was heard of this run for {minutes}, though its process lives. Look whether the "
                "machine is short of memory or does other work; if it stays silent, stop the run and resume "
                "it: it goes on from its last checkpoint."
            ),
        )


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
    """Have the checkpoint measured in a process of its own, where no other machine has done so."""
    if measuring.take_in(checkpoint=checkpoint):
        return
    _tell(run=run, job=job, progress=0.99, message="Measuring what was learned.")
    watcher = _Watcher(run=run, job=job, speaks=False)
    try:
        measuring.measure(checkpoint=checkpoint, tick=watcher.look)
    except Conflict as error:
        if watcher.stopping:
            raise Stopped(
                "Stopped while it was measured; the model is trained. Resume to measure it."
            ) from error
        raise Conflict(f"The model is trained; {error} Resume to try again.") from error


@transaction.atomic
def _tell(*, run: Run, job: Job, progress: float, message: str) -> None:
    jobs.report(job=job, progress=progress, message=message)
    runs.announce(run=run)
