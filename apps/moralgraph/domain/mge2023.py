"""Rule ``mge-2023``: the moral graph as it was first published, so that results compare.

Klingefjord, Lowe and Edelman, "What are human values, and how do we align AI to them?" (arXiv:2404.10636), as
their published program computes it. Known oddities are kept on purpose: "unsure" counts against an edge, the
entropy runs over five counters of which one is the total, and PageRank lets the mass of values without a
wiser one leak away. "The same" counts as unsure; "not about this" is left out.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from scipy import sparse

from apps.moralgraph.domain.answers import Answer, Judgement, Key
from apps.moralgraph.domain.results import Ranking, Scored

RULE = "mge-2023"


@dataclass(frozen=True)
class Parameters:
    """The published cuts and PageRank's constants."""

    wiser_at_least: int = 2
    likelihood_at_least: float = 0.33
    entropy_at_most: float = 1.69
    damping: float = 0.85
    rounds: int = 100

    def __post_init__(self) -> None:
        if not 0 <= self.damping < 1:
            raise ValueError("damping: a number from 0 to below 1.")
        if not 1 <= self.rounds <= 10_000:
            raise ValueError("rounds: a whole number from 1 to 10,000.")


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
        """Return w = (wiser - lessWise) / (wiser + notWiser + unsure + lessWise).

        It lies in [-1, 1]; 0 without votes.
        """
        total = self.wiser + self.not_wiser + self.unsure + self.less_wise
        return (self.wiser - self.less_wise) / total if total else 0.0

    @property
    def entropy(self) -> float:
        """Return H = - sum p log2 p in bits, over the five counters, the impressions among them."""
        counters = [self.wiser, self.not_wiser, self.less_wise, self.unsure, self.impressions]
        total = sum(counters)
        return -sum(count / total * math.log2(count / total) for count in counters if count)


@dataclass(frozen=True)
class PublishedEdge:
    """A directed pair that passed the cuts."""

    less_wise: Key
    wiser: Key
    counters: Counters
    contexts: tuple[Key, ...]


def count(judgements: Iterable[Judgement]) -> dict[tuple[Key, Key], Counters]:
    """Return the counters of every directed pair; each vote marks the reverse pair too."""
    votes: dict[tuple[Key, Key], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    names = {
        Answer.WISER: "wiser",
        Answer.NOT_WISER: "not_wiser",
        Answer.UNSURE: "unsure",
        Answer.SAME: "unsure",
    }
    for item in judgements:
        if item.answer not in names:
            continue
        here, back = votes[item.less_wise, item.wiser], votes[item.wiser, item.less_wise]
        here["impressions"] += 1
        here[names[item.answer]] += 1
        back["impressions"] += 1
        if item.answer is Answer.WISER:
            back["less_wise"] += 1
    return {pair: Counters(**counters) for pair, counters in votes.items()}


def edges(judgements: Sequence[Judgement], parameters: Parameters | None = None) -> list[PublishedEdge]:
    """Return the directed pairs with enough wiser votes, enough likelihood and little enough entropy."""
    cuts = parameters or Parameters()
    contexts: dict[tuple[Key, Key], set[Key]] = defaultdict(set)
    for item in judgements:
        contexts[item.less_wise, item.wiser].add(item.context)
    return [
        PublishedEdge(*pair, counters=counters, contexts=tuple(sorted(contexts[pair], key=str)))
        for pair, counters in count(judgements).items()
        if counters.wiser >= cuts.wiser_at_least
        and counters.likelihood >= cuts.likelihood_at_least
        and counters.entropy <= cuts.entropy_at_most
    ]


def page_rank(kept: Sequence[PublishedEdge], parameters: Parameters | None = None) -> dict[Key, float]:
    """Return r after the given rounds, from r = 1/N: r'(b) = (1-d)/N + d sum_a r(a) w(a,b) / sum_x w(a,x).

    There is no term for values without a wiser one, so that the sum of r falls below 1.
    """
    chosen = parameters or Parameters()
    nodes = list(dict.fromkeys(value for edge in kept for value in (edge.less_wise, edge.wiser)))
    if not nodes:
        return {}
    index = {value: position for position, value in enumerate(nodes)}
    sources = np.array([index[edge.less_wise] for edge in kept])
    targets = np.array([index[edge.wiser] for edge in kept])
    weights = np.array([edge.counters.likelihood for edge in kept])
    out = np.bincount(sources, weights=weights, minlength=len(nodes))
    share = np.divide(weights, out[sources], out=np.zeros_like(weights), where=out[sources] != 0)
    flow = sparse.csr_array((share, (targets, sources)), shape=(len(nodes), len(nodes)))
    r = np.full(len(nodes), 1 / len(nodes))
    for _ in range(chosen.rounds):
        r = (1 - chosen.damping) / len(nodes) + chosen.damping * (flow @ r)
    return {value: float(r[index[value]]) for value in nodes}


def rank(
    *, judgements: Iterable[Judgement], values: Sequence[Key], parameters: Parameters | None = None
) -> Ranking:
    """Rank the values at the ends of kept edges by PageRank, without intervals; others have no place."""
    chosen = parameters or Parameters()
    known = set(values)
    counted = [
        item
        for item in judgements
        if item.answer is not Answer.NOT_ABOUT and item.less_wise in known and item.wiser in known
    ]
    r = page_rank(edges(counted, chosen), chosen)
    touched: dict[Key, int] = defaultdict(int)
    for item in counted:
        touched[item.less_wise] += 1
        touched[item.wiser] += 1
    position = {value: place for place, value in enumerate(values)}
    best_first = sorted(r, key=lambda value: (-r[value], position[value]))
    scored = [
        Scored(
            value=value,
            score=r[value],
            rank=1 + sum(other > r[value] for other in r.values()),
            n=touched[value],
        )
        for value in best_first
    ]
    return Ranking(
        rule=RULE,
        parameters=asdict(chosen),
        values=tuple(scored),
        votes=len(counted),
        participants=len({item.voter for item in counted}),
        support="none",
    )
