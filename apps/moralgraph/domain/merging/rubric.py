"""The five parts by which two values are the same: all of them must hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Part:
    """One part of the rubric: the question, and what it means where the answer is no."""

    number: int
    name: str
    question: str
    otherwise: str


PARTS = (
    Part(
        1, "Captured in full",
        "Would the author of either card say that the other one captures all of what they care about?",
        "an author would miss something of theirs in the other card",
    ),
    Part(
        2, "Same attention in practice",
        "Does somebody who follows one of them attend to the same things, in practice, as with the other?",
        "who follows one of them attends to other things",
    ),
    Part(
        3, "One serves the other",
        "Would something that is made for one of them, a talk or a place, serve the other as well?",
        "what is made for one of them does not serve the other",
    ),
    Part(
        4, "Differences are oversights",
        "Shown the other card, would each author take what differs for something that they forgot to say?",
        "what differs was meant, and not forgotten",
    ),
    Part(
        5, "Same level of detail",
        "Are both equally broad, so that neither is a special case of the other?",
        "one of them is broader than the other",
    ),
)  # fmt: skip
NUMBERS = tuple(str(part.number) for part in PARTS)


def read(raw: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers by part that are given. Raises ValueError for another part or answer."""
    unknown = sorted(set(raw) - set(NUMBERS))
    if unknown:
        raise ValueError(f"The rubric has no part “{unknown[0]}”.")
    answers = {number: raw[number] for number in NUMBERS if raw.get(number)}
    if any(answer not in (YES, NO) for answer in answers.values()):
        raise ValueError("A part of the rubric is answered with yes or no.")
    return answers


def suggestion(answers: Mapping[str, str]) -> str:
    """Return what the rubric says of two values: same, different, or open while parts are."""
    if NO in answers.values():
        return "different"
    return "same" if all(answers.get(number) == YES for number in NUMBERS) else "open"


def reason(answers: Mapping[str, str]) -> str:
    """Return the answers as a sentence; empty where there are none."""
    against = [part.otherwise for part in PARTS if answers.get(str(part.number)) == NO]
    if against:
        return f"They differ: {'; '.join(against)}."
    return "All five parts of the rubric hold." if suggestion(answers) == "same" else ""
