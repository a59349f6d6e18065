"""What a turn of the guided interviewer is after."""

import enum


class Move(enum.StrEnum):
    """The moves, first the plan, then the follow-ups that depend on what was said."""

    STORY = "story"
    ATTENTION = "attention"
    CONCRETE = "concrete"
    DEEPER = "deeper"
    CONTRAST = "contrast"
    ELSEWHERE = "elsewhere"
    TELL = "tell"
    CLOSE = "close"

    MORE = "more"
    PARTICULAR = "particular"
    STUCK = "stuck"
    SLOGAN = "slogan"
    NORM = "norm"
    OTHERS = "others"
    FEELING = "feeling"

    MISSING = "missing"


PLAN = (Move.STORY, Move.ATTENTION, Move.CONCRETE, Move.DEEPER, Move.CONTRAST, Move.ELSEWHERE, Move.TELL)
ABOUT_STORY = frozenset({Move.STORY, Move.PARTICULAR})
ABOUT_ATTENTION = frozenset(
    {
        Move.ATTENTION,
        Move.CONCRETE,
        Move.CONTRAST,
        Move.TELL,
        Move.MORE,
        Move.STUCK,
        Move.SLOGAN,
        Move.NORM,
        Move.OTHERS,
        Move.FEELING,
        Move.MISSING,
    }
)
ABOUT_LAST_ANSWER = frozenset({Move.MORE, Move.STUCK, Move.SLOGAN})
"""Follow-ups that ask once more for what was asked for: the story, or what was attended to."""
