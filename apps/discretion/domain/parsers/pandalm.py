"""PandaLM's test set: pairs that several people judged, and the file of a judge on the same pairs."""

import re
from collections.abc import Iterator
from typing import Any, TextIO

from apps.discretion.domain.parsers.json_stream import array_items
from apps.discretion.domain.parsers.rows import (
    BadRow,
    ParsedVerdict,
    Row,
    RowError,
    comparison,
    text_of,
)

PERSON = re.compile(r"annotator\d+")
PEOPLES_ANSWERS = {0: "tie", 1: "a", 2: "b"}
JUDGES_ANSWERS = {"1": "a", "2": "b", "tie": "tie", "0": "tie"}
RESULT = re.compile(r"(?:\w+_)?result")


def people(file: TextIO) -> Iterator[Row | RowError]:
    """Yield pairs with the verdicts of ``annotator1``, ``annotator2`` ...: 0 a tie, 1 or 2 the better
    response.
    """
    for number, record in enumerate(array_items(file), start=1):
        yield _checked(number, record, _people_row)


def judge(file: TextIO, *, name: str) -> Iterator[Row | RowError]:
    """Yield a judge's verdicts on pairs that were imported before, matched by ``idx``."""
    for number, record in enumerate(array_items(file), start=1):
        yield _checked(number, record, lambda number, record: _judge_row(number, record, name))


def _checked(number: int, record: Any, read: Any) -> Row | RowError:
    try:
        if not isinstance(record, dict):
            raise BadRow("This row is not an object.")
        row: Row = read(number, record)
    except BadRow as error:
        return RowError(number=number, reason=str(error))
    return row


def _index(record: dict[str, Any]) -> str:
    index = record.get("idx")
    if isinstance(index, bool) or not isinstance(index, int | str) or index == "":
        raise BadRow("“idx” is missing.")
    return str(index)


def _people_row(number: int, record: dict[str, Any]) -> Row:
    instruction = text_of(record, "instruction", may_be_empty=True)
    given = record.get("input") or ""
    names = sorted(key for key in record if PERSON.fullmatch(key))
    return Row(
        number=number,
        external_id=_index(record),
        comparison=comparison(
            prompt=f"{instruction}\n\n{given}".strip(),
            response_a=_response(record, "response1"),
            response_b=_response(record, "response2"),
            split_by=f"instruction: {instruction}",
            metadata={key: record[key] for key in ("motivation_app", "cmp_key") if key in record},
        ),
        verdicts=tuple(ParsedVerdict(annotator=name, answer=_persons_answer(record, name)) for name in names),
    )


def _response(record: dict[str, Any], key: str) -> str:
    """Return a response; the published file holds a bare ``true`` where a model answered "True"."""
    value = record.get(key)
    if isinstance(value, bool | int | float):
        return str(value)
    return text_of(record, key, may_be_empty=True)


def _persons_answer(record: dict[str, Any], name: str) -> str:
    given = record[name]
    answer = PEOPLES_ANSWERS.get(given) if isinstance(given, int) and not isinstance(given, bool) else None
    if answer is None:
        raise BadRow(f"“{name}” must be 0 (a tie), 1 or 2.")
    return answer


def _judge_row(number: int, record: dict[str, Any], name: str) -> Row:
    key = next((key for key in record if RESULT.fullmatch(key)), None)
    if key is None:
        raise BadRow("A result such as “gpt_result” is missing.")
    # A judge that answered something else is kept: what it could not say counts against its coverage.
    answer = JUDGES_ANSWERS.get(str(record[key]).strip().lower(), "unparsable")
    reason = next((str(value) for field, value in record.items() if field.endswith("_reason") and value), "")
    verdict = ParsedVerdict(annotator=name, answer=answer, reason=reason)
    return Row(number=number, external_id=_index(record), comparison=None, verdicts=(verdict,))
