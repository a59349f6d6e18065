"""Underlying distribution matching: how likely an undesired row's prompt is among the desired rows."""

import numpy as np
from numpy.typing import NDArray

from apps.models.domain import logistic, splits

LEAST, MOST = 0.5, 10.0
SAMPLE = 1024


def weights(
    *, prompts: NDArray[np.float64], desired: NDArray[np.bool_], seed: int = 0, ridge: float = 1.0
) -> NDArray[np.float64]:
    """Return the weight of each row.

    With f(x) = P(desired | x) by logistic regression on the prompts' vectors, both sides counting the same:

        w(x) = clamp(f(x) / (1 - f(x)), 0.5, 10) for undesired rows, 1 for desired rows

    Args: ``prompts`` (rows, width), each of length 1; ``desired`` (rows,). At most 1,024 rows of a side are
    fitted, drawn by seed. Where a side is missing, all weights are 1: there is nothing to match.
    """
    found = np.ones(len(desired))
    if desired.all() or not desired.any():
        return found
    sides = [_drawn(np.flatnonzero(desired == side), seed=seed) for side in (True, False)]
    places = np.concatenate(sides)
    balance = np.concatenate([np.full(len(side), len(places) / (2 * len(side))) for side in sides])
    fit = logistic.fit(
        features=prompts[places], targets=desired[places].astype(float), ridge=ridge, weights=balance
    )
    among = fit.probability(prompts[~desired])
    found[~desired] = np.clip(among / np.maximum(1 - among, 1e-12), LEAST, MOST)
    return found


def _drawn(places: NDArray[np.int64], *, seed: int) -> NDArray[np.int64]:
    order = sorted(places, key=lambda place: splits.shuffled_place(seed=seed, key=str(place)))
    return np.array(sorted(order[:SAMPLE]), dtype=np.int64)
