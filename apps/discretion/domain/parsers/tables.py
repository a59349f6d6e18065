"""Comma-separated files: ``chosen,rejected``, ``text_a,text_b,preferred_text``, or columns that the sender
names.
"""

import csv
import sys
from collections.abc import Iterator
from typing import TextIO

from apps.discretion.domain.parsers.columns import Columns, read_record
from apps.discretion.domain.parsers.rows import BadRow, Row, RowError, UnreadableFile


def pairs(file: TextIO, *, columns: Columns) -> Iterator[Row | RowError]:
    """Yield pairs with the verdict of the file's label. Raises UnreadableFile where a column is missing."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.DictReader(file, strict=True)
    columns.check(reader.fieldnames or [])
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            yield _row(number, record, columns)
    except csv.Error as error:
        raise UnreadableFile(f"Row {number + 1} is not sound CSV: {error}.") from error


def header(file: TextIO) -> list[str]:
    """Return the names of the columns."""
    try:
        return next(csv.reader(file), [])
    except csv.Error as error:
        raise UnreadableFile(f"The first line is not sound CSV: {error}.") from error


def _row(number: int, record: dict[str, str], columns: Columns) -> Row | RowError:
    try:
        if None in record or None in record.values():
            raise BadRow("This row has another number of columns than the first line.")
        return read_record(number, record, columns)
    except BadRow as error:
        return RowError(number=number, reason=str(error))
