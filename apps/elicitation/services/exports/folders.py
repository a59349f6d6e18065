"""Where the files of exports lie, and taking away those that must not lie there any more."""

import shutil
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


def clear(*, study: Study) -> int:
    """Delete every file of exports that are not ready or being made; return how many there were.

    What stays is read from the rows, so that a file that outlived a crash goes at the next chance.
    """
    place = folder(study=study)
    if not place.is_dir():
        return 0
    kept = _kept(study)
    gone = [path for path in place.iterdir() if path.name.removeprefix(".").split(".")[0] not in kept]
    for path in gone:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(gone)


def _kept(study: Study) -> set[str]:
    """Return the exports whose files stay: ready ones, and those whose job is still to come or at work."""
    rows = Export.objects.filter(study=study, state__in=[Export.State.READY, Export.State.MAKING])
    standing = {row.pk: row for row in rows}
    ended = set(
        Job.objects.filter(pk__in=[row.job_id for row in rows if row.job_id])
        .exclude(state__in=[Job.State.QUEUED, Job.State.RUNNING])
        .values_list("pk", flat=True)
    )
    return {
        str(pk) for pk, row in standing.items() if row.state == Export.State.READY or row.job_id not in ended
    }
