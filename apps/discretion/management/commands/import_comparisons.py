"""``manage.py import_comparisons FILE --study SLUG --audit NUMBER``: what the studio's import does, from the
command line.
"""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management import BaseCommand, CommandError

from apps.discretion import tasks
from apps.discretion.domain.parsers.columns import FIELDS
from apps.discretion.domain.parsers.files import FORMATS
from apps.discretion.models import Audit, Import
from apps.discretion.services import audits, imports
from apps.shared.errors import TouchstoneError
from apps.shared.models import Job, Study

WAIT_SECONDS = 0.5


class Command(BaseCommand):
    """Import a file of comparisons or verdicts into an audit."""

    help = "Import comparisons and verdicts from a file into an audit, or say how its rows would be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, where it goes, and how it is read."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--study", required=True, help="the study's short name")
        parser.add_argument("--audit", type=int, help="the audit's number; without it a new one begins")
        parser.add_argument("--format", choices=["auto", *FORMATS], default="auto")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=NAME",
            help=f"which column holds a field ({', '.join(FIELDS)}); may be given more than once",
        )
        parser.add_argument(
            "--keep-rest", action="store_true", help="keep the good rows where others cannot be read"
        )
        parser.add_argument("--dry-run", action="store_true", help="report on every row, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report."""
        try:
            item = self._receive(options)
        except TouchstoneError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['file']}: cannot be read ({error.strerror}).") from error
        self._finish(item)

    def _receive(self, options: dict[str, Any]) -> Import:
        study = Study.objects.filter(slug=options["study"]).first()
        if study is None:
            raise CommandError(f"There is no study “{options['study']}”.")
        path: Path = options["file"]
        with path.open("rb") as file:
            return imports.receive(
                audit=_audit(study, options["audit"], path.name),
                upload=File(file),
                filename=path.name,
                format=options["format"],
                on_error="keep_rest" if options["keep_rest"] else "refuse",
                columns=_columns(options["column"]),
                dry_run=options["dry_run"],
                created_by=None,
            )

    def _finish(self, item: Import) -> None:
        """Read the file here, or wait for the worker that was faster; then say what became of it."""
        if item.state == Import.State.DONE:
            self.stdout.write(f"Audit {item.audit_id}: this file was imported before; nothing was added.")
            return
        if item.job_id is not None and item.state == Import.State.QUEUED:
            tasks.read_import(job_id=str(item.job_id))
        item.refresh_from_db()
        while item.job is not None and item.job.state in (Job.State.QUEUED, Job.State.RUNNING):
            time.sleep(WAIT_SECONDS)
            item.refresh_from_db()
        report = item.report or {"message": "", "errors": []}
        for fault in report["errors"]:
            self.stderr.write(f"row {fault['row']}: {fault['reason']}")
        if item.state != Import.State.DONE:
            raise CommandError(f"{item.filename}: {report['message']}")
        self.stdout.write(f"Audit {item.audit_id}: {report['message']}")


def _audit(study: Study, number: int | None, name: str) -> Audit:
    if number is None:
        return audits.create(study=study, title=name, created_by=None)
    audit = Audit.objects.filter(study=study, pk=number).first()
    if audit is None:
        raise CommandError(f"There is no audit {number} in the study “{study.slug}”.")
    return audit


def _columns(given: list[str]) -> dict[str, str]:
    pairs = [item.partition("=") for item in given]
    wrong = [item for item, (_, equals, name) in zip(given, pairs, strict=True) if not equals or not name]
    if wrong:
        raise CommandError(f"--column {wrong[0]}: write it as FIELD=NAME.")
    return {field: name for field, _, name in pairs}
