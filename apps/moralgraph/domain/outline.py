"""What is drawn of a graph, without words: small enough to be kept and read again in a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from apps.moralgraph.domain import layout
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.columns import EdgeColumns
from apps.moralgraph.domain.graph import Graph
from apps.moralgraph.domain.results import Ranking


@dataclass(frozen=True)
class Outline:
    """A ranking without its draws, the edges as columns, the circles, and where each value stands."""

    ranking: Ranking
    edges: EdgeColumns
    cycles: tuple[tuple[Key, ...], ...]
    spots: Mapping[Key, tuple[float, float]]

    @classmethod
    def of(cls, graph: Graph) -> "Outline":
        """Return what is drawn of a graph."""
        spots = layout.positions(
            heights={item.value: item.score for item in graph.ranking.values},
            pairs=[(edge.less_wise, edge.wiser) for edge in graph.edges],
        )
        bare = replace(graph.ranking, draws=np.zeros((0, 0)))
        return cls(bare, EdgeColumns.of(graph.edges), graph.cycles, spots)
