"""Who writes a reply: the guided interviewer, or a language model with the guided interviewer behind it."""

import dataclasses
import logging
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings

from apps.elicitation.domain import cardblock, chat, drafting, guided, wording
from apps.elicitation.domain.budget import Budget
from apps.elicitation.domain.moves import Move
from apps.elicitation.domain.transcript import Turn as Said
from apps.elicitation.domain.transcript import asked
from apps.elicitation.services.pen import Pen
from apps.models.engine import registry
from apps.models.engine.base import ChatSettings, EngineError, EngineTimeout
from apps.moralgraph.domain.cards import ValuesCard

logger = logging.getLogger(__name__)
SILENCE_SECONDS = 30.0
TEMPERATURE = 0.2
MOST_TOKENS = 900


@dataclasses.dataclass(frozen=True)
class Outcome:
    """A finished reply.

    Its text, what it was after, how it was made, and the card if it ends the interview.
    """

    text: str
    move: str
    engine: dict[str, Any]
    card: ValuesCard | None = None
    took_over: bool = False


def write_guided(*, pen: Pen, turns: Sequence[Said], card_now: bool, before: str = "") -> Outcome:
    """Write the guided interviewer's reply at reading pace, from where it was cut off if it was."""
    reply = guided.Reply(Move.CLOSE, wording.ENOUGH) if card_now else guided.reply(turns=turns)
    text = before + reply.text
    if not text.startswith(pen.text):
        pen.restart()
    for end in _word_ends(text, start=len(pen.text)):
        pen.show(text[:end])
        if settings.GUIDED_WORDS_PER_SECOND:
            time.sleep(1 / settings.GUIDED_WORDS_PER_SECOND)
    return Outcome(
        text=text,
        move=reply.move,
        engine={"interviewer": "guided", "version": guided.VERSION},
        card=drafting.draft(turns=turns) if reply.closes else None,
        took_over=bool(before),
    )


def _word_ends(text: str, *, start: int) -> Iterator[int]:
    for position in range(start, len(text)):
        if text[position].isspace():
            yield position + 1
    yield len(text)


def write_with_model(*, pen: Pen, question: str, turns: Sequence[Said], card_now: bool, seed: int) -> Outcome:
    """Let the language model write.

    Where it fails or is silent for half a minute the guided interviewer goes on, and says so.
    """
    write_card = card_now or Budget(asked=asked(turns=turns)).last
    chat_settings = ChatSettings(
        model=settings.LLM_MODEL, temperature=TEMPERATURE, max_tokens=MOST_TOKENS, seed=seed
    )
    record: dict[str, Any] = {
        "interviewer": "llm",
        "prompt": chat.PROMPT_VERSION,
        "model": settings.LLM_MODEL,
        "temperature": TEMPERATURE,
        "max_tokens": MOST_TOKENS,
        "seed": seed,
    }
    began = time.monotonic()
    try:
        whole = _ask(
            pen=pen,
            question=question,
            turns=turns,
            write_card=write_card,
            chat_settings=chat_settings,
            record=record,
        )
    except EngineError as error:
        logger.warning("The language model failed in an interview: %s", error)
        pen.restart()
        outcome = write_guided(pen=pen, turns=turns, card_now=card_now, before=wording.TAKES_OVER + "\n\n")
        failed = {**record, "error": f"{type(error).__name__}: {error}"[:300], "seconds": _since(began)}
        return dataclasses.replace(outcome, engine={**outcome.engine, "failed": failed})
    record["seconds"] = _since(began)
    return _read_reply(whole=whole, turns=turns, write_card=write_card, record=record)


def _ask(
    *,
    pen: Pen,
    question: str,
    turns: Sequence[Said],
    write_card: bool,
    chat_settings: ChatSettings,
    record: dict[str, Any],
) -> str:
    model = registry.chat_model(url=settings.LLM_URL, model=settings.LLM_MODEL, key=settings.LLM_API_KEY)
    began, whole = time.monotonic(), ""
    listed = chat.messages(question, turns, write_card=write_card)
    for piece in within(model.stream(listed, chat_settings), seconds=SILENCE_SECONDS):
        if not whole:
            record["first_token_seconds"] = _since(began)
        whole += piece
        pen.show(cardblock.showable(whole))
    usage = getattr(model, "usage", None)
    if usage is not None:
        record["tokens"] = dataclasses.asdict(usage)
    if not whole.strip():
        raise EngineError("The model answered with nothing.")
    return whole


def _read_reply(*, whole: str, turns: Sequence[Said], write_card: bool, record: dict[str, Any]) -> Outcome:
    """Take a model's message apart.

    A card that is no card, or that quotes what was not said, is set aside.
    """
    message = cardblock.take_apart(whole)
    if message.block is None:
        if not write_card:
            return Outcome(message.shown, "", record)
        text = f"{message.shown}\n\n{wording.CLOSING}"
        return Outcome(text, Move.CLOSE, {**record, "card": "guided"}, drafting.draft(turns=turns))
    try:
        card = cardblock.read_card(block=message.block, turns=turns)
    except cardblock.CardRefused as error:
        text = f"{message.shown}\n\n{wording.CARD_REDRAFTED}".strip()
        refused = {**record, "card": "guided", "card_refused": str(error)[:300]}
        return Outcome(text, Move.CLOSE, refused, drafting.draft(turns=turns))
    return Outcome(message.shown or wording.MODEL_CARD, Move.CLOSE, {**record, "card": "model"}, card)


def within(pieces: Iterator[str], *, seconds: float) -> Iterator[str]:
    """Yield what comes, and raise EngineTimeout once nothing has come for ``seconds``."""
    arrived: queue.Queue[str | BaseException | None] = queue.Queue()

    def read() -> None:
        try:
            for piece in pieces:
                arrived.put(piece)
            arrived.put(None)
        except BaseException as error:  # noqa: BLE001  (handed to the thread that waits)
            arrived.put(error)

    threading.Thread(target=read, daemon=True, name="a model's reply").start()
    while True:
        try:
            piece = arrived.get(timeout=seconds)
        except queue.Empty as error:
            raise EngineTimeout(f"The model was silent for {seconds:.0f} seconds.") from error
        if piece is None:
            return
        if isinstance(piece, BaseException):
            raise piece
        yield piece


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)
