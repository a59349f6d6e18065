"""``manage.py rank_values``: rank files of values and votes by the very functions that the graph uses."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from apps.moralgraph.domain import files, mge2023, ranking, report, rules, sentences, weights
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots


class Command(BaseCommand):
    """Rank the values of a file by the votes of another; without a database and without a server."""

    help = (
        'Rank values. VALUES is JSON, a list of {"id", "title", "policies"}; VOTES is CSV with the columns '
        "participant, from, to, context and answer (wiser, not_wiser, unsure, same or not_about). Of several "
        "votes of one participant on the same step in the same context the last one counts."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say which files, rule, cuts and draws."""
        published = mge2023.Parameters()
        parser.add_argument("--values", required=True, metavar="VALUES.json")
        parser.add_argument("--votes", required=True, metavar="VOTES.csv")
        parser.add_argument("--rule", choices=rules.RULES, default=rules.RULES[0])
        parser.add_argument("--context", help="only the votes of this context; without it all are merged")
        parser.add_argument("--min-wiser", type=int, default=published.wiser_at_least)
        parser.add_argument("--min-likelihood", type=float, default=published.likelihood_at_least)
        parser.add_argument("--max-entropy", type=float, default=published.entropy_at_most)
        parser.add_argument(
            "--bootstrap", type=int, metavar="N",
            help="how often participants are resampled: touchstone does 400 times, mge-2023 not at all",
        )  # fmt: skip
        parser.add_argument("--seed", type=int, default=1)
        who = parser.add_mutually_exclusive_group()
        who.add_argument(
            "--weights", metavar="WEIGHTS.csv",
            help="how much each counts (touchstone only): participant, weight; whoever is not there counts 1",
        )  # fmt: skip
        who.add_argument(
            "--groups", metavar="GROUPS.csv",
            help="participant, group: every group counts the same, or by its share (touchstone only)",
        )  # fmt: skip
        parser.add_argument("--shares", metavar="SHARES.csv", help="with --groups: group, share, in any unit")
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, rank, write."""
        drawing = {"seed": options["seed"]}
        if options["bootstrap"] is not None:
            drawing["draws"] = options["bootstrap"]
        try:
            values = files.read_values(_bytes(options["values"]), name=options["values"])
            found = files.read_votes(_bytes(options["votes"]), name=options["votes"], values=values)
            votes = _restricted(found.votes, options)
            counts = _weights(votes, options)
            answer = report.write(
                votes=votes,
                values=values,
                rule=options["rule"],
                cuts={
                    "wiser_at_least": options["min_wiser"],
                    "likelihood_at_least": options["min_likelihood"],
                    "entropy_at_most": options["max_entropy"],
                },
                drawing=drawing,
                weights=counts,
            )
        except (files.FileError, rules.BadParameters, weights.NoWeight) as error:
            raise CommandError(str(error)) from error
        if found.replaced:
            rows = sentences.counted(found.replaced, "vote gave", "votes gave")
            self.stderr.write(f"{rows} way to a later one of the same participant, step and context.")
        if counts is not None:
            self.stderr.write(_told(votes, counts))
        self.stdout.write(json.dumps(answer, indent=2, allow_nan=False))


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name}: the file cannot be read ({error.strerror}).") from error


def _weights(votes: Ballots, options: dict[str, Any]) -> dict[Key, float] | None:
    """Return how much each voter counts; None where all count the same."""
    given = next((name for name in ("weights", "groups", "shares") if options[name]), None)
    if given is None:
        return None
    if options["rule"] != ranking.RULE:
        raise CommandError(f"--{given}: only the rule “{ranking.RULE}” weighs people.")
    voters = weights.voters_of(votes)
    if options["weights"]:
        held = weights.read_weights(_bytes(options["weights"]), name=options["weights"])
        return weights.scaled(voters=voters, weights=held)
    if not options["groups"]:
        raise CommandError("--shares: say with --groups who belongs to which group.")
    groups = weights.read_groups(_bytes(options["groups"]), name=options["groups"])
    name = options["shares"]
    shares = weights.read_shares(_bytes(name), name=name) if name else None
    return weights.by_group(voters=voters, groups=groups, shares=shares)


def _told(votes: Ballots, counts: dict[Key, float]) -> str:
    voters = weights.voters_of(votes)
    without = sum(voter not in counts for voter in voters)
    effective = weights.effective(voters=voters, weights=counts)
    rest = f"; {without} without a weight or a group count 1" if without else ""
    return f"{len(voters)} participants weighted, worth {effective:.1f} of equal weight{rest}."


def _restricted(votes: Ballots, options: dict[str, Any]) -> Ballots:
    context = options["context"]
    if context is None:
        return votes
    if context not in votes.contexts:
        held = ", ".join(f"“{name}”" for name in votes.contexts) or "none"
        raise CommandError(f"{options['votes']}: no row has the context “{context}”; there are: {held}.")
    return votes.in_context(context)
