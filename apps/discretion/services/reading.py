"""Reading an imported file: look at every row first, then write in batches, and take all of it back on
failure.
"""

import dataclasses
import itertools
import time
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from apps.discretion.domain.parsers import annotated_pairs, files
from apps.discretion.domain.parsers.rows import Row, RowError, UnreadableFile
from apps.discretion.domain.preferences import preference_of
from apps.discretion.models import Annotator, Audit, Comparison, Import, Principle, Verdict
from apps.discretion.selectors import judgements
from apps.discretion.services import audits, imports
from apps.moralgraph import selectors as graph
from apps.shared.errors import Conflict, TouchstoneError
from apps.shared.models import Job
from apps.shared.services import jobs

BATCH = 2000
IMPORTED = "imported"
ERRORS_KEPT = 200
REPORT_SECONDS = 0.5


class Stopped(Conflict):
    """Somebody asked the import to stop."""


@dataclasses.dataclass
class _Look:
    """What the first pass over a file found."""

    read: int = 0
    kept: int = 0
    left_out: int = 0
    errors: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    bad: set[int] = dataclasses.field(default_factory=set)

    def refuse(self, number: int, reason: str) -> None:
        """Note a row that cannot be kept."""
        self.left_out += 1
        self.bad.add(number)
        if len(self.errors) < ERRORS_KEPT:
            self.errors.append({"row": number, "reason": reason})


def read(*, item: Import, job: Job) -> None:
    """Read an import's file into its audit. Raises Conflict where the file is refused, as its report says."""
    Import.objects.filter(pk=item.pk).update(state=Import.State.RUNNING)
    try:
        path = imports.path_of(item=item)
        opened = files.open_file(path, filename=item.filename, format=item.format, columns=item.columns)
        look = _look(item, opened, job)
        if not item.dry_run:
            _judge(item, look)
            _write(item, opened, look, job)
    except UnreadableFile as error:
        _refuse(item, str(error))
    except Stopped as stopped:
        _take_back(item)
        _set(item, Import.State.REFUSED, _none_kept(item, str(stopped)))
        jobs.finish(job=job, state=Job.State.CANCELLED, message=str(stopped))
    except TouchstoneError as error:
        _take_back(item)
        _refuse(item, str(error))
    except Exception:
        _take_back(item)
        _set(item, Import.State.REFUSED, {"message": "Something unexpected stopped this import."})
        raise
    else:
        _finish(item, opened, look)


def _set(item: Import, state: Import.State, report: dict[str, Any]) -> None:
    empty = {"read": 0, "kept": 0, "left_out": 0, "errors": [], "message": ""}
    item.state, item.report = state, empty | report
    item.save(update_fields=["state", "report", "format"])


def _refuse(item: Import, message: str) -> None:
    """End the import as refused. Raises Conflict, which becomes the job's sentence."""
    _set(item, Import.State.REFUSED, _none_kept(item, message))
    raise Conflict(message)


def _none_kept(item: Import, message: str) -> dict[str, Any]:
    return (item.report or {}) | {"kept": 0, "message": message}


def _finish(item: Import, opened: files.Opened, look: _Look) -> None:
    item.format = opened.format
    if item.dry_run:
        counted = f"{look.kept:,} of {look.read:,} rows can be read"
        message = f"A dry run: {counted}, nothing was written."
        _set(item, Import.State.DONE, _report(look) | {"kept": 0, "message": message})
        return
    verdicts = Verdict.objects.filter(source=item).count()
    comparisons = Comparison.objects.filter(source=item).count()
    counted = f"{comparisons:,} new pairs, {verdicts:,} new verdicts"
    message = f"{look.kept:,} of {look.read:,} rows were kept: {counted}."
    with transaction.atomic():
        _set(item, Import.State.DONE, _report(look) | {"message": message})
        audits.touch(audit=item.audit, what="comparisons")
    # Whoever opens the audit first finds its arrays ready.
    judgements.ballots(audit=item.audit)


