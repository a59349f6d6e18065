"""Opening a file as what it is: by its format's name, or recognised from how it begins."""

import dataclasses
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from apps.discretion.domain.parsers import (
    annotated_pairs,
    columns,
    dialogues,
    json_stream,
    labelled,
    pandalm,
    tables,
)
from apps.discretion.domain.parsers.rows import Row, RowError, UnreadableFile

FORMATS = {
    "pandalm": "PandaLM pairs with people's verdicts (JSON)",
    "pandalm_judge": "A judge's verdicts on PandaLM pairs (JSON)",
    "annotated_pairs": "AnnotatedPairs 2.0 (JSON)",
    "chosen_rejected": "Columns chosen, rejected (CSV)",
    "preferred_text": "Columns text_a, text_b, preferred_text (CSV)",
    "hh": "Dialogues or answers chosen, rejected (JSON lines)",
    "labelled": "LLMBar pairs with a label (JSON)",
}
MAPPED = frozenset({"chosen_rejected", "preferred_text", "hh"})
"""Formats whose columns the sender may name."""

GZIP = b"\x1f\x8b"
NOT_TEXT = {
    b"PK\x03\x04": "This is a ZIP archive or a spreadsheet. Unpack it, or save the sheet as CSV in UTF-8.",
    b"PAR1": "This is a Parquet file. Save it as JSON Lines or CSV.",
    b"SQLi": "This is a database. Save its rows as JSON Lines or CSV.",
}
NOT_UTF8 = (
    "This file is not text in UTF-8. Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”), then choose it again."
)
DAMAGED = "This archive is damaged or cut off. Pack it again, or send the file unpacked."
FIRST_LINES, LONGEST_LINE, A_LOOK = 20, 1 << 24, 1 << 12
UNPACKED_LIMIT = 4 << 30


@dataclasses.dataclass(frozen=True)
class Opened:
    """A file that was recognised: its format, whether a model gave its verdicts, and how to read its rows
    again and again.
    """

    format: str
    algorithm: bool
    rows: Callable[[], Iterator[Row | RowError]]
    needs_comparisons: bool = False


