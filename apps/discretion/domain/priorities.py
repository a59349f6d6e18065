"""Principle priorities: how strongly an annotator sides with each principle when principles clash.

Khalaf et al. (FAccT 2025), slides page 16 and the authors' code. With f_{c,c'} the number of clashes and L
the binary cross-entropy:

    w*(a) = argmin_w  sum_{c,c'} f_{c,c'} L( PS_{c>c'}(a); sigma(w_c - w_c') )

which is the maximum likelihood of a Bradley-Terry model. As published: a principle that wins every game has
w = +inf, one that loses every game -inf, and games with either are left out of the fit; there is no
regulariser. Unlike published: a principle without any game is unranked (NaN), where the code puts it last.
The finite weights are centred on their mean.
"""

from dataclasses import dataclass

import numpy as np

from apps.discretion.domain.preferences import Bools, Floats, sigma

STEPS = 60
LIMIT = 30.0
"""Where the finite games of one group of principles are all won against another, the likelihood has no
maximum: the fit stops here.

The published descent stops on such data as well, at a gradient below 1e-7; the order of the weights is the
same.
"""

ALWAYS_WINS, ALWAYS_LOSES, UNRANKED, SEPARATED = (
    "always wins",
    "always loses",
    "unranked: no clash",
    "few games",
)


@dataclass(frozen=True)
class Priority:
    """One principle's weight, the games behind it, and what to know about it."""

    weight: float
    games: int
    note: str


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
    weights = _newton(batch * finite[:, :, None] * finite[:, None, :])
    count = np.maximum(finite.sum(axis=1, keepdims=True), 1)
    weights = weights - (weights * finite).sum(axis=1, keepdims=True) / count
    weights = np.where(finite, weights, np.where(won > 0, np.inf, np.where(lost > 0, -np.inf, np.nan)))
    return weights.reshape(games.shape[:-1])


def _newton(games: Floats) -> Floats:
    """Climb the concave log-likelihood by Newton's method with a damped step, for a batch (B, C, C) at
    once.
    """
    played = games + games.transpose(0, 2, 1)
    won = games.sum(axis=2)
    weights = np.zeros(won.shape)
    # A whisper of a ridge keeps the system solvable: only differences of weights matter, so it is singular
    # by nature.
    ridge = 1e-9 * np.eye(won.shape[1])
    for _ in range(STEPS):
        chance = sigma(weights[:, :, None] - weights[:, None, :])
        gradient = won - (played * chance).sum(axis=2)
        if np.abs(gradient).max(initial=0.0) < 1e-7:
            break
        spread = played * chance * (1 - chance)
        hessian = np.eye(won.shape[1]) * spread.sum(axis=2)[:, :, None] - spread + ridge
        step = np.linalg.solve(hessian, gradient[:, :, None])[:, :, 0]
        # Without a bound the first step overshoots where games are few; two logits a step still arrives
        # quickly.
        scale = np.minimum(1.0, 2.0 / np.maximum(np.abs(step).max(axis=1, keepdims=True), 1e-12))
        weights = np.clip(weights + scale * step, -LIMIT, LIMIT)
    return weights


def describe(*, games: Floats, few: int = 5) -> list[Priority]:
    """Return each principle's weight with its number of games and a note on what the number cannot say."""
    weights = fit(games=games)
    counts = (games.sum(axis=1) + games.sum(axis=0)).astype(int)
    return [
        Priority(weight=float(weight), games=int(count), note=_note(float(weight), int(count), few))
        for weight, count in zip(weights, counts, strict=True)
    ]


def _note(weight: float, count: int, few: int) -> str:
    if count == 0:
        return UNRANKED
    if np.isinf(weight):
        return ALWAYS_WINS if weight > 0 else ALWAYS_LOSES
    return SEPARATED if count < few else ""


def ranked(weights: Floats) -> Bools:
    """Return which principles have a priority at all."""
    return ~np.isnan(weights)
