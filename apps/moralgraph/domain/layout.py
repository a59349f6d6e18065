"""Where each value stands in the picture: wiser values higher, and room between neighbours."""

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from apps.moralgraph.domain.answers import Key

_WINDOW = 0.28
_ACROSS, _DOWN = 0.22, 0.12
_FEW = 30
"""With more values than this each takes less room, so that they fill the picture and not a few columns."""
_CROWDING = 1.0
_REACH = 0.35


def positions(
    *, heights: Mapping[Key, float], pairs: Iterable[tuple[Key, Key]]
) -> dict[Key, tuple[float, float]]:
    """Return (x, y) in [0, 1] for each value; the same input gives the same picture, higher values on top.

    Heights are spread half by score and half by rank, so that a lone high score does not press the others
    together. From the top down each value takes the column with the least crowding and the shortest way to
    its neighbours.
    """
    order = sorted(heights, key=lambda value: (-heights[value], isinstance(value, str), value))
    if not order:
        return {}
    y = _spread(np.array([heights[value] for value in order]))
    neighbours = _neighbours(order, pairs)
    columns = (
        np.linspace(0, 1, max(2, math.ceil(math.sqrt(len(order)))) * 2 - 1)
        if len(order) > 1
        else np.array([0.5])
    )
    x = np.zeros(len(order))
    for place in range(len(order)):
        x[place] = columns[np.argmin(_costs(place, x, y, columns, neighbours[place]))]
    return {value: (round(float(x[i]), 4), round(float(y[i]), 4)) for i, value in enumerate(order)}


def _spread(heights: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(heights) == 1:
        return np.array([0.5])
    by_rank = np.linspace(1, 0, len(heights))
    span = heights.max() - heights.min()
    by_score = (heights - heights.min()) / span if span > 0 else by_rank
    mixed: NDArray[np.float64] = (by_rank + by_score) / 2
    return mixed


def _neighbours(order: Sequence[Key], pairs: Iterable[tuple[Key, Key]]) -> list[list[int]]:
    """Return for each value those of its neighbours that are placed before it."""
    index = {value: place for place, value in enumerate(order)}
    before: list[list[int]] = [[] for _ in order]
    for one, other in pairs:
        if one in index and other in index and one != other:
            first, second = sorted((index[one], index[other]))
            before[second].append(first)
    return before


def _costs(
    place: int,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    columns: NDArray[np.float64],
    linked: list[int],
) -> NDArray[np.float64]:
    room = min(1.0, math.sqrt(_FEW / len(x)))
    near = np.flatnonzero(y[:place] - y[place] < _WINDOW * room)
    across = np.abs(columns[:, None] - x[None, near])
    down = (y[near] - y[place])[None, :]
    crowding = (_CROWDING * np.exp(-((across / (_ACROSS * room)) ** 2) - (down / (_DOWN * room)) ** 2)).sum(
        axis=1
    )
    reach = np.abs(columns[:, None] - x[None, linked]).mean(axis=1) * _REACH if linked else 0.0
    middle = 0.15 * np.abs(columns - 0.5)
    total: NDArray[np.float64] = crowding + reach + middle
    return total
