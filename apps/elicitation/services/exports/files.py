"""Writers of one table in one format; each takes rows as they come and holds a few of them at most."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from apps.elicitation.domain.exports.cells import compact, csv_text, plain
from apps.elicitation.domain.exports.columns import Column, Kind, Table

Row = Sequence[Any]
GROUP = 10_000
"""Rows of a Parquet row group: enough to compress well, few enough to hold."""


class TableFile(Protocol):
    """A file that rows are written into."""

    path: Path

    def write(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


class CsvFile:
    """A table as CSV: RFC 4180, UTF-8, formulas disarmed."""

    def __init__(self, *, folder: Path, table: Table, bom: bool) -> None:
        self.path = folder / f"{table.name}.csv"
        self._file = self.path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow([column.name for column in table.columns])

    def write(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        self._writer.writerows([csv_text(cell) for cell in row] for row in rows)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class JsonLinesFile:
    """A table as one JSON object a line."""

    def __init__(self, *, folder: Path, table: Table, bom: bool) -> None:
        self.path = folder / f"{table.name}.jsonl"
        self._file = self.path.open("w", encoding="utf-8", newline="\n")
        self._names = [column.name for column in table.columns]

    def write(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        for row in rows:
            record = {name: plain(cell) for name, cell in zip(self._names, row, strict=True)}
            self._file.write(compact(record) + "\n")

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class ParquetFile:
    """A table as Parquet, a row group at a time; the library is loaded here and nowhere else."""

    def __init__(self, *, folder: Path, table: Table, bom: bool) -> None:
        import pyarrow
        import pyarrow.parquet

        self.path = folder / f"{table.name}.parquet"
        self._arrow = pyarrow
        self._columns = table.columns
        self._schema = pyarrow.schema([self._field(column) for column in table.columns])
        self._writer = pyarrow.parquet.ParquetWriter(self.path, self._schema, compression="zstd")
        self._waiting: list[Row] = []

    def _field(self, column: Column) -> Any:
        types = {
            Kind.YES_NO: self._arrow.bool_(),
            Kind.INTEGER: self._arrow.int64(),
            Kind.NUMBER: self._arrow.float64(),
            Kind.TIME: self._arrow.timestamp("us", tz="UTC"),
        }
        kind = types.get(column.kind, self._arrow.string())
        return self._arrow.field(column.name, kind, metadata={"about": column.about})

    def write(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        self._waiting.extend(rows)
        if len(self._waiting) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        held = [
            self._arrow.array([_parquet(row[place], column.kind) for row in self._waiting], type=field.type)
            for place, (column, field) in enumerate(zip(self._columns, self._schema, strict=True))
        ]
        self._writer.write_batch(self._arrow.record_batch(held, schema=self._schema), row_group_size=GROUP)
        self._waiting.clear()

    def close(self) -> None:
        """Finish the file."""
        if self._waiting:
            self._flush()
        self._writer.close()


def _parquet(value: Any, kind: Kind) -> Any:
    if kind == Kind.TIME:
        return None if plain(value) is None else value
    found = plain(value)
    return compact(found) if kind == Kind.JSON and found is not None else found


WRITERS: dict[str, type[CsvFile] | type[JsonLinesFile] | type[ParquetFile]] = {
    "csv": CsvFile,
    "jsonl": JsonLinesFile,
    "parquet": ParquetFile,
}
