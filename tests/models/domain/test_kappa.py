"""Agreement beyond chance, by hand."""

import pytest

from apps.models.domain.kappa import cohen


def said(*cells: tuple[int, int, int]) -> tuple[list[int], list[int], list[str]]:
    """Return two judges' answers from (first, second, how often), each pair with a prompt of its own."""
    first = [one for one, _, times in cells for _ in range(times)]
    second = [other for _, other, times in cells for _ in range(times)]
    return first, second, [str(number) for number in range(len(first))]


def test_kappa_by_hand() -> None:
    # p_o = 35 / 50 = 0.7; p_e = 0.5 x 0.6 + 0.5 x 0.4 = 0.5; (0.7 - 0.5) / (1 - 0.5) = 0.4.
    first, second, groups = said((1, 1, 20), (1, -1, 5), (-1, 1, 10), (-1, -1, 15))

    found = cohen(first=first, second=second, groups=groups)

    assert (found.value, found.n) == (pytest.approx(0.4), 50)
    # The delta method's standard error here is 0.129.
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.129, abs=0.06)


def test_opposite_judges_are_below_chance_and_alike_ones_at_one() -> None:
    first, _, groups = said((1, 1, 10), (-1, -1, 10))

    assert cohen(first=first, second=first, groups=groups).value == 1.0
    assert cohen(first=first, second=[-one for one in first], groups=groups).value == -1.0


@pytest.mark.parametrize("second", [[1] * 6, []])
def test_where_chance_explains_all_kappa_is_not_defined(second: list[int]) -> None:
    found = cohen(first=second, second=second, groups=[str(n) for n in range(len(second))])

    assert (found.value, found.low, found.high) == (None, -1.0, 1.0)
