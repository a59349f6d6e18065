"""Preference examples and data sets of a small world with a known rule."""

import random
from collections.abc import Sequence
from typing import Any

from apps.models.domain.examples import PreferenceExample
from apps.models.models import DataSet
from apps.models.services import data_sets
from apps.shared.models import Study

KIND = (
    "That sounds hard, and it makes sense that you feel torn.",
    "I can hear how much this matters to you. Take your time.",
    "You know your life best; I am glad to listen.",
    "It is understandable to be unsure. What does your heart say?",
)
BRUSQUE = (
    "Just decide. You are wasting time over nothing.",
    "This is a silly problem. Do the obvious thing.",
    "Stop worrying and follow the rules like everybody else.",
    "I would not bother. Nobody cares about it anyway.",
)
TOPICS = (
    "leaving a job",
    "a quarrel with a friend",
    "moving away",
    "telling the truth",
    "caring for a parent",
)


HELD_OUT_FIGURES: dict[str, Any] = {
    "n": 200,
    "accuracy": {"value": 0.7, "low": 0.63, "high": 0.76, "n": 200},
    "longer": {"value": 0.6, "low": 0.5, "high": 0.7, "n": 200},
    "coin": {"value": 0.5, "low": 0.4, "high": 0.6, "n": 200},
    "beyond_length": {"value": 0.1, "low": 0.02, "high": 0.18, "detected": True, "noticeable": 0.11},
    "calibration": {"error": 0.04, "brier": 0.2, "n": 200, "bins": []},
}
"""What the held-out suite may find about a good checkpoint."""


def example(number: int = 0, **fields: Any) -> PreferenceExample:
    """Return one example; fields replace the defaults."""
    defaults: dict[str, Any] = {
        "id": f"example-{number}",
        "prompt": f"Question {number}",
        "response_a": f"A longer first answer to {number}",
        "response_b": f"Answer {number}",
        "p_a": 1.0,
        "split_key": f"key-{number}",
        "source": {"comparison": f"comparison-{number}", "verdicts": [], "snapshot": None, "rule": "test"},
    }
    return PreferenceExample(**(defaults | fields))


def kind_world(*, count: int, seed: int = 0, shuffled: bool = False) -> list[PreferenceExample]:
    """Return examples in which the kind response is preferred, or, shuffled, either by a coin."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        topic = chance.choice(TOPICS)
        kind, brusque = chance.choice(KIND), chance.choice(BRUSQUE)
        kind_first = chance.random() < 0.5
        label = chance.random() < 0.5 if shuffled else kind_first
        made.append(
            example(
                number,
                prompt=f"What should I think about in {topic}, case {number}?",
                response_a=kind if kind_first else brusque,
                response_b=brusque if kind_first else kind,
                p_a=1.0 if label else 0.0,
            )
        )
    return made


def frozen_data_set(
    *, study: Study, examples: Sequence[PreferenceExample] | None = None, **fields: Any
) -> DataSet:
    """Return a data set frozen from these examples, or from eight of the kind world."""
    defaults: dict[str, Any] = {"name": "Eight pairs", "rule": {"target": "test"}, "created_by": None}
    chosen = kind_world(count=8) if examples is None else examples
    return data_sets.freeze(study=study, examples=chosen, **(defaults | fields))
