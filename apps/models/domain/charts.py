"""Long series drawn whole with few points."""

from collections.abc import Sequence

Place = tuple[int, float]
"""A step and the value at it."""

MOST = 1000


def thinned(series: Sequence[Place], *, most: int = MOST) -> list[Place]:
    """Return at most ``most`` points of a series, over its whole range and with every peak and trough.

    The steps are cut into most / 4 stretches of the same length; of each, the first point, the last one, the
    lowest and the highest stay (M4, Jugel et al. 2014, doi 10.14778/2732951.2732953), so that a line through
    them covers what the line through all of them covers. ``series`` is in the order of its steps.
    """
    if len(series) <= most:
        return list(series)
    first, last = series[0][0], series[-1][0]
    width = (last - first + 1) / (most // 4)
    kept: list[Place] = []
    stretch: list[Place] = []
    at = 0
    for point in series:
        place = int((point[0] - first) / width)
        if place != at:
            kept += _corners(stretch)
            stretch, at = [], place
        stretch.append(point)
    return kept + _corners(stretch)


class Thinning:
    """Thins a series while its points come in, so that a long one is never held whole."""

    HELD = 10 * MOST

    def __init__(self) -> None:
        self.count = 0
        self._held: list[Place] = []

    def add(self, places: Sequence[Place]) -> None:
        """Take in the next points, a page of them at once."""
        self.count += len(places)
        self._held.extend(places)
        if len(self._held) > self.HELD:
            self.settle()

    def settle(self) -> None:
        """Let go of what no drawing needs: of points thinned before, every peak and trough is still there."""
        self._held = thinned(self._held)

    def points(self) -> list[Place]:
        """Return what is left of the series."""
        return thinned(self._held)


def _corners(stretch: Sequence[Place]) -> list[Place]:
    """Return the first, last, lowest and highest point of a stretch, each once, in their order."""
    if len(stretch) <= 4:
        return list(stretch)
    low = min(stretch, key=lambda point: point[1])
    high = max(stretch, key=lambda point: point[1])
    return sorted({stretch[0], stretch[-1], low, high})
