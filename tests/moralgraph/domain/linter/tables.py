"""Good and bad lines by rule, for one language: a line is ``ATTENDED | qualifier``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from apps.moralgraph.domain.cards import Policy, ValuesCard
from apps.moralgraph.domain.linter import Finding, lint


class Case(NamedTuple):
    """Lines that keep to a rule and lines that break it."""

    good: Sequence[str]
    bad: Sequence[str]


Table = Mapping[int, Case]


def policy(line: str) -> Policy:
    """Return a line of a table as a policy."""
    attended, _, qualifier = line.partition("|")
    return Policy(attended.strip(), qualifier.strip())


def findings(line: str, *, language: str, title: str) -> list[Finding]:
    """Return what is found in a card with this one line."""
    return lint(card=ValuesCard(title, "", (policy(line),)), language=language)


def lines(table: Table, *, good: bool) -> Iterator[tuple[int, str]]:
    """Yield each line with its rule."""
    for rule, case in table.items():
        yield from ((rule, line) for line in (case.good if good else case.bad))
