"""Which pairs of values a person is asked about: those whose answer tells most about which value is on top.

Scores s of n values and people's leaning phi to say "wiser" have a Normal posterior (Laplace's approximation)
under

    P("wiser" on the step a to b) = sigma(eta),  eta = s_b - s_a + phi,  s_c ~ N(0, tau^2),  phi ~ N(0, 1),

where "the same" counts as half an answer each way and "unsure" tells nothing: the model of ``paired`` but for
its lambda, which says how often people tie. Of it M samples are drawn; T is the value on top of a sample. A
pair is worth what its answer y is expected to tell about T, the mutual information

    I(y; T) = H(mean of p) - sum over t of P(T = t) H(mean of p where T = t),  H(p) = -p ln p - (1-p) ln(1-p),

p = sigma(eta) in each sample: 0 for values that are surely not on top, however little is known of them, and 0
for pairs whose answer is known beforehand. Asked but unanswered stories count as information without an
answer, and so does each pair that was chosen before in the same draw, so that neither many people at once nor
one person is asked the same thing twice. Values that may be on top are found by their upper limit, mean plus
two standard deviations, so that the work grows with the cube of n only where the posterior is made.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit, xlogy

from apps.moralgraph.domain.ballots import Bools, Ints
from apps.moralgraph.domain.counting import Floats

Pair = tuple[int, int]

CONTENDERS = 24
"""How many values are looked at as possible tops."""
SAMPLES = 1024
"""M."""
_UPPER = 2.0
_STEPS, _NEAR = 12, 1e-4
_TIE_BREAK, _JITTER = 1e-3, 1e-9


@dataclass(frozen=True)
class Said:
    """What was said of each step (lower end, upper end) between ``n`` values.

    ``lead`` is how many more said "wiser" than "not wiser", ``told`` how many said either or "the same", and
    ``open`` how many were asked and have not answered.
    """

    n: int
    less_wise: Ints
    wiser: Ints
    lead: Floats
    told: Floats
    open: Floats


@dataclass(frozen=True)
class Belief:
    """The scores and, last, phi: their means and their covariance."""

    mean: Floats
    covariance: Floats

    @property
    def n(self) -> int:
        """Return the number of values."""
        return len(self.mean) - 1

    @property
    def spread(self) -> Floats:
        """Return the standard deviation of every score."""
        found: Floats = np.sqrt(np.diag(self.covariance)[:-1])
        return found


def believe(said: Said, *, prior_sd: float = 1.0) -> Belief:
    """Return the posterior of the scores, climbed to by Newton's method; ``prior_sd`` is tau."""
    n = said.n
    theta = np.zeros(n + 1)
    prior = np.full(n + 1, prior_sd**-2.0)
    prior[n] = 1.0
    for _ in range(_STEPS):
        direction = expit(theta[said.wiser] - theta[said.less_wise] + theta[n])
        slope = _gather(n, said, said.lead / 2 - said.told * (direction - 0.5)) - prior * theta
        factor = cho_factor(_curvature(n, said, said.told * direction * (1 - direction), prior))
        step = cho_solve(factor, slope)
        theta += step
        if np.abs(step).max(initial=0.0) < _NEAR:
            break
    direction = expit(theta[said.wiser] - theta[said.less_wise] + theta[n])
    weight = (said.told + said.open) * direction * (1 - direction)
    covariance = cho_solve(cho_factor(_curvature(n, said, weight, prior)), np.eye(n + 1))
    return Belief(theta, covariance)


def _gather(n: int, said: Said, along: Floats) -> Floats:
    """Return what each unknown gets of a change along eta of each step."""
    ups = np.bincount(said.wiser, along, n)
    downs = np.bincount(said.less_wise, along, n)
    return np.append(ups - downs, along.sum())


def _curvature(n: int, said: Said, weight: Floats, prior: Floats) -> Floats:
    """Return minus the second derivative of the log posterior; ``weight`` is the information of each step."""
    found = np.zeros((n + 1, n + 1))
    pairs = np.bincount(said.less_wise * n + said.wiser, weight, n * n).reshape(n, n)
    found[:n, :n] = -pairs - pairs.T
    found[np.arange(n), np.arange(n)] += pairs.sum(axis=0) + pairs.sum(axis=1)
    lean = pairs.sum(axis=0) - pairs.sum(axis=1)
    found[:n, n], found[n, :n], found[n, n] = lean, lean, weight.sum()
    found[np.diag_indices(n + 1)] += prior
    return found


