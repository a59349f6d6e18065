"""A study's graph as a file holds it: of the votes as they are now, or of a snapshot."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils import timezone

from apps.moralgraph.domain import mge2023
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.exchange import graphml, picture, published, tables
from apps.moralgraph.domain.exchange.graph_file import RANKS, SCORES, About, FileEdge, FileValue, GraphFile
from apps.moralgraph.domain.graph import Graph
from apps.moralgraph.domain.results import Scored
from apps.moralgraph.models import Context, Snapshot, Value, Vote
from apps.moralgraph.selectors.ballots import ballots, fingerprint, votes_of_snapshot
from apps.moralgraph.selectors.rankings import ranked_graph
from apps.moralgraph.selectors.snapshots import graph_in, own, settled
from apps.moralgraph.selectors.views import ValueView, view_of_value
from apps.shared import selectors as shared
from apps.shared.errors import Conflict
from apps.shared.models import Study

Writer = Callable[[GraphFile], Iterator[str]]
WRITERS: Mapping[str, tuple[Writer, str, str]] = {
    "json": (published.write, "json", "application/json"),
    "graphml": (graphml.write, "graphml", "application/graphml+xml"),
    "values": (tables.write_values, "values.csv", "text/csv; charset=utf-8"),
    "edges": (tables.write_edges, "edges.csv", "text/csv; charset=utf-8"),
    "svg": (picture.draw, "svg", "image/svg+xml"),
}
"""How a graph is written, how the file's name ends, and of what kind it is."""


def graph_file(
    *,
    study: Study,
    context: int | None = None,
    rule: str = "touchstone",
    parameters: Mapping[str, Any] | None = None,
    balance: str = "",
) -> GraphFile:
    """Return the graph of the votes as they are now. Raises Missing and Invalid."""
    graph = ranked_graph(
        study=study, context=context, rule=rule, parameters=parameters, balance=balance, at_once=True
    )
    votes = ballots(study=study, context=context)
    about = _about(
        study, graph, context, date=timezone.now().date().isoformat(), balance=balance,
        hash=fingerprint(votes), snapshot=None, simulated=_has_simulated(study),
    )  # fmt: skip
    return _file(study, graph, votes, about)


def snapshot_file(*, study: Study, snapshot_id: int, context: int | None = None) -> GraphFile:
    """Return the graph that a snapshot holds.

    Raises Missing, and Conflict for a snapshot that is not complete or in which somebody stands who withdrew.
    """
    row = settled(own(study, snapshot_id))
    _refuse_withdrawn(row)
    graph = graph_in(row, context)
    votes = votes_of_snapshot(row, context)
    simulated = bool(row.counts.get("simulated_votes")) or Value.objects.filter(
        study=study, pk__in=row.ids["values"], simulated=True
    ).exists()  # fmt: skip
    about = _about(
        study, graph, context, date=row.created_at.date().isoformat(), balance=row.balance, hash=row.hash,
        snapshot=row.number, simulated=simulated,
    )  # fmt: skip
    return _file(study, graph, votes, about, row)


def _refuse_withdrawn(row: Snapshot) -> None:
    gone = Vote.objects.filter(study=row.study_id, withdrawn_at__isnull=False).values_list("pk", flat=True)
    erased = Value.objects.filter(study=row.study_id, erased_at__isnull=False).values_list("pk", flat=True)
    if set(gone).intersection(row.ids["votes"]) or set(erased).intersection(row.ids["values"]):
        raise Conflict(
            f"Somebody withdrew after snapshot {row.number} was taken, so it leaves in no file any more. "
            "Take a new snapshot."
        )


def _has_simulated(study: Study) -> bool:
    """Return whether simulated people count in this study's graph, and are there."""
    if not study.include_simulated:
        return False
    counted = Vote.objects.filter(study=study, simulated=True, rehearsal="", undone_at__isnull=True)
    made = Value.objects.filter(study=study, simulated=True, rehearsal="", retired_at__isnull=True)
    return counted.filter(withdrawn_at__isnull=True).exists() or made.exists()


def _about(
    study: Study, graph: Graph, context: int | None, *, date: str, balance: str, hash: str,
    snapshot: int | None, simulated: bool,
) -> About:  # fmt: skip
    names = Context.objects.filter(study=study).values_list("name", flat=True)
    name = names.filter(pk=context).first() if context is not None else ""
    return About(
        study=study.slug,
        title=study.title,
        versions=shared.versions_of_study(study=study),
        context=name or "",
        snapshot=snapshot,
        hash=hash,
        date=date,
        rule=graph.ranking.rule,
        parameters=graph.ranking.parameters,
        balance=balance,
        votes=graph.ranking.votes,
        participants=graph.ranking.participants,
        simulated=simulated,
    )


def _file(
    study: Study, graph: Graph, votes: Ballots, about: About, snapshot: Snapshot | None = None
) -> GraphFile:
    ranked = graph.ranking.values
    rows = Value.objects.filter(study=study).in_bulk([int(item.value) for item in ranked])
    contexts = dict(Context.objects.filter(study=study).values_list("pk", "name"))
    if about.rule == mge2023.RULE:
        edges = mge2023.edges(votes, mge2023.Parameters(**graph.ranking.parameters))
    else:
        edges = mge2023.asked(votes)
    if snapshot is not None and "published" in snapshot.counts:
        steps = tuple(_brought(pair, counts) for pair, counts in snapshot.counts["published"].items())
    else:
        steps = tuple(_step(edge, contexts) for edge in edges)
    return GraphFile(
        values=tuple(_value(view_of_value(rows[int(item.value)]), item) for item in ranked),
        edges=steps,
        about=about,
    )


def _step(edge: mge2023.PublishedEdge, contexts: Mapping[int, str]) -> FileEdge:
    names = tuple(contexts[int(key)] for key in edge.contexts)
    return FileEdge(edge.less_wise, edge.wiser, names, edge.counters)


def _brought(pair: str, counts: list[int]) -> FileEdge:
    """Return a step of a graph that came in as counts, without its votes."""
    low, high = map(int, pair.split(":"))
    return FileEdge(low, high, (), mge2023.Counters(*counts))


def _value(value: ValueView, item: Scored) -> FileValue:
    scores = {name: getattr(item, name) for name in SCORES}
    ranks = {name: getattr(item, name) for name in RANKS}
    return FileValue(
        id=value.id,
        title=value.title,
        summary=value.summary,
        policies=tuple(policy.text for policy in value.policies),
        simulated=value.simulated,
        scores={name: number for name, number in scores.items() if number is not None},
        ranks={name: number for name, number in ranks.items() if number is not None},
    )
