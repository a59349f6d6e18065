"""Calibration, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.models.domain.calibration import calibrate


def test_error_and_brier_by_hand() -> None:
    # Sure by 0.95, 0.9, 0.65 (for B), 0.55; right, wrong, right, right.
    found = calibrate(p=[0.95, 0.9, 0.35, 0.55], targets=[1.0, 0.0, 0.0, 0.8])

    assert [(round(b.said, 3), b.right.value, b.right.n) for b in found.bins] == [
        (0.55, 1.0, 1),
        (0.65, 1.0, 1),
        (0.925, 0.5, 2),
    ]
    # (0.45 + 0.35 + 2 * 0.425) / 4; (0.05^2 + 0.9^2 + 0.35^2 + 0.25^2) / 4.
    assert found.error == pytest.approx(0.4125)
    assert found.brier == pytest.approx(0.249375)


def test_nothing_judged_has_no_error() -> None:
    assert calibrate(p=[], targets=[]).to_dict() == {"error": None, "brier": None, "n": 0, "bins": ()}


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 0.3, 1.0])), min_size=1, max_size=30))
def test_which_response_is_called_a_does_not_matter(pairs: list[tuple[float, float]]) -> None:
    kept = [(p, target) for p, target in pairs if p != 0.5]
    here = calibrate(p=[p for p, _ in kept], targets=[target for _, target in kept])
    there = calibrate(p=[1 - p for p, _ in kept], targets=[1 - target for _, target in kept])

    assert here.n == there.n
    assert here.brier == pytest.approx(there.brier)
