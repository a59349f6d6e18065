"""What runs are called that go back to others."""

import pytest

from apps.models.domain.repeats import LONGEST, How, repeated


@pytest.mark.parametrize(
    ("name", "how", "taken", "called"),
    [
        ("Run 2", "changed", {"Run 2"}, "Run 2, changed"),
        ("Run 2, changed", "changed", {"Run 2", "Run 2, changed"}, "Run 2, changed 2"),
        ("Run 2", "changed", {"Run 2", "Run 2, changed", "Run 2, changed 2"}, "Run 2, changed 3"),
        ("Run 2, changed 2", "again", {"Run 2", "Run 2, changed", "Run 2, changed 2"}, "Run 2, again"),
        ("Run 2, again, changed, changed", "changed", {"Run 2, again, changed, changed"}, "Run 2, changed"),
        ("Once again", "again", {"Once again"}, "Once again, again"),
        (", changed", "changed", {", changed"}, ", changed, changed"),
    ],
)
def test_a_repeat_is_called_by_the_first_of_its_line_and_a_free_number(
    name: str, how: How, taken: set[str], called: str
) -> None:
    assert repeated(name, how=how, taken=taken) == called


def test_a_long_name_leaves_room_for_what_is_added() -> None:
    first = repeated("x" * 200, how="changed", taken=set())

    assert len(first) <= LONGEST
    assert repeated(first, how="changed", taken={first}) == f"{first} 2"