def _report(look: _Look) -> dict[str, Any]:
    return {"read": look.read, "kept": look.kept, "left_out": look.left_out, "errors": look.errors}


def _look(item: Import, opened: files.Opened, job: Job) -> _Look:
    """Look at every row without writing: faults, ids that are there twice, verdicts on unknown pairs."""
    look = _Look()
    known = dict(Comparison.objects.filter(audit=item.audit).values_list("external_id", "digest"))
    inside: dict[str, str] = {}
    meter = _Meter(job, begin=0.0, end=0.4)
    for row in opened.rows():
        look.read += 1
        meter.tick(look.read)
        fault = row.reason if isinstance(row, RowError) else _fault(row, known, inside)
        if fault:
            look.refuse(row.number, fault)
        else:
            look.kept += 1
    return look


def _fault(row: Row, known: dict[str, str], inside: dict[str, str]) -> str:
    name = row.external_id
    if len(name) > 200:
        return "The id is longer than 200 characters."
    if row.comparison is None:
        return "" if name in known else f"There is no pair “{name}” in this audit; import the pairs first."
    digest = row.comparison.digest
    if name in inside:
        if inside[name] == digest:
            return "This pair is there twice."
        return f"The id “{name}” is there twice: give each pair an id of its own."
    inside[name] = digest
    if known.get(name, digest) != digest:
        return (
            f"The audit has another pair with the id “{name}”: change the ids, or import the file into an "
            "audit of its own."
        )
    return ""


def _judge(item: Import, look: _Look) -> None:
    """Decide whether the file may be written. Raises Conflict."""
    item.report = _report(look)
    if not look.read:
        raise Conflict("This file holds no rows. Choose the one that holds the pairs.")
    if not look.kept:
        first = f" The first: row {look.errors[0]['row']}: {look.errors[0]['reason']}" if look.errors else ""
        raise Conflict(f"No row of this file can be used.{first}")
    if look.left_out and item.on_error == "refuse":
        first_bad = look.errors[0]
        raise Conflict(
            f"{look.left_out:,} of {look.read:,} rows cannot be used, so nothing was imported. "
            f"The first: row {first_bad['row']}: {first_bad['reason']} "
            "Correct the file, or choose to keep the other rows."
        )


def _write(item: Import, opened: files.Opened, look: _Look, job: Job) -> None:
    """Write the good rows in batches, each whole; writing a batch again changes nothing."""
    writer = _Writer(item=item, opened=opened, sensitive=bool(job.config.get("sensitive")))
    meter = _Meter(job, begin=0.4, end=1.0, total=look.kept)
    good = (row for row in opened.rows() if isinstance(row, Row) and row.number not in look.bad)
    done = 0
    for batch in _batches(good):
        if jobs.stop_requested(job=job):
            raise Stopped("Stopped; what was read so far was taken back.")
        writer.write(batch)
        done += len(batch)
        meter.tick(done, always=True)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(itertools.islice(remaining, BATCH)):
        yield batch


