"""Take a run in again that another machine has trained: all of it is checked before any of it counts."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.models.domain.data_files import SIDES
from apps.models.domain.handover import checks, files
from apps.models.models import Run
from apps.models.selectors import packages
from apps.models.services import alerts, elsewhere, following, runs
from apps.shared.access import Person
from apps.shared.errors import Invalid, TooLarge
from apps.shared.services import audit, jobs

MOST_TIMES = 4
"""An archive may hold so many times what may be uploaded, once it is unpacked."""


def receive(*, run: Run, archive: IO[bytes], by: Person | None) -> Run:
    """Take a run back from a zip that was uploaded. Raises Invalid, TooLarge and Conflict."""
    most = settings.UPLOAD_LIMIT_BYTES * MOST_TIMES
    return _bring_back(run=run, items=lambda: files.in_archive(archive), most_bytes=most, by=by)


def bring_back(*, run: Run, folder: Path, by: Person | None) -> Run:
    """Take a run back from a folder of this machine, however large. Raises Invalid and Conflict."""
    if not folder.is_dir():
        raise Invalid(f"There is no folder {folder}.")
    return _bring_back(run=run, items=lambda: files.in_folder(folder), most_bytes=None, by=by)


def check_size(*, size: int) -> None:
    """Refuse an upload over the limit before it is read. Raises TooLarge."""
    limit = settings.UPLOAD_LIMIT_BYTES
    if size > limit:
        raise TooLarge(
            f"This archive is larger than {limit / 2**20:,.0f} MB: copy the folder to the machine of this "
            "installation and bring it back by the command that the run's page shows."
        )


def _bring_back(
    *, run: Run, items: Callable[[], Iterator[files.Item]], most_bytes: int | None, by: Person | None
) -> Run:
    elsewhere.must_be_away(run=run)
    making = run.folder.with_name(f".{run.pk}.{uuid.uuid4().hex}.part")
    making.mkdir(parents=True)
    try:
        files.take(items(), into=making, most_bytes=most_bytes)
        found = checks.check(making, expected=_expected(run))
        checks.settle(making, config=run.config)
        _put_ours(run=run, folder=making)
        return _take_in(run=run, folder=making, found=found, by=by)
    except files.TooMuch as error:
        raise TooLarge(str(error)) from error
    except (files.BadFiles, checks.BadReturn) as error:
        raise Invalid(str(error)) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _expected(run: Run) -> checks.Expected:
    origins = run.elsewhere.get("origins", {})
    return checks.Expected(
        run=str(run.pk),
        data_hash=run.data_set.hash,
        config=run.config,
        fingerprints={place: origin["fingerprint"] for place, origin in origins.items()},
        lines_so_far=run.folder / "metrics.jsonl",
    )


def _put_ours(*, run: Run, folder: Path) -> None:
    """Put the data set's own files and the run's configuration in place of those that came along."""
    for side in SIDES:
        (folder / f"{side}.jsonl").unlink()
        os.link(run.data_set.folder / f"{side}.jsonl", folder / f"{side}.jsonl")
    (folder / packages.HANDOVER).unlink()
    (folder / "config.json").write_text(packages.configuration(run=run), "utf-8")


def _take_in(*, run: Run, folder: Path, found: checks.Returned, by: Person | None) -> Run:
    with transaction.atomic():
        run = elsewhere.locked(run=run)
        elsewhere.must_be_away(run=run)
        _replace(run.folder, folder)
        run.away_since = None
        run.elsewhere |= {"brought_back": timezone.now().isoformat(), "finished": found.finished}
        run.elsewhere |= {"machine": dict(found.machine)}
        run.save(update_fields=["away_since", "elsewhere"])
        audit.record(
            study=run.study, actor=by, action="brought a run back", subject=f"run/{run.pk}",
            detail={"finished": found.finished},
        )  # fmt: skip
    # A crash from here on leaves a stopped run: resuming it goes on from what was brought.
    following.catch_up(run=run)
    _go_on(run=run, found=found)
    return run


@transaction.atomic
def _go_on(*, run: Run, found: checks.Returned) -> None:
    """Have a worker record and measure what is finished; leave the rest as a run that was stopped."""
    run.elsewhere["step"] = run.step
    run.save(update_fields=["elsewhere"])
    job = runs.job_of(run=run)
    if found.finished:
        jobs.requeue(job=job)
        run.queued_at = timezone.now()
        run.save(update_fields=["queued_at"])
    else:
        jobs.set_aside(job=job, message=elsewhere.stopped(run=run))
    if found.error:
        alerts.raise_alert(run=run, **found.error)
    runs.announce(run=run)


def _replace(old: Path, new: Path) -> None:
    """Put a folder in another's place; what was there goes last."""
    gone = old.with_name(f".{old.name}.{uuid.uuid4().hex}.gone")
    if old.is_dir():
        old.rename(gone)
    new.rename(old)
    shutil.rmtree(gone, ignore_errors=True)
