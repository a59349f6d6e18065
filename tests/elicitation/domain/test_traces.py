"""How an answer was typed is kept if it is a trace, and never stands in the way of the answer."""

from typing import Any

import pytest

from apps.elicitation.domain.traces import MOST_PAIRS, read_trace


def test_a_trace_is_kept_as_it_is() -> None:
    assert read_trace([[0, 1], [1000, 14], [2000, 9]]) == [[0, 1], [1000, 14], [2000, 9]]


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "0,1",
        {"0": 1},
        [[0]],
        [[0, 1, 2]],
        [[0, "1"]],
        [[0, True]],
        [[0, -1]],
        [[0.5, 1]],
        [[1000, 1], [999, 2]],
        [[90_000_000, 1]],
        [[n, n] for n in range(MOST_PAIRS + 1)],
    ],
)
def test_what_is_no_trace_is_left_out(raw: Any) -> None:
    assert read_trace(raw) == []
