"""Comma-separated files: ``chosen,rejected`` and ``text_a,text_b,preferred_text``."""

import csv
import sys
from collections.abc import Iterator
from typing import TextIO

from apps.discretion.domain.parsers.rows import (
    BadRow,
    ParsedVerdict,
    Row,
    RowError,
    UnreadableFile,
    comparison,
    digest,
    text_of,
)

LABEL = "label of the file"
PROMPTS = ("prompt", "input", "instruction", "question")
IDS = ("id", "idx", "index", "comparison_id")
ANSWERS = {
    "text_a": "a",
    "text_b": "b",
    "a": "a",
    "b": "b",
    "tie": "tie",
    "both": "tie",
    "neither": "both_bad",
}


def chosen_rejected(file: TextIO) -> Iterator[Row | RowError]:
    """Yield pairs of which the first was chosen."""
    yield from _rows(file, needed=("chosen", "rejected"), first="chosen", second="rejected")


def preferred(file: TextIO) -> Iterator[Row | RowError]:
    """Yield pairs with the name of the preferred text."""
    yield from _rows(file, needed=("text_a", "text_b", "preferred_text"), first="text_a", second="text_b")


def header(file: TextIO) -> list[str]:
    """Return the names of the columns."""
    return next(csv.reader(file), [])


def _rows(file: TextIO, *, needed: tuple[str, ...], first: str, second: str) -> Iterator[Row | RowError]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.DictReader(file, strict=True)
    missing = [name for name in needed if name not in (reader.fieldnames or [])]
    if missing:
        raise UnreadableFile(
            f"The first line must name the columns {', '.join(needed)}; missing: {', '.join(missing)}."
        )
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            yield _row(number, record, first, second)
    except csv.Error as error:
        raise UnreadableFile(f"Row {number + 1} is not sound CSV: {error}.") from error


def _row(number: int, record: dict[str, str], first: str, second: str) -> Row | RowError:
    try:
        if None in record or None in record.values():
            raise BadRow("This row has another number of columns than the first line.")
        response_a, response_b = text_of(record, first), text_of(record, second)
        given = next((record[name] for name in PROMPTS if record.get(name)), "")
        prompt, response_a, response_b = part_prompt(given, response_a, response_b)
        row = Row(
            number=number,
            external_id=next((record[name] for name in IDS if record.get(name)), "")
            or digest(prompt, response_a, response_b),
            comparison=comparison(prompt=prompt, response_a=response_a, response_b=response_b),
            verdicts=(ParsedVerdict(annotator=LABEL, answer=_answer(record)),),
        )
    except BadRow as error:
        return RowError(number=number, reason=str(error))
    return row


def _answer(record: dict[str, str]) -> str:
    if "preferred_text" not in record:
        return "a"
    answer = ANSWERS.get(record["preferred_text"].strip().lower())
    if answer is None:
        raise BadRow("“preferred_text” must be text_a, text_b or tie.")
    return answer


def part_prompt(prompt: str, first: str, second: str) -> tuple[str, str, str]:
    """Take what both texts begin with, up to their last common empty line, as the prompt where none is given.

    Without this, pairs about one prompt could land on both sides of a split.
    """
    if prompt:
        return prompt, first, second
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared += 1
    cut = first.rfind("\n\n", 0, shared)
    if cut <= 0:
        return "", first, second
    return first[:cut].strip(), first[cut:].strip(), second[cut:].strip()
