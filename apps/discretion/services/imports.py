"""Imports: keep a file as it came, then let a job read it; nothing stays half-written."""

import dataclasses
import hashlib
import itertools
import tempfile
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.discretion.domain.parsers import files
from apps.discretion.domain.parsers.columns import FIELDS
from apps.discretion.domain.parsers.files import FORMATS
from apps.discretion.domain.parsers.rows import Row, RowError, UnreadableFile
from apps.discretion.models import Audit, Import
from apps.shared.errors import Invalid, TooLarge
from apps.shared.services import jobs

ON_ERROR = ("refuse", "keep_rest")
BEGINNING = 1 << 20
"""So much of a file is looked at beforehand."""
CUT = " Only its beginning was looked at, which may be too little: a try without writing reads all of it."


class Upload(Protocol):
    """A file that arrives in pieces."""

    def chunks(self) -> Iterable[bytes]:
        """Yield the pieces."""
        ...


def folder(*, audit: Audit) -> Path:
    """Return where an audit's files lie."""
    return Path(settings.FILES_DIR) / "imports" / str(audit.pk)


def path_of(*, item: Import) -> Path:
    """Return where an import's file lies; files are named by what is in them."""
    return folder(audit=item.audit) / item.sha256


def check_size(*, size: int) -> None:
    """Refuse what is over the limit before it is read. Raises TooLarge."""
    limit = settings.UPLOAD_LIMIT_BYTES
    if size > limit:
        raise TooLarge(
            f"This file is larger than the limit of {_megabytes(limit)}. Split it into smaller files."
        )


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MB" if size >= 2**20 else f"{size:,} bytes"


def receive(
    *,
    audit: Audit,
    upload: Upload,
    filename: str,
    format: str = "auto",
    on_error: str = "refuse",
    columns: Mapping[str, str] | None = None,
    dry_run: bool = False,
    sensitive: bool = False,
    created_by: AbstractBaseUser | None,
) -> Import:
    """Keep a file and have it read; the same file again returns the import that there is already.

    ``columns`` says which column holds which field; a ``dry_run`` reports on every row and writes none. Pairs
    of a ``sensitive`` file are marked so, and lie blurred until somebody asks to see them.
    Raises Invalid for an unknown format or field and TooLarge over the limit; then nothing is kept.
    """
    chosen = dict(columns or {})
    _check(format=format, on_error=on_error, columns=chosen)
    sha256, size, kept = _save(audit=audit, upload=upload)
    with transaction.atomic():
        Audit.objects.select_for_update().get(pk=audit.pk)
        same = Import.objects.filter(audit=audit, sha256=sha256, columns=chosen, dry_run=False)
        known = same.exclude(state=Import.State.REFUSED).first()
        if known is not None and not dry_run:
            kept.unlink(missing_ok=True)
            return known
        kept.replace(folder(audit=audit) / sha256)
        item = Import.objects.create(
            audit=audit,
            filename=Path(filename).name[:200] or "file",
            sha256=sha256,
            size=size,
            format=format,
            on_error=on_error,
            columns=chosen,
            dry_run=dry_run,
        )
        item.job = jobs.enqueue(
            study=audit.study,
            task="discretion.import",
            subject=f"import/{item.pk}",
            config={"import": item.pk, "sensitive": sensitive},
            data_hash=sha256,
            created_by=created_by,
        )
        item.save(update_fields=["job"])
    return item


def _check(*, format: str, on_error: str, columns: Mapping[str, str]) -> None:
    if format != "auto" and format not in FORMATS:
        raise Invalid(
            "This format is not known.", fields={"format": [f"One of: auto, {', '.join(FORMATS)}."]}
        )
    if on_error not in ON_ERROR:
        raise Invalid(
            "Say what to do with bad rows.", fields={"on_error": [f"One of: {', '.join(ON_ERROR)}."]}
        )
    unknown = sorted(set(columns) - set(FIELDS))
    if unknown:
        raise Invalid(
            f"There is no field “{unknown[0]}”.", fields={"columns": [f"Fields: {', '.join(FIELDS)}."]}
        )


def _save(*, audit: Audit, upload: Upload) -> tuple[str, int, Path]:
    """Write the pieces to a file of its own, counting; on failure the file goes."""
    target = folder(audit=audit)
    target.mkdir(parents=True, exist_ok=True)
    path, digest, size = target / f".{uuid.uuid4().hex}.part", hashlib.sha256(), 0
    try:
        with path.open("wb") as file:
            for chunk in upload.chunks():
                size += len(chunk)
                check_size(size=size)
                digest.update(chunk)
                file.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if not size:
        path.unlink(missing_ok=True)
        raise Invalid("This file is empty.", fields={"file": ["The file is empty."]})
    return digest.hexdigest(), size, path


@dataclasses.dataclass(frozen=True)
class Preview:
    """What the beginning of a file looks like; ``format`` is "" and ``message`` says why where nobody could
    tell.
    """

    format: str
    names: list[str]
    rows: list[Row]
    errors: list[RowError]
    message: str


def preview(
    *,
    upload: Upload,
    filename: str,
    format: str = "auto",
    columns: Mapping[str, str] | None = None,
    limit: int = 10,
) -> Preview:
    """Read the first rows of a file or of its beginning; keep nothing. Raises Invalid and TooLarge."""
    chosen = dict(columns or {})
    _check(format=format, on_error=ON_ERROR[0], columns=chosen)
    with tempfile.TemporaryDirectory(prefix="touchstone-preview-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
                check_size(size=file.tell())
        return _first_rows(path, filename, format, chosen, limit)


def _first_rows(path: Path, filename: str, format: str, chosen: dict[str, str], limit: int) -> Preview:
    names, found, message = files.header(path), "", ""
    rows: list[Row | RowError] = []
    try:
        opened = files.open_file(path, filename=filename, format=format, columns=chosen)
        found = opened.format
        for row in itertools.islice(opened.rows(), limit):
            rows.append(row)
    except UnreadableFile as error:
        # The beginning of a file ends in the middle of something: that matters only where nothing came.
        message = "" if rows else f"{error}{CUT if path.stat().st_size >= BEGINNING else ''}"
    good = [row for row in rows if isinstance(row, Row)]
    return Preview(found, names, good, [row for row in rows if isinstance(row, RowError)], message)
