"""What a language model is asked about two values, and how strictly its answer is read."""

import json
import re
from functools import cache
from importlib import resources
from typing import Any

import jsonschema

from apps.models.domain.marks import defuse
from apps.models.engine.base import Message
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.merging import rubric

VERSION = "merge-v1"
MOST_TOKENS = 600
LONGEST_ANSWER = 6000
LANGUAGES = {"en": "English", "es": "Spanish", "ar": "Arabic"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["parts"],
    "properties": {
        "parts": {
            "type": "array",
            "minItems": len(rubric.PARTS),
            "maxItems": len(rubric.PARTS),
            "items": {
                "type": "object",
                "required": ["part", "answer"],
                "properties": {
                    "part": {"enum": [part.number for part in rubric.PARTS]},
                    "answer": {"enum": [rubric.YES, rubric.NO]},
                    "why": {"type": "string", "maxLength": 400},
                },
            },
        }
    },
}
_FENCED = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)


class OpinionUnreadable(ValueError):
    """The model's answer is not what was asked for."""


@cache
def _prompt() -> str:
    folder = resources.files("apps.moralgraph.domain.merging.prompts")
    return folder.joinpath(f"{VERSION}.md").read_text("utf-8").strip()


def messages(*, low: ValuesCard, high: ValuesCard, language: str) -> list[Message]:
    """Return the request to compare two values; people's words are data between marks of their own."""
    questions = "\n".join(f"{part.number}. {part.question}" for part in rubric.PARTS)
    asked = _prompt().replace("{language}", LANGUAGES.get(language, "English"))
    return [
        Message("system", asked.replace("{questions}", questions)),
        Message("user", f"{_show(low)}\n\n{_show(high)}"),
    ]


def _show(card: ValuesCard) -> str:
    lines = [card.title, card.summary, *(f"- {policy.text}" for policy in card.policies)]
    return "<card>\n" + defuse("\n".join(lines)) + "\n</card>"


def read_opinion(text: str) -> dict[str, dict[str, str]]:
    """Return the model's answer and its reason by part of the rubric. Raises OpinionUnreadable."""
    if len(text) > LONGEST_ANSWER:
        raise OpinionUnreadable("The answer is too long.")
    fenced = _FENCED.match(text)
    try:
        raw = json.loads(fenced[1] if fenced else text)
        jsonschema.validate(raw, SCHEMA)
    except (json.JSONDecodeError, RecursionError) as error:
        raise OpinionUnreadable("The answer is no JSON.") from error
    except jsonschema.ValidationError as error:
        raise OpinionUnreadable(f"The answer is not as asked for: {error.message[:150]}") from error
    found = {
        str(item["part"]): {"answer": item["answer"], "why": " ".join(item.get("why", "").split())}
        for item in raw["parts"]
    }
    if len(found) != len(rubric.PARTS):
        raise OpinionUnreadable("The answer gives a part of the rubric twice.")
    return found
