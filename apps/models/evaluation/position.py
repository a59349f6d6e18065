"""Whether the place of a response decides: a model that is asked both ways round which one is better."""

from collections.abc import Sequence
from typing import Any

from apps.models.domain import gaps
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.intervals import wilson
from apps.models.domain.splits import sample

MOST = 200
"""So many pairs are asked about at most: each costs two questions to the checkpoint and two to its base."""
APART = "Each response is scored by itself, so their order cannot matter."

Leanings = Sequence[tuple[float | None, float | None]]
"""For each pair, how much a model leans to the first response: as the pair stands, and turned around."""


def chosen(examples: Sequence[PreferenceExample], *, seed: int = 0) -> list[PreferenceExample]:
    """Return the pairs to ask about: those with a target, at most ``MOST``, drawn by seed."""
    return sample([example for example in examples if not example.is_tie], limit=MOST, seed=seed)


def questions(examples: Sequence[PreferenceExample]) -> list[tuple[str, str, str]]:
    """Return each pair as it stands and turned around, one after the other."""
    return [
        (example.prompt, *order)
        for example in examples
        for order in (
            (example.response_a, example.response_b),
            (example.response_b, example.response_a),
        )
    ]


def paired(leanings: Sequence[float | None]) -> Leanings:
    """Return the answers to ``questions`` by pair."""
    return list(zip(leanings[::2], leanings[1::2], strict=True))


def figures(*, examples: Sequence[PreferenceExample], model: Leanings, base: Leanings) -> dict[str, Any]:
    """Return how often the order decides for the checkpoint and for its base, on the same pairs.

    The order decides where both answers name the same place; ``first`` is how often that is the first.
    """
    whole = [
        (example, ours, theirs)
        for example, ours, theirs in zip(examples, model, base, strict=True)
        if None not in (*ours, *theirs)
    ]
    ours = [_by_place(pair) for _, pair, _ in whole]
    theirs = [_by_place(pair) for _, _, pair in whole]
    return {
        "applies": True,
        "model": _side(ours),
        "base": _side(theirs),
        "gap": gaps.paired(
            first=[place != 0 for place in ours],
            second=[place != 0 for place in theirs],
            groups=[example.split_key for example, _, _ in whole],
        ).to_dict(),
        "left_out": len(examples) - len(whole),
    }


def _by_place(pair: tuple[float | None, float | None]) -> int:
    """Return 1 where both answers name the first place, -1 where both name the second, 0 where one response
    is named twice.
    """
    straight, turned = ((leaning or 0.0) >= 0 for leaning in pair)
    return 0 if straight != turned else 1 if straight else -1


def _side(places: Sequence[int]) -> dict[str, Any]:
    decided = sum(place != 0 for place in places)
    return {
        "decided": wilson(decided, len(places)).to_dict(),
        "first": wilson(sum(place > 0 for place in places), decided).to_dict(),
    }
