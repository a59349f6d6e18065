"""Which tests are repeated on other servers, and in which order tests run: what running all of them costs."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

HERE = Path(__file__).parent
KEPT = {"db", "transactional_db", "store"}

SHOWN_ONCE = {
    "elicitation/injections": "what an engine may do to a reply; test_replies.py keeps replies",
    "elicitation/services/test_interviewer.py": "a model's words, judged; test_model_replies.py keeps them",
    "elicitation/exports/test_consents.py": "who leaves for a purpose; test_round_trip.py reads every table",
    "elicitation/pages/test_strangers.py": "pages that show nothing early; test_steps.py keeps the rows",
    "elicitation/pages/test_slow.py": "a page that waits; test_retries.py keeps what it asks for",
    "discretion/rest/test_permissions.py": "a table of who may do what, refused before anything is read",
    "discretion/judges/test_weights.py": "what weights say; test_judges.py keeps replies and verdicts",
    "discretion/judges/test_checkpoints.py": "what one says; test_judges.py keeps replies and verdicts",
    "moralgraph/merging/test_weights.py": "what weights say of a merge; test_finding.py keeps what is found",
    "discretion/services/test_demo.py": "test_prepare.py loads the whole demo",
    "moralgraph/services/test_demo.py": "test_prepare.py loads the whole demo",
}
"""Tests that keep something and are not repeated on other servers: what is shown there already.

A test whose code locks rows, relies on a constraint, counts in the database, searches, or migrates stays in,
unless another test does the same in it.
"""

LONGEST = (
    "launcher/test_running.py",
    "journeys/test_spine.py",
    "models/services/test_trainer.py",
    "models/training/test_resume.py",
    "models/training/language",
    "api/test_schema.py",
    "models/training/test_learning.py",
    "models/engine",
    "elicitation/services/test_babble.py",
    "elicitation/injections",
    "moralgraph/merging",
    "shared/test_tables.py",
)
"""Files and folders that take longest, from the longest down."""


def mark(items: Sequence[pytest.Item]) -> None:
    """Mark what keeps something in the database or the store, and what of it is shown once."""
    shown_once = [_found(name) for name in SHOWN_ONCE]
    for item in items:
        if item.get_closest_marker("django_db") or KEPT & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.keeps)
        if any(item.path.is_relative_to(path) for path in shown_once):
            item.add_marker(pytest.mark.shown_once)


def deal(items: Sequence[pytest.Item], *, hands: int) -> list[pytest.Item]:
    """Return the tests as one hand after the other, of as many each; a hand begins with its longest tests.

    A test process takes a hand from its beginning, and another takes from its end when its own is empty: so
    long tests come last nowhere, and what the tests of a file share is made once.
    """
    longest: list[list[pytest.Item]] = [[] for _ in LONGEST]
    others: list[pytest.Item] = []
    paths = [_found(name) for name in LONGEST]
    for item in items:
        place = next((place for place, path in enumerate(paths) if item.path.is_relative_to(path)), None)
        (others if place is None else longest[place]).append(item)
    rest, dealt = iter(others), list[pytest.Item]()
    for hand in range(hands):
        size = (len(items) - len(dealt)) // (hands - hand)
        mine = [
            item for place, group in enumerate(longest) if _hand_of(place, hands) == hand for item in group
        ]
        dealt += mine + list(islice(rest, max(size - len(mine), 0)))
    return [*dealt, *rest]


def _hand_of(place: int, hands: int) -> int:
    """Return whose turn it is, there and back: the longest of all is not in one hand with the next."""
    turn, place = divmod(place, hands)
    return hands - 1 - place if turn % 2 else place


def _found(name: str) -> Path:
    path = HERE / name
    if not path.exists():
        raise pytest.UsageError(f"tests/order.py names {name}, which is not there.")
    return path
