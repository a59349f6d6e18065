"""Fits paired comparisons with ties and a common leaning to "wiser", for many weightings of voters at once.

A vote on the step a to b, with d = s_b - s_a, is "the same" with the probability

    P(same) = sigma(u),  u = lambda - beta log cosh(d / 2),  sigma(x) = 1 / (1 + exp(-x)),

and otherwise "wiser" with sigma(d + phi). s are the values' scores in log-odds, phi is how much more readily
people say "wiser" whichever way they are asked, lambda how readily they say "the same" of equal values, and
beta how sharply they keep it for values that are close: 0 where it is said of anything alike, 1 in Davidson's
model (1970; there with phi = 0), several where it is said of near equals alone. So decided votes are
logistic whatever the law of ties is, and a tie tells as much of the gap as ties were seen to depend on gaps.
The log posterior

    sum over votes of w log P  -  sum over c (s_c - m_c)^2 / (2 tau^2)  -  (phi - m_phi)^2 / (2 psi^2)
        -  (lambda - lambda_0 - m_lambda)^2 / (2 * 1.5^2)

is climbed by Newton's method on all weightings side by side; each step is solved by conjugate gradients with
a diagonal preconditioner, so that the work grows with the number of steps asked about and not with the square
of the number of values. For beta > 1 it need not be concave everywhere: a step goes as far as it bends
downwards (Steihaug 1983) and never down. Covariances use the expected information of ties, which is never
negative. Without a vote for "the same" there is no lambda.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit

from apps.moralgraph.domain.comparisons import Comparisons, Floats

TIES_SD, TIES_MEAN = 1.5, -2.2
"""The prior of lambda: of equal values one vote in ten says "the same", give or take a lot."""
_SHARP = 1e-6
"""The least standard deviation that a prior is given in the sums; one of 0 fixes its variable."""
_MOST_STEPS = 60
_MOST_INNER_STEPS = 500
_MOST_HALVINGS = 40
_INNER_ACCURACY = 1e-6
_COLUMNS_AT_ONCE, _CELLS_AT_ONCE = 25, 250_000
"""So many weightings side by side, and more of them where there are few steps."""
_FEW_VALUES, _PROBES = 300, 20


class NotFitted(RuntimeError):
    """The scores did not settle; the numbers must not be used."""


@dataclass(frozen=True)
class Fitted:
    """Scores (values x columns), and phi and lambda (columns); lambda is -inf where nobody found a tie."""

    theta: Floats
    n: int

    @property
    def scores(self) -> Floats:
        """Return the scores, values x columns."""
        found: Floats = self.theta[: self.n]
        return found

    @property
    def leaning(self) -> Floats:
        """Return phi of each column."""
        found: Floats = self.theta[self.n]
        return found

    @property
    def ties(self) -> Floats:
        """Return lambda of each column."""
        if len(self.theta) > self.n + 1:
            found: Floats = self.theta[self.n + 1]
            return found
        return np.full(self.theta.shape[1], -np.inf)


@dataclass(frozen=True)
class Problem:
    """One weighting a column: counts (steps x columns), prior means and precisions of the unknowns, beta."""

    comparisons: Comparisons
    lead: Floats
    decided: Floats
    same: Floats
    means: Floats
    precision: Floats
    sharpness: float

    def at(self, theta: Floats) -> "Place":
        """Return the log posterior with its slope and curvature where the unknowns are ``theta``."""
        n = self.comparisons.n
        half = self.comparisons.incidence @ theta[:n]
        eta = half + theta[n] / 2
        size = np.abs(eta)
        opposite = np.exp(-2 * size)
        direction = np.sign(eta) * (1 - opposite) / (1 + opposite)
        lead = self.lead - self.decided * direction
        ties = self._ties(half, theta[-1])
        off = theta - self.means
        told = (self.lead * eta - self.decided * (size + np.log1p(opposite))).sum(axis=0) + ties.told
        slope = self.comparisons.gather(lead + ties.off * ties.pull, lead, ties.off)
        return Place(
            problem=self,
            theta=theta,
            objective=told - (self.precision * off**2).sum(axis=0) / 2,
            slope=slope - self.precision * off,
            direction=direction,
            own=self.decided * (1 - direction**2),
            ties=ties,
        )

    def _ties(self, half: Floats, readiness: Floats) -> "Ties":
        """Return what is told by who said "the same" and who did not; nothing where nobody did."""
        if not self.comparisons.ties:
            nothing = np.zeros((1, half.shape[1]))
            return Ties(nothing[0], nothing, nothing, nothing, nothing, nothing, nothing)
        total = self.decided + self.same
        size = np.abs(half)
        opposite = np.exp(-2 * size)
        pull = -self.sharpness * np.sign(half) * (1 - opposite) / (1 + opposite)
        further = -self.sharpness * (size + np.log1p(opposite) - np.log(2.0))
        u = readiness + further
        chance = expit(u)
        off = self.same - total * chance
        return Ties(
            told=(self.same * u - total * np.logaddexp(0.0, u)).sum(axis=0),
            off=off,
            pull=pull,
            chance=chance,
            information=total * chance * (1 - chance),
            bend=off * self.sharpness * 4 * opposite / (1 + opposite) ** 2,
            further=further,
        )

    def climb(self, theta: Floats, tolerance: float = 1e-9) -> Floats:
        """Return the unknowns at the highest posterior, from ``theta`` upwards. Raises NotFitted."""
        return _climb(self, theta, tolerance)


@dataclass(frozen=True)
class Ties:
    """What "the same" tells (steps x columns): ``told`` is its log-likelihood a column, ``chance`` P(same).

    ``off`` is how many more said it than the model says, ``further`` u - lambda, ``pull`` the slope of u
    along d / 2, ``information`` that of the votes along u, and ``bend`` the curvature that is 0 where
    ``off`` is.
    """

    told: Floats
    off: Floats
    pull: Floats
    chance: Floats
    information: Floats
    bend: Floats
    further: Floats


@dataclass(frozen=True)
class Place:
    """The log posterior of each column at ``theta``, with its slope and what its curvature is made of.

    ``direction`` is P(wiser) - P(not wiser) of each step's decided votes, and ``own`` their information along
    eta = (d + phi) / 2.
    """

    problem: Problem
    theta: Floats
    objective: Floats
    slope: Floats
    direction: Floats
    own: Floats
    ties: Ties

    def times(self, vector: Floats, *, bend: float | Floats = 0.0) -> Floats:
        """Return the information, or with the ties' bend minus the second derivative, times a vector."""
        comparisons, ties = self.problem.comparisons, self.ties
        along = comparisons.incidence @ vector[: comparisons.n]
        own = self.own * (along + vector[comparisons.n] / 2)
        if not comparisons.ties:
            return comparisons.gather(own, own, own) + self.problem.precision * vector
        pulled = ties.information * (ties.pull * along + vector[-1])
        changed = comparisons.gather(own + ties.pull * pulled + bend * along, own, pulled)
        return changed + self.problem.precision * vector

    @property
    def uphill(self) -> Floats:
        """Return Newton's step, straight from a small matrix where there is but one column."""
        bend = self.ties.bend
        if self.theta.shape[1] == 1 and self.problem.comparisons.n <= _FEW_VALUES:
            with suppress(np.linalg.LinAlgError):
                return np.asarray(cho_solve(cho_factor(self.hessian(bend[:, 0])), self.slope))
        diagonal = self.diagonal(np.maximum(bend, 0.0))
        return _conjugate_gradients(lambda vector: self.times(vector, bend=bend), self.slope, diagonal)

    def diagonal(self, more: float | Floats = 0.0) -> Floats:
        """Return the diagonal of the information, with more of it along d / 2 of each step."""
        comparisons, ties = self.problem.comparisons, self.ties
        along = self.own + ties.information * ties.pull**2 + more
        found = [comparisons.transposed.power(2) @ along, self.own.sum(axis=0, keepdims=True) / 4]
        if comparisons.ties:
            found.append(ties.information.sum(axis=0, keepdims=True))
        total: Floats = np.vstack(found) + self.problem.precision
        return total

    def hessian(self, more: float | Floats = 0.0) -> Floats:
        """Return the information of the first column with the priors' precision, dense.

        ``more`` is more of it along d / 2 of each step.
        """
        comparisons, ties = self.problem.comparisons, self.ties
        n, (low, high) = comparisons.n, comparisons.ends.T
        own, pulled = self.own[:, 0], (ties.information * ties.pull)[:, 0]
        along = (own + pulled * ties.pull[:, 0] + more) / 4
        found = np.diag(self.problem.precision[:, 0])
        pairs = np.bincount(low * n + high, along, n * n).reshape(n, n)
        found[:n, :n] -= pairs + pairs.T
        found[np.arange(n), np.arange(n)] += pairs.sum(axis=0) + pairs.sum(axis=1)
        for row, each in ((n, own / 4), *(((n + 1, pulled / 2),) if comparisons.ties else ())):
            lead = np.bincount(high, each, n) - np.bincount(low, each, n)
            found[:n, row] += lead
            found[row, :n] += lead
        found[n, n] += own.sum() / 4
        if comparisons.ties:
            found[-1, -1] += ties.information[:, 0].sum()
        return found

    def solve(self, target: Floats) -> Floats:
        """Return the vectors of which ``times`` gives ``target``."""
        return _conjugate_gradients(self.times, target, self.diagonal())


