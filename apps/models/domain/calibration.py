"""Whether a judge that says 80 % is right four times of five."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from apps.models.domain.intervals import Interval, wilson

BINS = 5


@dataclass(frozen=True)
class Bin:
    """Pairs about which a judge was about as sure: how sure it was on average, and how often it was right."""

    low: float
    high: float
    said: float
    right: Interval


@dataclass(frozen=True)
class Calibration:
    """Expected calibration error and Brier score, both 0 at best, with the bins behind the first."""

    error: float | None
    brier: float | None
    n: int
    bins: tuple[Bin, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as they go over the wire."""
        return asdict(self)


def calibrate(*, p: Sequence[float], targets: Sequence[float]) -> Calibration:
    """Compare what a judge says with targets.

    ``p`` and ``targets`` are probabilities that A is preferred, in [0, 1]; no target is 0.5. A judge's
    sureness is s = max(p, 1 - p), and it is right where it is on the target's side. With ``BINS`` bins of
    equal width over [0.5, 1],

        ECE = sum_b n_b / n |right_b - mean s in b|        (Guo et al. 2017, section 2)
        Brier = mean (p - target)^2                         (Brier 1950)
    """
    said, wanted = np.array(p, dtype=float), np.array(targets, dtype=float)
    n = len(said)
    if n == 0:
        return Calibration(error=None, brier=None, n=0, bins=())
    sure = np.maximum(said, 1 - said)
    right = (said > 0.5) == (wanted > 0.5)
    edges = np.linspace(0.5, 1.0, BINS + 1)
    place = np.clip(np.digitize(sure, edges) - 1, 0, BINS - 1)
    bins = tuple(
        Bin(
            low=float(edges[b]),
            high=float(edges[b + 1]),
            said=float(sure[place == b].mean()),
            right=wilson(int(right[place == b].sum()), int((place == b).sum())),
        )
        for b in sorted(set(place.tolist()))
    )
    error = sum(item.right.n / n * abs((item.right.value or 0.0) - item.said) for item in bins)
    return Calibration(error=float(error), brier=float(((said - wanted) ** 2).mean()), n=n, bins=bins)
