"""The order of a run of all tests: nothing is lost, and the longest come first in every test process."""

from itertools import takewhile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import order


def items(*names: str) -> list[Any]:
    """Return tests of these files, as far as the order looks at them."""
    return [SimpleNamespace(path=order.HERE / name) for name in names]


@pytest.mark.parametrize("hands", [1, 2, 3])
def test_every_test_is_dealt_once_and_files_that_take_long_stay_whole(hands: int) -> None:
    """Each hand holds as many tests, with its long files at its beginning."""
    long = items(*(name for name in order.LONGEST for _ in range(3)))
    given = [*items(*(f"shared/test_{number}.py" for number in range(70))), *long]

    dealt = order.deal(given, hands=hands)

    assert sorted(map(id, dealt)) == sorted(map(id, given))
    cuts = [len(given) * hand // hands for hand in range(hands + 1)]
    began = [list(takewhile(long.__contains__, dealt[low:])) for low in cuts[:-1]]
    assert sum(map(len, began)) == len(long)
    assert sum(len({item.path for item in mine}) for mine in began) == len(order.LONGEST)


def test_a_hand_that_is_all_long_tests_loses_none() -> None:
    """More long tests than a hand holds go over into the next one's share."""
    given = items(*[order.LONGEST[0]] * 9, "shared/test_1.py")

    assert sorted(map(id, order.deal(given, hands=2))) == sorted(map(id, given))


def test_what_is_listed_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was renamed is noticed."""
    monkeypatch.setitem(order.SHOWN_ONCE, "elsewhere/test_gone.py", "")

    with pytest.raises(pytest.UsageError, match=r"names elsewhere/test_gone\.py"):
        order.mark([])
    assert all((Path(order.HERE) / name).exists() for name in order.LONGEST)
