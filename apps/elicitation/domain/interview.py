"""The phases of an interview, and what may happen in each."""

import enum


class Phase(enum.StrEnum):
    """Whose turn it is, and whether the interview is over."""

    LISTENING = "listening"
    REPLYING = "replying"
    CARD_READY = "card_ready"


class TurnState(enum.StrEnum):
    """How far a turn is."""

    PENDING = "pending"
    WRITING = "writing"
    COMPLETE = "complete"
    FAILED = "failed"


def may_speak(phase: Phase) -> bool:
    """Whether the person may send an answer now."""
    return phase == Phase.LISTENING
