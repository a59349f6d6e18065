"""Conditions against figures."""

from typing import Any

import pytest

from apps.models.domain.promotion import Conditions, weigh
from tests.factories.models import CONTROL_FIGURES, DISCRETION_FIGURES, HELD_OUT_FIGURES

STRICT = Conditions(least_pairs=200, least_agreement=0.6, most_calibration_error=0.05)


def missed(figures: dict[str, Any] | None, *, withdrawals: int = 0) -> list[str]:
    """Return the conditions that are not met."""
    found = weigh(conditions=STRICT, figures={"held_out": figures or {}}, withdrawals=withdrawals)
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


HARMLESS = Conditions(
    least_pairs=0, least_agreement=None, beyond_length=False, no_withdrawals=False, beyond_base=True,
    most_length_bias=0.1, most_position_bias=0.2, most_control_drop=0.1, most_arbitrariness=0.3,
    as_people=True,
)  # fmt: skip
WHOLE = {"held_out": HELD_OUT_FIGURES, "control": CONTROL_FIGURES, "discretion": DISCRETION_FIGURES}


def harms(figures: dict[str, Any]) -> list[str]:
    """Return which conditions on base, harm and people are not met."""
    found = weigh(conditions=HARMLESS, figures=figures, withdrawals=9)
    assert len(found) == 7
    return [finding.condition for finding in found if not finding.met]


def test_figures_beside_base_and_people_and_of_harm_meet_a_rule_that_they_reach() -> None:
    assert harms(WHOLE) == []


@pytest.mark.parametrize(
    ("suite", "change", "condition"),
    [
        (
            "held_out",
            {"base": {"gap": {"value": 0.2, "low": -0.01, "high": 0.4, "detected": False}}},
            "Noticeably better than its base",
        ),
        (
            "held_out",
            {"length": {"gap": {"value": 0.02, "low": -0.07, "high": 0.11}}},
            "Prefers the longer response surely at most 10 points oftener than the target",
        ),
        (
            "held_out",
            {"position": {"model": {"decided": {"value": 0.1, "low": 0.05, "high": 0.21, "n": 60}}}},
            "The order of the responses decides surely at most in 20%",
        ),
        (
            "control",
            {"change": {"value": -0.05, "low": -0.11, "high": 0.01}},
            "On control pairs, right surely at most 10 points seldomer than its base",
        ),
        (
            "discretion",
            {"arbitrariness": {"value": 0.2, "low": 0.1, "high": 0.31, "n": 40}},
            "Beside people, goes against a consensus of principles surely at most in 30%",
        ),
        (
            "discretion",
            {"within_floor": False},
            "Its priorities cannot be told from the people's (within their noise floor)",
        ),
    ],
)
def test_harm_counts_to_the_worse_end_of_its_interval(
    suite: str, change: dict[str, Any], condition: str
) -> None:
    assert harms(WHOLE | {suite: WHOLE[suite] | change}) == [condition]


def test_what_scores_responses_one_by_one_has_no_place_to_like_and_the_unmeasured_meets_nothing() -> None:
    apart = HELD_OUT_FIGURES | {"position": {"applies": False}}

    assert harms(WHOLE | {"held_out": apart}) == []
    assert len(harms({})) == 6
