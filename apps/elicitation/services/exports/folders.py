"""Where the files of exports lie, and taking away those that must not lie there any more."""

import shutil
import uuid
from pathlib import Path

from django.conf import settings

from apps.elicitation.models import Export
from apps.shared.models import Job, Study


def folder(*, study: Study) -> Path:
    """Return where a study's exports lie."""
    return Path(settings.FILES_DIR) / "exports" / str(study.pk)


def path_of(*, export: Export) -> Path:
    """Return where the file of an export lies."""
    return folder(study=export.study) / f"{export.pk}.zip"


def new_part(*, export: Export) -> Path:
    """Return an empty folder to write an export in; what earlier attempts left is deleted first."""
    place = folder(study=export.study)
    place.mkdir(parents=True, exist_ok=True)
    for left in place.glob(f".{export.pk}.*"):
        shutil.rmtree(left, ignore_errors=True)
    part = place / f".{export.pk}.{uuid.uuid4().hex}"
    part.mkdir(mode=0o700)
    return part


def clear(*, study: Study) -> int:
    """Delete all but the files of ready exports and the folders of those at work; return how many.

    What stays is read from the rows, so that a file that outlived a crash goes at the next chance.
    """
    place = folder(study=study)
    if not place.is_dir():
        return 0
    ready, making = _kept(study)
    gone = [
        path
        for path in place.iterdir()
        if path.name not in ready and path.name.removeprefix(".").partition(".")[0] not in making
    ]
    for path in gone:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(gone)


def _kept(study: Study) -> tuple[set[str], set[str]]:
    """Return the files of ready exports, and the exports whose job is still to come or at work."""
    rows = Export.objects.filter(study=study)
    ready = rows.filter(state=Export.State.READY).values_list("pk", flat=True)
    making = dict(rows.filter(state=Export.State.MAKING).values_list("pk", "job_id"))
    ended = set(
        Job.objects.filter(pk__in=[job for job in making.values() if job])
        .exclude(state__in=[Job.State.QUEUED, Job.State.RUNNING])
        .values_list("pk", flat=True)
    )
    return {f"{pk}.zip" for pk in ready}, {str(pk) for pk, job in making.items() if job not in ended}
