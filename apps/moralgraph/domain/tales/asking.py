"""What a language model is asked for about two values, and how strictly its stories are read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from apps.models.domain import strict_json
from apps.models.domain.marks import defuse
from apps.models.engine.base import Message
from apps.moralgraph.domain.cards import ValuesCard, between_marks
from apps.moralgraph.domain.tales.personal import details

VERSION = "stories-v1"
MOST_TOKENS = 900
LONGEST_ANSWER = 8000
SHORTEST, LONGEST = 40, 1200
LANGUAGES = {"en": "English", "es": "Spanish", "ar": "Arabic"}
_TEXT = {"type": "string", "minLength": SHORTEST, "maxLength": LONGEST}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["a_to_b", "b_to_a"],
    "additionalProperties": False,
    "properties": {"a_to_b": _TEXT, "b_to_a": _TEXT},
}


class StoriesUnreadable(ValueError):
    """The model's answer is not what was asked for, or tells what it must not; the message says why."""


@dataclass(frozen=True)
class Both:
    """A story for each direction of a pair."""

    a_to_b: str
    b_to_a: str


@cache
def _prompt() -> str:
    folder = resources.files("apps.moralgraph.domain.tales.prompts")
    return folder.joinpath(f"{VERSION}.md").read_text("utf-8").strip()


def messages(*, a: ValuesCard, b: ValuesCard, moment: str, language: str) -> list[Message]:
    """Return the request for a story in each direction; people's words are data between marks."""
    asked = _prompt().replace("{language}", LANGUAGES.get(language, "English"))
    shown = "\n\n".join(f"{name}:\n{between_marks(card)}" for name, card in (("A", a), ("B", b)))
    return [Message("system", asked), Message("user", f"<answer>\n{defuse(moment)}\n</answer>\n\n{shown}")]


def read_stories(text: str, *, titles: Iterable[str]) -> Both:
    """Return both stories. Raises StoriesUnreadable, also where one names somebody or one of the titles."""
    try:
        raw = strict_json.read(text=text, schema=SCHEMA, longest=LONGEST_ANSWER)
    except strict_json.NotAsAsked as error:
        raise StoriesUnreadable(f"the answer is {error.reason}") from error
    named = list(titles)
    return Both(_checked(raw["a_to_b"], named), _checked(raw["b_to_a"], named))


def _checked(story: str, titles: Iterable[str]) -> str:
    told = " ".join(story.split())
    if len(told) < SHORTEST:
        raise StoriesUnreadable("a story is too short")
    # A title says which value is meant, and another one's would lead away from the pair.
    if any(re.search(rf"(?<!\w){re.escape(title)}(?!\w)", told, re.IGNORECASE) for title in titles if title):
        raise StoriesUnreadable("a story names a value")
    if details(told):
        raise StoriesUnreadable("a story names somebody, or tells a number or an address")
    return told
