"""Reads of the moral graph: the doorway for other apps."""

from apps.moralgraph.selectors.details import snapshot_detail, value_detail
from apps.moralgraph.selectors.exports import mge_export, votes_export
from apps.moralgraph.selectors.graphs import GraphView, Neighbour, Node, Place, Winner, graph, place_of
from apps.moralgraph.selectors.offers import live_transitions, live_votes, offer_of, offers, votes_of
from apps.moralgraph.selectors.rankings import judgements, ranked_graph, ranking
from apps.moralgraph.selectors.snapshots import (
    PrincipleView,
    SnapshotView,
    principles,
    score_draws,
    snapshot,
    snapshot_graph,
    snapshots,
)
from apps.moralgraph.selectors.values import (
    card_of,
    cards_of_value,
    context,
    contexts,
    live_values,
    value,
    values,
)
from apps.moralgraph.selectors.views import CardView, Offer, ValueView

__all__ = [
    "CardView",
    "GraphView",
    "Neighbour",
    "Node",
    "Offer",
    "Place",
    "PrincipleView",
    "SnapshotView",
    "ValueView",
    "Winner",
    "card_of",
    "cards_of_value",
    "context",
    "contexts",
    "graph",
    "judgements",
    "live_transitions",
    "live_values",
    "live_votes",
    "mge_export",
    "offer_of",
    "offers",
    "place_of",
    "principles",
    "ranked_graph",
    "ranking",
    "score_draws",
    "snapshot",
    "snapshot_detail",
    "snapshot_graph",
    "snapshots",
    "value",
    "value_detail",
    "values",
    "votes_export",
    "votes_of",
]
