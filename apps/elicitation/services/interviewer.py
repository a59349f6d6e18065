"""A language model as the interviewer, with the guided one behind it."""

import dataclasses
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from apps.elicitation.domain import cardblock, chat, drafting, fitting, guard, guided, notices
from apps.elicitation.domain.budget import AT_LEAST, Budget
from apps.elicitation.domain.moves import Move
from apps.elicitation.domain.tongues import tongue_of
from apps.elicitation.domain.tongues.base import Wording
from apps.elicitation.domain.transcript import Turn as Said
from apps.elicitation.domain.transcript import asked, spared
from apps.elicitation.services import asking, frames, pauses, retries, writers
from apps.elicitation.services.asking import AskedAgain, Waiting
from apps.elicitation.services.pen import Pen
from apps.elicitation.services.polishing import Polisher
from apps.elicitation.services.writers import Outcome
from apps.models.engine.base import (
    ChatSettings,
    ContextTooLong,
    EngineBroken,
    EngineError,
    Message,
    with_words,
)
from apps.models.selectors.language_models import ModelInUse
from apps.models.services import engines

logger = logging.getLogger(__name__)
TEMPERATURE = 0.2
MOST_TOKENS = 900
MOST_WRITTEN = 16_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class Task:
    """What is asked of the model: a reply to this transcript, in this language, or the card.

    ``left_out`` exchanges of the middle are not shown to it, because it reads no more at once.
    """

    question: str
    turns: Sequence[Said]
    language: str = "en"
    help_contact: str = ""
    card_now: bool = False
    at_most: int
    seed: int
    model: ModelInUse | None = None
    left_out: int = 0

    @property
    def write_card(self) -> bool:
        """Whether this reply has to be the card."""
        return self.card_now or Budget(asked=asked(turns=self.turns), at_most=self.at_most).last

    @property
    def wording(self) -> Wording:
        """The fixed sentences in the participant's language."""
        return tongue_of(self.language).wording

    @property
    def messages(self) -> list[Message]:
        """What the model reads."""
        return fitting.leave_out(messages=self.whole, count=self.left_out)

    @property
    def whole(self) -> list[Message]:
        """What the model would read if it read any length."""
        listed = chat.messages(
            question=self.question,
            turns=self.turns,
            language=self.language,
            at_most=self.at_most,
            write_card=self.write_card,
        )
        return with_words(listed, self.model.words if self.model else "")


def write(*, pen: Pen, task: Task, waiting: Waiting = asking.WAITING) -> Outcome:
    """Let the language model write.

    Where it fails, is silent for half a minute, or writes what nobody should read, the guided interviewer
    goes on and says so.
    """
    record: dict[str, Any] = {
        "interviewer": "llm",
        "prompt": chat.PROMPT_VERSION,
        **_sampling(task),
        "revisions": 0,
    }
    began = time.monotonic()
    task = _shortened(task)
    try:
        task, whole = _ask_what_fits(pen=pen, task=task, waiting=waiting, record=record)
        record["seconds"] = asking.since(began)
        return _read(pen=pen, task=task, whole=whole, waiting=waiting, record=record)
    except (EngineError, guard.ReplyRefused) as error:
        # A sentence about it may quote the person, and a log is not erased with them.
        logger.warning("The language model failed in an interview: %s", type(error).__name__)
        failed = {**record, "error": f"{type(error).__name__}: {error}"[:300], "seconds": asking.since(began)}
        return _fall_back(pen=pen, task=task, failed=failed)


def _fall_back(*, pen: Pen, task: Task, failed: dict[str, Any]) -> Outcome:
    pen.restart()
    outcome = writers.write_guided(
        pen=pen,
        turns=task.turns,
        language=task.language,
        card_now=task.card_now,
        at_most=task.at_most,
        before=task.wording.TAKES_OVER + "\n\n",
    )
    return dataclasses.replace(outcome, engine={**outcome.engine, "failed": failed})


def _shortened(task: Task) -> Task:
    """Leave out as much beforehand as a model is known not to read."""
    reads = task.model.context_tokens if task.model else 0
    count = fitting.to_leave_out(
        messages=task.whole, context_tokens=reads, answer_tokens=_sampling(task)["max_tokens"]
    )
    return dataclasses.replace(task, left_out=count)


def _ask_what_fits(*, pen: Pen, task: Task, waiting: Waiting, record: dict[str, Any]) -> tuple[Task, str]:
    """Return the message, and the task as it was asked: what a server finds too long is shortened further.

    Raises ContextTooLong where not even the last exchange fits.
    """
    while True:
        if task.left_out:
            record["left_out"] = task.left_out
        try:
            return task, _ask_until_heard(pen=pen, task=task, waiting=waiting, record=record)
        except ContextTooLong as error:
            record["context_tokens"] = error.limit
            count = fitting.more(messages=task.whole, count=task.left_out)
            if count is None:
                raise
            task = dataclasses.replace(task, left_out=count)