class _Writer:
    """Turns rows into records; looks annotators and principles up once."""

    def __init__(self, *, item: Import, opened: files.Opened, sensitive: bool) -> None:
        self._item, self._audit, self._algorithm = item, item.audit, opened.algorithm
        self._marks = {"sensitive": True} if sensitive else {}
        self._annotators: dict[str, int] = {}
        self._principles: dict[str, int] = {}
        self._contexts: dict[str, int] | None = None

    @transaction.atomic
    def write(self, rows: list[Row]) -> None:
        """Write one batch."""
        Comparison.objects.bulk_create(
            [self._comparison(row) for row in rows if row.comparison], ignore_conflicts=True, batch_size=500
        )
        Verdict.objects.bulk_create(
            [self._verdict(row, verdict) for row in rows for verdict in row.verdicts],
            ignore_conflicts=True,
            batch_size=1000,
        )

    def _comparison(self, row: Row) -> Comparison:
        assert row.comparison is not None  # noqa: S101 - filtered above; says so to the type checker
        pk = comparison_id(audit=self._audit, external_id=row.external_id)
        return Comparison(
            id=pk,
            audit=self._audit,
            source=self._item,
            external_id=row.external_id,
            prompt=row.comparison.prompt,
            response_a=row.comparison.response_a,
            response_b=row.comparison.response_b,
            split_key=row.comparison.split_key,
            digest=row.comparison.digest,
            place=place_of(pk),
            metadata=row.comparison.metadata | self._marks,
            context_id=self._context(row.comparison.metadata),
            context_from=self._said(row.comparison.metadata),
        )

    def _context(self, metadata: dict[str, Any]) -> int | None:
        """Return the study's context that a record names; another name stays in the metadata."""
        if self._contexts is None:
            known = graph.contexts(study=self._audit.study)
            self._contexts = {row.name.casefold(): row.pk for row in known}
        return self._contexts.get(str(metadata.get("context", "")).strip().casefold())

    def _said(self, metadata: dict[str, Any]) -> str:
        return IMPORTED if self._context(metadata) is not None else ""

    def _verdict(self, row: Row, given: Any) -> Verdict:
        return Verdict(
            comparison_id=comparison_id(audit=self._audit, external_id=row.external_id),
            annotator_id=self._annotator(given.annotator, algorithm=given.algorithm),
            principle_id=self._principle(given.principle) if given.principle else None,
            source=self._item,
            preference=preference_of(given.answer),
            answer=given.answer,
            reason=given.reason,
            confidence=given.confidence,
            swapped=given.swapped,
        )

    def _annotator(self, name: str, *, algorithm: bool) -> int:
        if name not in self._annotators:
            machine = self._algorithm or algorithm or name == annotated_pairs.ORACLE
            kind = Annotator.Kind.ALGORITHM if machine else Annotator.Kind.IMPORTED_PERSON
            row, _ = Annotator.objects.get_or_create(audit=self._audit, name=name[:200], kind=kind)
            self._annotators[name] = row.pk
        return self._annotators[name]

    def _principle(self, statement: str) -> int:
        if statement not in self._principles:
            known = Principle.objects.filter(audit=self._audit, statement=statement, retired_at=None).first()
            row = known or Principle.objects.create(
                audit=self._audit,
                title=statement[:200],
                statement=statement,
                source=self._item,
                position=Principle.objects.filter(audit=self._audit).count(),
            )
            self._principles[statement] = row.pk
        return self._principles[statement]


def comparison_id(*, audit: Audit, external_id: str) -> uuid.UUID:
    """Return the id that a comparison of this audit has, whoever writes it and how often."""
    return uuid.uuid5(
        uuid.NAMESPACE_URL, f"touchstone:{audit.pk}:{audit.created_at.isoformat()}:{external_id}"
    )


def place_of(pk: uuid.UUID) -> int:
    """Return a comparison's place on the circle that annotators go round."""
    return pk.int >> 66


@transaction.atomic
def _take_back(item: Import) -> None:
    """Remove everything that this import wrote."""
    Verdict.objects.filter(source=item).delete()
    Principle.objects.filter(source=item).delete()
    Comparison.objects.filter(source=item).delete()
    Annotator.objects.filter(audit=item.audit, verdicts__isnull=True, user=None, checkpoint_id="").delete()


class _Meter:
    """Says how far a job is, at most twice a second."""

    def __init__(self, job: Job, *, begin: float, end: float, total: int | None = None) -> None:
        self._job, self._begin, self._end, self._total = job, begin, end, total
        self._last = time.monotonic()

    def tick(self, done: int, *, always: bool = False) -> None:
        """Note that so many rows are done; without a total the share is a guess that never arrives."""
        if (not always and done % 500) or time.monotonic() - self._last < REPORT_SECONDS:
            return
        self._last = time.monotonic()
        share = done / self._total if self._total else done / (done + 20_000)
        progress = self._begin + (self._end - self._begin) * min(share, 1.0)
        jobs.report(job=self._job, progress=progress, message=f"{done:,} rows")
