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


@transaction.atomic
def raise_alert(*, run: Run, kind: Kind, message: str, lines: Sequence[str] | None = None) -> RunAlert:
    """Note an alert and tell those who watch; one of the same kind that still lasts is told no second time.

    Without lines of its own it has the last useful ones of the log.
    """
    lasting = RunAlert.objects.filter(run=run, kind=kind, ended_at=None).first()
    if lasting is not None:
        return lasting
    found = useful_lines(selectors.log_tail(run=run)) if lines is None else list(lines)
    alert = RunAlert.objects.create(run=run, kind=kind, step=run.step, message=message, lines=found)
    _tell(run=run, alert=alert)
    return alert


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
    at = f"at step {run.step}" if run.step else "before its first step"
    if job.ended:
        message = (
            f"The worker was lost {job.attempts} times on this run, the last time {at}, so it was given up. "
            "Look whether the machine has enough memory, then resume it: it goes on from its last checkpoint."
        )
    else:
        Run.objects.filter(pk=run.pk).update(queued_at=timezone.now())
        message = (
            f"The worker that trained this run was lost {at}. It waits for another and goes on from its last "
            "checkpoint; if it waits long, start a trainer."
        )
    raise_alert(run=run, kind="lost_worker", message=message)
    runs.announce(run=run)


def note_takeover(*, run: Run, job: Job) -> None:
    """Note at a run's start that a worker has it again, lost though the last one may be."""
    if job.attempts > 1:
        note_lost_worker(job=job)
    end(run=run, kinds=["nan", "disk", "failure", *ENDS_WITH_STEPS])


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
