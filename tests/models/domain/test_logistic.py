"""Logistic regression by Newton's method."""

import numpy as np
import pytest

from apps.models.domain import logistic


def test_a_constant_alone_is_the_log_odds() -> None:
    # Three of four are yes: the constant is log 3, and the loss the entropy of 3/4.
    found = logistic.fit(features=np.zeros((4, 1)), targets=np.array([1.0, 1, 1, 0]), ridge=1.0)

    assert found.constant == pytest.approx(np.log(3), abs=1e-6)
    assert found.loss == pytest.approx(0.5623351, abs=1e-6)
    assert found.weights == pytest.approx([0.0])


def test_soft_targets_are_met_where_the_penalty_is_small() -> None:
    found = logistic.fit(
        features=np.array([[1.0], [-1.0]]), targets=np.array([0.8, 0.2]), ridge=1e-9, constant=False
    )

    assert found.weights[0] == pytest.approx(np.log(4), abs=1e-4)


def test_an_offset_is_added_to_what_the_weights_must_reach() -> None:
    found = logistic.fit(
        features=np.array([[1.0], [-1.0]]),
        targets=np.array([0.8, 0.2]),
        ridge=1e-9,
        constant=False,
        offset=np.array([0.5, -0.5]),
    )

    assert found.weights[0] == pytest.approx(np.log(4) + 0.5, abs=1e-4)


def test_a_weight_of_two_is_a_row_written_twice() -> None:
    features, targets = np.array([[0.3], [1.0], [-0.4]]), np.array([1.0, 0.0, 1.0])

    weighted = logistic.fit(features=features, targets=targets, ridge=0.5, weights=np.array([2.0, 1, 1]))
    twice = logistic.fit(features=features[[0, 0, 1, 2]], targets=targets[[0, 0, 1, 2]], ridge=0.5)

    assert weighted.weights == pytest.approx(twice.weights)
    assert weighted.constant == pytest.approx(twice.constant, abs=1e-6)


def test_the_gradient_vanishes_where_it_ends() -> None:
    random = np.random.default_rng(1)
    features, targets = random.normal(size=(200, 30)), (random.random(200) < 0.5).astype(float)

    found = logistic.fit(features=features, targets=targets, ridge=0.1, constant=False)

    slope = features.T @ (found.probability(features) - targets) + 0.1 * found.weights
    assert np.abs(slope).max() < 1e-4


def test_separable_sides_end_in_finite_weights() -> None:
    found = logistic.fit(
        features=np.array([[5.0], [-5.0]]) * 100, targets=np.array([1.0, 0.0]), ridge=1e-3, constant=False
    )

    assert np.isfinite(found.weights).all()
    assert found.weights[0] > 0
