"""What a language model is asked about two values, and how strictly its answer is read."""

from functools import cache
from importlib import resources
from typing import Any

from apps.models.domain import strict_json
from apps.models.engine.base import Message
from apps.moralgraph.domain.cards import ValuesCard, between_marks
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
        Message("user", f"{between_marks(low)}\n\n{between_marks(high)}"),
    ]


def read_opinion(text: str) -> dict[str, dict[str, str]]:
    """Return the model's answer and its reason by part of the rubric. Raises OpinionUnreadable."""
    try:
        raw = strict_json.read(text=text, schema=SCHEMA, longest=LONGEST_ANSWER)
    except strict_json.NotAsAsked as error:
        raise OpinionUnreadable(error.in_detail(most=150)) from error
    found = {
        str(item["part"]): {"answer": item["answer"], "why": " ".join(item.get("why", "").split())}
        for item in raw["parts"]
    }
    if len(found) != len(rubric.PARTS):
        raise OpinionUnreadable("The answer gives a part of the rubric twice.")
    return found
