"""Tables: ``chosen,rejected``, ``text_a,text_b,preferred_text``, or columns that the sender names; cells are
parted by commas, semicolons or tabs.
"""

import csv
import itertools
import sys
from collections.abc import Iterator
from typing import Any, TextIO

from apps.discretion.domain.parsers.columns import Columns, read_record
from apps.discretion.domain.parsers.rows import BadRow, Row, RowError, UnreadableFile

SEPARATORS = ",;\t"
UNCLOSED = "unexpected end of data"


def pairs(file: TextIO, *, columns: Columns) -> Iterator[Row | RowError]:
    """Yield pairs with the verdict of the file's label. Raises UnreadableFile where a column is missing, and
    where a quote that is never closed swallows the rest of the file.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    lines, separator = _look(file)
    reader = csv.DictReader(lines, delimiter=separator, strict=True)
    columns.check(reader.fieldnames or [])
    for number in itertools.count(1):
        try:
            record = next(reader, None)
        except csv.Error as error:
            if UNCLOSED in str(error):
                raise UnreadableFile(
                    f"Row {number} is not sound CSV: it opens a quote that is never closed. Close it, and "
                    "write a quote inside a cell twice."
                ) from error
            yield RowError(number, f"Not sound CSV: {error}. Write a quote inside a cell twice.")
            continue
        if record is None:
            return
        yield _row(number, record, columns)


def header(file: TextIO) -> list[str]:
    """Return the names of the columns."""
    lines, separator = _look(file)
    try:
        return next(csv.reader(lines, delimiter=separator), [])
    except csv.Error as error:
        raise UnreadableFile(f"The first line is not sound CSV: {error}.") from error


def _look(file: TextIO) -> tuple[Iterator[str], str]:
    """Return the lines and what parts their cells: whatever makes the most of the first line."""
    first = file.readline()
    return itertools.chain([first], file), max(SEPARATORS, key=lambda mark: len(_cells(first, mark)))


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _row(number: int, record: dict[str | Any, str | Any], columns: Columns) -> Row | RowError:
    try:
        if None in record or None in record.values():
            raise BadRow("This row has another number of columns than the first line.")
        return read_record(number, record, columns)
    except BadRow as error:
        return RowError(number=number, reason=str(error))
