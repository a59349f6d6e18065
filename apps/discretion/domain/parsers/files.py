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
        raise UnreadableFile("This file is not text in UTF-8.") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile("This archive is damaged or cut off.") from error


def _rows(
    file: TextIO, path: Path, format: str, filename: str, chosen: Mapping[str, str]
) -> Iterator[Row | RowError]:
    if format == "pandalm_judge":
        return pandalm.judge(file, name=judge_name(filename))
    if format == "annotated_pairs":
        return annotated_pairs.pairs(file, again=lambda: open_text(path))
    if format == "hh":
        return dialogues.pairs(file, chosen=chosen)
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
            start = file.read(1 << 16)
        with open_text(path) as file:
            return _format(start, file, chosen)
    except UnicodeDecodeError as error:
        raise UnreadableFile("This file is not text in UTF-8.") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile("This archive is damaged or cut off.") from error


def _format(start: str, file: TextIO, chosen: Mapping[str, str]) -> str:
    begin = start.lstrip()
    if not begin:
        raise UnreadableFile("This file is empty.")
    if begin[0] == "[":
        return _array_format(file)
    if begin[0] == "{":
        names = dialogues.names(begin.split("\n", 1)[0])
        lines = "comparisons" not in names and _pair_of(names, chosen) is not None
        return "hh" if lines else "annotated_pairs"
    found = _pair_of(tables.header(file), chosen)
    if found is None:
        raise UnreadableFile(
            "This file is neither JSON nor a table with known columns, so its format cannot be told. "
            "Say which columns hold the two responses."
        )
    return "preferred_text" if "preferred" in found.of else "chosen_rejected"


def _pair_of(names: list[str], chosen: Mapping[str, str]) -> columns.Columns | None:
    """Return the columns where both responses are among them."""
    found = columns.columns_of(names=names, chosen=chosen)
    both = all(found.of.get(field) in names for field in ("response_a", "response_b"))
    return found if both else None


def header(path: Path) -> list[str]:
    """Return the names that a table's first line or the first line of JSON has; none in other files."""
    try:
        with open_text(path) as file:
            start = file.read(1 << 16).lstrip()
        if start[:1] == "{":
            return dialogues.names(start.split("\n", 1)[0])
        with open_text(path) as file:
            return [] if start[:1] in ("", "[") else tables.header(file)
    except (UnicodeDecodeError, UnreadableFile, gzip.BadGzipFile, EOFError, zlib.error):
        return []


def _array_format(file: TextIO) -> str:
    first = next(json_stream.array_items(file), None)
    if not isinstance(first, dict):
        raise UnreadableFile("This JSON array does not hold objects, so its format cannot be told.")
    if "response1" in first:
        return "pandalm"
    if "output_1" in first and "output_2" in first:
        return "labelled"
    if any(pandalm.RESULT.fullmatch(key) for key in first):
        return "pandalm_judge"
    raise UnreadableFile("The objects in this JSON array have neither responses nor results.")