def problem(
    comparisons: Comparisons,
    *,
    prior_sd: float | Floats,
    leaning_sd: float = 1.0,
    sharpness: float = 1.0,
    weights: Floats | None = None,
    offsets: Floats | None = None,
    shares: Floats | None = None,
    around: Floats | None = None,
) -> Problem:
    """Return what is to be climbed.

    ``prior_sd`` is tau (one, or one a column), ``leaning_sd`` psi, ``sharpness`` beta. ``weights`` is voters
    x columns (all 1, one column, by default); ``offsets`` moves the priors' means, unknowns x columns.
    Of how weights differ from ``around`` each step feels its share (one number a step).
    """
    held = np.ones((comparisons.voters, 1)) if weights is None else weights
    wiser, not_wiser, same = (
        _weighed(table, held, shares, around)
        for table in (comparisons.wiser, comparisons.not_wiser, comparisons.same)
    )
    size = comparisons.unknowns
    means = np.zeros((size, held.shape[1])) if offsets is None else offsets.copy()
    precision = np.repeat(np.atleast_2d(np.asarray(prior_sd) ** -2.0), size, axis=0)
    precision[comparisons.n] = max(leaning_sd, _SHARP) ** -2
    if comparisons.ties:
        means[-1] += TIES_MEAN
        precision[-1] = TIES_SD**-2
    return Problem(
        comparisons=comparisons,
        lead=wiser - not_wiser,
        decided=wiser + not_wiser,
        same=same,
        means=means,
        precision=precision,
        sharpness=sharpness,
    )


