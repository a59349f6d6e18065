"""What a person may answer to "Did this person become wiser?", and one vote in plain form."""

import enum
from dataclasses import dataclass

Key = int | str
"""How a value, a voter or a context is named: a row's number, or a word in a file."""


class Answer(enum.Enum):
    """The five answers to a story that leads from one value to another."""

    WISER = "wiser"
    NOT_WISER = "not_wiser"
    UNSURE = "unsure"
    SAME = "same"
    NOT_ABOUT = "not_about"

    @property
    def label(self) -> str:
        """Return the answer as a person reads it."""
        return LABELS[self]


LABELS = {
    Answer.WISER: "Wiser",
    Answer.NOT_WISER: "Not wiser",
    Answer.UNSURE: "Unsure",
    Answer.SAME: "The same value",
    Answer.NOT_ABOUT: "Not about this",
}


@dataclass(frozen=True)
class Judgement:
    """One vote: in this context, did going from ``less_wise`` to ``wiser`` make the person wiser?"""

    voter: Key
    less_wise: Key
    wiser: Key
    answer: Answer
    context: Key = ""
    simulated: bool = False
