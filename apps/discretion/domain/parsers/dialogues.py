"""JSON Lines: one object a line with two answers or two whole dialogues, as HH-RLHF and preference trainers
have them.
"""

import json
from collections.abc import Iterator, Mapping
from typing import TextIO

from apps.discretion.domain.parsers.columns import columns_of, read_record
from apps.discretion.domain.parsers.rows import BadRow, Row, RowError, UnreadableFile


def pairs(file: TextIO, *, chosen: Mapping[str, str]) -> Iterator[Row | RowError]:
    """Yield pairs; with ``chosen`` and ``rejected``, response A is the chosen one.

    ``chosen`` names columns, as in ``columns_of``. Raises UnreadableFile for a field that does not exist.
    """
    columns_of(names=(), chosen=chosen)
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield _row(number, line, chosen)


def names(line: str) -> list[str]:
    """Return the names in a line that is a whole JSON object, else nothing."""
    try:
        record = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return []
    return list(record) if isinstance(record, dict) else []


def _row(number: int, line: str, chosen: Mapping[str, str]) -> Row | RowError:
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            raise BadRow("This line is not a JSON object.")
        columns = columns_of(names=record, chosen=chosen)
        columns.check(record)
        return read_record(number, record, columns)
    except json.JSONDecodeError as error:
        return RowError(number=number, reason=f"This line is not JSON: {error.msg.lower()}.")
    except UnreadableFile as error:
        return RowError(number=number, reason=str(error).replace("first line", "line"))
    except (BadRow, RecursionError) as error:
        return RowError(number=number, reason=str(error))
