"""A reward head on a frozen encoder, fitted at once: few numbers, the least loss itself, no framework."""

import numpy as np
from numpy.typing import NDArray

from apps.models.domain import logistic

Floats = NDArray[np.float64]
RIDGE = 1.0
"""Weight of the squared length of the head."""


def head(*, differences: Floats, targets: Floats, ridge: float, margin: float = 0.0) -> Floats:
    """Return the w of r(x, y) = w . phi(x, y) with the least penalised Bradley-Terry loss.

    With D = phi(x, y_a) - phi(x, y_b), target p and margin m:

        z = w . D - m (2p - 1)
        J = sum of -(p log sigma(z) + (1 - p) log sigma(-z)) + ridge / 2 |w|^2

    Args: ``differences`` D, (pairs, width); ``targets`` p, (pairs,). Convex, so the least is the only one;
    turning every pair around leaves it where it is.
    """
    offset = margin * (2 * targets - 1)
    found = logistic.fit(features=differences, targets=targets, ridge=ridge, offset=offset, constant=False)
    return found.weights
