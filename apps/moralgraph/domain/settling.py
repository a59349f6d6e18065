"""Which further votes would help most to settle who is first.

By Laplace's approximation scores scatter with covariance C around the fit. One more vote on the step a to b,
whose eta is x' theta, takes

    h k_r^2 / (1 + h x' C x),  k_r = c_r' C x,  c_r = e_first - e_r,

from the variance V_r = c_r' C c_r of the lead over a rival r, where h is the information of one vote on eta
at the fit. A vote is worth the sum over all rivals of the share of V_r that it
takes, weighted by the rival's chance to be ahead, Phi(-lead / sqrt(V_r)).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, ndtr

from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.counting import Floats
from apps.moralgraph.domain.ranking import Model

MOST_RIVALS = 12


@dataclass(frozen=True)
class Helpful:
    """A pair worth asking about, in the direction that was asked less; ``worth`` in shares of variance."""

    less_wise: Key
    wiser: Key
    worth: float


@dataclass(frozen=True)
class Belief:
    """What is known of the scores: their fit with phi (unknowns) and their covariance."""

    n: int
    theta: Floats
    covariance: Floats
    readiness: float
    sharpness: float

    @classmethod
    def of(cls, model: Model) -> "Belief":
        """Return what a model knows; the work grows with the cube of the number of values."""
        place = model.at_fit
        size = model.comparisons.n + 1
        covariance = np.linalg.inv(place.hessian())[:size, :size].astype(np.float64)
        readiness = float(model.fitted.ties[0])
        return cls(size - 1, model.fitted.theta[:size, 0], covariance, readiness, model.sharpness)

    def information(self) -> Floats:
        """Return h of a vote on every step (lower end x upper end)."""
        s = self.theta[: self.n]
        half = (s[None, :] - s[:, None]) / 2
        tie = expit(self.readiness - self.sharpness * np.log(np.cosh(half)))
        decided = (1 - tie) * (1 - np.tanh(half + self.theta[self.n] / 2) ** 2)
        found: Floats = decided + tie * (1 - tie) * (self.sharpness * np.tanh(half)) ** 2
        return found

    def spread(self) -> Floats:
        """Return x' C x of every step (lower end x upper end)."""
        own, with_phi = np.diag(self.covariance)[: self.n], self.covariance[: self.n, self.n]
        pair = own[None, :] + own[:, None] - 2 * self.covariance[: self.n, : self.n]
        lean = 2 * (with_phi[None, :] - with_phi[:, None]) + self.covariance[self.n, self.n]
        found: Floats = (pair + lean) / 4
        return found


def worth(belief: Belief) -> Floats:
    """Return what one more vote on every step (lower end x upper end) is worth; -inf on the diagonal."""
    n = belief.n
    found = np.full((n, n), -np.inf)
    if n < 2:
        return found
    s = belief.theta[:n]
    best_first = np.argsort(-s, kind="stable")
    first, rivals = best_first[0], best_first[1 : MOST_RIVALS + 1]
    towards = np.zeros((n + 1, len(rivals)))
    towards[first] = 1.0
    towards[rivals, np.arange(len(rivals))] = -1.0
    pull = belief.covariance @ towards
    variance = (towards * pull).sum(axis=0)
    chance = ndtr(-(s[first] - s[rivals]) / np.sqrt(variance))
    h = belief.information()
    scale = h / (1 + h * belief.spread())
    total = np.zeros((n, n))
    for column, weight in enumerate((chance / variance).tolist()):
        k = (pull[None, :n, column] - pull[:n, None, column] + pull[n, column]) / 2
        total += weight * k**2
    off = ~np.eye(n, dtype=np.bool_)
    found[off] = (scale * total)[off]
    return found


def most_helpful(*, values: Sequence[Key], belief: Belief, asked: Floats, most: int = 10) -> list[Helpful]:
    """Return the pairs whose next vote is worth most, best first, each once.

    ``asked`` says how often each step was asked about (lower end x upper end): the direction that was asked
    less is named, and where both were asked alike the one that is worth more.
    """
    each = worth(belief)
    n = len(values)
    pairs = [
        (max(each[low, high], each[high, low]), low, high) for low in range(n) for high in range(low + 1, n)
    ]
    best = sorted(pairs, key=lambda item: (-item[0], item[1], item[2]))[:most]
    found = []
    for value, low, high in best:
        lead = (asked[low, high] - asked[high, low]) or (each[high, low] - each[low, high])
        ends = (high, low) if lead > 0 else (low, high)
        found.append(Helpful(values[ends[0]], values[ends[1]], float(value)))
    return found
