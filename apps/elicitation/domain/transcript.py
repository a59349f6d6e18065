"""A transcript: who said what, in which order."""

import dataclasses
import enum
from collections.abc import Sequence

from apps.elicitation.domain import distress


class Speaker(enum.StrEnum):
    """The two sides of an interview."""

    PERSON = "person"
    INTERVIEWER = "interviewer"


@dataclasses.dataclass(frozen=True)
class Turn:
    """One finished turn; ``move`` names what the guided interviewer was after with it."""

    position: int
    speaker: Speaker
    text: str
    move: str = ""


def answers(*, turns: Sequence[Turn]) -> list[Turn]:
    """Return what the person said, in order."""
    return [turn for turn in turns if turn.speaker == Speaker.PERSON and turn.text.strip()]


def asked(*, turns: Sequence[Turn]) -> int:
    """Return how many turns the interviewer has used; a pause for somebody in distress is none."""
    return sum(1 for turn in turns if turn.speaker == Speaker.INTERVIEWER and not paused(turns=(turn,)))


def spared(*, turns: Sequence[Turn]) -> list[Turn]:
    """Return the turns without what somebody said in distress: nothing of it becomes a line of a card."""
    return [turn for turn in turns if turn.speaker != Speaker.PERSON or not distress.shows(text=turn.text)]


def paused(*, turns: Sequence[Turn]) -> bool:
    """Whether the last turn is a pause for somebody in distress."""
    return bool(turns) and turns[-1].move == distress.MOVE


_TYPED: dict[str, str | int | None] = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
_ALIKE = str.maketrans(_TYPED)


def normalise(text: str) -> str:
    """Return text with quotation marks, spaces and case made alike, to compare it with what was said."""
    plain = text.translate(_ALIKE)
    return " ".join(plain.split()).casefold()


def find_quote(*, quote: str, turns: Sequence[Turn]) -> int | None:
    """Return the position of the person's turn that holds the quote word for word, or None."""
    wanted = normalise(quote).strip(" .")
    if not wanted:
        return None
    return next((turn.position for turn in answers(turns=turns) if wanted in normalise(turn.text)), None)
