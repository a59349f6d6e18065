"""A moral graph as GraphML, by networkx, so that numbers stay numbers in programs that draw graphs.

Ids, contexts and policies are kept in attributes: GraphML's own ids are words, and it has no lists, so that
lists stand there as JSON.
"""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

import networkx as nx

from apps.moralgraph.domain.exchange.graph_file import (
    COUNTS,
    RANKS,
    SCORES,
    About,
    ExchangeError,
    FileEdge,
    FileValue,
    GraphFile,
    checked,
    count_of,
    key_of,
    text_of,
    texts_of,
    writable,
)
from apps.moralgraph.domain.files import FileError, read_text
from apps.moralgraph.domain.mge2023 import Counters


def write(graph: GraphFile) -> Iterator[str]:
    """Yield the file line by line."""
    drawn: nx.DiGraph[str] = nx.DiGraph()
    if graph.about is not None:
        drawn.graph["about"] = _list(graph.about.to_json())
    for value in graph.values:
        drawn.add_node(_name(value.id), **_node(value))
    for edge in graph.edges:
        drawn.add_edge(_name(edge.less_wise), _name(edge.wiser), **_edge(edge))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    for line in nx.generate_graphml(drawn):
        yield f"{line}\n"


def _name(key: int | str) -> str:
    return writable(str(key))


def _list(items: Any) -> str:
    return writable(json.dumps(items, ensure_ascii=False))


def _node(value: FileValue) -> dict[str, Any]:
    return {
        "value_id": writable(value.id) if isinstance(value.id, str) else value.id,
        "label": writable(value.title),
        "summary": writable(value.summary),
        "policies": _list(value.policies),
        "simulated": value.simulated,
        **{name: float(number) for name, number in value.scores.items()},
        **value.ranks,
    }


def _edge(edge: FileEdge) -> dict[str, Any]:
    return {
        "contexts": _list(edge.contexts),
        **{name: getattr(edge.counters, name) for name in COUNTS},
        "wiser_likelihood": edge.counters.likelihood,
        "entropy": edge.counters.entropy,
    }


def read(raw: bytes, *, name: str) -> GraphFile:
    """Read a GraphML file of a moral graph. Raises ExchangeError with the place of the first fault."""
    try:
        text = read_text(raw, name=name)
    except FileError as error:
        raise ExchangeError(str(error)) from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        # Entities can make a small file endless; a graph needs none.
        raise ExchangeError(f"{name}: a graph may not define entities of its own.")
    try:
        drawn = nx.parse_graphml(text.split("?>", 1)[-1].strip())
    except (ParseError, nx.NetworkXError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExchangeError(f"{name}: this is not GraphML ({error}).") from error
    if drawn.is_multigraph() or not drawn.is_directed():
        raise ExchangeError(f"{name}: a moral graph has one directed edge a step.")
    places = {node: number for number, node in enumerate(drawn.nodes, start=1)}
    values = {
        node: _read_node(node, data, f"{name}, value {places[node]}") for node, data in drawn.nodes(data=True)
    }
    edges = tuple(
        _read_edge(values[low], values[high], data, f"{name}, edge {number}")
        for number, (low, high, data) in enumerate(drawn.edges(data=True), start=1)
    )
    about = About.from_json(_loaded(drawn.graph.get("about"), f"{name}, about"))
    return checked(GraphFile(tuple(values.values()), edges, about), name=name)


def _loaded(raw: Any, where: str) -> Any:
    try:
        return None if raw is None else json.loads(raw)
    except (ValueError, TypeError, RecursionError) as error:
        raise ExchangeError(f"{where}: JSON is needed here.") from error


def _read_node(node: str, data: dict[str, Any], where: str) -> FileValue:
    title = text_of(data.get("label", data.get("title", str(node))), where=f"{where}, label")
    if not title.strip():
        raise ExchangeError(f"{where}: it has no title.")
    return FileValue(
        id=key_of(data.get("value_id", node), where=where),
        title=title,
        summary=text_of(data.get("summary"), where=f"{where}, summary"),
        policies=texts_of(_loaded(data.get("policies"), f"{where}, policies"), where=f"{where}, policies"),
        simulated=data.get("simulated") is True,
        scores={key: _number(data[key], f"{where}, {key}") for key in SCORES if key in data},
        ranks={key: count_of(data[key], where=f"{where}, {key}") for key in RANKS if key in data},
    )


def _number(raw: Any, where: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw != raw or abs(raw) == float("inf"):
        raise ExchangeError(f"{where}: a number is needed.")
    return float(raw)


def _read_edge(low: FileValue, high: FileValue, data: dict[str, Any], where: str) -> FileEdge:
    return FileEdge(
        less_wise=low.id,
        wiser=high.id,
        contexts=texts_of(_loaded(data.get("contexts"), f"{where}, contexts"), where=f"{where}, contexts"),
        counters=Counters(**{key: count_of(data.get(key), where=f"{where}, {key}") for key in COUNTS}),
    )
