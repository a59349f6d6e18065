"""Asking a language model: with an eye on the clock, and on whether somebody wants to ask again."""

import dataclasses
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from apps.elicitation.domain.interview import SLOW_SECONDS
from apps.models.engine.base import ChatModel, ChatSettings, EngineError, EngineTimeout, Message
from apps.models.selectors import language_models
from apps.models.selectors.language_models import ModelInUse
from apps.models.services import engines
from apps.shared.models import Study


@dataclasses.dataclass(frozen=True, kw_only=True)
class Waiting:
    """How long to wait, in seconds.

    Without a token: ``slow`` until the person is told, ``silence`` until the model is given up. ``whole`` is
    for one reply to its end, ``polish`` for all that is done to a card after it; ``look`` is how often we
    look whether the person asked again.
    """

    slow: float = SLOW_SECONDS
    silence: float = 30.0
    whole: float = 120.0
    polish: float = 30.0
    look: float = 0.5


WAITING = Waiting()


class AskedAgain(Exception):
    """The person does not want to wait for this attempt any longer."""


class _Reader:
    """Reads a stream in a thread of its own, so that nobody waits longer for it than they want to."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._arrived: queue.Queue[str | BaseException | None] = queue.Queue()
        self._left = threading.Event()
        threading.Thread(target=self._read, daemon=True, name="a model's reply").start()

    def _read(self) -> None:
        try:
            for piece in self._pieces:
                if self._left.is_set():
                    break
                self._arrived.put(piece)
            self._arrived.put(None)
        except BaseException as error:  # noqa: BLE001  (handed to the thread that waits)
            self._arrived.put(error)
        finally:
            close = getattr(self._pieces, "close", None)
            if close is not None:
                close()

    def leave(self) -> None:
        """Let the thread end with the next piece."""
        self._left.set()

    def take(self, *, seconds: float) -> str | None:
        """Return the next piece, None at the end. Raises queue.Empty, and whatever ended the stream."""
        piece = self._arrived.get(timeout=seconds)
        if isinstance(piece, BaseException):
            raise piece
        return piece


def listen(
    *,
    pieces: Iterator[str],
    waiting: Waiting = WAITING,
    tell_slow: Callable[[], None] = lambda: None,
    asked_again: Callable[[], bool] = lambda: False,
) -> Iterator[str]:
    """Yield what comes.

    Tells once for each silence that it is long. Raises EngineTimeout for a silence or a reply without end,
    and AskedAgain where somebody asked again in such a silence.
    """
    reader, began = _Reader(pieces), time.monotonic()
    heard, told = began, False
    try:
        while True:
            try:
                piece = reader.take(seconds=waiting.look)
            except queue.Empty:
                told = _wait(
                    silent=time.monotonic() - heard,
                    waiting=waiting,
                    told=told,
                    tell_slow=tell_slow,
                    again=asked_again,
                )
                continue
            if piece is None:
                return
            heard, told = time.monotonic(), False
            if heard - began > waiting.whole:
                raise EngineTimeout(f"The model was not done after {waiting.whole:g} seconds.")
            yield piece
    finally:
        reader.leave()


def _wait(
    *, silent: float, waiting: Waiting, told: bool, tell_slow: Callable[[], None], again: Callable[[], bool]
) -> bool:
    """Return whether the person was told of this silence."""
    if silent >= waiting.silence:
        raise EngineTimeout(f"The model was silent for {waiting.silence:g} seconds.")
    if silent < waiting.slow:
        return told
    if not told:
        tell_slow()
    elif again():
        raise AskedAgain
    return True


INTERVIEW = "interview"
"""The kind of work that a study may give a language model of its own."""


def of_study(*, study: Study) -> ModelInUse | None:
    """Return the language model that asks in a study; None where nobody named one."""
    return language_models.model_for(study=study, role=INTERVIEW)


def of_installation() -> ModelInUse | None:
    """Return the language model that the environment names."""
    return language_models.installed(role=INTERVIEW)


def ask(
    *,
    messages: Sequence[Message],
    most_tokens: int,
    seconds: float,
    seed: int,
    model: ModelInUse | None = None,
) -> tuple[str, dict[str, Any]]:
    """Return a whole answer that nobody watches, and how it was made; by the environment's model where none
    is named. Raises EngineError.
    """
    began = time.monotonic()
    if seconds <= 0:
        raise EngineTimeout("There is no time left for this.")
    used = model or of_installation()
    engine = engines.chat_model(model=used)
    name = used.name if used else ""
    chosen = ChatSettings(model=name, temperature=0.0, max_tokens=most_tokens, seed=seed)
    patience = Waiting(silence=seconds, slow=seconds, whole=seconds, look=min(WAITING.look, seconds))
    whole = ""
    for piece in listen(pieces=engine.stream(messages, chosen), waiting=patience):
        whole += piece
        if len(whole) > most_tokens * 20:
            raise EngineError("The answer does not end.")
    return whole, {"seconds": since(began), **usage_of(engine)}


def usage_of(model: ChatModel) -> dict[str, Any]:
    """Return the tokens of a model's last answer, as it is stored."""
    return {"tokens": dataclasses.asdict(model.usage)} if model.usage is not None else {}


def since(began: float) -> float:
    """Return the seconds since then, as they are stored."""
    return round(time.monotonic() - began, 3)
