"""How a language model's answer is read, strictly, and what two answers in both orders say together.

With log-probabilities of the first token, p(A), p(B) and p(NA) are the summed probabilities of the tokens
that can only begin that answer, and the answer follows the published ternary rule (Buyl et al. 2025, as their
code has it): NA where it is likelier than A and than B, else the likelier of the two. They count where they
hold most of the probability; else the text is read.
"""

import dataclasses
import math
import re
from collections.abc import Mapping
from typing import Any

from apps.discretion.domain.judging import asking
from apps.discretion.domain.preferences import side_to_answer
from apps.models.engine.asking import Unreadable, read_json

LEAST_MASS = 0.5
"""Below this, the first tokens say something else than an answer."""
UNPARSABLE, ORDER_DECIDED, NOT_APPLICABLE, TIE, SKIP = (
    "unparsable", "order_decided", "not_applicable", "tie", "skip",
)  # fmt: skip
_ANSWER = re.compile(
    r"[\s\"'*_`(\[]*(?i:(?:the\s+)?answer(?:\s+is)?\s*[:=]?\s*)?(?i:response\s+)?[\"'*_`(\[]*"
    r"(?P<said>A|B|N/?A|[Nn]either)[\"'*_`)\].!\s]*"
)
_SIDES = {"A": "left", "B": "right"}


@dataclasses.dataclass(frozen=True)
class Reading:
    """One answer: what stands ``left`` or ``right`` is better, ``neither``, or '' where it cannot be read."""

    side: str
    confidence: float | None = None
    probabilities: Mapping[str, float] = dataclasses.field(default_factory=dict)


def read(*, text: str, first: Mapping[str, float], style: str) -> Reading:
    """Return what an answer says; anything that is not plainly an answer is none."""
    if style == asking.REASONED:
        return Reading(_side_of_json(text))
    found = probabilities(first=first)
    if sum(found.values()) >= LEAST_MASS:
        side = _likeliest(found)
        return Reading(side, found[side], found)
    matched = _ANSWER.fullmatch(_last_line(text))
    return Reading(_SIDES.get(matched["said"], "neither") if matched else "", None, found)


def probabilities(*, first: Mapping[str, float]) -> dict[str, float]:
    """Return p(left), p(right) and p(neither) from first tokens with their log-probabilities."""
    found = {"left": 0.0, "right": 0.0, "neither": 0.0}
    for token, logprob in first.items():
        said = token.strip()
        side = _SIDES.get(said) or ("neither" if said in {"N", "NA", "N/A"} else "")
        if side and math.isfinite(logprob):
            found[side] += math.exp(logprob)
    return found if first else {}


def _likeliest(found: Mapping[str, float]) -> str:
    """Return the published rule's side; an exact tie of A and B prefers neither."""
    left, right, neither = found["left"], found["right"], found["neither"]
    if (neither > left and neither > right) or left == right:
        return "neither"
    return "left" if left > right else "right"


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _side_of_json(text: str) -> str:
    try:
        said: dict[str, Any] = read_json(text=text, schema=asking.SCHEMA)
    except Unreadable:
        return ""
    return _SIDES.get(said["answer"], "neither")


def answer_in(*, side: str, order: str, by_principle: bool) -> str:
    """Return the answer that a side stands for, by which response stood there."""
    if side in {"left", "right"}:
        return side_to_answer(answer=side, order=order)
    if not side:
        return UNPARSABLE
    return NOT_APPLICABLE if by_principle else TIE


@dataclasses.dataclass(frozen=True)
class Said:
    """A verdict: ``swapped`` is the answer in the other order, '' where it was not asked for."""

    answer: str
    confidence: float | None
    swapped: str = ""


def combine(*, first: tuple[str, float | None], second: tuple[str, float | None] | None = None) -> Said:
    """Return the verdict of one answer, or of the answers in both orders.

    Two that agree are a verdict, as sure as both are on average. Two that do not were decided by the order,
    which is a category of its own. One that cannot be read makes the verdict unparsable, and one that was
    passed over (a pair too long for the model) passes the pair over.
    """
    if second is None:
        return Said(first[0], first[1])
    answers = (first[0], second[0])
    for special in (SKIP, UNPARSABLE):
        if special in answers:
            return Said(special, None)
    if answers[0] != answers[1]:
        return Said(ORDER_DECIDED, None, second[0])
    known = [sure for _, sure in (first, second) if sure is not None]
    return Said(answers[0], sum(known) / len(known) if known else None, second[0])
