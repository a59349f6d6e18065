"""``manage.py import_graph FILE --study SLUG --source NAME``: another graph into a study, from a terminal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from apps.moralgraph.domain.exchange.incoming import Named
from apps.moralgraph.services import graph_imports
from apps.moralgraph.services.graph_keeping import Report
from apps.shared.errors import TouchstoneError
from apps.shared.selectors import study_by_slug


class Command(BaseCommand):
    """Bring a graph in, or say what it would bring."""

    help = (
        "Bring values into a study from published JSON, GraphML, a table or a list of values, with the steps "
        "between them, and votes by table. The same files come in once; all of it is marked as imported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, the study and where they are from."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--study", required=True, help="the study's short name")
        parser.add_argument(
            "--source", required=True, help="where it is from; people are told apart by their names in it"
        )
        parser.add_argument("--edges", type=Path, help="a table of edges beside a table of values")
        parser.add_argument("--votes", type=Path, help="votes, as rank_values reads them")
        parser.add_argument("--simulated", action="store_true", help="all of it is by simulated people")
        parser.add_argument("--dry-run", action="store_true", help="say what it would bring, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring in and report."""
        files = {"graph": _named(options["file"])}
        files |= {name: _named(options[name]) for name in ("edges", "votes") if options[name] is not None}
        try:
            study = study_by_slug(slug=options["study"])
            if options["dry_run"]:
                row = graph_imports.look(study=study, files=files, source=options["source"])
            else:
                row = graph_imports.bring_in(
                    study=study,
                    actor=None,
                    files=files,
                    source=options["source"],
                    simulated=options["simulated"],
                )
        except TouchstoneError as error:
            raise CommandError(str(error)) from error
        for warning in row.warnings:
            self.stderr.write(warning)
        begin = "Would bring" if options["dry_run"] else f"Import {row.pk} brought"
        self.stdout.write(_told(Report(**row.counts), begin))


def _named(path: Path) -> Named:
    try:
        return Named(name=str(path), raw=path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path}: the file cannot be read ({error.strerror}).") from error


def _told(report: Report, begin: str) -> str:
    return (
        f"{begin} {report.values} values ({report.known_values} known), {report.edges} steps with counts, "
        f"{len(report.contexts)} contexts, {report.votes} votes of {report.participants} people "
        f"({report.known_votes} known, {report.changed_votes} changed, {report.withdrawn_votes} withdrawn)."
    )
