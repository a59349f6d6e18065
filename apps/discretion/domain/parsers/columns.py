"""Which column holds what: recognised by its name, or named by the sender.

A record has a prompt, two responses, which of them is preferred, and an id. Without a column for what is
preferred the first response is, which is what ``chosen`` and ``rejected`` say. A coin, fixed by the texts,
then deals which of the two is A: were the better one always A, whoever says "A" each time would be right
each time, and agreement beyond chance would be 0 for everybody.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from apps.discretion.domain.parsers.rows import (
    BadRow,
    ParsedVerdict,
    Row,
    UnreadableFile,
    comparison,
    digest,
)

FIELDS = ("prompt", "response_a", "response_b", "preferred", "id")
USUAL: dict[str, tuple[str, ...]] = {
    "prompt": ("prompt", "input", "instruction", "question"),
    "response_a": ("text_a", "chosen", "response_a"),
    "response_b": ("text_b", "rejected", "response_b"),
    "preferred": ("preferred_text", "preferred", "preference"),
    "id": ("id", "idx", "index", "comparison_id"),
}
LABEL = "label of the file"
ANSWERS = {
    "a": "a",
    "text_a": "a",
    "response_a": "a",
    "1": "a",
    "b": "b",
    "text_b": "b",
    "response_b": "b",
    "2": "b",
    "tie": "tie",
    "both": "tie",
    "0": "tie",
    "neither": "both_bad",
}
SPEAKERS = {
    "user": "Human",
    "human": "Human",
    "assistant": "Assistant",
    "gpt": "Assistant",
    "system": "System",
}
ASSISTANT = "\n\nAssistant:"


@dataclasses.dataclass(frozen=True)
class Columns:
    """The column of each field that has one; ``named`` are those that the sender chose."""

    of: Mapping[str, str]
    named: frozenset[str] = frozenset()

    def check(self, names: Iterable[str]) -> None:
        """Raise UnreadableFile where the two responses or a column that the sender named are not there."""
        there = set(names)
        missing = sorted(self.of[field] for field in self.named if self.of[field] not in there)
        if missing:
            raise UnreadableFile(f"The file has no column {', '.join(missing)}.")
        lacking = [field for field in ("response_a", "response_b") if self.of.get(field) not in there]
        if lacking:
            wanted = " or ".join(USUAL[lacking[0]][:2])
            raise UnreadableFile(
                f"The first line must name the columns of both responses; missing: {wanted}. "
                "Say which column holds it."
            )


def columns_of(*, names: Iterable[str], chosen: Mapping[str, str]) -> Columns:
    """Return the columns among ``names``: as the sender chose, else by their usual names.

    Raises UnreadableFile where the sender chose a field that does not exist.
    """
    unknown = sorted(set(chosen) - set(FIELDS))
    if unknown:
        raise UnreadableFile(f"There is no field “{unknown[0]}”; the fields are {', '.join(FIELDS)}.")
    there = list(names)
    usual = {
        field: next((name for name in known if name in there), None)
        for field, known in USUAL.items()
        if field not in chosen
    }
    found = {field: name for field, name in usual.items() if name is not None}
    # A second answer beside ``chosen`` would contradict it.
    if found.get("response_a") == "chosen" and "preferred" not in chosen:
        found.pop("preferred", None)
    return Columns(found | dict(chosen), frozenset(chosen))


def read_record(number: int, record: Mapping[str, Any], columns: Columns) -> Row:
    """Return one record as a row. Raises BadRow."""
    first, second = (_text(record, columns.of[field]) for field in ("response_a", "response_b"))
    prompt, response_a, response_b = part(_prompt(record, columns), first, second)
    turn = prompt.split(ASSISTANT)[0]
    texts = digest(prompt, response_a, response_b)
    answer = _answer(record, columns)
    if answer is None:
        response_a, response_b, answer = _deal(response_a, response_b, coin=texts)
    return Row(
        number=number,
        external_id=_id(record, columns) or texts,
        comparison=comparison(
            prompt=prompt,
            response_a=response_a,
            response_b=response_b,
            split_by=turn,
            metadata=_more(record, columns),
        ),
        verdicts=(ParsedVerdict(annotator=LABEL, answer=answer),),
    )


def _deal(chosen: str, rejected: str, *, coin: str) -> tuple[str, str, str]:
    """Return responses A and B, and which of them is the chosen one: by the last bit of a digest."""
    return (chosen, rejected, "a") if int(coin[-1], 16) % 2 == 0 else (rejected, chosen, "b")


def _more(record: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    """Return the other short columns: what comparisons can be grouped by."""
    taken = {*columns.of.values(), ""}
    return {
        name: value
        for name, value in record.items()
        if name not in taken and isinstance(value, str | int | float | bool) and len(str(value)) <= 100
    }


def _prompt(record: Mapping[str, Any], columns: Columns) -> str:
    name = columns.of.get("prompt")
    return _said(record[name]).strip() if name is not None and record.get(name) else ""


def _id(record: Mapping[str, Any], columns: Columns) -> str:
    given = record.get(columns.of["id"]) if "id" in columns.of else None
    return "" if given is None or isinstance(given, dict | list) else str(given)


def _answer(record: Mapping[str, Any], columns: Columns) -> str | None:
    """Return the answer, None where the file says it by the order of its columns. Raises BadRow."""
    name = columns.of.get("preferred")
    if name is None:
        return None
    given = record.get(name)
    answer = ANSWERS.get(str(given).strip().lower())
    # The column may repeat a response's column name instead.
    sides = {columns.of["response_a"]: "a", columns.of["response_b"]: "b"}
    answer = answer or sides.get(str(given).strip())
    if answer is None:
        raise BadRow(f"“{name}” must be text_a, text_b or tie.")
    return answer


def _text(record: Mapping[str, Any], name: str) -> str:
    text = _said(record.get(name))
    if not text:
        raise BadRow(f"“{name}” is missing or is not text.")
    if not text.strip():
        raise BadRow(f"“{name}” is empty.")
    return text


def _said(given: Any) -> str:
    """Return a text, or a dialogue given as messages with roles, as text with a speaker before each turn."""
    if isinstance(given, str):
        return given
    if not isinstance(given, list) or not given:
        return ""
    turns = []
    for message in given:
        text = _content(message)
        if text is None:
            raise BadRow("A dialogue must be a list of messages with “role” and “content”.")
        role = str(message.get("role") or message.get("from") or "user")
        turns.append(f"\n\n{SPEAKERS.get(role.lower(), role)}: {text}")
    return "".join(turns)


def _content(message: Any) -> str | None:
    """Return what a message says, also where it is in parts of text; None where it is no message."""
    if not isinstance(message, dict):
        return None
    given = message.get("content", message.get("value"))
    if isinstance(given, list) and given and all(isinstance(part, dict) for part in given):
        parts = [part.get("text") for part in given]
        return "".join(map(str, parts)) if all(isinstance(part, str) for part in parts) else None
    return given if isinstance(given, str) else None


def part(prompt: str, first: str, second: str) -> tuple[str, str, str]:
    """Take what both texts begin with as the prompt where none is given: up to the last answer of a dialogue,
    else up to the last common empty line.

    Without this, pairs about one prompt could land on both sides of a split.
    """
    if prompt:
        return prompt, _reply(first), _reply(second)
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared += 1
    cut = first.rfind(ASSISTANT, 0, shared)
    if cut >= 0:
        end = cut + len(ASSISTANT)
        return first[:cut].strip(), first[end:].strip(), second[end:].strip()
    cut = first.rfind("\n\n", 0, shared)
    if cut <= 0:
        return "", first, second
    return first[:cut].strip(), first[cut:].strip(), second[cut:].strip()


def _reply(text: str) -> str:
    """Return an answer without the speaker before it."""
    return text.removeprefix(ASSISTANT).strip() if text.startswith(ASSISTANT) else text
