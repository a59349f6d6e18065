"""Counting while rows go by: what a codebook says of each column without reading a file again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.elicitation.domain.exports.cells import plain
from apps.elicitation.domain.exports.columns import Column, Kind, Table
from apps.shared.records import Missing

_COUNTED = {Kind.CODE, Kind.YES_NO}
_RANGED = {Kind.INTEGER, Kind.NUMBER, Kind.TIME}


@dataclass
class ColumnTally:
    """How many cells of a column hold something, which codes, between which ends, and why others do not."""

    column: Column
    valid: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    least: Any = None
    most: Any = None

    def add(self, value: Any) -> None:
        """Count one cell."""
        if isinstance(value, Missing):
            self.missing[value.value] += 1
            return
        self.valid += 1
        if self.column.kind in _COUNTED:
            self.codes[str(value).lower() if isinstance(value, bool) else str(value)] += 1
        elif self.column.kind in _RANGED:
            self.least = value if self.least is None or value < self.least else self.least
            self.most = value if self.most is None or value > self.most else self.most

    def to_json(self) -> dict[str, Any]:
        """Return the column as the codebook describes it."""
        column = self.column
        found: dict[str, Any] = {
            "name": column.name,
            "type": column.kind.value,
            "about": column.about,
            "unit": column.unit or None,
            "question": dict(column.question) or None,
            "asked_in_versions": list(column.versions) or None,
            "values": self._values() or None,
            "least": plain(self.least),
            "most": plain(self.most),
        }
        counts = {"valid": self.valid, "missing": dict(sorted(self.missing.items()))}
        return {name: value for name, value in found.items() if value is not None} | counts

    def _values(self) -> list[dict[str, Any]]:
        known = {code.code: dict(code.label) for code in self.column.codes}
        if self.column.kind not in _COUNTED:
            return []
        extra = sorted(set(self.codes) - set(known))
        return [
            {"code": code, "label": known.get(code) or {"en": code}, "n": self.codes[code]}
            for code in [*known, *extra]
        ]


class TableTally:
    """The columns of one table as its rows go by."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows = 0
        self.columns = [ColumnTally(column) for column in table.columns]

    def add(self, row: Sequence[Any]) -> None:
        """Count one row."""
        self.rows += 1
        for tally, value in zip(self.columns, row, strict=True):
            tally.add(value)

    def to_json(self) -> dict[str, Any]:
        """Return the table as the codebook describes it, without its files."""
        table = self.table
        return {
            "name": table.name,
            "label": table.label,
            "about": table.about,
            "key": list(table.key),
            "personal": table.personal,
            "rows": self.rows,
            "columns": [tally.to_json() for tally in self.columns],
        }
