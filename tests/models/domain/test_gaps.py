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
