"""JSON Lines, or one JSON array: an object a pair, with two answers or two whole dialogues, as HH-RLHF and
preference trainers have them.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from apps.discretion.domain.parsers.columns import columns_of, read_record
from apps.discretion.domain.parsers.json_stream import array_items
from apps.discretion.domain.parsers.rows import BadRow, Row, RowError, UnreadableFile


def pairs(file: TextIO, *, chosen: Mapping[str, str], array: bool = False) -> Iterator[Row | RowError]:
    """Yield pairs; with ``chosen`` and ``rejected``, a coin deals which of the two is response A.

    ``chosen`` names columns, as in ``columns_of``. Raises UnreadableFile for a field that does not exist.
    """
    columns_of(names=(), chosen=chosen)
    if array:
        for number, record in enumerate(array_items(file), start=1):
            yield _record(number, record, chosen)
        return
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield _line(number, line, chosen)


def names(line: str) -> list[str]:
    """Return the names in a line that is a whole JSON object, else nothing."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return []
    return list(record) if isinstance(record, dict) else []


def _line(number: int, line: str, chosen: Mapping[str, str]) -> Row | RowError:
    try:
        return _record(number, json.loads(line), chosen)
    except json.JSONDecodeError as error:
        return RowError(number=number, reason=f"This line is not JSON: {error.msg.lower()}.")
    except ValueError:
        return RowError(number=number, reason="This line has a number of thousands of digits.")
    except RecursionError:
        return RowError(number=number, reason="This line is nested too deeply.")


def _record(number: int, record: Any, chosen: Mapping[str, str]) -> Row | RowError:
    try:
        if not isinstance(record, dict):
            raise BadRow("This is not a JSON object.")
        columns = columns_of(names=record, chosen=chosen)
        columns.check(record)
        return read_record(number, record, columns)
    except UnreadableFile as error:
        return RowError(number=number, reason=str(error).replace("first line", "object"))
    except BadRow as error:
        return RowError(number=number, reason=str(error))
