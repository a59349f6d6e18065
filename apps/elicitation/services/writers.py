"""What a finished reply is, and the one who writes it without a model: the guided interviewer."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from apps.elicitation.domain import distress, drafting, guided
from apps.elicitation.domain.budget import AT_MOST
from apps.elicitation.domain.transcript import Turn as Said
from apps.elicitation.domain.transcript import spared
from apps.elicitation.services.pen import Pen
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.linter import Finding


@dataclasses.dataclass(frozen=True)
class Outcome:
    """A finished reply.

    Its text, what it was after, how it was made, the card if it ends the interview, what a model finds in
    that card, whether the guided interviewer took over with it, and whether it is a pause for somebody in
    distress.
    """

    text: str
    move: str
    engine: dict[str, Any]
    card: ValuesCard | None = None
    judged: tuple[Finding, ...] = ()
    took_over: bool = False
    distress: bool = False


def write_guided(
    *,
    pen: Pen,
    turns: Sequence[Said],
    language: str,
    card_now: bool,
    at_most: int = AT_MOST,
    before: str = "",
) -> Outcome:
    """Write the guided interviewer's reply after what a page has of it already."""
    outcome = answer(turns=turns, language=language, card_now=card_now, at_most=at_most, before=before)
    if not outcome.text.startswith(pen.text):
        pen.restart()
    return outcome


def answer(
    *, turns: Sequence[Said], language: str, card_now: bool, at_most: int = AT_MOST, before: str = ""
) -> Outcome:
    """Return the guided interviewer's reply: a function of the transcript and the language alone."""
    turns = [turn for turn in turns if turn.move != distress.MOVE]  # A pause is none of its questions.
    reply = (
        guided.close(turns=turns, early=True, language=language)
        if card_now
        else guided.reply(turns=turns, at_most=at_most, language=language)
    )
    return Outcome(
        text=before + reply.text,
        move=reply.move,
        engine={"interviewer": "guided", "version": guided.VERSION},
        card=drafting.draft(turns=spared(turns=turns), language=language) if reply.closes else None,
        took_over=bool(before),
    )
