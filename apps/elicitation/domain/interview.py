"""The phases of an interview, and what may happen in each."""

import enum

SLOW_SECONDS = 10.0


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


class Pause(enum.StrEnum):
    """Whether somebody in distress can stop with their code: offered now, or at hand after going on."""

    NONE = ""
    OFFERED = "offered"
    AT_HAND = "at_hand"


def may_speak(phase: Phase) -> bool:
    """Whether the person may send an answer now."""
    return phase == Phase.LISTENING
