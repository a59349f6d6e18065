"""Fits paired comparisons with ties and a common leaning to "wiser", for many weightings of voters at once.

The model is that of Davidson (1970) with the order effect of Davidson and Beaver (1977). A vote on the step a
to b is "wiser", "not wiser" or "the same" with probabilities proportional to

    exp(eta), exp(-eta) and exp(lambda),  eta = (s_b - s_a + phi) / 2,

so that among decided votes P(wiser) = sigma(s_b - s_a + phi), sigma(x) = 1 / (1 + exp(-x)). s are the values'
scores in log-odds, phi is how much more readily people say "wiser" whichever way they are asked, and lambda
how readily they say "the same". The log posterior

    sum over votes of w log P  -  sum over c (s_c - m_c)^2 / (2 tau^2)  -  (phi - m_phi)^2 / (2 psi^2)
        -  (lambda - lambda_0 - m_lambda)^2 / (2 * 1.5^2)

is concave and is climbed by Newton's method on all weightings side by side; each step is solved by conjugate
gradients with a diagonal preconditioner, so that the work grows with the number of steps asked about and
not with the square of the number of values. Without a vote for "the same" there is no lambda.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from apps.moralgraph.domain import ballots
from apps.moralgraph.domain.ballots import Ballots, Ints

Floats = NDArray[np.float64]
TIES_SD, TIES_MEAN = 1.5, -1.5
"""The prior of lambda."""
_SHARP = 1e-6
"""The least standard deviation that a prior is given in the sums; one of 0 fixes its variable."""
_MOST_STEPS = 60
_MOST_INNER_STEPS = 500
_MOST_HALVINGS = 40
_INNER_ACCURACY = 1e-6
_COLUMNS_AT_ONCE = 25
_FEW_VALUES, _PROBES = 300, 20


class NotFitted(RuntimeError):
    """The scores did not settle; the numbers must not be used."""


@dataclass(frozen=True)
class Comparisons:
    """What voters said of each step (lower end, upper end) between ``n`` values: steps x voters each."""

    n: int
    ends: Ints
    wiser: sparse.csr_array
    not_wiser: sparse.csr_array
    same: sparse.csr_array

    @property
    def voters(self) -> int:
        """Return the number of voters."""
        return int(self.wiser.shape[1])

    @cached_property
    def ties(self) -> bool:
        """Return whether anybody said "the same"."""
        return bool(self.same.nnz)

    @property
    def unknowns(self) -> int:
        """Return the number of scores, with phi and, where there are ties, lambda."""
        return self.n + 1 + self.ties

    @cached_property
    def incidence(self) -> sparse.csr_array:
        """Return steps x (values, phi): what each adds to eta."""
        steps = len(self.ends)
        rows = np.repeat(np.arange(steps), 3)
        columns = np.column_stack([self.ends, np.full(steps, self.n)]).ravel()
        return sparse.csr_array((np.tile([-0.5, 0.5, 0.5], steps), (rows, columns)), (steps, self.n + 1))


def compare(votes: Ballots) -> Comparisons:
    """Return votes as what is said of each step; "unsure" says nothing of which is wiser and is left out."""
    said = votes.where((votes.answer != ballots.UNSURE) & (votes.answer != ballots.NOT_ABOUT))
    n = len(votes.values)
    keys, step = np.unique(said.less_wise * n + said.wiser, return_inverse=True)
    shape = (len(keys), len(votes.voters))
    ends = np.column_stack([keys // max(1, n), keys % max(1, n)])
    found = []
    for answer in (ballots.WISER, ballots.NOT_WISER, ballots.SAME):
        rows = said.answer == answer
        ones = np.ones(int(np.count_nonzero(rows)))
        found.append(sparse.coo_array((ones, (step[rows], said.voter[rows])), shape=shape).tocsr())
    return Comparisons(n, ends, *found)


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
    """One weighting a column: counts (steps x columns), prior means and precisions of the unknowns."""

    comparisons: Comparisons
    transposed: sparse.csr_array
    lead: Floats
    same: Floats
    total: Floats
    means: Floats
    precision: Floats

    def at(self, theta: Floats) -> "Place":
        """Return the log posterior with its slope and curvature where the unknowns are ``theta``."""
        n, ties = self.comparisons.n, self.comparisons.ties
        eta = self.comparisons.incidence @ theta[: n + 1]
        size = np.abs(eta)
        opposite = np.exp(-2 * size)
        tie = np.exp(theta[-1] - size) if ties else np.zeros((1, theta.shape[1]))
        z = 1 + opposite + tie
        # P(wiser) - P(not wiser) and P(same).
        direction, tie = np.sign(eta) * (1 - opposite) / z, tie / z
        told = (self.lead * eta - self.total * (np.log(z) + size)).sum(axis=0)
        if ties:
            told += self.same.sum(axis=0) * theta[-1]
        off = theta - self.means
        slope = self.gather(self.lead - self.total * direction, self.same - self.total * tie)
        return Place(
            problem=self,
            theta=theta,
            objective=told - (self.precision * off**2).sum(axis=0) / 2,
            slope=slope - self.precision * off,
            own=self.total * (1 - tie - direction**2),
            direction=direction,
            cross=-self.total * direction * tie,
            ties=self.total * tie * (1 - tie),
        )

    def climb(self, theta: Floats, tolerance: float = 1e-9) -> Floats:
        """Return the unknowns at the highest posterior, from ``theta`` upwards. Raises NotFitted."""
        return _climb(self, theta, tolerance)

    def gather(self, along: Floats, ties: Floats) -> Floats:
        """Return what each unknown gets of changes along eta and lambda (steps x columns each)."""
        found: Floats = self.transposed @ along
        return np.vstack([found, ties.sum(axis=0)]) if self.comparisons.ties else found


@dataclass(frozen=True)
class Place:
    """The log posterior of each column at ``theta``, its slope, and its curvature along eta and lambda.

    ``direction`` is P(wiser) - P(not wiser) of each step.
    """

    problem: Problem
    theta: Floats
    objective: Floats
    slope: Floats
    direction: Floats
    own: Floats
    cross: Floats
    ties: Floats

    def times(self, vector: Floats) -> Floats:
        """Return minus the second derivative times a vector (unknowns x columns)."""
        comparisons = self.problem.comparisons
        along = comparisons.incidence @ vector[: comparisons.n + 1]
        if comparisons.ties:
            tie = vector[-1]
            found = self.problem.gather(
                self.own * along + self.cross * tie, self.cross * along + self.ties * tie
            )
        else:
            found = self.problem.gather(self.own * along, self.ties)
        return found + self.problem.precision * vector

    @property
    def diagonal(self) -> Floats:
        """Return the diagonal of minus the second derivative."""
        found = self.problem.transposed.power(2) @ self.own
        if self.problem.comparisons.ties:
            found = np.vstack([found, self.ties.sum(axis=0)])
        total: Floats = found + self.problem.precision
        return total

    def hessian(self) -> Floats:
        """Return minus the second derivative of the first column, dense."""
        comparisons, transposed = self.problem.comparisons, self.problem.transposed
        size, at = comparisons.unknowns, comparisons.n + 1
        found = np.zeros((size, size))
        weighed = sparse.diags_array(self.own[:, 0]) @ comparisons.incidence
        found[:at, :at] = (transposed @ weighed).toarray()
        if comparisons.ties:
            cross = transposed @ self.cross[:, 0]
            found[:at, at], found[at, :at] = cross, cross
            found[at, at] = self.ties[:, 0].sum()
        found[np.diag_indices(size)] += self.problem.precision[:, 0]
        return found

    def solve(self, target: Floats) -> Floats:
        """Return the vectors of which ``times`` gives ``target``."""
        return _conjugate_gradients(self.times, target, self.diagonal)


def problem(
    comparisons: Comparisons,
    *,
    prior_sd: float | Floats,
    leaning_sd: float = 1.0,
    weights: Floats | None = None,
    offsets: Floats | None = None,
) -> Problem:
    """Return what is to be climbed.

    ``prior_sd`` is tau (one, or one a column), ``leaning_sd`` psi. ``weights`` is voters x
    columns (all 1, one column, by default); ``offsets`` moves the priors' means, unknowns x columns.
    """
    held = np.ones((comparisons.voters, 1)) if weights is None else weights
    wiser, not_wiser = comparisons.wiser @ held, comparisons.not_wiser @ held
    same = comparisons.same @ held
    size = comparisons.unknowns
    means = np.zeros((size, held.shape[1])) if offsets is None else offsets.copy()
    precision = np.repeat(np.atleast_2d(np.asarray(prior_sd) ** -2.0), size, axis=0)
    precision[comparisons.n] = max(leaning_sd, _SHARP) ** -2
    if comparisons.ties:
        means[-1] += TIES_MEAN
        precision[-1] = TIES_SD**-2
    return Problem(
        comparisons=comparisons,
        transposed=comparisons.incidence.T.tocsr(),
        lead=wiser - not_wiser,
        same=same,
        total=wiser + not_wiser + same,
        means=means,
        precision=precision,
    )


def fit(
    comparisons: Comparisons,
    *,
    prior_sd: float | Floats,
    leaning_sd: float = 1.0,
    weights: Floats | None = None,
    offsets: Floats | None = None,
    start: Floats | None = None,
    tolerance: float = 1e-10,
) -> Fitted:
    """Return what has the highest posterior for each column of voters' weights.

    ``start`` is where to begin (unknowns). Raises NotFitted where a slope stays far above ``tolerance``.
    """
    columns = 1 if weights is None else weights.shape[1]
    parts = [slice(first, first + _COLUMNS_AT_ONCE) for first in range(0, columns, _COLUMNS_AT_ONCE)]
    found = np.zeros((comparisons.unknowns, columns))
    for part in parts:
        climbed = problem(
            comparisons,
            prior_sd=prior_sd if isinstance(prior_sd, float) else prior_sd[part],
            leaning_sd=leaning_sd,
            weights=None if weights is None else weights[:, part],
            offsets=None if offsets is None else offsets[:, part],
        )
        began = climbed.means if start is None else np.repeat(start[:, None], climbed.means.shape[1], axis=1)
        found[:, part] = _climb(climbed, began, tolerance)
    return Fitted(found, comparisons.n)


def _climb(climbed: Problem, theta: Floats, tolerance: float) -> Floats:
    place = climbed.at(theta)
    for _ in range(_MOST_STEPS):
        if np.abs(place.slope).max(initial=0.0) <= tolerance:
            return place.theta
        place = _step(place, place.solve(place.slope))
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
