"""What a language model says about a card: numbers of rules and lines, read strictly.

Nothing that the model words itself is shown to anybody: the sentence of a finding is ours.
"""

from typing import Any

from apps.models.domain import strict_json
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


class JudgementUnreadable(ValueError):
    """The model's answer is not what was asked for."""


def read_judgement(*, text: str, card: ValuesCard) -> list[Finding]:
    """Return the findings in a model's answer. Raises JudgementUnreadable."""
    try:
        raw = strict_json.read(text=text, schema=SCHEMA, longest=LONGEST_ANSWER)
    except strict_json.NotAsAsked as error:
        raise JudgementUnreadable(error.in_detail(most=200)) from error
    found: list[Finding] = []
    for item in raw["findings"]:
        line = int(item["line"])
        if line > len(card.policies):
            raise JudgementUnreadable(f"The card has no line {line}.")
        one = finding(rule=int(item["rule"]), where=f"policies.{line - 1}")
        found += [] if one in found else [one]
    return found
