"""Alerts about runs: raised once, kept with the run, ended when what they tell of is over."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.models import selectors
from apps.models.domain.alerts import Kind, gentler, useful_lines
from apps.models.events import Alert, RunAlerted
from apps.models.models import Run, RunAlert
from apps.models.services import runs
from apps.shared.models import Job
from apps.shared.services import streams

ENDS_WITH_STEPS: tuple[Kind, ...] = ("stall", "lost_worker")
"""What is over as soon as the run goes on."""
ENDS_WITH_SUCCESS: tuple[Kind, ...] = ("nan", "disk", "failure", *ENDS_WITH_STEPS)
"""What is over when the run finishes: not a loss that ended far above where it began."""


@transaction.atomic
def raise_alert(*, run: Run, kind: Kind, message: str, lines: Sequence[str] | None = None) -> RunAlert:
    """Note an alert and tell those who watch; one of the same kind that still lasts is told no second time.

    Without lines of its own it has the last useful ones of the log, its own message left out.
    """
    lasting = RunAlert.objects.filter(run=run, kind=kind, ended_at=None).first()
    if lasting is not None:
        return lasting
    if lines is None:
        lines = [line for line in useful_lines(selectors.log_tail(run=run)) if not message.startswith(line)]
    alert = RunAlert.objects.create(run=run, kind=kind, step=run.step, message=message, lines=list(lines))
    _tell(run=run, alert=alert)
    return alert


def lasts(*, run: Run, kinds: Sequence[Kind]) -> bool:
    """Say whether an alert of these kinds lasts."""
    return RunAlert.objects.filter(run=run, kind__in=kinds, ended_at=None).exists()


@transaction.atomic
def end(*, run: Run, kinds: Sequence[Kind]) -> None:
    """Note that alerts of these kinds are over."""
    for alert in RunAlert.objects.filter(run=run, kind__in=kinds, ended_at=None):
        alert.ended_at = timezone.now()
        alert.save(update_fields=["ended_at"])
        _tell(run=run, alert=alert)


def note_lost_worker(*, job: Job, **_: Any) -> None:
    """Say on a run's page that its worker was lost, and whether it is tried again."""
    run = Run.objects.select_related("study", "job").filter(job=job).first()
    if run is None:
        return
    at = _at(run)
    if job.ended:
        message = (
            f"The worker was lost {job.attempts} times on this run, the last time {at}, so it was given up. "
            "Look whether the machine has enough memory, then resume it: it goes on from its last checkpoint."
        )
    else:
        Run.objects.filter(pk=run.pk).update(queued_at=timezone.now())
        message = (
            f"The worker that trained this run was lost {at}. Another takes it up and goes on from its last "
            "checkpoint; if it waits long, start a trainer."
        )
    raise_alert(run=run, kind="lost_worker", message=message)
    runs.announce(run=run)


def note_killed(*, run: Run, signal: str) -> None:
    """Say on a run's page that the system ended its process, and that it is tried again at once."""
    raise_alert(
        run=run,
        kind="lost_worker",
        message=(
            f"The process that trained this run was killed {_at(run)} ({signal}), as a rule because the "
            "machine ran out of memory. It goes on from its last checkpoint by itself; if it is killed "
            "again, stop the run and clone it with smaller batches or a smaller model."
        ),
    )


def note_takeover(*, run: Run, job: Job) -> None:
    """Note at a run's start that a worker has it again, lost though the last one may be.

    That a worker was lost is over with the next step: it would be gone before anybody has read it.
    """
    again = job.attempts > 1
    end(run=run, kinds=[kind for kind in ENDS_WITH_SUCCESS if kind != "lost_worker" or not again])
    if again:
        note_lost_worker(job=job)


def _at(run: Run) -> str:
    return f"at step {run.step}" if run.step else "before its first step"


def _tell(*, run: Run, alert: RunAlert) -> None:
    told = Alert(
        id=alert.pk,
        kind=alert.kind,  # type: ignore[arg-type]
        step=alert.step,
        message=alert.message,
        lines=alert.lines,
        settings=gentler(alert.kind, run.config),
        raised_at=alert.raised_at,
        ended_at=alert.ended_at,
    )
    streams.publish(stream=runs.stream(run=run), event=RunAlerted(run=str(run.pk), alert=told))
