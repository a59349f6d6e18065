"""Conditions against figures."""

from typing import Any

import pytest

from apps.models.domain.promotion import Conditions, weigh
from tests.factories.models import HELD_OUT_FIGURES

STRICT = Conditions(least_pairs=200, least_agreement=0.6, most_calibration_error=0.05)


def missed(figures: dict[str, Any] | None, *, withdrawals: int = 0) -> list[str]:
    """Return the conditions that are not met."""
    found = weigh(conditions=STRICT, held_out=figures, withdrawals=withdrawals)
    assert len(found) == 5
    return [finding.condition for finding in found if not finding.met]


def test_figures_that_reach_every_condition_meet_the_rule() -> None:
    assert missed(HELD_OUT_FIGURES) == []


@pytest.mark.parametrize(
    ("change", "condition"),
    [
        ({"n": 199}, "At least 200 held-out pairs"),
        ({"accuracy": {"value": 0.7, "low": 0.6, "high": 0.8, "n": 9}}, "Held-out accuracy surely above 60%"),
        (
            {"beyond_length": {"value": -0.1, "low": -0.2, "high": -0.01, "detected": True}},
            "Noticeably better than “the longer response wins”",
        ),
        ({"calibration": {"error": 0.051}}, "Calibration error of at most 5%"),
    ],
)
def test_each_condition_can_be_missed_alone(change: dict[str, Any], condition: str) -> None:
    assert missed(HELD_OUT_FIGURES | change) == [condition]


def test_a_withdrawal_misses_the_rule_and_so_does_what_was_never_measured() -> None:
    assert missed(HELD_OUT_FIGURES, withdrawals=1) == ["Nobody behind its data has withdrawn"]
    assert len(missed(None)) == 4
    assert len(missed({"n": 300, "accuracy": HELD_OUT_FIGURES["accuracy"]})) == 2
