"""Principle priorities: how strongly an annotator sides with each principle when principles clash.

Khalaf et al. (FAccT 2025), slides page 16 and the authors' code. With f_{c,c'} the number of clashes and L
the binary cross-entropy:

    w*(a) = argmin_w  sum_{c,c'} f_{c,c'} L( PS_{c>c'}(a); sigma(w_c - w_c') )

which is the maximum likelihood of a Bradley-Terry model. As published: a principle that wins every game has
w = +inf, one that loses every game -inf, and games with either are left out of the fit; there is no
regulariser. The finite weights are centred on their mean. A principle without any game has no weight (NaN);
the authors' code gives it -inf, which is where ``measures.ranks`` puts it.
"""

from dataclasses import dataclass

import numpy as np

from apps.discretion.domain.preferences import Floats, sigma

STEPS = 60
NEAR = 1e-7
"""The gradient, in games, at which the fit has arrived."""

TOGETHER = 64
"""Fits that climb together: what they work on should stay in the processor's cache."""

LIMIT = 30.0
"""Where the finite games of one group of principles are all won against another, the likelihood has no
maximum: the fit stops here.

The published descent stops on such data too, at a small gradient; the order of the weights is the same.
"""

ALWAYS_WINS, ALWAYS_LOSES, UNRANKED, SEPARATED = (
    "always wins",
    "always loses",
    "unranked: no clash",
    "few games",
)


@dataclass(frozen=True)
class Priority:
    """One principle's weight, the games behind it, and what to know about it; its rank (1 is first, shared
    ranks as published) with the 95 % range of ranks that resampled data give it.
    """

    weight: float
    games: int
    note: str
    rank: int = 0
    rank_low: int = 0
    rank_high: int = 0


def fit(*, games: Floats) -> Floats:
    """Return w*, shape (..., C), from games of shape (..., C, C): ``games[c, d]`` = clashes in which the
    annotator sided with c.

    Weights are in logits: ``sigma(w_c - w_d)`` is the modelled chance of siding with c against d. Leading
    axes are fitted side by side, which is what makes a bootstrap quick.
    """
    principles = games.shape[-1]
    batch = games.reshape(int(np.prod(games.shape[:-2])), principles, principles)
    won, lost = batch.sum(axis=2), batch.sum(axis=1)
    finite = (won > 0) & (lost > 0)
    batch = batch * finite[:, :, None] * finite[:, None, :]
    parts = [batch[start : start + TOGETHER] for start in range(0, len(batch), TOGETHER)]
    weights = np.concatenate([_newton(part) for part in parts]) if parts else np.zeros(finite.shape)
    count = np.maximum(finite.sum(axis=1, keepdims=True), 1)
    weights = weights - (weights * finite).sum(axis=1, keepdims=True) / count
    weights = np.where(finite, weights, np.where(won > 0, np.inf, np.where(lost > 0, -np.inf, np.nan)))
    return weights.reshape(games.shape[:-1])


def _newton(games: Floats) -> Floats:
    """Climb the concave log-likelihood by Newton's method with a damped step, for a batch (B, C, C) at
    once; what has arrived leaves the batch.
    """
    weights = np.zeros(games.shape[:2])
    waiting = np.arange(len(games))
    for _ in range(STEPS):
        gradient, hessian = _slopes(games[waiting], weights[waiting])
        moving = np.abs(gradient).max(axis=1, initial=0.0) >= NEAR
        waiting, gradient, hessian = waiting[moving], gradient[moving], hessian[moving]
        if not waiting.size:
            break
        step = np.linalg.solve(hessian, gradient[:, :, None])[:, :, 0]
        # Without a bound the first step overshoots where games are few; two logits a step still arrives
        # quickly.
        scale = np.minimum(1.0, 2.0 / np.maximum(np.abs(step).max(axis=1, keepdims=True), 1e-12))
        weights[waiting] = np.clip(weights[waiting] + scale * step, -LIMIT, LIMIT)
    return weights


def _slopes(games: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return the gradient (B, C) of the log-likelihood and its negative Hessian (B, C, C)."""
    played = games + games.transpose(0, 2, 1)
    chance = sigma(weights[:, :, None] - weights[:, None, :])
    gradient = games.sum(axis=2) - (played * chance).sum(axis=2)
    spread = played * chance * (1 - chance)
    # A whisper of a ridge keeps the system solvable: only differences of weights matter, so it is singular
    # by nature.
    hessian = np.eye(games.shape[1]) * (spread.sum(axis=2) + 1e-9)[:, :, None] - spread
    return gradient, hessian


def note(*, weight: float, games: int, few: int = 5) -> str:
    """Say what a weight cannot say by itself."""
    if games == 0:
        return UNRANKED
    if np.isinf(weight):
        return ALWAYS_WINS if weight > 0 else ALWAYS_LOSES
    return SEPARATED if games < few else ""
