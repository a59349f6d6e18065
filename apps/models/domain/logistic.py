"""Logistic regression by Newton's method: few numbers, fitted at once, without a framework."""

import dataclasses

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST_STEPS = 100
ENOUGH = 1e-12


@dataclasses.dataclass(frozen=True)
class Fit:
    """Weights and constant of a fit, and the mean loss at it (without the penalty)."""

    weights: Floats
    constant: float
    loss: float

    def probability(self, features: Floats) -> Floats:
        """Return sigma(w . x + c) of each row."""
        return _sigma(features @ self.weights + self.constant)


def fit(
    *,
    features: Floats,
    targets: Floats,
    ridge: float,
    weights: Floats | None = None,
    offset: Floats | None = None,
    constant: bool = True,
) -> Fit:
    """Return the w and c with the least penalised loss.

    With z = w . x + c - offset, target p and a row's weight v:

        J = sum_i v_i (log(1 + e^z_i) - p_i z_i) + ridge / 2 |w|^2

    Args: ``features`` x (rows, width); ``targets`` p (rows,) in [0, 1]; ``ridge`` above 0, which makes the
    least unique; the constant c is not penalised, and is 0 where ``constant`` is False.
    """
    count, width = features.shape
    design = np.hstack([features, np.ones((count, 1))]) if constant else features
    penalty = np.full(design.shape[1], ridge)
    if constant:
        penalty[-1] = 1e-9
    rows = np.ones(count) if weights is None else weights
    shift = np.zeros(count) if offset is None else offset
    found = np.zeros(design.shape[1])
    least = _penalised(found, design, targets, rows, shift, penalty)
    for _ in range(MOST_STEPS):
        belief = _sigma(design @ found - shift)
        gradient = design.T @ (rows * (belief - targets)) + penalty * found
        bend = (design * (rows * belief * (1 - belief))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(bend, gradient)
        scale, tried = 1.0, found - step
        while (value := _penalised(tried, design, targets, rows, shift, penalty)) > least and scale > 1e-6:
            scale /= 2
            tried = found - scale * step
        gained = least - value
        if gained > 0:
            found, least = tried, value
        if gained < ENOUGH * max(1.0, abs(least)):
            break
    loss = (least - 0.5 * float(penalty @ found**2)) / float(rows.sum())
    return Fit(weights=found[:width], constant=float(found[width]) if constant else 0.0, loss=loss)


def _sigma(z: Floats) -> Floats:
    return np.asarray(np.exp(-np.logaddexp(0.0, -z)))


def _penalised(
    found: Floats, design: Floats, targets: Floats, rows: Floats, shift: Floats, penalty: Floats
) -> float:
    z = design @ found - shift
    return float((rows * (np.logaddexp(0.0, z) - targets * z)).sum() + 0.5 * (penalty @ found**2))
