"""HH-RLHF: one JSON object a line with two dialogues, ``chosen`` and ``rejected``, that begin alike."""

import json
from collections.abc import Iterator
from typing import TextIO

from apps.discretion.domain.parsers.rows import (
    BadRow,
    ParsedVerdict,
    Row,
    RowError,
    comparison,
    digest,
    text_of,
)
from apps.discretion.domain.parsers.tables import LABEL

ASSISTANT = "\n\nAssistant:"


def chosen_rejected(file: TextIO) -> Iterator[Row | RowError]:
    """Yield pairs whose prompt is the common beginning; response A is the chosen one."""
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield _row(number, line)


def _row(number: int, line: str) -> Row | RowError:
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            raise BadRow("This line is not a JSON object.")
        chosen, rejected = text_of(record, "chosen"), text_of(record, "rejected")
        prompt, response_a, response_b = _part(record.get("prompt"), chosen, rejected)
        first_turn = prompt.split(ASSISTANT)[0]
        row = Row(
            number=number,
            external_id=digest(chosen, rejected),
            comparison=comparison(
                prompt=prompt, response_a=response_a, response_b=response_b, split_by=first_turn
            ),
            verdicts=(ParsedVerdict(annotator=LABEL, answer="a"),),
        )
    except json.JSONDecodeError as error:
        return RowError(number=number, reason=f"This line is not JSON: {error.msg.lower()}.")
    except (BadRow, RecursionError) as error:
        return RowError(number=number, reason=str(error))
    return row


def _part(prompt: object, chosen: str, rejected: str) -> tuple[str, str, str]:
    """Part the dialogues after the last speaker label that they share."""
    if isinstance(prompt, str) and prompt:
        return prompt, chosen, rejected
    shared = 0
    for one, other in zip(chosen, rejected, strict=False):
        if one != other:
            break
        shared += 1
    cut = chosen.rfind(ASSISTANT, 0, shared)
    if cut < 0:
        return "", chosen, rejected
    end = cut + len(ASSISTANT)
    return chosen[:cut].strip(), chosen[end:].strip(), rejected[end:].strip()
