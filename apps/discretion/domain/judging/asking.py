"""What a language model is asked about two responses; people's texts are data between marks of their own."""

import dataclasses
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from apps.discretion.domain.preferences import Order
from apps.models.domain.marks import defuse
from apps.models.engine.base import Message

OVERALL, PRINCIPLE = "overall-v1", "principle-v1"
LETTER, REASONED = "letter", "reasoned"
STYLES = (LETTER, REASONED)
BOTH, ONE = "both", "one"
ORDERS = (BOTH, ONE)
ALTERNATIVES = 20
"""So many likeliest first tokens are asked for, as published."""

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["reason", "answer"],
    "additionalProperties": False,
    "properties": {
        "reason": {"type": "string", "maxLength": 600},
        "answer": {"enum": ["A", "B", "NA"]},
    },
}
_FORMS = {
    LETTER: (
        "Answer with A, with B, or with NA where neither does clearly better or the question does not "
        "apply. Write nothing else."
    ),
    REASONED: (
        'Answer with JSON alone, in this form: {"reason": "...", "answer": "A"}. The reason has at most '
        "forty words. The answer is A, B, or NA where neither does clearly better or the question does not "
        "apply."
    ),
}
MOST_TOKENS = {LETTER: 8, REASONED: 400}


@dataclasses.dataclass(frozen=True)
class Pair:
    """What is compared."""

    prompt: str
    response_a: str
    response_b: str


@cache
def _prompt(version: str) -> str:
    folder = resources.files("apps.discretion.domain.judging.prompts")
    return folder.joinpath(f"{version}.md").read_text("utf-8").strip()


def version(*, by_principle: bool, style: str) -> str:
    """Return the name of what is asked, as it is stored with every answer."""
    return f"{PRINCIPLE if by_principle else OVERALL}-{style}"


def messages(*, pair: Pair, order: Order, style: str, principle: str = "") -> Sequence[Message]:
    """Return the request to compare two responses, overall or by one principle.

    In the order ``ba`` the second response stands first, as A.
    """
    left, right = (pair.response_a, pair.response_b)[:: 1 if order == "ab" else -1]
    asked = _prompt(PRINCIPLE if principle else OVERALL).replace("{form}", _FORMS[style])
    parts = [("principle", principle)] if principle else []
    parts += [("prompt", pair.prompt), ("response_a", left), ("response_b", right)]
    shown = "\n\n".join(f"<{mark}>\n{defuse(text)}\n</{mark}>" for mark, text in parts)
    return [Message("system", asked), Message("user", f"{shown}\n\n{_FORMS[style]}")]
