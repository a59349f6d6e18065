"""``manage.py audit_discretion PAIRS.json --reference NAME``: the published measures from a file to JSON,
with the functions that the studio uses; no database, no server.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from apps.discretion.domain import account, pair_votes, published
from apps.discretion.domain.parsers.rows import UnreadableFile


class Command(BaseCommand):
    """The headless twin of an audit's measures."""

    help = (
        "Audit the discretion of every annotator in an AnnotatedPairs 2.0 file by the file's principles, and "
        "print categories, arbitrariness, priorities, supremacy and discrepancy as JSON."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the annotator to compare with, and the reader's controls."""
        parser.add_argument("pairs", type=Path, help="AnnotatedPairs 2.0 (JSON, may be packed with gzip)")
        parser.add_argument(
            "--reference", required=True, help="the annotator whom the others are compared with, by name"
        )
        parser.add_argument(
            "--min-active",
            type=int,
            default=1,
            help="count arbitrariness where at least so many principles speak (default 1, as published)",
        )
        parser.add_argument(
            "--bootstrap", type=int, default=100, help="paired bootstraps (default 100; 0: none)"
        )
        parser.add_argument("--seed", type=int, default=42, help="of the bootstraps (default 42)")
        parser.add_argument("--format", choices=["json"], default="json", help="how to print")
        parser.add_argument("--out", type=Path, help="write the JSON to this file instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and write."""
        _check(options)
        try:
            votes = pair_votes.read(path=options["pairs"])
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        found = published.measure(
            votes=votes,
            reference=_reference(votes, options),
            min_active=options["min_active"],
            draws=options["bootstrap"],
            seed=options["seed"],
        )
        answer = account.account(found=found, principles=votes.principles)
        text = json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=2)
        if options["out"] is None:
            self.stdout.write(text)
            return
        try:
            options["out"].write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['out']}: cannot be written ({error.strerror}).") from error


def _check(options: dict[str, Any]) -> None:
    for name, least in (("min_active", 1), ("bootstrap", 0), ("seed", 0)):
        if options[name] < least:
            raise CommandError(f"--{name.replace('_', '-')} must be at least {least}.")


def _reference(votes: published.Votes, options: dict[str, Any]) -> int:
    name = options["reference"]
    if name not in votes.annotators:
        known = ", ".join(f"“{item}”" for item in votes.annotators) or "none"
        raise CommandError(
            f"{options['pairs']}: there is no annotator “{name}” to compare with; the file has {known}."
        )
    return votes.annotators.index(name)
