"""The work of an export's job: write, and keep what was written only if nobody withdrew meanwhile."""

import shutil
import time
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from apps.elicitation.models import Export
from apps.elicitation.services.exports import asking, folders, writing
from apps.elicitation.services.exports.writing import Written
from apps.shared.errors import Conflict, TouchstoneError
from apps.shared.models import Job
from apps.shared.services import audit, jobs

TRIES = 5
TELL_SECONDS = 0.5
BUSY = "People kept withdrawing while this export was written, so it was given up. Make it again later."
BROKEN = "Something unexpected stopped this export; the log says what."


class Stopped(Conflict):
    """Somebody asked the export to stop."""


def make(*, export: Export, job: Job) -> None:
    """Write an export's file. Raises Conflict where people kept withdrawing while it was written.

    A job that begins again after a worker died writes everything anew: rows may have changed.
    """
    folders.clear(study=export.study)
    try:
        for _ in range(TRIES):
            if _try(export, job):
                return
        raise Conflict(BUSY)
    except Stopped as stopped:
        jobs.finish(job=job, state=Job.State.CANCELLED, message=str(stopped))
    except jobs.LeaseLost:
        raise
    except TouchstoneError as error:
        _fail(export, job, str(error))
        raise
    except Exception:
        _fail(export, job, BROKEN)
        raise


def _try(export: Export, job: Job) -> bool:
    """Write once; return whether that settles it."""
    if not Export.objects.filter(pk=export.pk, state=Export.State.MAKING).update(outdated_at=None):
        return True
    place = folders.new_part(export=export)
    try:
        written = writing.write(
            study=export.study,
            choice=asking.choice_of(export=export),
            folder=place,
            progress=_Teller(job=job),
        )
        return _keep(export, written)
    finally:
        shutil.rmtree(place, ignore_errors=True)


class _Teller:
    """Tells how far the job is, a few times a second at most; stops the work where it is not wanted."""

    def __init__(self, *, job: Job) -> None:
        self.job = job
        self.told = time.monotonic()

    def __call__(self, share: float) -> None:
        if time.monotonic() - self.told < TELL_SECONDS:
            return
        self.told = time.monotonic()
        if jobs.stop_requested(job=self.job):
            raise Stopped("Stopped; nothing was kept.")
        jobs.renew(job_id=str(self.job.pk), owner=self.job.lease_owner)
        jobs.report(job=self.job, progress=share)


@transaction.atomic
def _keep(export: Export, written: Written) -> bool:
    """Put the file in its place, unless somebody who may be in it withdrew since the writing began.

    Whoever withdraws locks the row as well: they come before and are seen here, or after and find the file.
    """
    row = (
        Export.objects.select_for_update(of=("self",)).select_related("study", "created_by").get(pk=export.pk)
    )
    if row.state != Export.State.MAKING:
        return True
    if row.outdated_at is not None:
        return False
    _move(written.path, folders.path_of(export=row))
    row.state, row.finished_at, row.message = Export.State.READY, timezone.now(), ""
    row.people, row.rows = written.people, written.rows
    row.left_out = {reason.value: n for reason, n in written.left_out.items()}
    row.sha256, row.size = written.sha256, written.size
    row.save()
    detail = {"sha256": row.sha256, "people": row.people, "rows": row.rows, **row.choice}
    audit.record(
        study=row.study, actor=row.created_by, action="export.made", subject=str(row.pk), detail=detail
    )
    return True


def _move(path: Path, target: Path) -> None:
    path.chmod(0o600)
    path.replace(target)


def _fail(export: Export, job: Job, message: str) -> None:
    """Note the failure, unless another worker took the job over and writes now."""
    if Job.objects.filter(pk=job.pk, lease_owner=job.lease_owner, state=Job.State.RUNNING).exists():
        Export.objects.filter(pk=export.pk, state=Export.State.MAKING).update(
            state=Export.State.FAILED, message=message[:300], finished_at=timezone.now()
        )
