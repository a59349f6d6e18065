"""``manage.py export_graph --study SLUG --as json``: a study's graph as a file, without a browser."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from apps.moralgraph import selectors
from apps.moralgraph.domain.rules import RULES
from apps.moralgraph.selectors.graph_files import WRITERS, graph_file, snapshot_file
from apps.shared.errors import TouchstoneError
from apps.shared.models import Study
from apps.shared.selectors import study_by_slug


class Command(BaseCommand):
    """Write the graph that the studio shows, or that of a snapshot."""

    help = (
        "Write a study's moral graph as published JSON, GraphML, a table of values or edges, or an SVG "
        "picture. A PNG is drawn by a browser, on the page of the graph."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the study, the file's kind and which graph."""
        parser.add_argument("--study", required=True, help="the study's short name")
        parser.add_argument("--as", choices=list(WRITERS), default="json", dest="kind")
        parser.add_argument("--context", help="only the votes of this context, by its name")
        parser.add_argument("--rule", choices=RULES, default=RULES[0])
        parser.add_argument(
            "--balance", default="", help="what people told, by which every group counts the same"
        )
        parser.add_argument("--snapshot", type=int, help="the number of a snapshot, with its own rule")
        parser.add_argument("--out", type=Path, help="write to this file instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write."""
        try:
            lines = WRITERS[options["kind"]][0](_graph(options))
            if options["out"] is None:
                for line in lines:
                    self.stdout.write(line, ending="")
                return
            with options["out"].open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
        except TouchstoneError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['out']}: cannot be written ({error.strerror}).") from error


def _graph(options: dict[str, Any]) -> Any:
    study = study_by_slug(slug=options["study"])
    context = _context(study, options["context"])
    if options["snapshot"] is None:
        return graph_file(study=study, context=context, rule=options["rule"], balance=options["balance"])
    numbers = {item.number: item.id for item in selectors.snapshots(study=study)}
    if options["snapshot"] not in numbers:
        raise CommandError(f"There is no snapshot {options['snapshot']} in the study “{study.slug}”.")
    return snapshot_file(study=study, snapshot_id=numbers[options["snapshot"]], context=context)


def _context(study: Study, name: str | None) -> int | None:
    if name is None:
        return None
    held = {item.name: item.pk for item in selectors.contexts(study=study)}
    if name not in held:
        known = ", ".join(f"“{item}”" for item in held) or "none"
        raise CommandError(f"There is no context “{name}” in the study “{study.slug}”; there are: {known}.")
    return held[name]