@dataclass(frozen=True)
class Wish:
    """What a person may be asked: ``n`` pairs, none of ``avoid`` (lower position first).

    ``own`` is the position of the person's own value, which stands in ``own_pairs`` of them; where that is
    not said, in one of two or more, in two of six, and so on, so that nobody judges their own neighbours
    alone. ``short`` are the values that were asked about too seldom: one pair holds the first of them. No
    other value stands in more than half of the pairs. Where the values are too few for all this, pairs come
    that break these bounds, but never one to avoid.
    """

    n: int
    own: int | None = None
    own_pairs: int | None = None
    avoid: Collection[Pair] = ()
    short: Sequence[int] = ()

    @property
    def wanted(self) -> Counter[int]:
        """Return the values that some pairs must hold, and how many pairs."""
        short = Counter(value for value in self.short[:1] if value != self.own)
        if self.own is None or (self.own_pairs is None and self.n < 2):
            return short
        return Counter({self.own: 1 if self.own_pairs is None else self.own_pairs}) + short

    def missing(self, chosen: Sequence[Pair]) -> list[int]:
        """Return the values that more pairs must hold, one's own first."""
        left = self.wanted - _times(chosen)
        return sorted(left, key=lambda value: value != self.own)

    def full(self, chosen: Sequence[Pair]) -> set[int]:
        """Return the values that stand in as many pairs as they may."""
        times, half = _times(chosen), -(-self.n // 2)
        own_most = max(1, self.n // 3) if self.own_pairs is None else self.own_pairs
        found = {value for value, often in times.items() if often >= half and value != self.own}
        return found | ({self.own} if self.own is not None and times[self.own] >= own_most else set())


def _times(chosen: Sequence[Pair]) -> Counter[int]:
    return Counter(value for pair in chosen for value in pair)


def choose(belief: Belief, wish: Wish, rng: np.random.Generator) -> list[Pair]:
    """Return up to ``n`` different pairs (lower position first), those that are wanted before the rest."""
    view = _View.of(belief, _contenders(belief, wish, rng), wish.avoid)
    chosen: list[Pair] = []
    while len(chosen) < wish.n:
        places = view.free(wish, chosen)
        if not len(places):
            break
        place = int(places[np.argmax(view.worth(places, rng))])
        chosen.append(view.names(place))
        view = view.after(place)
    return chosen


def _contenders(belief: Belief, wish: Wish, rng: np.random.Generator) -> Ints:
    """Return the positions of the values that may be on top, with those that are wanted, sorted."""
    upper = belief.mean[:-1] + _UPPER * belief.spread + 1e-9 * rng.random(belief.n)
    best = np.argsort(-upper)[:CONTENDERS]
    return np.union1d(best, np.array(sorted(wish.wanted), dtype=np.int64))


@dataclass(frozen=True)
class _View:
    """The belief about a few values (at the positions ``at``), their pairs, and which of these may come."""

    at: Ints
    mean: Floats
    covariance: Floats
    low: Ints
    high: Ints
    open: Bools

    @classmethod
    def of(cls, belief: Belief, at: Ints, avoid: Collection[Pair]) -> "_View":
        rows = np.append(at, belief.n)
        low, high = np.triu_indices(len(at), 1)
        gone = np.array([one * belief.n + other for one, other in avoid], dtype=np.int64)
        closed = np.isin(at[low] * belief.n + at[high], gone)
        return cls(at, belief.mean[rows], belief.covariance[np.ix_(rows, rows)], low, high, ~closed)

    def names(self, place: int) -> Pair:
        """Return the pair at a place by its positions among all values."""
        return int(self.at[self.low[place]]), int(self.at[self.high[place]])

    def free(self, wish: Wish, chosen: Sequence[Pair]) -> Ints:
        """Return the places of the pairs that may come next: by all bounds, or else by fewer."""
        left = wish.missing(chosen)[:1]
        bounded = self.open & ~self._hold(sorted(wish.full(chosen)))
        wanted = [bounded & self._hold(left)] if left else []
        for option in (*wanted, bounded):
            if option.any():
                return np.flatnonzero(option)
        return np.flatnonzero(self.open)

    def _hold(self, values: Sequence[int]) -> Bools:
        """Return which pairs hold one of the values."""
        return np.isin(self.at[self.low], values) | np.isin(self.at[self.high], values)

    def worth(self, places: Ints, rng: np.random.Generator) -> Floats:
        """Return I(y; T) of some pairs, with a little of what the answer tells about the scores."""
        k = len(self.at)
        root = np.linalg.cholesky(self.covariance + _JITTER * np.eye(k + 1))
        noise = rng.standard_normal((k + 1, SAMPLES), dtype=np.float32)
        samples = (self.mean[:, None] + root @ noise).astype(np.float32)
        p = expit(samples[self.high[places]] - samples[self.low[places]] + samples[k])
        member = np.zeros((SAMPLES, k), dtype=np.float32)
        member[np.arange(SAMPLES), np.argmax(samples[:k], axis=0)] = 1.0
        times = member.sum(axis=0)
        seen = times > 0
        within = _entropy((p @ member[:, seen]) / times[seen]) @ (times[seen] / SAMPLES)
        h, spread = self._information()
        return np.asarray(_entropy(p.mean(axis=1)) - within + _TIE_BREAK * (h * spread)[places])

    def after(self, place: int) -> "_View":
        """Return the view once a pair is asked: it is known better whatever the answer, and comes no more."""
        h, spread = self._information()
        pull = self.covariance[:, self.high[place]] - self.covariance[:, self.low[place]]
        shrunk = self.covariance - np.outer(pull, pull) * (h[place] / (1 + h[place] * spread[place]))
        rest = self.open.copy()
        rest[place] = False
        return replace(self, covariance=shrunk, open=rest)

    def _information(self) -> tuple[Floats, Floats]:
        """Return the information of a vote on every pair, and the variance of the pair's difference."""
        p = expit(self.mean[self.high] - self.mean[self.low])
        own = np.diag(self.covariance)
        spread = own[self.high] + own[self.low] - 2 * self.covariance[self.low, self.high]
        return p * (1 - p), spread


def _entropy(p: Floats) -> Floats:
    return np.asarray(-xlogy(p, p) - xlogy(1 - p, 1 - p), dtype=np.float64)
