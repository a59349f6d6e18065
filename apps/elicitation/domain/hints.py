"""Hints on a card's wording: each stands at the line that it is about, until the line or one's mind changes.

A hint is known by its rule and the words that it is about, so that it moves with its line, and goes when the
line is worded anew. Nothing of the words is kept with it: only a hash.
"""

import dataclasses
import hashlib
from collections.abc import Iterable, Sequence

from apps.moralgraph.domain import linter
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.linter import Finding


@dataclasses.dataclass(frozen=True)
class Hint:
    """What to think about: ``message`` is in English, ``key`` puts it away."""

    rule: int
    message: str
    key: str


def keys_of(*, card: ValuesCard, findings: Iterable[Finding]) -> list[str]:
    """Return what is kept of findings that nobody can find again: a model's."""
    return sorted({_key(finding, card) for finding in findings})


def hints_of(*, card: ValuesCard, judged: Sequence[str], away: Sequence[str]) -> dict[str, list[Hint]]:
    """Return the hints by place: what patterns find now, and what a model found in words that still stand.

    Those that were put away are left out. A line without words gets none.
    """
    placed: dict[str, dict[str, Hint]] = {}
    found = [(finding, True) for finding in linter.lint(card=card, language=linter.language_of(card))]
    for finding, by_pattern in found + [(finding, False) for finding in _judgeable(card)]:
        hint = Hint(finding.rule, finding.message, _key(finding, card))
        known = by_pattern or hint.key in judged
        if known and hint.key not in away and _words(finding.where, card):
            placed.setdefault(finding.where, {})[hint.key] = hint
    return {where: list(hints.values()) for where, hints in placed.items()}


def _judgeable(card: ValuesCard) -> list[Finding]:
    """Return all that a model could have found in a card."""
    return [
        linter.finding(rule=rule, where=f"policies.{number}")
        for number in range(len(card.policies))
        for rule in linter.JUDGED
    ]


def _words(where: str, card: ValuesCard) -> str:
    name, _, number = where.partition(".")
    return card.policies[int(number)].text if number else str(getattr(card, name))


def _key(finding: Finding, card: ValuesCard) -> str:
    """Return the name of a hint: its rule, and a hash of what it says about which words."""
    told = f"{finding.message}\n{' '.join(_words(finding.where, card).split())}"
    return f"{finding.rule}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
