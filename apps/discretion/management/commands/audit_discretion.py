"""``manage.py audit_discretion FILE...``: measure discretion from files to JSON, with the formulas that the
studio uses.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from apps.discretion.domain import gathering, report
from apps.discretion.domain.parsers.rows import UnreadableFile
from apps.discretion.rest.shapes import measured


class Command(BaseCommand):
    """The headless twin of an audit's measures."""

    help = "Read files of comparisons and verdicts, and print the measures of discretion as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files and the reader's controls."""
        parser.add_argument(
            "files", nargs="+", type=Path, help="Pairs first, then judges' files on the same pairs."
        )
        parser.add_argument(
            "--min-active", type=int, default=1, help="Principles that must speak about a pair."
        )
        parser.add_argument(
            "--reference", default=report.PEOPLE, help="An annotator's name; default: all people."
        )
        parser.add_argument("--out", type=Path, help="Write the JSON here instead of printing it.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and write."""
        try:
            gathered = gathering.gather(paths=options["files"])
        except (UnreadableFile, OSError) as error:
            raise CommandError(str(error)) from error
        controls = report.Controls(min_active=options["min_active"], reference=options["reference"])
        found = report.measure(judgements=gathered.judgements, controls=controls)
        answer = measured(found=found, table=gathered.judgements, voters=gathered.voters)
        answer["left_out"] = gathered.left_out
        text = json.dumps(answer, ensure_ascii=False, indent=2)
        if options["out"]:
            options["out"].write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)
