"""Places of scores, equal ones sharing theirs: as scipy.stats ranks, which takes half a second to load."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray


def places(scores: NDArray[np.float64], *, equal: Literal["best", "worst"]) -> NDArray[np.int64]:
    """Return each score's place in its row, 1 for the highest; equal scores share the best or the worst."""
    width = scores.shape[-1]
    order = np.argsort(-scores, axis=-1, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=-1)
    differs = ordered[..., 1:] != ordered[..., :-1]
    edge = np.ones((*scores.shape[:-1], min(width, 1)), dtype=bool)
    numbers = np.arange(1, width + 1)
    if equal == "best":
        begins = np.concatenate([edge, differs], axis=-1)
        found = np.maximum.accumulate(np.where(begins, numbers, 0), axis=-1)
    else:
        ends = np.concatenate([differs, edge], axis=-1)
        found = np.minimum.accumulate(np.where(ends, numbers, width)[..., ::-1], axis=-1)[..., ::-1]
    placed = np.empty_like(found)
    np.put_along_axis(placed, order, found, axis=-1)
    return placed
