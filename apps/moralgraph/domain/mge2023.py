"""Rule ``mge-2023``: the moral graph as it was first published, so that results compare.

Klingefjord, Lowe and Edelman, "What are human values, and how do we align AI to them?" (arXiv:2404.10636), as
their published program computes it. Known oddities are kept on purpose: "unsure" counts against an edge, the
entropy runs over five counters of which one is the total, and PageRank lets the mass of values without a
wiser one leak away. "The same" counts as unsure; "not about this" is left out.

An edge a to b is kept if wiser >= 2, w >= 0.33 and H <= 1.69 (``counting`` defines w and H). PageRank runs
over the N endpoints of kept edges, 100 rounds from r = 1/N with d = 0.85:

    r'(b) = (1 - d)/N  +  d * sum over edges a to b of r(a) w(a,b) / sum over edges a to x of w(a,x)

"Wisdom" of b is the sum of w(a,b) over kept edges a to b. Where the cuts are moved so far that the w on a
value's outgoing edges sum to 0, it passes nothing on.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import numpy as np
from scipy import sparse

from apps.moralgraph.domain import counting
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots, Bools, Ints
from apps.moralgraph.domain.counting import Floats, Tally
from apps.moralgraph.domain.places import places
from apps.moralgraph.domain.results import Ranking, Scored, spread

RULE = "mge-2023"
_TIE_DIGITS = 12
"""Scores that agree to so many digits are equal: what is left differs by the order of additions alone."""


@dataclass(frozen=True)
class Parameters:
    """The published cuts, PageRank's constants, and a bootstrap over participants that was not published.

    Without draws there are no intervals.
    """

    wiser_at_least: int = 2
    likelihood_at_least: float = 0.33
    entropy_at_most: float = 1.69
    damping: float = 0.85
    rounds: int = 100
    draws: int = 0
    seed: int = 1
    level: float = 0.95

    def __post_init__(self) -> None:
        if math.isnan(self.likelihood_at_least) or math.isnan(self.entropy_at_most):
            raise ValueError("likelihood_at_least and entropy_at_most: numbers, which “nan” is not.")
        if not 0 <= self.damping < 1:
            raise ValueError("damping: a number from 0 to below 1.")
        if not 1 <= self.rounds <= 10_000:
            raise ValueError("rounds: a whole number from 1 to 10,000.")
        if not 0 <= self.draws <= 10_000:
            raise ValueError("draws: a whole number from 0 to 10,000.")
        if self.seed < 0:
            raise ValueError("seed: a whole number from 0.")
        if not 0.5 <= self.level < 1:
            raise ValueError("level: a number from 0.5 to below 1.")


@dataclass(frozen=True)
class Counters:
    """The five counters of a directed pair."""

    wiser: int = 0
    not_wiser: int = 0
    less_wise: int = 0
    unsure: int = 0
    impressions: int = 0

    @property
    def likelihood(self) -> float:
        """Return w, in [-1, 1]; 0 without votes."""
        return float(counting.likelihood(self._row))

    @property
    def entropy(self) -> float:
        """Return H in bits, over the five counters, the impressions among them."""
        return float(counting.entropy(self._row))

    @property
    def _row(self) -> Ints:
        return np.array([self.wiser, self.not_wiser, self.less_wise, self.unsure, self.impressions])


@dataclass(frozen=True)
class PublishedEdge:
    """A directed pair with its counters and the contexts in which somebody was asked about it."""

    less_wise: Key
    wiser: Key
    counters: Counters
    contexts: tuple[Key, ...]
    likelihood: float
    entropy: float


@dataclass(frozen=True)
class Published:
    """Scores of all values by position: PageRank (NaN outside the graph) and wisdom (0 there)."""

    kept: Tally
    page_rank: Floats
    wisdom: Floats = field(repr=False)


def keep(counters: Ints | Floats, parameters: Parameters) -> Bools:
    """Return which pairs have enough wiser votes, enough likelihood and little enough entropy."""
    kept: Bools = (
        (counters[..., counting.WISER] >= parameters.wiser_at_least)
        & (counting.likelihood(counters) >= parameters.likelihood_at_least)
        & (counting.entropy(counters) <= parameters.entropy_at_most)
    )
    # A pair of which only the reverse was asked, and never found wiser, has no likelihood at all.
    judged: Bools = counters[..., : counting.IMPRESSIONS].sum(axis=-1) > 0
    return kept & judged


def publish(counted: Tally, parameters: Parameters | None = None) -> Published:
    """Return kept edges, PageRank and wisdom of a tally."""
    chosen = parameters or Parameters()
    kept = counted.only(keep(counted.counters, chosen))
    w = counting.likelihood(kept.counters)
    return Published(
        kept=kept,
        page_rank=page_rank(n=kept.n, sources=kept.less_wise, targets=kept.wiser, w=w, parameters=chosen),
        wisdom=np.bincount(kept.wiser, weights=w, minlength=kept.n).astype(np.float64),
    )


def page_rank(
    *, n: int, sources: Ints, targets: Ints, w: Floats, parameters: Parameters | None = None
) -> Floats:
    """Return r of ``n`` values after the given rounds; NaN for a value that no edge touches.

    There is no term for values without a wiser one, so that the sum of r falls below 1.
    """
    chosen = parameters or Parameters()
    inside = np.zeros(n, dtype=np.bool_)
    inside[sources], inside[targets] = True, True
    size = int(np.count_nonzero(inside))
    if not size:
        return np.full(n, np.nan)
    out = np.bincount(sources, weights=w, minlength=n)
    share = np.divide(w, out[sources], out=np.zeros_like(w), where=out[sources] != 0)
    flow = sparse.csr_array((share, (targets, sources)), shape=(n, n))
    start = (1 - chosen.damping) / size
    r = np.where(inside, 1 / size, 0.0)
    for _ in range(chosen.rounds):
        r = start + chosen.damping * (flow @ r)
    # Values outside have no edges, so that what the loop gave them went nowhere.
    return np.where(inside, r, np.nan)


def edges(votes: Ballots, parameters: Parameters | None = None) -> list[PublishedEdge]:
    """Return the kept edges with their names and contexts."""
    counted = counting.tally(votes)
    return named(votes, counted.only(keep(counted.counters, parameters or Parameters())))


def asked(votes: Ballots) -> list[PublishedEdge]:
    """Return every directed pair that somebody was asked about, kept or not, in the published counts."""
    counted = counting.tally(votes)
    direct = counted.counters.sum(axis=1) - counted.counters[:, counting.IMPRESSIONS]
    direct -= counted.counters[:, counting.LESS_WISE]
    return named(votes, counted.only(direct > 0))


def named(votes: Ballots, chosen: Tally) -> list[PublishedEdge]:
    """Return pairs of a tally with the names of their values and contexts."""
    contexts = _contexts(votes.counted, chosen.key)
    columns = (
        chosen.less_wise.tolist(),
        chosen.wiser.tolist(),
        chosen.counters.tolist(),
        contexts,
        counting.likelihood(chosen.counters).tolist(),
        counting.entropy(chosen.counters).tolist(),
    )
    return [
        PublishedEdge(votes.values[low], votes.values[high], Counters(*counters), names, w, h)
        for low, high, counters, names, w, h in zip(*columns, strict=True)
    ]


def _contexts(votes: Ballots, keys: Ints) -> list[tuple[Key, ...]]:
    """Return for each key of a directed pair the contexts of the votes on it, in the order of their names."""
    n, many = len(votes.values), max(1, len(votes.contexts))
    pairs, places = np.divmod(np.unique((votes.less_wise * n + votes.wiser) * many + votes.context), many)
    first, last = np.searchsorted(pairs, keys, "left"), np.searchsorted(pairs, keys, "right")
    names = [votes.contexts[place] for place in places.tolist()]
    return [tuple(names[low:high]) for low, high in zip(first.tolist(), last.tolist(), strict=True)]


def rank(*, votes: Ballots, parameters: Parameters | None = None) -> Ranking:
    """Rank the values at the ends of kept edges by PageRank; others have no place.

    With draws, intervals and P(top) come from resampling participants with replacement.
    """
    chosen = parameters or Parameters()
    counted = votes.counted
    found = publish(counting.tally(counted), chosen)
    inside = np.flatnonzero(~np.isnan(found.page_rank))
    r = np.round(found.page_rank[inside], _TIE_DIGITS)
    drawn = spread(_draws(counted, chosen), level=chosen.level)
    ranks = places(r, equal="best")
    touched = np.bincount(np.r_[counted.less_wise, counted.wiser], minlength=len(votes.values))
    scored = [
        Scored(
            value=votes.values[place],
            score=float(found.page_rank[place]),
            rank=int(ranks[row]),
            n=int(touched[place]),
            wisdom=float(found.wisdom[place]),
            **drawn.of(int(place)),
        )
        for row, place in sorted(enumerate(inside.tolist()), key=lambda item: (ranks[item[0]], item[1]))
    ]
    return Ranking(
        rule=RULE,
        parameters=asdict(chosen),
        values=tuple(scored),
        votes=len(counted),
        participants=counted.people,
        support="none",
    )


def _draws(counted: Ballots, parameters: Parameters) -> Floats:
    """Return draws x values: PageRank when participants are drawn anew; NaN where a value has no edge."""
    rng = np.random.default_rng(parameters.seed)
    people = len(counted.voters)
    draws = np.full((parameters.draws, len(counted.values)), np.nan)
    for draw in range(parameters.draws):
        times = np.bincount(rng.integers(0, people, size=people), minlength=people) if people else None
        if times is not None:
            draws[draw] = publish(weighed(counted, times), parameters).page_rank
    return draws


def weighed(votes: Ballots, times: Ints) -> Tally:
    """Count votes of which each voter casts theirs so many times (whole numbers, one a voter)."""
    cast = times[votes.voter]
    chosen = votes.where(cast > 0)
    return counting.of_columns(
        n=len(votes.values),
        less_wise=chosen.less_wise,
        wiser=chosen.wiser,
        answer=chosen.answer,
        times=cast[cast > 0],
    )


def crowned(votes: Ballots, parameters: Parameters | None = None) -> Sequence[int]:
    """Return the positions of the values that share the first place; none without a kept edge."""
    return first(publish(counting.tally(votes), parameters).page_rank)


def first(page_rank: Floats) -> Sequence[int]:
    """Return the positions with the highest PageRank."""
    if np.isnan(page_rank).all():
        return ()
    rounded = np.round(page_rank, _TIE_DIGITS)
    return tuple(np.flatnonzero(rounded == np.nanmax(rounded)).tolist())
