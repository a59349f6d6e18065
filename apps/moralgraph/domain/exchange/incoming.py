"""Files of another graph on their way into a study: what they are, and their values as cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from apps.moralgraph.domain import cards, counting, edges, mge2023
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.cards import CardError, Policy, ValuesCard
from apps.moralgraph.domain.exchange import graphml, published, tables
from apps.moralgraph.domain.exchange.graph_file import (
    ExchangeError,
    FileEdge,
    FileValue,
    GraphFile,
    checked,
    key_of,
    text_of,
    texts_of,
)
from apps.moralgraph.domain.files import FileError, NamedValue, VotesFile, read_text, read_votes
from apps.moralgraph.domain.graph import Graph
from apps.moralgraph.domain.results import Ranking, Scored

AS_IT_IS = mge2023.Parameters(wiser_at_least=0, likelihood_at_least=-1.0, entropy_at_most=2.5)
"""Cuts that nothing fails (w is at least -1, H at most log2 5): whoever wrote the file has cut already."""


@dataclass(frozen=True)
class Incoming:
    """What some files hold: a graph with its values as cards, and maybe votes; ``form`` is the first's."""

    form: str
    graph: GraphFile
    cards: tuple[ValuesCard, ...]
    votes: VotesFile | None


@dataclass(frozen=True)
class Named:
    """A file as it came."""

    name: str
    raw: bytes


def read(*, graph: Named, edges: Named | None = None, votes: Named | None = None) -> Incoming:
    """Read a graph or a list of values, with a table of edges or of votes beside it. Raises ExchangeError."""
    form, found = _graph(graph, edges)
    made = tuple(
        _card(value, f"{graph.name}, value {place}") for place, value in enumerate(found.values, start=1)
    )
    if votes is None:
        return Incoming(form, found, made, None)
    named = [NamedValue(value.id, value.title) for value in found.values]
    try:
        return Incoming(form, found, made, read_votes(votes.raw, name=votes.name, values=named))
    except FileError as error:
        raise ExchangeError(str(error)) from error


def _graph(graph: Named, edges: Named | None) -> tuple[str, GraphFile]:
    try:
        first = read_text(graph.raw, name=graph.name).lstrip()[:1]
    except FileError as error:
        raise ExchangeError(str(error)) from error
    if first not in ("<", "{", "["):
        kept = (edges.raw, edges.name) if edges else (None, "")
        return "csv", tables.read(graph.raw, kept[0], values_name=graph.name, edges_name=kept[1])
    if edges is not None:
        raise ExchangeError(f"{edges.name}: a table of edges belongs to a table of values.")
    if first == "<":
        return "graphml", graphml.read(graph.raw, name=graph.name)
    if first == "{":
        return "json", published.read(graph.raw, name=graph.name)
    return "values", _values(published.load(graph.raw, name=graph.name), graph.name)


def _values(rows: Any, name: str) -> GraphFile:
    """Return a plain list of values, as ``manage.py rank_values`` reads it."""
    return checked(
        GraphFile(tuple(_plain(row, f"{name}, value {at}") for at, row in enumerate(rows, 1)), ()), name=name
    )


def _plain(row: Any, where: str) -> FileValue:
    if not isinstance(row, dict):
        raise ExchangeError(f"{where}: an object is needed.")
    return FileValue(
        id=key_of(row.get("id"), where=where),
        title=text_of(row.get("title"), where=f"{where}, title"),
        policies=texts_of(row.get("policies"), where=f"{where}, policies"),
    )


def _card(value: FileValue, where: str) -> ValuesCard:
    try:
        lines = [split(text) for text in value.policies if text.strip()]
        card = cards.read(title=value.title, summary=value.summary, policies=lines)
    except CardError as error:
        raise ExchangeError(f"{where}, {error.field}: {error}") from error
    if not card.title:
        raise ExchangeError(f"{where}: it has no title.")
    return card


def split(text: str) -> Policy:
    """Return a line as what is attended to (in capitals, or what comes first) and which of those."""
    tidy = text.split()
    shouted = 0
    while shouted < len(tidy) and tidy[shouted].isupper():
        shouted += 1
    head = shouted if shouted > 0 and len(" ".join(tidy[:shouted])) <= cards.ATTENDED_LENGTH else 0
    if not head:
        while head < len(tidy) and len(" ".join(tidy[: head + 1])) <= cards.ATTENDED_LENGTH:
            head += 1
    return Policy(attended=" ".join(tidy[:head]), qualifier=" ".join(tidy[head:]))


def ranked(*, steps: Sequence[FileEdge], values: Sequence[Key], ids: Mapping[str, Key], people: int) -> Graph:
    """Return the graph that a file's edges are, ranked anew by the published rule without cutting again.

    ``ids`` gives each value of the file its name here, ``values`` all those names in a fixed order.
    """
    place = {value: at for at, value in enumerate(values)}
    ends = np.array(
        [(place[ids[str(step.less_wise)]], place[ids[str(step.wiser)]]) for step in steps], dtype=np.int64
    ).reshape(-1, 2)
    rows = np.array(
        [[getattr(step.counters, name) for name in counting.COLUMNS] for step in steps], dtype=np.int64
    )
    key = ends[:, 0] * len(values) + ends[:, 1]
    order = np.argsort(key)
    found = mge2023.publish(counting.Tally(len(values), key[order], rows.reshape(-1, 5)[order]), AS_IT_IS)
    scores = {
        value: float(found.page_rank[at]) for value, at in place.items() if not np.isnan(found.page_rank[at])
    }
    by_rank = sorted(scores, key=lambda value: -round(scores[value], 12))
    drawn = [mge2023_edge(step, ids) for step in steps]
    ranking = Ranking(
        rule=mge2023.RULE,
        parameters=vars(AS_IT_IS),
        values=tuple(
            Scored(
                value=value,
                score=scores[value],
                rank=1 + sum(round(other, 12) > round(scores[value], 12) for other in scores.values()),
                n=sum(edge.n for edge in drawn if value in (edge.less_wise, edge.wiser)),
                wisdom=float(found.wisdom[place[value]]),
            )
            for value in by_rank
        ),
        votes=sum(edge.n for edge in drawn),
        participants=people,
        support="none",
    )
    cycles = edges.components([(edge.less_wise, edge.wiser) for edge in drawn])
    return Graph(ranking, tuple(drawn), tuple(map(tuple, cycles)))


def mge2023_edge(step: FileEdge, ids: Mapping[str, Key]) -> edges.Edge:
    """Return a pair of the file as an edge of the graph."""
    counters = step.counters
    counts = edges.Counts(wiser=counters.wiser, not_wiser=counters.not_wiser, unsure=counters.unsure)
    low, high = ids[str(step.less_wise)], ids[str(step.wiser)]
    return edges.Edge(low, high, counts, (edges.Asked(low, high, counts),), (), counters.likelihood)
