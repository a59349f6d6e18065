"""A moral graph as two tables for spreadsheets: values and edges, every row with what it is of."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from apps.moralgraph.domain.answers import Key
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
    writable,
)
from apps.moralgraph.domain.files import FileError, read_table
from apps.moralgraph.domain.mge2023 import Counters
from apps.shared.records import protect, unprotect

ABOUT = (
    "study", "study_title", "study_versions", "graph_context", "snapshot", "hash", "date", "rule",
    "parameters", "balance", "simulated_people_included", "graph_votes", "graph_participants",
)  # fmt: skip
VALUES = ("id", "title", "summary", "policies", "simulated", *SCORES, *RANKS)
EDGES = ("from", "to", "contexts", *COUNTS, "wiser_likelihood", "entropy")


def write_values(graph: GraphFile) -> Iterator[str]:
    """Yield the table of values, a row at a time."""
    rows = (
        (
            _text(value.id), _text(value.title), _text(value.summary), _list(value.policies),
            _truth(value.simulated),
            *(_cell(value.scores.get(name)) for name in SCORES),
            *(_cell(value.ranks.get(name)) for name in RANKS),
        )
        for value in graph.values
    )  # fmt: skip
    return _table(VALUES, rows, graph.about)


def write_edges(graph: GraphFile) -> Iterator[str]:
    """Yield the table of edges, a row at a time."""
    rows = (
        (
            _text(edge.less_wise), _text(edge.wiser), _list(edge.contexts),
            *(str(getattr(edge.counters, name)) for name in COUNTS),
            repr(edge.counters.likelihood), repr(edge.counters.entropy),
        )
        for edge in graph.edges
    )  # fmt: skip
    return _table(EDGES, rows, graph.about)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], about: About | None) -> Iterator[str]:
    said = () if about is None else _about(about)
    kept = io.StringIO(newline="")
    writer = csv.writer(kept)
    writer.writerow((*columns, *(ABOUT if said else ())))
    yield kept.getvalue()
    for row in rows:
        kept.seek(0)
        kept.truncate()
        writer.writerow((*row, *said))
        yield kept.getvalue()


def _about(about: About) -> tuple[str, ...]:
    return (
        _text(about.study), _text(about.title), _list(about.versions), _text(about.context),
        "" if about.snapshot is None else str(about.snapshot), _text(about.hash), _text(about.date),
        _text(about.rule), _list(dict(about.parameters)), _text(about.balance), _truth(about.simulated),
        str(about.votes), str(about.participants),
    )  # fmt: skip


def _text(raw: Key) -> str:
    return protect(writable(raw)) if isinstance(raw, str) else str(raw)


def _list(items: Any) -> str:
    return writable(json.dumps(items, ensure_ascii=False))


def _truth(said: bool) -> str:
    return "true" if said else "false"


def _cell(number: float | None) -> str:
    return "" if number is None else repr(number)


def read(values: bytes, edges: bytes | None, *, values_name: str, edges_name: str) -> GraphFile:
    """Read a table of values and, where there is one, of the edges between them. Raises ExchangeError."""
    try:
        rows = list(read_table(values, name=values_name, columns=("id", "title")))
        steps = (
            [] if edges is None else list(read_table(edges, name=edges_name, columns=("from", "to", *COUNTS)))
        )
    except FileError as error:
        raise ExchangeError(str(error)) from error
    found = tuple(_read_value(row, f"{values_name}, row {number}") for number, row in rows)
    known = {str(value.id): value.id for value in found}
    read_edges = tuple(_read_edge(row, known, f"{edges_name}, row {number}") for number, row in steps)
    about = _read_about(rows[0][1]) if rows else None
    return checked(GraphFile(found, read_edges, about), name=values_name)


def _read_value(row: Mapping[str, str], where: str) -> FileValue:
    title = unprotect(row["title"])
    if not row["id"]:
        raise ExchangeError(f"{where}: id is empty.")
    if not title.strip():
        raise ExchangeError(f"{where}: title is empty.")
    return FileValue(
        id=_id(row["id"]),
        title=title,
        summary=unprotect(row.get("summary", "")),
        policies=_texts(row.get("policies", ""), f"{where}, policies"),
        simulated=row.get("simulated") == "true",
        scores={key: _number(row[key], f"{where}, {key}") for key in SCORES if row.get(key)},
        ranks={key: _count(row[key], f"{where}, {key}") for key in RANKS if row.get(key)},
    )


def _read_edge(row: Mapping[str, str], known: Mapping[str, Key], where: str) -> FileEdge:
    low, high = (_id(row[column]) for column in ("from", "to"))
    return FileEdge(
        less_wise=known.get(str(low), low),
        wiser=known.get(str(high), high),
        contexts=_texts(row.get("contexts", ""), f"{where}, contexts"),
        counters=Counters(**{key: _count(row[key], f"{where}, {key}") for key in COUNTS}),
    )


def _id(cell: str) -> Key:
    """Return a whole number where it is written as one of ours would be, else the word."""
    short = len(cell) <= 16 and (cell.isascii() and cell.isdigit()) and str(int(cell)) == cell
    return int(cell) if short else unprotect(cell)


def _texts(cell: str, where: str) -> tuple[str, ...]:
    """Return a list that is written as JSON or with a line a text."""
    if not cell.startswith("["):
        return tuple(line.strip() for line in unprotect(cell).splitlines() if line.strip())
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"{where}: this is no list.") from error
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ExchangeError(f"{where}: a list of texts is needed.")
    return tuple(found)


def _number(cell: str, where: str) -> float:
    try:
        found = float(cell)
    except ValueError as error:
        raise ExchangeError(f"{where}: “{cell}” is no number.") from error
    if found != found or abs(found) == float("inf"):
        raise ExchangeError(f"{where}: “{cell}” is no number.")
    return found


def _count(cell: str, where: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 16):
        raise ExchangeError(f"{where}: “{cell}” is no count.")
    return count_of(int(cell), where=where)


def _read_about(row: Mapping[str, str]) -> About | None:
    if not set(ABOUT) <= set(row):
        return None
    try:
        versions, parameters = json.loads(row["study_versions"]), json.loads(row["parameters"])
        numbers = (int(row["graph_votes"]), int(row["graph_participants"]))
        snapshot = int(row["snapshot"]) if row["snapshot"] else None
    except ValueError:
        return None
    told = {name: unprotect(row[name]) for name in ("study", "hash", "date", "rule", "balance")}
    return About.from_json(
        {
            **told, "title": unprotect(row["study_title"]), "versions": versions,
            "context": unprotect(row["graph_context"]), "snapshot": snapshot, "parameters": parameters,
            "votes": numbers[0], "participants": numbers[1],
            "simulated": row["simulated_people_included"] == "true",
        }
    )  # fmt: skip
