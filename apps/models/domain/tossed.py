"""What comes of targets that say nothing: the same fit to tossed targets, many times over."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEPS = 80
"""More turn heads no further: at 40 they already judge as at 80."""
TAIL, POWER = 0.025, 0.8
FEWEST = 6
"""With fewer prompts there are too few ways of tossing: 2^5 = 32 leave no 2.5 %."""


@dataclass(frozen=True)
class Luck:
    """How often heads that were taught tossed targets are right, beside what was really taught.

    ``mean``, ``low`` and ``high`` are of the ``heads``: 95 % lie between the two. ``as_right`` of them are
    at least as right as the checkpoint, so that luck alone comes so far with probability
    ``p`` = (1 + as_right) / (1 + heads) (Phipson and Smyth 2010, SAGMB 9, 39). ``noticeable`` is the share
    from which on it would be told from luck four times of five.
    """

    heads: int
    mean: float
    low: float
    high: float
    as_right: int
    p: float
    noticeable: float
    prompts: int

    @property
    def detected(self) -> bool:
        """Whether the checkpoint is righter than luck."""
        return self.p <= TAIL

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as they go over the wire."""
        return {**asdict(self), "detected": self.detected}


def toss(*, targets: Floats, prompts: Sequence[str], times: int, seed: int = 0) -> Floats:
    """Return targets with p or 1 - p, by a coin for each prompt, (pairs, times).

    A prompt's pairs are turned around together: alike as they are, they tell as much as before, and only
    whether it is the wanted side is tossed.
    """
    names, place = np.unique(np.array(prompts, dtype=object).astype(str), return_inverse=True)
    turned = np.random.default_rng(seed).random((len(names), times)) < 0.5
    kept = targets[:, None]
    return np.where(turned[place], 1 - kept, kept)


def heads(*, differences: Floats, targets: Floats, ridge: float, margin: float = 0.0) -> Floats:
    """Return the head of ``instant.head`` for each column of targets, (width, columns), all at once.

    In the coordinates of D = U S V', where the curvature of the loss is at most S^2 / 4 + ridge, each step
    divides the gradient by that bound (Boehning and Lindsay 1988, Ann. Inst. Stat. Math. 40, 641-663), so
    that no step makes the loss worse and one division serves all columns.
    """
    left, scale, right = np.linalg.svd(differences, full_matrices=False)
    design, bound = left * scale, (scale**2 / 4 + ridge)[:, None]
    offset = margin * (2 * targets - 1)
    found = np.zeros((len(scale), targets.shape[1]))
    for _ in range(STEPS):
        belief = np.exp(-np.logaddexp(0.0, offset - design @ found))
        found += (design.T @ (targets - belief) - ridge * found) / bound
    turned: Floats = right.T @ found
    return turned


def luck(*, rights: Floats, own: float, prompts: int) -> Luck:
    """Return how a checkpoint that is right in the share ``own`` stands to heads of these shares."""
    as_right = int((rights >= own - 1e-9).sum())
    high = float(np.quantile(rights, 1 - TAIL))
    reach = NormalDist().inv_cdf(POWER) * float(rights.std())
    return Luck(
        heads=len(rights),
        mean=float(rights.mean()),
        low=float(np.quantile(rights, TAIL)),
        high=high,
        as_right=as_right,
        p=(1 + as_right) / (1 + len(rights)),
        noticeable=min(1.0, high + reach),
        prompts=prompts,
    )
