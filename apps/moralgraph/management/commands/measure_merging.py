"""``manage.py measure_merging``: what merge candidates are worth beside groups that people made."""

import argparse
import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from apps.moralgraph.domain import files, linter
from apps.moralgraph.domain.merging import labelled, methods, wordings
from apps.moralgraph.domain.merging.candidates import Vectors
from apps.moralgraph.domain.merging.labelled import Labelled, Measured
from apps.moralgraph.domain.merging.methods import Method
from apps.moralgraph.services.merging import points
from apps.shared.errors import Conflict


class Command(BaseCommand):
    """Group the cards of a file by each measure and compare; without a database and without a server."""

    help = (
        'Measure merge candidates. CARDS is JSON, a list of {"id", "title", "policies", "group"} and perhaps '
        '"half": each half is measured apart. TF-IDF stands beside the measure of the cards\' language.'
    )
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say which file, how to cut, and how to print."""
        parser.add_argument("cards", metavar="CARDS.json")
        parser.add_argument(
            "--tune", metavar="HALF",
            help="find each measure's cut on this half and use it on every half; else the cuts of Touchstone",
        )  # fmt: skip
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, place, measure, write."""
        name = options["cards"]
        try:
            cards = labelled.read_labelled(Path(name).read_bytes(), name=name)
            answer = _measure(cards, tune=options["tune"])
        except OSError as error:
            raise CommandError(f"{name}: the file cannot be read ({error.strerror}).") from error
        except (files.FileError, Conflict) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(answer, indent=2) if options["format"] == "json" else _table(answer))


def _measure(cards: Sequence[Labelled], *, tune: str | None) -> dict[str, Any]:
    halves = sorted({item.half for item in cards})
    if tune is not None and tune not in halves:
        raise CommandError(f"No card is in the half “{tune}”; there are: {', '.join(halves)}.")
    ours = methods.for_language(_language(cards))
    placed = {method.name: _placed(cards, method) for method in (ours, methods.LETTERS, methods.WORDS)}
    used = [_tuned(methods.METHODS[name], cards, placed[name], tune) for name in placed]
    return {
        "cards": len(cards),
        "groups": len({item.group for item in cards}),
        "language": _language(cards),
        "encoder": points.MEANING if ours is methods.MEANING else ours.name,
        "tuned_on": tune,
        "halves": {
            half or "all": [_on(half, cards, placed[method.name], method).to_json() for method in used]
            for half in halves
        },
    }


def _language(cards: Sequence[Labelled]) -> str:
    found = [linter.language_of(item.card) for item in cards]
    if len(set(found)) > 1:
        raise CommandError("The cards are in several languages; measure one language at a time.")
    return found[0]


def _placed(cards: Sequence[Labelled], method: Method) -> dict[str, Vectors]:
    """Return points half by half: what TF-IDF counts in one half must not know of the other."""
    texts = [wordings.written(title=item.card.title, policies=item.card.policies) for item in cards]
    places = {half: _places(cards, half) for half in {item.half for item in cards}}
    if method.name == "meaning":
        vectors = points.place(texts=texts, method=method)
        return {half: vectors[rows] for half, rows in places.items()}
    return {
        half: points.place(texts=[texts[row] for row in rows], method=method) for half, rows in places.items()
    }


def _places(cards: Sequence[Labelled], half: str) -> list[int]:
    return [place for place, item in enumerate(cards) if item.half == half]


def _groups(cards: Sequence[Labelled], half: str) -> list[str]:
    return [item.group for item in cards if item.half == half]


def _tuned(method: Method, cards: Sequence[Labelled], placed: dict[str, Vectors], tune: str | None) -> Method:
    if tune is None:
        return method
    cut = labelled.best_cut(vectors=placed[tune], groups=_groups(cards, tune))
    return dataclasses.replace(method, same=cut)


def _on(half: str, cards: Sequence[Labelled], placed: dict[str, Vectors], method: Method) -> Measured:
    return labelled.measure(vectors=placed[half], groups=_groups(cards, half), method=method)


def _table(answer: dict[str, Any]) -> str:
    lines = [
        f"{answer['cards']} cards in {answer['groups']} groups, language {answer['language']}, "
        f"{answer['encoder']}",
        f"{'half':8} {'measure':9} {'same from':>9} {'F1':>6} {'ARI':>6} {'precision':>9} {'recall':>6}   "
        "pairs to read, and labelled pairs among them",
    ]
    for half, rows in answer["halves"].items():
        for row in rows:
            lines.append(
                f"{half:8} {row['method']:9} {row['same_from']:9.2f} {row['pairwise_f1']:6.3f} "
                f"{row['adjusted_rand']:6.3f} {row['precision']:9.3f} {row['recall']:6.3f}   "
                f"{row['suggested_pairs']} from {row['suggested_from']:.2f}, "
                f"{row['labelled_pairs_suggested']:.0%}"
            )
    return "\n".join(lines)
