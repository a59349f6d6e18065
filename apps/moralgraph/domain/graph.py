"""One ranking with the edges that it rests on, and its form in a snapshot: ids and numbers, no words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.moralgraph.domain import edges, mge2023, rules
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.edges import Asked, Counts, Edge
from apps.moralgraph.domain.results import Ranking, Scored

KEPT_DRAWS = 100


@dataclass(frozen=True)
class Graph:
    """A ranking, the edges between its values, and the groups that lead round in a circle."""

    ranking: Ranking
    edges: tuple[Edge, ...]
    cycles: tuple[tuple[Key, ...], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the graph for a snapshot, with at most ``KEPT_DRAWS`` draws."""
        ranking = self.ranking
        return {
            "values": [asdict(item) for item in ranking.values],
            "edges": [asdict(edge) for edge in self.edges],
            "cycles": [list(group) for group in self.cycles],
            "votes": ranking.votes,
            "participants": ranking.participants,
            "support": ranking.support,
            "fitted": dict(ranking.fitted),
            "order": list(ranking.order),
            "draws": np.round(_kept(ranking), 4).tolist(),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any], *, rule: str, parameters: Mapping[str, Any]) -> "Graph":
        """Read a graph from a snapshot."""
        ranking = Ranking(
            rule=rule,
            parameters=parameters,
            values=tuple(Scored(**item) for item in raw["values"]),
            votes=raw["votes"],
            participants=raw["participants"],
            support=raw["support"],
            fitted=raw.get("fitted", {}),
            order=tuple(raw["order"]),
            draws=np.array(raw["draws"], dtype=np.float64).reshape(len(raw["draws"]), len(raw["order"])),
        )
        return cls(ranking, tuple(_edge(item) for item in raw["edges"]), tuple(map(tuple, raw["cycles"])))


def build(
    *,
    votes: Ballots,
    rule: str,
    given: Mapping[str, Any] | None = None,
    held: Mapping[Key, float] | None = None,
) -> Graph:
    """Rank the values and find the edges by the named rule; ``held`` says how much each voter counts.

    Edges are counts of votes, whoever weighs what. Raises UnknownRule and BadParameters.
    """
    ranking = rules.rank(votes=votes, rule=rule, given=given, weights=held)
    if rule == mge2023.RULE:
        chosen = mge2023.Parameters(**ranking.parameters)
        found = [_published(edge) for edge in mge2023.edges(votes, chosen)]
    else:
        found = edges.pool_cells(votes.cells())
    return Graph(ranking, tuple(found), tuple(map(tuple, edges.cycles(found, above=_even(rule)))))


def _even(rule: str) -> float:
    """Return the likelihood up to which an edge points nowhere: a kept published edge always points."""
    return -1.0 if rule == mge2023.RULE else 0.5


def _kept(ranking: Ranking) -> NDArray[np.float64]:
    """Return draws in their pairs of opposite priors: as many from the second half as from the first."""
    half, few = len(ranking.draws) // 2, KEPT_DRAWS // 2
    if half <= few:
        return ranking.draws
    return np.concatenate([ranking.draws[:few], ranking.draws[half : half + few]])


def _published(edge: mge2023.PublishedEdge) -> Edge:
    found = edge.counters
    counts = Counts(wiser=found.wiser, not_wiser=found.not_wiser, unsure=found.unsure)
    asked = (Asked(edge.less_wise, edge.wiser, counts),)
    return Edge(edge.less_wise, edge.wiser, counts, asked, edge.contexts, found.likelihood)


def _edge(raw: Mapping[str, Any]) -> Edge:
    return Edge(
        less_wise=raw["less_wise"],
        wiser=raw["wiser"],
        counts=Counts(**raw["counts"]),
        asked=tuple(
            Asked(item["less_wise"], item["wiser"], Counts(**item["counts"])) for item in raw["asked"]
        ),
        contexts=tuple(raw["contexts"]),
        likelihood=raw["likelihood"],
    )
