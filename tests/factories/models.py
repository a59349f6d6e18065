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


def _gap(value: float, low: float, high: float, n: int = 200) -> dict[str, Any]:
    """Return a gap as it is recorded."""
    detected = not low <= 0 <= high
    return {
        "value": value, "low": low, "high": high, "n": n, "groups": n, "noticeable": 0.11,
        "detected": detected,
    }  # fmt: skip


HELD_OUT_FIGURES: dict[str, Any] = {
    "n": 200,
    "accuracy": {"value": 0.7, "low": 0.63, "high": 0.76, "n": 200},
    "longer": {"value": 0.6, "low": 0.5, "high": 0.7, "n": 200},
    "coin": {"value": 0.5, "low": 0.4, "high": 0.6, "n": 200},
    "beyond_length": _gap(0.1, 0.02, 0.18),
    "calibration": {"error": 0.04, "brier": 0.2, "n": 200, "bins": []},
    "base": {
        "accuracy": {"value": 0.55, "low": 0.48, "high": 0.62, "n": 200},
        "gap": _gap(0.15, 0.06, 0.24),
        "by": "which response it would rather write",
    },
    "length": {
        "model": {"value": 0.6, "low": 0.53, "high": 0.67, "n": 180},
        "target": {"value": 0.58, "low": 0.51, "high": 0.65, "n": 180},
        "gap": _gap(0.02, -0.04, 0.08, n=180),
    },
    "position": {
        "applies": True,
        "model": {"decided": {"value": 0.1, "low": 0.06, "high": 0.15, "n": 200}, "first": None},
        "base": {"decided": {"value": 0.2, "low": 0.15, "high": 0.26, "n": 200}, "first": None},
    },
}
"""What the held-out suite may find about a good checkpoint."""

CONTROL_FIGURES: dict[str, Any] = {
    "n": 101,
    "set": "the project's own control pairs",
    "model": {"value": 0.9, "low": 0.83, "high": 0.94, "n": 101},
    "base": {"value": 0.93, "low": 0.86, "high": 0.97, "n": 101},
    "change": _gap(-0.03, -0.08, 0.02, n=101),
}
"""What the control suite may find about it."""

DISCRETION_FIGURES: dict[str, Any] = {
    "title": "Advice",
    "pairs": 60,
    "arbitrariness": {"value": 0.15, "low": 0.08, "high": 0.27, "n": 40},
    "of_people": {"value": 0.2, "low": 0.11, "high": 0.34, "n": 40},
    "more_arbitrary": _gap(-0.05, -0.2, 0.1, n=40),
    "agreement": {"value": 0.8, "low": 0.68, "high": 0.88, "n": 60},
    "discrepancy": {"value": 0.1, "low": 0.1, "high": 0.4, "n": 12, "floor": 0.15, "floor_p95": 0.3},
    "within_floor": True,
}
"""What an audit may say of it beside its people."""


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
