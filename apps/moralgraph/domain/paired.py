"""Fits paired comparisons with a normal prior for many weightings of the voters at once.

Newton's method on all weightings side by side; each Newton step is solved by conjugate gradients with a
diagonal preconditioner, so that the work grows with the number of pairs and not with the square of the number
of values.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit

Floats = NDArray[np.float64]
_MOST_STEPS = 60
_MOST_INNER_STEPS = 500
_MOST_HALVINGS = 40
_INNER_ACCURACY = 1e-6


class NotFitted(RuntimeError):
    """The scores did not settle; the numbers must not be used."""


@dataclass(frozen=True)
class Comparisons:
    """Wins between ``n`` values.

    ``ends`` (pairs x 2) are positions of values, ``first`` and ``second`` (pairs x voters) the wins of either
    end.
    """

    n: int
    ends: NDArray[np.int64]
    first: sparse.csr_array
    second: sparse.csr_array

    @property
    def voters(self) -> int:
        """Return the number of voters."""
        return int(self.first.shape[1])

    @property
    def incidence(self) -> sparse.csr_array:
        """Return pairs x values: +1 at the first end of each pair and -1 at the second."""
        pairs = len(self.ends)
        rows = np.repeat(np.arange(pairs), 2)
        signs = np.tile([1.0, -1.0], pairs)
        return sparse.csr_array((signs, (rows, self.ends.ravel())), shape=(pairs, self.n))


@dataclass(frozen=True)
class _Problem:
    """One weighting a column: wins of both ends (pairs x draws), prior means (values x draws), precision."""

    incidence: sparse.csr_array
    transposed: sparse.csr_array
    first: Floats
    second: Floats
    means: Floats
    precision: float

    def objective(self, scores: Floats) -> Floats:
        """Return the log posterior of each column, up to a constant."""
        gaps = self.incidence @ scores
        losses = self.first * np.logaddexp(0, -gaps) + self.second * np.logaddexp(0, gaps)
        prior = -self.precision / 2 * ((scores - self.means) ** 2).sum(axis=0)
        total: Floats = prior - losses.sum(axis=0)
        return total

    def gradient(self, scores: Floats) -> Floats:
        """Return the slope of the log posterior (values x draws)."""
        chance = expit(self.incidence @ scores)
        slope: Floats = self.transposed @ (self.first * (1 - chance) - self.second * chance)
        return slope - self.precision * (scores - self.means)

    def curvature(self, scores: Floats) -> Floats:
        """Return how strongly each pair holds its ends together (pairs x draws)."""
        chance = expit(self.incidence @ scores)
        held: Floats = (self.first + self.second) * chance * (1 - chance)
        return held


def fit(
    comparisons: Comparisons,
    *,
    prior_sd: float,
    weights: Floats | None = None,
    prior_means: Floats | None = None,
    start: Floats | None = None,
    tolerance: float = 1e-10,
) -> Floats:
    """Return the scores (values x draws) with the highest posterior for each column of voters' weights.

    ``weights`` is voters x draws (all 1, one draw, by default), ``prior_means`` values x draws (0 by
    default), ``start`` the scores to begin from. Raises NotFitted where a slope stays above ``tolerance``.
    """
    held = np.ones((comparisons.voters, 1)) if weights is None else weights
    draws = held.shape[1]
    means = np.zeros((comparisons.n, draws)) if prior_means is None else prior_means
    incidence = comparisons.incidence
    problem = _Problem(
        incidence=incidence,
        transposed=incidence.T.tocsr(),
        first=comparisons.first @ held,
        second=comparisons.second @ held,
        means=means,
        precision=prior_sd**-2,
    )
    scores = np.zeros((comparisons.n, draws)) if start is None else np.repeat(start[:, None], draws, axis=1)
    return _climb(problem, scores, tolerance)


def _climb(problem: _Problem, scores: Floats, tolerance: float) -> Floats:
    for _ in range(_MOST_STEPS):
        slope = problem.gradient(scores)
        if np.abs(slope).max(initial=0.0) <= tolerance:
            return scores
        scores = _step(problem, scores, _newton_direction(problem, scores, slope))
    if np.abs(problem.gradient(scores)).max(initial=0.0) <= 100 * tolerance:
        return scores
    raise NotFitted("The scores did not settle.")


def _step(problem: _Problem, scores: Floats, direction: Floats) -> Floats:
    """Go the whole way where that helps, and half as far, again and again, where it does not."""
    before = problem.objective(scores)
    length = np.ones(scores.shape[1])
    for _ in range(_MOST_HALVINGS):
        moved = scores + length * direction
        worse = problem.objective(moved) < before - 1e-12 * np.abs(before) - 1e-12
        if not worse.any():
            break
        length[worse] /= 2
    return scores + length * direction


def _newton_direction(problem: _Problem, scores: Floats, slope: Floats) -> Floats:
    held = problem.curvature(scores)
    diagonal = abs(problem.transposed) @ held + problem.precision

    def times(vector: Floats) -> Floats:
        product: Floats = problem.transposed @ (held * (problem.incidence @ vector))
        return product + problem.precision * vector

    return _conjugate_gradients(times, slope, diagonal)


def _conjugate_gradients(times: Callable[[Floats], Floats], target: Floats, diagonal: Floats) -> Floats:
    """Solve ``times(x) = target`` in every column at once."""
    solution = np.zeros_like(target)
    residual = target.copy()
    towards = residual / diagonal
    size = (residual * towards).sum(axis=0)
    # A step need not be exact: Newton's method looks again.
    enough = _INNER_ACCURACY * size + 1e-300
    direction = towards
    for _ in range(_MOST_INNER_STEPS):
        if (size <= enough).all():
            break
        applied = times(direction)
        length = size / np.maximum((direction * applied).sum(axis=0), 1e-300)
        solution += length * direction
        residual -= length * applied
        towards = residual / diagonal
        former, size = size, (residual * towards).sum(axis=0)
        direction = towards + size / np.maximum(former, 1e-300) * direction
    return solution
