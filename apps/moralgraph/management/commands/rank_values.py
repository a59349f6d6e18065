"""``manage.py rank_values FILE``: rank a file of votes by the very functions that the graph uses."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from apps.moralgraph.domain import graph, rules, votes_file
from apps.moralgraph.domain.graph import Graph


class Command(BaseCommand):
    """Rank the values of a file of votes; the result is JSON."""

    help = (
        "Rank values by the votes in a file: JSON as /graph/votes-export/ gives it, or CSV with the columns "
        "voter, less_wise, wiser, answer and, if you like, context and simulated. Writes JSON."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say which file, rule and votes."""
        parser.add_argument("file", help="the file of votes, or - for standard input")
        parser.add_argument("--rule", choices=rules.RULES, default=rules.RULES[0])
        parser.add_argument("--context", help="only the votes of this context")
        parser.add_argument("--real-people-only", action="store_true", help="leave simulated people out")
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="NAME=NUMBER",
            help="a parameter of the rule, such as draws=1000",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, rank, write."""
        try:
            found = votes_file.read(_text(options["file"]))
            votes = [
                vote
                for vote in found.votes
                if (options["context"] is None or str(vote.context) == options["context"])
                and not (options["real_people_only"] and vote.simulated)
            ]
            given = dict(_parameter(item) for item in options["set"])
            ranked = graph.build(judgements=votes, values=found.values, rule=options["rule"], given=given)
        except (votes_file.VotesFileError, rules.BadParameters) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(_answer(ranked), indent=2))


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{name} cannot be read: {error}.") from error


def _parameter(text: str) -> tuple[str, int | float]:
    name, _, number = text.partition("=")
    try:
        return name, int(number) if number.lstrip("-").isdigit() else float(number)
    except ValueError as error:
        raise CommandError(f"--set {text}: write it as NAME=NUMBER.") from error


def _answer(ranked: Graph) -> dict[str, Any]:
    ranking = ranked.ranking
    return {
        "rule": ranking.rule,
        "parameters": dict(ranking.parameters),
        "votes": ranking.votes,
        "participants": ranking.participants,
        "support": ranking.support,
        "values": [asdict(item) for item in ranking.values],
        "edges": [asdict(edge) for edge in ranked.edges],
        "cycles": [list(group) for group in ranked.cycles],
    }
