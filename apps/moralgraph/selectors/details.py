"""One value or one snapshot with all that stands behind it."""

from dataclasses import dataclass

from apps.moralgraph.models import Vote
from apps.moralgraph.selectors.graphs import GraphView, Neighbour, place_of
from apps.moralgraph.selectors.offers import live_votes
from apps.moralgraph.selectors.snapshots import SnapshotView, snapshot, snapshot_graph
from apps.moralgraph.selectors.standing import as_they_count, standing, touching
from apps.moralgraph.selectors.values import cards_of_value, value
from apps.moralgraph.selectors.views import CardView, ValueView
from apps.shared.models import Study

_MOST_VOTES = 500


@dataclass(frozen=True)
class ValueDetail:
    """A value with the cards, neighbours and newest votes behind it, and the values that it stands for."""

    value: ValueView
    stands_for: tuple[int, ...]
    cards: tuple[CardView, ...]
    neighbours: tuple[Neighbour, ...]
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class SnapshotDetail:
    """A snapshot with its graph."""

    snapshot: SnapshotView
    graph: GraphView


def value_detail(*, study: Study, value_id: int) -> ValueDetail:
    """Return a value down to its rows. Raises Missing."""
    found = value(study=study, value_id=value_id)
    place = place_of(study=study, value=value_id)
    now = standing(study=study)
    votes = live_votes(study=study).filter(touching(values=now.values_as(value_id)))
    newest = votes.select_related("transition").order_by("-pk")[:_MOST_VOTES]
    return ValueDetail(
        value=found,
        stands_for=tuple(sorted(now.values_as(value_id) - {value_id})),
        cards=tuple(cards_of_value(value_id=value_id)),
        neighbours=place.neighbours if place else (),
        votes=tuple(as_they_count(newest, now)),
    )


def snapshot_detail(*, study: Study, snapshot_id: int, context: int | None = None) -> SnapshotDetail:
    """Return a snapshot of the study with its graph, in one context or pooled. Raises Missing."""
    found = snapshot(study=study, snapshot_id=snapshot_id)
    return SnapshotDetail(snapshot=found, graph=snapshot_graph(snapshot=found, context=context))
