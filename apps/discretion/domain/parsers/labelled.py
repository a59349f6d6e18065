"""LLMBar and its like: a JSON array of instructions with two outputs and the number of the better one."""

from collections.abc import Iterator
from typing import Any, TextIO

from apps.discretion.domain.parsers.columns import LABEL
from apps.discretion.domain.parsers.json_stream import array_items
from apps.discretion.domain.parsers.rows import (
    BadRow,
    ParsedVerdict,
    Row,
    RowError,
    comparison,
    digest,
    text_of,
)

ANSWERS = {1: "a", 2: "b"}


def pairs(file: TextIO) -> Iterator[Row | RowError]:
    """Yield pairs with the verdict of the label."""
    for number, record in enumerate(array_items(file), start=1):
        try:
            yield _row(number, record)
        except BadRow as error:
            yield RowError(number=number, reason=str(error))


def _row(number: int, record: Any) -> Row:
    if not isinstance(record, dict):
        raise BadRow("This row is not an object.")
    prompt = text_of(record, "input", may_be_empty=True)
    first, second = text_of(record, "output_1"), text_of(record, "output_2")
    label = record.get("label")
    if isinstance(label, bool) or label not in ANSWERS:
        raise BadRow("“label” must be 1 or 2.")
    return Row(
        number=number,
        external_id=digest(prompt, first, second),
        comparison=comparison(prompt=prompt, response_a=first, response_b=second),
        verdicts=(ParsedVerdict(annotator=LABEL, answer=ANSWERS[label]),),
    )
