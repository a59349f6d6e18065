"""What a language model says about a card: numbers of rules and lines, read strictly.

Nothing that the model words itself is shown to anybody: the sentence of a finding is ours.
"""

import json
import re
from typing import Any

import jsonschema

from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.linter.base import Finding, finding

JUDGED = (3, 4, 5, 9, 11)
MOST_FINDINGS = 12
LONGEST_ANSWER = 4000
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["findings"],
    "properties": {
        "findings": {
            "type": "array",
            "maxItems": MOST_FINDINGS,
            "items": {
                "type": "object",
                "required": ["rule", "line"],
                "properties": {
                    "rule": {"enum": list(JUDGED)},
                    "line": {"type": "integer", "minimum": 1},
                },
            },
        }
    },
}
_FENCED = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)


class JudgementUnreadable(ValueError):
    """The model's answer is not what was asked for."""


def read_judgement(*, text: str, card: ValuesCard) -> list[Finding]:
    """Return the findings in a model's answer. Raises JudgementUnreadable."""
    if len(text) > LONGEST_ANSWER:
        raise JudgementUnreadable("The answer is too long.")
    fenced = _FENCED.match(text)
    try:
        raw = json.loads(fenced[1] if fenced else text)
        jsonschema.validate(raw, SCHEMA)
    except (json.JSONDecodeError, RecursionError) as error:
        raise JudgementUnreadable("The answer is no JSON.") from error
    except jsonschema.ValidationError as error:
        raise JudgementUnreadable(f"The answer is not as asked for: {error.message[:200]}") from error
    found: list[Finding] = []
    for item in raw["findings"]:
        line = int(item["line"])
        if line > len(card.policies):
            raise JudgementUnreadable(f"The card has no line {line}.")
        one = finding(rule=int(item["rule"]), where=f"policies.{line - 1}")
        found += [] if one in found else [one]
    return found
