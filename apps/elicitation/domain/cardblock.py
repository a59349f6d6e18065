"""The card that a language model writes into its message: found while it streams, read, or refused.

The model closes an interview with a fenced block that opens with three backticks and ``card`` and holds
JSON. What stands before the block is shown to the person; the block itself never is.
"""

import dataclasses
import json
import re
from collections.abc import Sequence
from typing import Any

import jsonschema

from apps.elicitation.domain.transcript import Turn, find_quote
from apps.moralgraph.domain.cards import CardError, Policy, ValuesCard, read

FENCE = "```card"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["title", "summary", "policies"],
    "properties": {
        "title": {"type": "string", "minLength": 2, "maxLength": 80},
        "summary": {"type": "string", "minLength": 2, "maxLength": 600},
        "policies": {
            "type": "array",
            "minItems": 1,
            "maxItems": 7,
            "items": {
                "type": "object",
                "required": ["attended", "qualifier", "quote"],
                "properties": {
                    "attended": {"type": "string", "minLength": 2, "maxLength": 120},
                    "qualifier": {"type": "string", "maxLength": 300},
                    "quote": {"type": "string", "minLength": 2, "maxLength": 2000},
                },
            },
        },
    },
}


class CardRefused(ValueError):
    """The model's card cannot be used; the message says why."""


@dataclasses.dataclass(frozen=True)
class Message:
    """A model's message, taken apart: what the person reads, and the raw block if there is one."""

    shown: str
    block: str | None


def take_apart(text: str) -> Message:
    """Split a whole message into what is shown and the card's block."""
    before, fence, after = text.partition(FENCE)
    if not fence:
        return Message(text.strip(), None)
    block, _, _ = after.partition("```")
    return Message(before.strip(), block.strip())


def showable(text: str) -> str:
    """Return what may be shown of a message that is still being written.

    Nothing of the fence, not even its beginning.
    """
    before, fence, _ = text.partition(FENCE)
    if fence:
        return before.rstrip()
    for length in range(min(len(FENCE) - 1, len(text)), 0, -1):
        if text.endswith(FENCE[:length]):
            return text[:-length].rstrip()
    return text


def read_card(*, block: str, turns: Sequence[Turn]) -> ValuesCard:
    """Return the card in a block.

    Raises CardRefused where it is no card, or quotes what the person did not say.
    """
    try:
        raw = json.loads(re.sub(r"^json\s*", "", block))
        jsonschema.validate(raw, SCHEMA)
    except json.JSONDecodeError as error:
        raise CardRefused(f"The block is no JSON: {error.msg}.") from error
    except jsonschema.ValidationError as error:
        raise CardRefused(f"The card is not as asked for: {error.message[:200]}") from error
    policies = [_locate(policy, turns) for policy in raw["policies"]]
    try:
        return read(title=raw["title"], summary=raw["summary"], policies=policies)
    except CardError as error:
        raise CardRefused(str(error)) from error


def _locate(policy: dict[str, str], turns: Sequence[Turn]) -> Policy:
    turn = find_quote(quote=policy["quote"], turns=turns)
    if turn is None:
        raise CardRefused(f"The person did not say “{policy['quote'][:80]}”.")
    return Policy(policy["attended"].upper(), policy["qualifier"], policy["quote"], turn)