def _weighed(said: sparse.csr_array, held: Floats, shares: Floats | None, around: Floats | None) -> Floats:
    """Return how much weight what was said has, steps x columns."""
    found: Floats = said @ held
    if shares is None or around is None:
        return found
    middle: Floats = (said @ around)[:, None]
    felt: Floats = middle + shares[:, None] * (found - middle)
    return felt


def fit(
    comparisons: Comparisons,
    *,
    prior_sd: float | Floats,
    leaning_sd: float = 1.0,
    sharpness: float = 1.0,
    weights: Floats | None = None,
    offsets: Floats | None = None,
    shares: Floats | None = None,
    around: Floats | None = None,
    start: Floats | None = None,
    tolerance: float = 1e-10,
) -> Fitted:
    """Return what has the highest posterior for each column of voters' weights.

    ``start`` is where to begin (unknowns). Raises NotFitted where a slope stays far above ``tolerance``.
    """
    columns = 1 if weights is None else weights.shape[1]
    at_once = max(_COLUMNS_AT_ONCE, _CELLS_AT_ONCE // max(1, len(comparisons.ends)))
    parts = [slice(first, first + at_once) for first in range(0, columns, at_once)]
    found = np.zeros((comparisons.unknowns, columns))
    for part in parts:
        climbed = problem(
            comparisons,
            prior_sd=prior_sd if isinstance(prior_sd, float) else prior_sd[part],
            leaning_sd=leaning_sd,
            sharpness=sharpness,
            weights=None if weights is None else weights[:, part],
            offsets=None if offsets is None else offsets[:, part],
            shares=shares,
            around=around,
        )
        began = climbed.means if start is None else np.repeat(start[:, None], climbed.means.shape[1], axis=1)
        found[:, part] = _climb(climbed, began, tolerance)
    return Fitted(found, comparisons.n)


def _climb(climbed: Problem, theta: Floats, tolerance: float) -> Floats:
    place = climbed.at(theta)
    for _ in range(_MOST_STEPS):
        if np.abs(place.slope).max(initial=0.0) <= tolerance:
            return place.theta
        place = _step(place, place.uphill)
    if np.abs(place.slope).max(initial=0.0) <= 1000 * tolerance:
        return place.theta
    raise NotFitted("The scores did not settle.")


def _step(place: Place, direction: Floats) -> Place:
    """Go the whole way where that helps, and half as far, again and again, where it does not."""
    least = place.objective - 1e-12 * np.abs(place.objective) - 1e-12
    length = np.ones(place.theta.shape[1])
    for _ in range(_MOST_HALVINGS):
        moved = place.problem.at(place.theta + length * direction)
        worse = moved.objective < least
        if not worse.any():
            break
        length[worse] /= 2
    return moved


def _conjugate_gradients(times: Callable[[Floats], Floats], target: Floats, diagonal: Floats) -> Floats:
    """Solve ``times(x) = target`` in every column at once, each as far as it bends downwards."""
    solution = np.zeros_like(target)
    residual = target.copy()
    towards = residual / diagonal
    size = (residual * towards).sum(axis=0)
    # A step need not be exact: Newton's method looks again.
    enough = _INNER_ACCURACY * size + 1e-300
    going = size > enough
    direction = towards
    for turn in range(_MOST_INNER_STEPS):
        if not going.any():
            break
        applied = times(direction)
        bent = (direction * applied).sum(axis=0)
        if turn == 0:
            solution[:, bent <= 0] = towards[:, bent <= 0]
        going &= bent > 0
        length = np.where(going, size, 0.0) / np.where(going, bent, 1.0)
        solution += length * direction
        residual -= length * applied
        towards = residual / diagonal
        former, size = size, (residual * towards).sum(axis=0)
        going &= size > enough
        direction = towards + size / np.maximum(former, 1e-300) * direction
    return solution


def trace(place: Place) -> float:
    """Return the trace of the scores' posterior covariance (Laplace) of a single column.

    Exact for few values; for many, the mean over fixed random signs z of z' C z (Hutchinson 1989).
    """
    comparisons = place.problem.comparisons
    n = comparisons.n
    if n <= _FEW_VALUES:
        return float(np.trace(np.linalg.inv(place.hessian())[:n, :n]))
    signs = np.zeros((comparisons.unknowns, _PROBES))
    signs[:n] = np.random.default_rng(1).choice([-1.0, 1.0], size=(n, _PROBES))
    return float((signs * place.solve(signs)).sum() / _PROBES)
