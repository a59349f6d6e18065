"""The votes of an AnnotatedPairs 2.0 file as arrays, read as a stream and strictly: one fault refuses the
file.

Annotators of type ``principle`` are principles, whose ``pref`` null is 0; all others are annotators, whose
``pref`` null abstains. Both become 0 here, since an abstention and a tie leave every published measure alike.
"""

import dataclasses
import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from apps.discretion.domain.parsers import files
from apps.discretion.domain.parsers.json_stream import JsonStream
from apps.discretion.domain.parsers.rows import UnreadableFile
from apps.discretion.domain.published import Votes

PREFERENCES = {"a": 1, "b": 255, None: 0}
"""As unsigned bytes, which are read back as signed ones."""


@dataclasses.dataclass(frozen=True)
class _Columns:
    """Where each annotator of the file goes in a row: principles first."""

    principles: tuple[str, ...]
    annotators: tuple[str, ...]
    place: dict[str, int]


def read(*, path: Path) -> Votes:
    """Read a file. Raises UnreadableFile, whose sentence names the file."""
    try:
        with files.open_text(path) as file:
            columns, rows = _pass(file, None)
        if rows is None and columns is not None:
            with files.open_text(path) as file:
                _, rows = _pass(file, columns)
        return _votes(columns, rows)
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path}: this file is not text in UTF-8.") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile(f"{path}: this archive is damaged or cut off.") from error
    except OSError as error:
        raise UnreadableFile(f"{path}: this file cannot be read ({error.strerror or error}).") from error
    except UnreadableFile as error:
        raise UnreadableFile(f"{path}: {error}") from error


def _votes(columns: _Columns | None, rows: bytearray | None) -> Votes:
    if columns is None:
        raise UnreadableFile("there is no “annotators” object, so this is not AnnotatedPairs 2.0.")
    if rows is None:
        raise UnreadableFile("there is no “comparisons” array, so this is not AnnotatedPairs 2.0.")
    if not rows:
        raise UnreadableFile("there is no pair in this file.")
    if not columns.principles:
        raise UnreadableFile("there is no annotator of type “principle”, so there is nothing to audit by.")
    width = len(columns.place)
    table = np.frombuffer(rows, dtype=np.int8).reshape(-1, width)
    across = np.ascontiguousarray(table.T)
    count = len(columns.principles)
    return Votes(columns.principles, columns.annotators, across[:count], across[count:])


def _pass(file: TextIO, columns: _Columns | None) -> tuple[_Columns | None, bytearray | None]:
    """Read the file once; comparisons that stand before the annotators wait for a second time."""
    stream, rows = JsonStream(file), None
    if not stream.peek():
        raise UnreadableFile("this file is empty.")
    if stream.peek() != "{":
        raise UnreadableFile("this is not a JSON object, so it is not AnnotatedPairs 2.0.")
    for name in stream.fields():
        if name == "annotators":
            given = _annotators(stream)
            columns = columns or given
        elif name == "comparisons" and stream.peek() == "[":
            rows = _comparisons(stream, columns)
        else:
            _check_field(name, stream.value())
    if stream.peek():
        raise UnreadableFile("there is more text after the end of the JSON object.")
    return columns, rows


def _check_field(name: str, value: Any) -> None:
    if name == "comparisons":
        raise UnreadableFile("“comparisons” must be an array.")
    version = value.get("version") if name == "metadata" and isinstance(value, dict) else None
    if version is not None and not str(version).startswith("2"):
        raise UnreadableFile(f"this is AnnotatedPairs {version}; only version 2.0 can be read.")


def _annotators(stream: JsonStream) -> _Columns:
    if stream.peek() != "{":
        raise UnreadableFile("“annotators” must be an object with one object for each annotator.")
    found: dict[str, dict[str, Any]] = {}
    for key in stream.fields():
        item = stream.value()
        if not isinstance(item, dict):
            raise UnreadableFile(f"the annotator “{key}” is not an object.")
        if key in found:
            raise UnreadableFile(f"the annotator id “{key}” is there twice.")
        found[key] = item
    principles = {
        key: _text(item, key, "description", "name")
        for key, item in found.items()
        if item.get("type") == "principle"
    }
    others = {
        key: _text(item, key, "name", "description") for key, item in found.items() if key not in principles
    }
    place = {key: number for number, key in enumerate([*principles, *others])}
    return _Columns(_distinct(principles), _distinct(others), place)


def _text(item: dict[str, Any], key: str, *names: str) -> str:
    """Return the first of these fields that says something, else the id."""
    return next((text for name in names if isinstance(text := item.get(name), str) and text.strip()), key)


def _distinct(names: dict[str, str]) -> tuple[str, ...]:
    """Return the names; those that several share get their ids behind them."""
    times = Counter(names.values())
    return tuple(name if times[name] == 1 else f"{name} ({key})" for key, name in names.items())


def _comparisons(stream: JsonStream, columns: _Columns | None) -> bytearray | None:
    if columns is None:
        for _ in stream.items():
            pass
        return None
    rows, seen, empty = bytearray(), set[str](), bytes(len(columns.place))
    for number, record in _numbered(stream):
        if not isinstance(record, dict):
            raise UnreadableFile(f"comparison {number} is not an object.")
        name = str(record.get("id", f"row {number}"))
        if name in seen:
            raise UnreadableFile(f"comparison {number} has the id “{name}”, which is there twice.")
        seen.add(name)
        rows += _row(record, f"comparison {number} (“{name}”)", columns, empty)
    return rows


def _numbered(stream: JsonStream) -> Iterator[tuple[int, Any]]:
    """Yield the comparisons with their numbers, which a fault in the JSON itself is said with as well."""
    number, items = 1, stream.items()
    while True:
        try:
            record = next(items)
        except StopIteration:
            return
        except UnreadableFile as error:
            raise UnreadableFile(f"comparison {number}: {error}") from error
        yield number, record
        number += 1


def _row(record: dict[str, Any], what: str, columns: _Columns, empty: bytes) -> bytearray:
    annotations = record.get("annotations")
    if not isinstance(annotations, dict):
        raise UnreadableFile(f"{what} has no “annotations” object.")
    row = bytearray(empty)
    for key, annotation in annotations.items():
        place = columns.place.get(key)
        if place is None:
            raise UnreadableFile(
                f"{what} has an annotation by “{key}”, who is not among the file's annotators."
            )
        row[place] = _preference(annotation, f"{what} has an annotation by “{key}”")
    return row


def _preference(annotation: Any, what: str) -> int:
    if not isinstance(annotation, dict):
        raise UnreadableFile(f"{what} that is not an object.")
    given = annotation.get("pref")
    if given is not None and not (isinstance(given, str) and given in PREFERENCES):
        raise UnreadableFile(f"{what} whose pref is {_shown(given)}; it must be “a”, “b” or null.")
    return PREFERENCES[given]


def _shown(given: Any) -> str:
    return f"“{given[:40]}”" if isinstance(given, str) else f"{given!r:.40}"