def _ask_until_heard(*, pen: Pen, task: Task, waiting: Waiting, record: dict[str, Any]) -> str:
    """Return the whole message; where the person asks again in a long silence, begin again."""
    while True:
        heard = retries.count(turn=pen.turn)
        try:
            return _ask(pen=pen, task=task, waiting=waiting, record=record, heard=heard)
        except AskedAgain:
            record["retries"] = record.get("retries", 0) + 1
            pen.restart()


def _ask(*, pen: Pen, task: Task, waiting: Waiting, record: dict[str, Any], heard: int) -> str:
    model, began, whole = engines.chat_model(model=task.model), time.monotonic(), ""
    sampling = _sampling(task)
    sampling.pop("words", None)
    chosen = ChatSettings(**sampling)
    for piece in asking.listen(
        pieces=model.stream(task.messages, chosen),
        waiting=waiting,
        tell_slow=_tell_slow(pen=pen, language=task.language),
        asked_again=lambda: retries.count(turn=pen.turn) > heard,
    ):
        if not whole:
            record["first_token_seconds"] = asking.since(began)
        whole += piece
        if len(whole) > MOST_WRITTEN:
            raise EngineBroken("The model does not come to an end.")
        shown = cardblock.showable(whole)
        guard.watch(text=shown)
        pen.show(shown)
    record.update(asking.usage_of(model))
    if not whole.strip():
        raise EngineBroken("The model answered with nothing.")
    return whole


def _sampling(task: Task) -> dict[str, Any]:
    """Return which model is asked and how it samples, as it is stored with the reply."""
    model = task.model
    return {
        "model": model.name if model else "",
        "temperature": TEMPERATURE if model is None or model.temperature is None else model.temperature,
        "max_tokens": model.max_tokens if model and model.max_tokens else MOST_TOKENS,
        "seed": task.seed,
        **({"words": model.words} if model and model.words else {}),
    }


def _tell_slow(*, pen: Pen, language: str) -> Callable[[], None]:
    message = {"type": "interview.notice", "code": "slow", "message": notices.SLOW[language]}
    return lambda: frames.tell(interview_id=pen.turn.interview_id, message=message)


def _read(*, pen: Pen, task: Task, whole: str, waiting: Waiting, record: dict[str, Any]) -> Outcome:
    """Take a model's message apart: a pause, a question, or the card."""
    message = cardblock.take_apart(whole)
    if message.distress:
        if pen.text:
            pen.restart()
        return pauses.write(language=task.language, help_contact=task.help_contact, engine=record)
    if message.shown:
        guard.check(text=message.shown, language=task.language)
    if message.block is None:
        return _go_on(task=task, shown=message.shown, record=record)
    if not task.write_card and asked(turns=task.turns) + 1 < AT_LEAST:
        return _too_early(pen=pen, task=task, record=record)
    return _read_card(
        task=task, shown=message.shown, said=whole, block=message.block, waiting=waiting, record=record
    )


def _go_on(*, task: Task, shown: str, record: dict[str, Any]) -> Outcome:
    if not task.write_card:
        return Outcome(shown, "", record)
    closing = guided.close(turns=task.turns, language=task.language)
    return _drafted(task=task, text=f"{shown}\n\n{closing.text}", record=record)


def _drafted(*, task: Task, text: str, record: dict[str, Any]) -> Outcome:
    """End with the card that the guided interviewer drafts."""
    card = drafting.draft(turns=spared(turns=task.turns), language=task.language)
    return Outcome(text, Move.CLOSE, {**record, "card": "guided"}, card)


def _too_early(*, pen: Pen, task: Task, record: dict[str, Any]) -> Outcome:
    """Set a card aside that comes before enough was asked; the next planned question stands in its place."""
    if pen.text:
        pen.restart()
    planned = writers.answer(turns=task.turns, language=task.language, card_now=False, at_most=task.at_most)
    return dataclasses.replace(planned, engine={**record, "card": "too early", "instead": planned.engine})


def _read_card(
    *, task: Task, shown: str, said: str, block: str, waiting: Waiting, record: dict[str, Any]
) -> Outcome:
    """Read the card, have it mended where that is needed; one that misquotes to the end is drafted anew."""
    polisher = Polisher(
        asked=task.messages,
        turns=spared(turns=task.turns),
        language=task.language,
        seed=task.seed,
        waiting=waiting,
        model=task.model,
    )
    polished = polisher.polish(said=said, block=block)
    record = {**record, **polished.record}
    if polished.card is None:
        text = f"{shown}\n\n{task.wording.CARD_REDRAFTED}".strip()
        return _drafted(task=task, text=text, record=record)
    record["card"] = "model"
    text = shown or task.wording.MODEL_CARD
    return Outcome(text, Move.CLOSE, record, polished.card, judged=polished.judged)
