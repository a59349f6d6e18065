"""A reward head on a frozen encoder, fitted at once: few numbers, the least loss itself, no framework."""

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from apps.models.domain import logistic

Floats = NDArray[np.float64]
STEPS = tuple(10.0 ** (half / 2) for half in range(4, -5, -1))
"""The ridges that are tried, from strict to loose, in units of the mean squared length of a difference."""
BARELY = 1e-6


@dataclasses.dataclass(frozen=True)
class Head:
    """The weights of a head and the ridge that it was fitted with."""

    weights: Floats
    ridge: float


def head(
    *,
    differences: Floats,
    targets: Floats,
    prompts: Sequence[str],
    ridge: float | None = None,
    margin: float = 0.0,
) -> Head:
    """Return the w of r(x, y) = w . phi(x, y) with the least penalised Bradley-Terry loss.

    With D = phi(x, y_a) - phi(x, y_b), target p and margin m:

        z = w . D - m (2p - 1)
        J = sum of -(p log sigma(z) + (1 - p) log sigma(-z)) + ridge / 2 |w|^2

    Args: ``differences`` D, (pairs, width); ``targets`` p, (pairs,); ``prompts`` names each pair's. Convex,
    so the least is the only one; turning every pair around leaves it where it is. Without a ``ridge`` it is
    the one whose head does best on prompts that it has not seen: from strict to loose, as long as the loss
    with each prompt left out (``unseen_loss``) goes down.
    """
    offset = margin * (2 * targets - 1)
    if ridge is not None:
        return Head(_fit(differences, targets, offset, ridge), ridge)
    scale = max(float((differences**2).sum(axis=1).mean()), BARELY)
    place = np.unique(np.array(prompts, dtype=object).astype(str), return_inverse=True)[1]
    best, least = None, np.inf
    for step in STEPS:
        tried = Head(_fit(differences, targets, offset, step * scale), step * scale)
        loss = unseen_loss(differences=differences, targets=targets, place=place, head=tried, margin=margin)
        if best is not None and loss >= least:
            break
        best, least = tried, loss
    assert best is not None  # noqa: S101 - the first is always kept; says so to the type checker
    return best


def unseen_loss(
    *, differences: Floats, targets: Floats, place: NDArray[np.intp], head: Head, margin: float = 0.0
) -> float:
    """Return the mean loss on each prompt's pairs by a head that was fitted without that prompt.

    It is not fitted anew: one step of Newton's from the whole head takes a prompt g out. With H the bend of
    J at w, W = sigma(z)(1 - sigma(z)) and e = sigma(z) - p on its pairs X, and A = X H^-1 X^T:

        z without g = z + A (I - W A)^-1 e           (Rad and Maleki 2020, J. R. Stat. Soc. B 82, 965-996)

    ``place`` numbers each pair's prompt from 0. The margin shifts z in training and is not said.
    """
    said = differences @ head.weights
    belief = np.exp(-np.logaddexp(0.0, -(said - margin * (2 * targets - 1))))
    bend = belief * (1 - belief)
    off = belief - targets
    width = differences.shape[1]
    whole = (differences * bend[:, None]).T @ differences + head.ridge * np.eye(width)
    ahead = np.linalg.solve(whole, differences.T).T
    unseen = said.copy()
    for rows in np.split(np.argsort(place, kind="stable"), np.cumsum(np.bincount(place))[:-1]):
        lever = differences[rows] @ ahead[rows].T
        left = np.eye(len(rows)) - bend[rows, None] * lever
        unseen[rows] += lever @ np.linalg.solve(left, off[rows])
    return float((np.logaddexp(0.0, unseen) - targets * unseen).mean())


def _fit(differences: Floats, targets: Floats, offset: Floats, ridge: float) -> Floats:
    found = logistic.fit(features=differences, targets=targets, ridge=ridge, offset=offset, constant=False)
    return found.weights
