"""From votes to edges: what people said about each pair of values, in whichever direction they were asked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from apps.moralgraph.domain.answers import Answer, Judgement, Key
from apps.moralgraph.domain.ballots import Cell, order

_REVERSED = {Answer.WISER: Answer.NOT_WISER, Answer.NOT_WISER: Answer.WISER}


@dataclass(frozen=True)
class Counts:
    """How many gave each answer."""

    wiser: int = 0
    not_wiser: int = 0
    unsure: int = 0
    same: int = 0
    not_about: int = 0

    @property
    def n(self) -> int:
        """Return the answers about the pair; "not about this" is none."""
        return self.wiser + self.not_wiser + self.unsure + self.same

    @property
    def likelihood(self) -> float:
        """Return the share of ``n`` that say "wiser", ties counted half; 0.5 where nobody judged the pair."""
        return (self.wiser + (self.unsure + self.same) / 2) / self.n if self.n else 0.5

    def to_json(self) -> dict[str, int]:
        """Return the five counts by the answers' names."""
        # By hand: a graph of thousands of steps asks for it ten thousand times.
        return {
            "wiser": self.wiser,
            "not_wiser": self.not_wiser,
            "unsure": self.unsure,
            "same": self.same,
            "not_about": self.not_about,
        }


@dataclass(frozen=True)
class Asked:
    """The answers to one direction as it was asked."""

    less_wise: Key
    wiser: Key
    counts: Counts


@dataclass(frozen=True)
class Edge:
    """A pair of values, pointing to the one that more people find wiser.

    ``counts`` pools both directions: "wiser" said of B to A is "not wiser" of A to B. ``asked`` keeps them
    apart, because people say "wiser" more readily than "not wiser" whichever way they are asked.
    """

    less_wise: Key
    wiser: Key
    counts: Counts
    asked: tuple[Asked, ...]
    contexts: tuple[Key, ...]
    likelihood: float

    @property
    def n(self) -> int:
        """Return the answers about this pair."""
        return self.counts.n


def pool(judgements: Iterable[Judgement]) -> list[Edge]:
    """Return one edge a pair, in a fixed order; an even pair points to its later value."""
    tally = Counter((item.less_wise, item.wiser, item.answer, item.context) for item in judgements)
    return pool_cells(Cell(*key, count=count) for key, count in tally.items())


def pool_cells(cells: Iterable[Cell]) -> list[Edge]:
    """Return the edges of votes that are counted by step, context and answer."""
    by_direction: dict[tuple[Key, Key], Counter[Answer]] = defaultdict(Counter)
    contexts: dict[tuple[Key, Key], set[Key]] = defaultdict(set)
    for cell in cells:
        by_direction[cell.less_wise, cell.wiser][cell.answer] += cell.count
        contexts[cell.less_wise, cell.wiser].add(cell.context)
    pairs = {ends if order(ends[0]) < order(ends[1]) else ends[::-1] for ends in by_direction}
    return [
        _edge(low, high, by_direction, contexts.get((low, high), set()) | contexts.get((high, low), set()))
        for low, high in sorted(pairs, key=lambda pair: (order(pair[0]), order(pair[1])))
    ]


def _edge(low: Key, high: Key, votes: dict[tuple[Key, Key], Counter[Answer]], contexts: set[Key]) -> Edge:
    up, down = votes.get((low, high), Counter()), votes.get((high, low), Counter())
    asked = tuple(
        Asked(*ends, counts=_counts(votes))
        for ends, votes in (((low, high), up), ((high, low), down))
        if votes
    )
    pooled = _counts(up + _flip(down))
    if pooled.likelihood < 0.5:
        low, high, pooled = high, low, _counts(_flip(up) + down)
    return Edge(low, high, pooled, asked, tuple(sorted(contexts, key=order)), pooled.likelihood)


def _flip(votes: Counter[Answer]) -> Counter[Answer]:
    return Counter({_REVERSED.get(answer, answer): count for answer, count in votes.items()})


def _counts(votes: Counter[Answer]) -> Counts:
    return Counts(**{answer.value: votes[answer] for answer in Answer})


def cycles(edges: Sequence[Edge], *, above: float = 0.5) -> list[list[Key]]:
    """Return the groups of values that lead round in a circle: strongly connected components of two or more.

    Inside such a group no order agrees with all of its edges. An edge whose likelihood is not above ``above``
    points nowhere and closes no circle.
    """
    return components([(edge.less_wise, edge.wiser) for edge in edges if edge.likelihood > above])


def components(steps: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """Return the strongly connected components of two or more values, in a fixed order."""
    graph: nx.DiGraph[Key] = nx.DiGraph()
    graph.add_edges_from(steps)
    groups = [sorted(group, key=order) for group in nx.strongly_connected_components(graph) if len(group) > 1]
    return sorted(groups, key=lambda group: order(group[0]))
