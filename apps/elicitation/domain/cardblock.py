"""The card that a language model writes into its message: found while it streams, read, or refused.

The model closes an interview with a fenced block that opens with three backticks and ``card`` and holds
JSON. What stands before the block is shown to the person; the block itself never is. Neither is a line in
double brackets, by which the model says that somebody is in distress.
"""

import dataclasses
import json
import re
from collections.abc import Sequence
from typing import Any

import jsonschema

from apps.elicitation.domain.transcript import Turn, answers, normalise
from apps.moralgraph.domain.cards import MOST_QUOTES, CardError, Policy, Quote, ValuesCard, read

FENCE = "```card"
DISTRESS = "[[distress]]"
LONGEST_BLOCK = 12_000
SHORTEST_QUOTE_WORDS = 2
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["title", "summary", "policies"],
    "properties": {
        "title": {"type": "string", "minLength": 2, "maxLength": 80},
        "summary": {"type": "string", "minLength": 2, "maxLength": 600},
        "policies": {
            "type": "array",
            "minItems": 3,
            "maxItems": 7,
            "items": {
                "type": "object",
                "required": ["attended", "qualifier", "quotes"],
                "properties": {
                    "attended": {"type": "string", "minLength": 2, "maxLength": 120},
                    "qualifier": {"type": "string", "maxLength": 300},
                    "quotes": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": MOST_QUOTES,
                        "items": {"type": "string", "minLength": 2, "maxLength": 2000},
                    },
                },
            },
        },
    },
}
_MARK = re.compile(r"\[\[.*?(?:\]\]|$)", re.DOTALL)


class CardRefused(ValueError):
    """The model's card cannot be used; the message says why."""


@dataclasses.dataclass(frozen=True)
class Message:
    """A model's message, taken apart.

    What the person reads, the raw block if there is one, and whether the model sees somebody in distress.
    """

    shown: str
    block: str | None
    distress: bool = False


def take_apart(text: str) -> Message:
    """Split a whole message into what is shown, the card's block and the mark of distress."""
    before, fence, after = text.partition(FENCE)
    shown, distress = _MARK.sub("", before).strip(), DISTRESS in before.casefold()
    if not fence:
        return Message(shown, None, distress)
    block, _, _ = after.partition("```")
    return Message(shown, block.strip(), distress)


def showable(text: str) -> str:
    """Return what may be shown of a message that is still being written.

    Nothing of the fence or of a mark in double brackets, not even its beginning.
    """
    before, fence, _ = text.partition(FENCE)
    before, mark, _ = before.partition("[[")
    if fence or mark:
        return before.rstrip()
    for opening in (FENCE, "[["):
        for length in range(min(len(opening) - 1, len(text)), 0, -1):
            if text.endswith(opening[:length]):
                return text[:-length].rstrip()
    return text


def read_card(*, block: str, turns: Sequence[Turn]) -> ValuesCard:
    """Return the card in a block.

    Raises CardRefused where it is no card, or quotes what the person did not say.
    """
    if len(block) > LONGEST_BLOCK:
        raise CardRefused("The block is too long.")
    try:
        raw = json.loads(re.sub(r"^json\s*", "", block))
        jsonschema.validate(raw, SCHEMA)
    except (json.JSONDecodeError, RecursionError) as error:
        raise CardRefused("The block is no JSON.") from error
    except jsonschema.ValidationError as error:
        raise CardRefused(f"The card is not as asked for: {error.message[:200]}") from error
    policies = [_locate(policy, turns) for policy in raw["policies"]]
    try:
        return read(title=raw["title"], summary=raw["summary"], policies=policies)
    except CardError as error:
        raise CardRefused(str(error)) from error


def find_place(*, quote: str, turns: Sequence[Turn]) -> int | None:
    """Return the position of the person's turn that holds the quote word for word, or None.

    A quote is whole words, and at least two of them unless it is all that the person said in that turn: one
    word can be found anywhere and would prove nothing.
    """
    wanted = normalise(quote).strip(" .")
    enough = len(wanted.split()) >= SHORTEST_QUOTE_WORDS
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    for turn in answers(turns=turns) if wanted else ():
        said = normalise(turn.text)
        if (enough and pattern.search(said)) or said.strip(" .") == wanted:
            return turn.position
    return None


def _locate(policy: dict[str, Any], turns: Sequence[Turn]) -> Policy:
    found = []
    for quote in policy["quotes"]:
        turn = find_place(quote=quote, turns=turns)
        if turn is None:
            raise CardRefused(f"The person did not say “{quote[:80]}”.")
        found.append(Quote(quote, turn))
    first, *more = found
    return Policy(policy["attended"].upper(), policy["qualifier"], first.quote, first.turn, tuple(more))
