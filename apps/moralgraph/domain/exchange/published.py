"""The shape in which moral graphs were first published, as JSON.

``values`` with ``id``, ``title``, ``instructionsShort``, ``instructionsDetailed``, ``evaluationCriteria`` and
maybe ``pageRank``; ``edges`` with ``sourceValueId``, ``wiserValueId``, ``contexts``, five ``counts`` and a
``summary`` of w and H (``counting`` defines them; H runs over the impressions too). ``about`` stands beside
them in our files.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from apps.moralgraph.domain.exchange.graph_file import (
    COUNTS,
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

MARKS = dict(
    zip(
        COUNTS,
        ("markedWiser", "markedNotWiser", "markedLessWise", "markedUnsure", "impressions"),
        strict=True,
    )
)
SAID = {"score": "score", "low": "low", "high": "high", "p_top": "pTop", "wisdom": "wisdom"}
PLACES = {"rank": "rank", "rank_low": "rankLow", "rank_high": "rankHigh", "n": "n"}
_PUBLISHED = "mge-2023"
_NEAR = 5e-4
"""Files round their summaries; further apart than this they say something else."""


def write(graph: GraphFile) -> Iterator[str]:
    """Yield the file, a value or an edge at a time."""
    published = graph.about is None or graph.about.rule == _PUBLISHED
    yield '{"values": ['
    yield from _joined(_value(value, published) for value in graph.values)
    yield '],\n"edges": ['
    yield from _joined(_edge(edge) for edge in graph.edges)
    about = "" if graph.about is None else f',\n"about": {_text(graph.about.to_json())}'
    yield f"]{about}}}\n"


def _joined(items: Iterator[dict[str, Any]]) -> Iterator[str]:
    for place, item in enumerate(items):
        yield f"{',' if place else ''}\n{_text(item)}"


def _text(item: Mapping[str, Any]) -> str:
    return writable(json.dumps(item, ensure_ascii=False, allow_nan=False))


def _value(value: FileValue, published: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": value.id,
        "title": value.title,
        "instructionsShort": value.summary,
        "instructionsDetailed": statement(value),
        "evaluationCriteria": list(value.policies),
    }
    scores = dict(value.scores)
    if published and "score" in scores:
        found["pageRank"] = scores.pop("score")
    found |= {SAID[name]: number for name, number in scores.items()}
    found |= {PLACES[name]: number for name, number in value.ranks.items()}
    return found | ({"simulated": True} if value.simulated else {})


def statement(value: FileValue) -> str:
    """Return the value as one sentence."""
    return f"{value.title}: attend to {'; '.join(value.policies)}." if value.policies else value.title


def _edge(edge: FileEdge) -> dict[str, Any]:
    return {
        "sourceValueId": edge.less_wise,
        "wiserValueId": edge.wiser,
        "contexts": list(edge.contexts),
        "counts": {MARKS[name]: getattr(edge.counters, name) for name in COUNTS},
        "summary": {"wiserLikelihood": edge.counters.likelihood, "entropy": edge.counters.entropy},
    }


def read(raw: bytes, *, name: str) -> GraphFile:
    """Read a file of this shape. Raises ExchangeError with the place of the first fault."""
    document = load(raw, name=name)
    if not isinstance(document, dict) or not isinstance(document.get("values"), list):
        raise ExchangeError(f"{name}: a published graph is an object with the lists “values” and “edges”.")
    if not isinstance(document.get("edges"), list):
        raise ExchangeError(f"{name}: there is no list “edges”.")
    warnings: list[str] = []
    values = tuple(
        _read_value(row, f"{name}, value {number}") for number, row in enumerate(document["values"], start=1)
    )
    edges = tuple(
        _read_edge(row, f"{name}, edge {number}", warnings)
        for number, row in enumerate(document["edges"], start=1)
    )
    graph = GraphFile(values, edges, About.from_json(document.get("about")), tuple(warnings))
    return checked(graph, name=name)


def load(raw: bytes, *, name: str) -> Any:
    """Return what a JSON file holds; "not a number" and infinity are none. Raises ExchangeError."""
    try:
        return json.loads(read_text(raw, name=name), parse_constant=_refuse)
    except FileError as error:
        raise ExchangeError(str(error)) from error
    except json.JSONDecodeError as error:
        raise ExchangeError(
            f"{name}, line {error.lineno}: this is not JSON ({error.msg.lower()})."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"{name}: this is not JSON that can be read.") from error


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _object(row: Any, where: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise ExchangeError(f"{where}: an object is needed.")
    return row


def _read_value(raw: Any, where: str) -> FileValue:
    row = _object(raw, where)
    scores = {
        own: _number(row[theirs], f"{where}, {theirs}")
        for own, theirs in SAID.items()
        if row.get(theirs) is not None
    }
    if row.get("pageRank") is not None:
        scores["score"] = _number(row["pageRank"], f"{where}, pageRank")
    return FileValue(
        id=key_of(row.get("id"), where=where),
        title=_title(row.get("title"), where),
        summary=text_of(row.get("instructionsShort"), where=f"{where}, instructionsShort"),
        policies=texts_of(row.get("evaluationCriteria"), where=f"{where}, evaluationCriteria"),
        simulated=row.get("simulated") is True,
        scores=scores,
        ranks={
            own: count_of(row[theirs], where=f"{where}, {theirs}")
            for own, theirs in PLACES.items()
            if row.get(theirs) is not None
        },
    )


def _title(raw: Any, where: str) -> str:
    title = text_of(raw, where=f"{where}, title")
    if not title.strip():
        raise ExchangeError(f"{where}: it has no title.")
    return title


def _number(raw: Any, where: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise ExchangeError(f"{where}: a number is needed.")
    return float(raw)


def _read_edge(raw: Any, where: str, warnings: list[str]) -> FileEdge:
    row = _object(raw, where)
    counts = _object(row.get("counts"), f"{where}, counts")
    counters = Counters(
        **{own: count_of(counts.get(theirs), where=f"{where}, {theirs}") for own, theirs in MARKS.items()}
    )
    told = row.get("summary")
    if isinstance(told, dict):
        pairs = (("wiserLikelihood", counters.likelihood), ("entropy", counters.entropy))
        for field, found in pairs:
            said = told.get(field)
            if isinstance(said, int | float) and abs(said - found) > _NEAR:
                warnings.append(f"{where}: {field} is {said:.6g} there, but its counts give {found:.6g}.")
    return FileEdge(
        less_wise=key_of(row.get("sourceValueId"), where=f"{where}, sourceValueId"),
        wiser=key_of(row.get("wiserValueId"), where=f"{where}, wiserValueId"),
        contexts=texts_of(row.get("contexts"), where=f"{where}, contexts"),
        counters=counters,
    )
