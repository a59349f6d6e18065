"""Differences between two judges of the same pairs."""

import pytest

from apps.models.domain import gaps


def test_a_gap_is_the_difference_of_the_shares_and_prompts_are_drawn_whole() -> None:
    first = [True] * 30 + [False] * 10
    second = [True] * 20 + [False] * 20
    apart = gaps.paired(first=first, second=second, groups=[str(n) for n in range(40)])
    alike = gaps.paired(first=first, second=second, groups=[str(n // 10) for n in range(40)])

    assert apart.value == alike.value == 0.25
    assert (apart.n, apart.groups, alike.groups) == (40, 40, 4)
    assert alike.high - alike.low > 1.5 * (apart.high - apart.low)
    assert apart.detected
    assert not alike.detected


@pytest.mark.parametrize("groups", [[], ["one", "one"]])
def test_one_prompt_says_nothing(groups: list[str]) -> None:
    found = gaps.paired(first=[True] * len(groups), second=[False] * len(groups), groups=groups)

    assert (found.value, found.low, found.high, found.detected) == (None, -1.0, 1.0, False)


def test_few_prompts_that_tell_two_judges_apart_get_the_exact_interval() -> None:
    # Of 20 prompts 8 lean to the first, none to the second. Clopper and Pearson's lower end for 8 of 8 is
    # 0.025^(1/8) = 0.63058, so (2 x 0.63058 - 1) x 8 / 20 = 0.10447.
    found = gaps.paired(
        first=[True] * 8 + [False] * 12, second=[False] * 20, groups=[str(n) for n in range(20)]
    )

    assert (found.value, found.high, found.exact, found.detected) == (0.4, 0.4, True, True)
    assert found.low == pytest.approx(0.10447, abs=1e-5)


@pytest.mark.parametrize(("leaning", "detected"), [(5, False), (6, True)])
def test_what_is_detected_is_what_mcnemars_exact_test_finds(leaning: int, detected: bool) -> None:
    # 2 / 2^5 = 0.0625 and 2 / 2^6 = 0.03125.
    first = [True] * leaning + [False] * (40 - leaning)

    found = gaps.paired(first=first, second=[False] * 40, groups=[str(n) for n in range(40)])

    assert found.detected is detected


def test_judges_that_never_differ_leave_open_what_was_not_seen() -> None:
    found = gaps.paired(first=[True] * 50, second=[True] * 50, groups=[str(n) for n in range(50)])

    assert (found.value, found.low, found.high, found.detected) == (0.0, -0.06, 0.06, False)
    assert found.noticeable == 6 / 50


def test_many_prompts_that_differ_are_drawn_again() -> None:
    chance = [number % 3 == 0 for number in range(200)]

    found = gaps.paired(first=chance, second=[False] * 200, groups=[str(n) for n in range(200)])

    assert not found.exact
    # sd of a mean of 200 with a share of 67 / 200: sqrt(0.335 x 0.665 / 200) = 0.0334.
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.0334, abs=0.01)
