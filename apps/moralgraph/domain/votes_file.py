"""Reads votes from a file: JSON as this program exports it, or a table with a header."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.moralgraph.domain.answers import Answer, Judgement, Key

_NEEDED = ("voter", "less_wise", "wiser", "answer")


class VotesFileError(ValueError):
    """A file of votes cannot be read; the message says which row and why."""


@dataclass(frozen=True)
class VotesFile:
    """The values that are ranked and the votes between them."""

    values: tuple[Key, ...]
    votes: tuple[Judgement, ...]


def read(text: str) -> VotesFile:
    """Read JSON (``{"values": [...], "votes": [...]}`` or a list of votes) or CSV. Raises VotesFileError."""
    raw = text.lstrip("\ufeff")
    if not raw.strip():
        raise VotesFileError("The file is empty.")
    return _from_json(raw) if raw.lstrip()[0] in "[{" else _from_csv(raw)


def _from_json(text: str) -> VotesFile:
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise VotesFileError(f"Line {error.lineno}: this is not JSON ({error.msg}).") from error
    rows, named = (raw.get("votes"), raw.get("values", [])) if isinstance(raw, dict) else (raw, [])
    if not isinstance(rows, list) or not isinstance(named, list):
        raise VotesFileError("The file needs a list “votes”; “values”, where given, is a list too.")
    values = [item.get("id") if isinstance(item, dict) else item for item in named]
    return _file(values, rows, first_row=1)


def _from_csv(text: str) -> VotesFile:
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or [])]
    if missing:
        raise VotesFileError(f"The header lacks: {', '.join(missing)}.")
    return _file([], list(reader), first_row=2)


def _file(named: Iterable[Any], rows: Iterable[Any], *, first_row: int) -> VotesFile:
    votes = tuple(_vote(row, number) for number, row in enumerate(rows, start=first_row))
    values = [_key(value, "values") for value in named]
    seen = dict.fromkeys(values)
    extra = {end for vote in votes for end in (vote.less_wise, vote.wiser)} - set(seen)
    ordered = sorted(extra, key=lambda key: (isinstance(key, str), str(key) if isinstance(key, str) else key))
    return VotesFile(values=(*seen, *ordered), votes=votes)


def _vote(row: Any, number: int) -> Judgement:
    if not isinstance(row, Mapping):
        raise VotesFileError(f"Row {number}: a vote is an object with the fields {', '.join(_NEEDED)}.")
    for name in _NEEDED:
        if row.get(name) in (None, ""):
            raise VotesFileError(f"Row {number}: “{name}” is missing.")
    try:
        answer = Answer(row["answer"])
    except ValueError as error:
        choices = ", ".join(item.value for item in Answer)
        raise VotesFileError(f"Row {number}: the answer “{row['answer']}” is none of: {choices}.") from error
    where = f"Row {number}"
    vote = Judgement(
        voter=_key(row["voter"], where),
        less_wise=_key(row["less_wise"], where),
        wiser=_key(row["wiser"], where),
        answer=answer,
        context=_key(row.get("context") or "", where),
        simulated=str(row.get("simulated", "")).lower() in {"true", "1", "yes"},
    )
    if vote.less_wise == vote.wiser:
        raise VotesFileError(f"Row {number}: a vote is about two different values.")
    return vote


def _key(raw: Any, where: str) -> Key:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise VotesFileError(f"{where}: {raw!r} names nothing; use a word or a whole number.")
    return raw
