"""Reads values and votes from files, and says in one sentence which row of which file is wrong."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.moralgraph.domain.answers import Answer, Judgement, Key
from apps.moralgraph.domain.ballots import Ballots, collect, latest

COLUMNS = ("participant", "from", "to", "context", "answer")
_MAY_BE_EMPTY = ("context",)


class FileError(ValueError):
    """A file cannot be used; the message names the file, the row where there is one, and what is wrong."""


@dataclass(frozen=True)
class NamedValue:
    """A value of a file: its id as it was written there, and its title."""

    id: Key
    title: str


@dataclass(frozen=True)
class VotesFile:
    """The votes that stand, and how many rows a later one of the same person, step and context replaced."""

    votes: Ballots
    replaced: int


def read_values(raw: bytes, *, name: str) -> list[NamedValue]:
    """Read a JSON list of values, each with "id" and "title". Raises FileError."""
    text = read_text(raw, name=name)
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits is a plain ValueError.
        where = f", row {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise FileError(f"{name}{where}: this is not JSON.") from error
    if not isinstance(rows, list) or not rows:
        raise FileError(f"{name}: a list of values is needed, with at least one in it.")
    found: dict[str, int] = {}
    values = []
    for number, row in enumerate(rows, start=1):
        value = _value(row, f"{name}, value {number}")
        key = str(value.id)
        if key in found:
            raise FileError(f"{name}, value {number}: value {found[key]} has the id “{key}” too.")
        found[key] = number
        values.append(value)
    return values


def read_votes(raw: bytes, *, name: str, values: Sequence[NamedValue]) -> VotesFile:
    """Read a table of votes between the values. Raises FileError.

    Rows are numbered as a spreadsheet does, the header being row 1. A person has one vote on a step in a
    context: where there are several, the last one counts.
    """
    known: Mapping[str, Key] = {str(value.id): value.id for value in values}
    rows = read_table(raw, name=name, columns=COLUMNS)
    votes = [_vote(row, known, f"{name}, row {number}") for number, row in rows]
    standing = latest(votes)
    return VotesFile(collect(standing, [value.id for value in values]), len(votes) - len(standing))


def read_text(raw: bytes, *, name: str) -> str:
    """Return what a file says, with or without a byte order mark. Raises FileError."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise FileError(f"{name}, row {row}: this is not UTF-8 text; save the file as UTF-8.") from error
    if not text.strip():
        raise FileError(f"{name}: the file is empty.")
    return text


def _value(row: Any, where: str) -> NamedValue:
    if not isinstance(row, dict):
        raise FileError(f"{where}: a value is an object with “id”, “title” and “policies”.")
    key, title, policies = row.get("id"), row.get("title"), row.get("policies", [])
    if isinstance(key, bool) or not isinstance(key, int | str) or not str(key).strip():
        raise FileError(f"{where}: “id” must be a word or a whole number.")
    if not isinstance(title, str):
        raise FileError(f"{where}: “title” must be text.")
    if not isinstance(policies, list):
        raise FileError(f"{where}: “policies” must be a list.")
    return NamedValue(key.strip() if isinstance(key, str) else key, title)


def read_table(raw: bytes, *, name: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file that has at least these columns, with their numbers. Raises FileError."""
    text = read_text(raw, name=name)
    reader = enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1)
    number = 0
    try:
        header: list[str] = []
        for number, cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = _header(cells, name, columns)
                continue
            if len(cells) != len(header):
                raise FileError(
                    f"{name}, row {number}: there are {len(cells)} fields where the header has {len(header)}."
                )
            yield number, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise FileError(f"{name}, row {number + 1}: this is not a table ({error}).") from error


def _header(cells: Sequence[str], name: str, columns: Sequence[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    missing = [column for column in columns if column not in header]
    if missing:
        raise FileError(f"{name}, row 1: the header lacks {', '.join(missing)}.")
    twice = next((column for column in columns if header.count(column) > 1), None)
    if twice:
        raise FileError(f"{name}, row 1: the header has {twice} twice.")
    return header


def _vote(row: Mapping[str, str], known: Mapping[str, Key], where: str) -> Judgement:
    for column in COLUMNS:
        if not row[column] and column not in _MAY_BE_EMPTY:
            raise FileError(f"{where}: {column} is empty.")
    for column in ("from", "to"):
        if row[column] not in known:
            raise FileError(f"{where}: {column} names “{row[column]}”, which is the id of no value.")
    if row["from"] == row["to"]:
        raise FileError(f"{where}: from and to are the same value, “{row['to']}”.")
    try:
        answer = Answer(row["answer"])
    except ValueError as error:
        choices = ", ".join(item.value for item in Answer)
        raise FileError(f"{where}: the answer “{row['answer']}” is none of {choices}.") from error
    return Judgement(row["participant"], known[row["from"]], known[row["to"]], answer, row["context"])
