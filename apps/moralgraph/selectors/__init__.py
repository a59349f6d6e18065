"""Reads of the moral graph: the doorway for other apps."""

from apps.moralgraph.domain.groups import FEWEST_PEOPLE
from apps.moralgraph.selectors import context_desk, merge_pairs, merging, told
from apps.moralgraph.selectors.ballots import asked, ballots, tally
from apps.moralgraph.selectors.belongings import (
    BelongingView,
    Compared,
    Influence,
    belonging_of,
    influence_of,
)
from apps.moralgraph.selectors.consented import Voters, too_few, voters
from apps.moralgraph.selectors.counted import counted
from apps.moralgraph.selectors.details import snapshot_detail, value_detail
from apps.moralgraph.selectors.exports import mge_export, votes_export, votes_table
from apps.moralgraph.selectors.graphs import GraphView, Neighbour, Node, Place, Winner, graph, place_of
from apps.moralgraph.selectors.objections import (
    ObjectionDetail,
    ObjectionList,
    ObjectionView,
    objection,
    objections,
)
from apps.moralgraph.selectors.offers import (
    left_out,
    live_transitions,
    live_votes,
    offer_of,
    offers,
    votes_of,
    votes_of_before_and_after,
)
from apps.moralgraph.selectors.people import People, Trait, traits, worded
from apps.moralgraph.selectors.rankings import ranked_graph, ranking
from apps.moralgraph.selectors.rows import pair, vote_rows
from apps.moralgraph.selectors.snapshots import (
    PrincipleView,
    SnapshotView,
    drift,
    principles,
    score_draws,
    snapshot,
    snapshot_graph,
    snapshots,
)
from apps.moralgraph.selectors.standing import LeftOut, Standing, standing
from apps.moralgraph.selectors.values import (
    Wording,
    card_history,
    card_of,
    cards_of_value,
    context,
    contexts,
    live_values,
    proposal_to,
    readable_values,
    value,
    values,
    wordings_of,
    words_of,
)
from apps.moralgraph.selectors.views import CardView, Offer, ValueView

__all__ = [
    "FEWEST_PEOPLE",
    "BelongingView",
    "CardView",
    "Compared",
    "GraphView",
    "Influence",
    "LeftOut",
    "Neighbour",
    "Node",
    "ObjectionDetail",
    "ObjectionList",
    "ObjectionView",
    "Offer",
    "People",
    "Place",
    "PrincipleView",
    "SnapshotView",
    "Standing",
    "Trait",
    "ValueView",
    "Voters",
    "Winner",
    "Wording",
    "asked",
    "ballots",
    "belonging_of",
    "card_history",
    "card_of",
    "cards_of_value",
    "context",
    "context_desk",
    "contexts",
    "counted",
    "drift",
    "graph",
    "influence_of",
    "left_out",
    "live_transitions",
    "live_values",
    "live_votes",
    "merge_pairs",
    "merging",
    "mge_export",
    "objection",
    "objections",
    "offer_of",
    "offers",
    "pair",
    "place_of",
    "principles",
    "proposal_to",
    "ranked_graph",
    "ranking",
    "readable_values",
    "score_draws",
    "snapshot",
    "snapshot_detail",
    "snapshot_graph",
    "snapshots",
    "standing",
    "tally",
    "told",
    "too_few",
    "traits",
    "value",
    "value_detail",
    "values",
    "vote_rows",
    "voters",
    "votes_export",
    "votes_of",
    "votes_of_before_and_after",
    "votes_table",
    "worded",
    "wordings_of",
    "words_of",
]
