"""Writing an export: every table once, into all its formats at the same time, then everything into one zip.

Rows pass through in batches; what is held is one batch, one Parquet row group and the counts of the codebook.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.elicitation.domain.exports import codebook, markdown
from apps.elicitation.domain.exports.columns import Table
from apps.elicitation.domain.exports.purposes import Choice, LeftOut
from apps.elicitation.domain.exports.tables import tables as all_tables
from apps.elicitation.domain.exports.tally import TableTally
from apps.elicitation.selectors import exports as selectors
from apps.elicitation.services.exports.files import WRITERS
from apps.shared.models import Study

Progress = Callable[[float], None]
CHUNK = 1024 * 1024
WEIGHT = {"turns": 8.0, "votes": 2.0, "card_versions": 2.0}
PACKED_ALREADY = {".parquet"}


@dataclass(frozen=True)
class Written:
    """What came of writing: the zip, and what it holds."""

    path: Path
    sha256: str
    size: int
    rows: dict[str, int]
    people: int
    left_out: dict[LeftOut, int]


def write(*, study: Study, choice: Choice, folder: Path, progress: Progress) -> Written:
    """Write an export into an empty folder, and return its zip. ``progress`` is told shares of the whole."""
    versions = _versions(study, choice)
    tables = all_tables(
        versions=[(version.number, version.content) for version in versions],
        panel_ids=choice.panel_ids,
        only=choice.tables,
    )
    found = []
    for table, tell in zip(tables, _shares(tables, progress), strict=True):
        found.append(_write_table(study, choice, table, folder, tell))
    about = codebook.About(
        study=study.title,
        address=study.slug,
        choice=choice,
        made_at=timezone.now(),
        software=settings.SOFTWARE_VERSION,
        versions=versions,
        people=selectors.people(study=study, choice=choice).count(),
        left_out=selectors.left_out(study=study, choice=choice),
    )
    _write_codebook(codebook.build(about, tables=found), folder)
    path = _pack(folder, inside=f"{study.slug}-{choice.purpose}-{about.made_at:%Y-%m-%d}")
    return Written(
        path=path,
        sha256=_hash(path),
        size=path.stat().st_size,
        rows={table["name"]: table["rows"] for table in found},
        people=about.people,
        left_out=dict(about.left_out),
    )


def _versions(study: Study, choice: Choice) -> list[codebook.Version]:
    return [
        codebook.Version(
            number=row.number,
            hash=row.hash,
            opened_at=row.opened_at,
            content=row.content,
            consent_number=row.consent.number,
            consent_hash=row.consent.hash,
            people=row.n_people,  # type: ignore[attr-defined]
        )
        for row in selectors.versions_in(study=study, choice=choice)
    ]


@dataclass(frozen=True)
class _Share:
    """Tells how far the whole is when a part of it is so far."""

    progress: Progress
    start: float
    end: float

    def __call__(self, share: float) -> None:
        # At its end exactly where the next part begins, so that nothing ever goes back.
        self.progress(self.end if share >= 1 else self.start + (self.end - self.start) * share)


def _shares(tables: tuple[Table, ...], progress: Progress) -> Iterator[_Share]:
    """Yield the share of each table; the rest is for packing."""
    weights = [WEIGHT.get(table.name, 1.0) for table in tables]
    whole, before = sum(weights) + 1.0, 0.0
    for weight in weights:
        yield _Share(progress, before / whole, (before + weight) / whole)
        before += weight


def _write_table(study: Study, choice: Choice, table: Table, folder: Path, tell: Progress) -> dict[str, Any]:
    tally = TableTally(table)
    expected = selectors.expected_rows(study=study, choice=choice, table=table)
    with ExitStack() as stack:
        files = [
            stack.enter_context(closing(WRITERS[name](folder=folder, table=table, bom=choice.bom)))
            for name in choice.formats
        ]
        for batch in selectors.batches(study=study, choice=choice, table=table):
            for row in batch:
                tally.add(row)
            for file in files:
                file.write(batch)
            tell(tally.rows / expected if expected else 0.0)
    tell(1.0)
    described = [
        {"name": file.path.name, "bytes": file.path.stat().st_size, "sha256": _hash(file.path)}
        for file in files
    ]
    return tally.to_json() | {"files": described}


def _write_codebook(book: dict[str, Any], folder: Path) -> None:
    text = json.dumps(book, ensure_ascii=False, indent=2)
    (folder / "codebook.json").write_text(text + "\n", encoding="utf-8")
    (folder / "codebook.md").write_text(markdown.render(book), encoding="utf-8")


def _pack(folder: Path, *, inside: str) -> Path:
    """Put every file of a folder into one zip beside them, deleting each once it is in."""
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", allowZip64=True) as packed:
        for file in sorted(folder.iterdir()):
            if file == path:
                continue
            packing = zipfile.ZIP_STORED if file.suffix in PACKED_ALREADY else zipfile.ZIP_DEFLATED
            packed.write(file, f"{inside}/{file.name}", compress_type=packing)
            file.unlink()
    return path


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
