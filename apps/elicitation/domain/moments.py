"""How strictly a model's word on the kind of moment is read."""

import re
from collections.abc import Sequence
from typing import Any

from apps.elicitation.domain import guard
from apps.elicitation.domain.transcript import Turn, answers
from apps.models.domain import strict_json

LONGEST = 120
LONGEST_ANSWER = 2000
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["moment"],
    "additionalProperties": False,
    "properties": {"moment": {"type": "string", "maxLength": LONGEST}},
}
_NAME = re.compile(r"(?<=[^\W\d_] )([A-ZÁÉÍÓÚÑ][^\W\d_]{2,})")
_TRACE = re.compile(r"\d|@|https?:|www\.")


class MomentUnreadable(ValueError):
    """The answer is not what was asked for; the message says why and repeats nothing of it."""


def read_moment(*, text: str, turns: Sequence[Turn]) -> str:
    """Return the phrase in a model's answer, empty where it can tell none. Raises MomentUnreadable.

    A phrase with a number, an address or a name of somebody that the person spoke of is refused.
    """
    try:
        raw = strict_json.read(text=text, schema=SCHEMA, longest=LONGEST_ANSWER)
    except strict_json.NotAsAsked as error:
        raise MomentUnreadable(str(error)) from error
    found = " ".join(str(raw["moment"]).split())
    if _TRACE.search(found) or guard.leaks(text=found):
        raise MomentUnreadable("The answer tells more than a kind of moment.")
    if names_in(text=found, turns=turns):
        raise MomentUnreadable("The answer names somebody.")
    return found


def names_in(*, text: str, turns: Sequence[Turn]) -> set[str]:
    """Return the words of a text that somebody wrote with a capital inside a sentence: names, as a rule."""
    said = {name for turn in answers(turns=turns) for name in _NAME.findall(turn.text)}
    return said.intersection(re.findall(r"[^\W\d_]+", text))
