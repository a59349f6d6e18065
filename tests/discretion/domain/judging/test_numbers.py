"""Numbers worked out by hand: a forecast, and an implicit reward."""

import math

import pytest

from apps.discretion.domain.judging import implicit
from apps.discretion.domain.judging.forecast import MEASURED, Known, forecast

PLAN = {
    "comparisons": 100, "requests": 200, "characters": 4000.0, "answer_tokens": 2.0, "at_once": 4,
    "price_prompt": 2.5, "price_completion": 10.0,
}  # fmt: skip


def test_a_forecast_from_characters_is_said_to_be_assumed() -> None:
    found = forecast(known=Known(), **PLAN)

    assert (found.prompt_tokens, found.completion_tokens, found.basis) == (200_000, 400, "assumed")
    assert found.minutes == pytest.approx(200 / 4 / 60)
    assert found.cost == pytest.approx(0.2 * 2.5 + 0.0004 * 10)


def test_a_forecast_from_earlier_answers_uses_their_means() -> None:
    known = Known(prompt_tokens=900, completion_tokens=3, seconds=0.3, basis=MEASURED, n=50)

    found = forecast(known=known, **PLAN | {"price_prompt": None})

    assert (found.prompt_tokens, found.completion_tokens, found.cost) == (180_000, 600, None)
    assert found.minutes == pytest.approx(200 * 0.3 / 4 / 60)


def test_an_implicit_reward_is_beta_times_the_difference_of_log_ratios() -> None:
    found = implicit.margin(policy=(-10.0, -14.0), reference=(-11.0, -12.0), beta=0.5)

    # 0.5 x ((-10 + 11) - (-14 + 12)) = 0.5 x (1 + 2) = 1.5
    assert (found.margin, found.preference) == (pytest.approx(1.5), 1)
    assert found.confidence == pytest.approx(1 / (1 + math.exp(-1.5)))


def test_a_policy_that_is_its_reference_prefers_nothing_and_the_swapped_pair_the_other() -> None:
    same = implicit.margin(policy=(-3.0, -9.0), reference=(-3.0, -9.0))
    swapped = implicit.margin(policy=(-14.0, -10.0), reference=(-12.0, -11.0))

    assert (same.preference, same.confidence) == (0, 0.5)
    assert swapped.preference == -1
    assert implicit.margin(policy=(0.0, -1e6), reference=(-1e6, 0.0)).confidence == 1.0
