"""What changed between two graphs, such as two snapshots: places, steps that turned round, and the winner."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.edges import Edge
from apps.moralgraph.domain.graph import Graph
from apps.moralgraph.domain.results import Scored


@dataclass(frozen=True)
class Moved:
    """A value's place before and after; ``certain`` where the two intervals do not meet."""

    value: Key
    rank_before: int | None
    rank_after: int | None
    score_before: float | None
    score_after: float | None
    certain: bool


@dataclass(frozen=True)
class Turned:
    """A pair that points the other way since; likelihoods are those of its new direction."""

    less_wise: Key
    wiser: Key
    likelihood_before: float
    likelihood_after: float


@dataclass(frozen=True)
class Drift:
    """What changed from one graph to another.

    ``agreement`` is Kendall's tau-b of the values that both rank, in [-1, 1]; None where it says nothing.
    """

    winner_before: Key | None
    winner_after: Key | None
    agreement: float | None
    values: tuple[Moved, ...]
    turned: tuple[Turned, ...]
    votes_before: int
    votes_after: int
    participants_before: int
    participants_after: int

    @property
    def winner_changed(self) -> bool:
        """Return whether another value is first now."""
        return self.winner_before != self.winner_after


def between(before: Graph, after: Graph) -> Drift:
    """Return what changed; those that moved furthest come first. Both graphs are by the same rule."""
    one = {item.value: item for item in before.ranking.values}
    other = {item.value: item for item in after.ranking.values}
    moved = [_moved(value, one.get(value), other.get(value)) for value in dict.fromkeys([*other, *one])]
    return Drift(
        winner_before=_winner(before),
        winner_after=_winner(after),
        agreement=_agreement(one, other),
        values=tuple(sorted(moved, key=lambda item: (not item.certain, -_distance(item)))),
        turned=_turned(before, after),
        votes_before=before.ranking.votes,
        votes_after=after.ranking.votes,
        participants_before=before.ranking.participants,
        participants_after=after.ranking.participants,
    )


def _winner(graph: Graph) -> Key | None:
    top = graph.ranking.top
    return top.value if top and graph.ranking.votes else None


def _moved(value: Key, one: Scored | None, other: Scored | None) -> Moved:
    return Moved(
        value=value,
        rank_before=one.rank if one else None,
        rank_after=other.rank if other else None,
        score_before=one.score if one else None,
        score_after=other.score if other else None,
        certain=one is not None and other is not None and (_apart(one, other) or _apart(other, one)),
    )


def _apart(lower: Scored, upper: Scored) -> bool:
    return lower.high is not None and upper.low is not None and lower.high < upper.low


def _distance(item: Moved) -> float:
    """Return how far the score moved; a value that came or went moved furthest."""
    if item.score_before is None or item.score_after is None:
        return float("inf")
    return abs(item.score_after - item.score_before)


def _agreement(one: Mapping[Key, Scored], other: Mapping[Key, Scored]) -> float | None:
    both = [value for value in one if value in other]
    if len(both) < 2:
        return None
    # Half a second to load, which every process would pay at its start.
    from scipy.stats import kendalltau

    tau = kendalltau([one[value].score for value in both], [other[value].score for value in both]).statistic
    return None if tau != tau else float(tau)


def _turned(before: Graph, after: Graph) -> tuple[Turned, ...]:
    known = {(edge.less_wise, edge.wiser): edge for edge in before.edges if _points(edge)}
    found = [
        Turned(edge.less_wise, edge.wiser, 1 - known[edge.wiser, edge.less_wise].likelihood, edge.likelihood)
        for edge in after.edges
        if _points(edge) and (edge.wiser, edge.less_wise) in known
    ]
    return tuple(sorted(found, key=lambda item: item.likelihood_before - item.likelihood_after))


def _points(edge: Edge) -> bool:
    return edge.n > 0 and edge.likelihood > 0.5