class _Bounded(io.RawIOBase):
    """Bytes that stop with an error after a limit: a small archive can unpack to a very large file."""

    def __init__(self, source: gzip.GzipFile | io.BufferedReader, limit: int) -> None:
        self._source, self._left = source, limit

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(target))
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableFile("This archive unpacks to more than the limit.")
        target[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._source.close()
        super().close()


def open_text(path: Path, *, limit: int = UNPACKED_LIMIT) -> TextIO:
    """Open a text file, packed with gzip or not. Text must be UTF-8."""
    with path.open("rb") as start:
        packed = start.read(2) == GZIP
    source = gzip.GzipFile(path, "rb") if packed else path.open("rb")
    return io.TextIOWrapper(io.BufferedReader(_Bounded(source, limit)), encoding="utf-8-sig", newline="")


def open_file(
    path: Path, *, filename: str, format: str = "auto", columns: Mapping[str, str] | None = None
) -> Opened:
    """Recognise a file; ``columns`` says which column holds which field (``columns.FIELDS``).

    Raises UnreadableFile where it is empty, not text, or of no known format.
    """
    chosen = columns or {}
    with path.open("rb") as file:
        refused = NOT_TEXT.get(file.read(4))
    if refused:
        raise UnreadableFile(refused)
    found = _recognise(path, chosen) if format == "auto" else format
    if found not in FORMATS:
        raise UnreadableFile(f"“{found}” is not a format that can be read. Known: {', '.join(FORMATS)}.")
    return Opened(
        format=found,
        algorithm=found == "pandalm_judge",
        rows=lambda: _guarded(path, found, filename, chosen),
        needs_comparisons=found == "pandalm_judge",
    )


def _guarded(path: Path, format: str, filename: str, chosen: Mapping[str, str]) -> Iterator[Row | RowError]:
    """Yield the rows; faults of the medium become one named error."""
    try:
        with open_text(path) as file:
            yield from _rows(file, path, format, filename, chosen)
    except UnicodeDecodeError as error:
        raise UnreadableFile(NOT_UTF8) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile(DAMAGED) from error


def _rows(
    file: TextIO, path: Path, format: str, filename: str, chosen: Mapping[str, str]
) -> Iterator[Row | RowError]:
    if format == "pandalm_judge":
        return pandalm.judge(file, name=judge_name(filename))
    if format == "annotated_pairs":
        return annotated_pairs.pairs(file, again=lambda: open_text(path))
    if format == "hh":
        with open_text(path) as first:
            array = first.read(A_LOOK).lstrip()[:1] == "["
        return dialogues.pairs(file, chosen=chosen, array=array)
    if format in MAPPED:
        with open_text(path) as first:
            named = columns.columns_of(names=tables.header(first), chosen=chosen)
        return tables.pairs(file, columns=named)
    return pandalm.people(file) if format == "pandalm" else labelled.pairs(file)


def judge_name(filename: str) -> str:
    """Return the judge's name from its file's: ``gpt-3.5-turbo-testset-v1.json`` is by gpt-3.5-turbo."""
    stem = re.sub(r"\.(json|jsonl)(\.gz)?$", "", Path(filename).name)
    return re.sub(r"[-_]testset.*$", "", stem) or "judge"


def _recognise(path: Path, chosen: Mapping[str, str]) -> str:
    try:
        with open_text(path) as file:
            start = file.read(1 << 16).lstrip()
        with open_text(path) as file:
            return _format(start, file, chosen)
    except UnicodeDecodeError as error:
        raise UnreadableFile(NOT_UTF8) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile(DAMAGED) from error


def _format(start: str, file: TextIO, chosen: Mapping[str, str]) -> str:
    if not start:
        raise UnreadableFile("This file is empty. Choose the one that holds the pairs.")
    if start[0] == "[":
        return _array_format(file, chosen)
    if start[0] == "{":
        lines = any(_pair_of(names, chosen) for names in _objects(file) if "comparisons" not in names)
        return "hh" if lines else "annotated_pairs"
    names = tables.header(file)
    found = _pair_of(names, chosen)
    if found is None:
        raise UnreadableFile(
            "This file is neither JSON nor a table with known columns, so its format cannot be told. "
            f"Say which columns hold the two responses. It has: {', '.join(names)[:300]}."
        )
    return "preferred_text" if "preferred" in found.of else "chosen_rejected"


def _objects(file: TextIO) -> Iterator[list[str]]:
    """Yield the names in each of the first lines; a line may be broken, or very long."""
    for _ in range(FIRST_LINES):
        line = file.readline(LONGEST_LINE)
        if not line:
            return
        yield dialogues.names(line)


def _pair_of(names: list[str], chosen: Mapping[str, str]) -> columns.Columns | None:
    """Return the columns where both responses are among them."""
    found = columns.columns_of(names=names, chosen=chosen)
    both = all(found.of.get(field) in names for field in ("response_a", "response_b"))
    return found if both else None


def header(path: Path) -> list[str]:
    """Return the names that a table's first line or the first object of JSON has; none in other files."""
    try:
        with open_text(path) as file:
            start = file.read(A_LOOK).lstrip()[:1]
        with open_text(path) as file:
            if start == "{":
                return next((names for names in _objects(file) if names), [])
            if start == "[":
                return _first_names(file)
            return tables.header(file) if start else []
    except (UnicodeDecodeError, UnreadableFile, gzip.BadGzipFile, EOFError, zlib.error):
        return []


def _first_names(file: TextIO) -> list[str]:
    """Return the names of the first object of an array; none of one that has a format of its own."""
    first = next(json_stream.array_items(file), None)
    return list(first) if isinstance(first, dict) and not _named_format(first) else []


def _array_format(file: TextIO, chosen: Mapping[str, str]) -> str:
    first = next(json_stream.array_items(file), None)
    if not isinstance(first, dict):
        raise UnreadableFile("This JSON array does not hold objects, so its format cannot be told.")
    if named := _named_format(first):
        return named
    if _pair_of(list(first), chosen):
        return "hh"
    raise UnreadableFile(
        "The objects in this JSON array have neither responses nor results. Say which of their names hold "
        f"the two responses. They have: {', '.join(first)[:300]}."
    )


def _named_format(first: Mapping[str, object]) -> str:
    if "response1" in first:
        return "pandalm"
    if "output_1" in first and "output_2" in first:
        return "labelled"
    return "pandalm_judge" if any(pandalm.RESULT.fullmatch(key) for key in first) else ""
