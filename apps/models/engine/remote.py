"""Any OpenAI-compatible server: vLLM, `transformers serve`, a hosted one."""

import contextlib
import dataclasses
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import httpx

from apps.models.engine import wire
from apps.models.engine.base import (
    ChatSettings,
    ContextTooLong,
    EngineBroken,
    EngineError,
    EngineOverloaded,
    EngineRefused,
    EngineTimeout,
    Message,
    Offers,
    RequestUnfit,
    Usage,
    estimated_tokens,
    without_system,
)

Item = TypeVar("Item", bytes, str)
RETRIES = 3
BUSY = {408, 429, 500, 502, 503, 504}
NOT_UNDERSTOOD = {400, 422, 501}
"""A server that does not know a field answers with one of these; it is asked again without the field."""
LONGEST_WAIT_SECONDS = 8.0


@dataclasses.dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait: for a connection, for the next token, for a first token over all attempts, and for
    an answer that has begun to end.
    """

    connect: float = 5.0
    silence: float = 30.0
    begin: float = 30.0
    whole: float = 600.0


class Gate(Protocol):
    """Bounds how many answers are written at a time; a semaphore is one."""

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        """Take a place, or say after so many seconds that none was free."""
        ...

    def release(self) -> None:
        """Give the place back."""
        ...


class RemoteChatModel:
    """Streams from ``POST {url}/chat/completions`` (server-sent events).

    A request that failed before its first token is sent again a few times, after a growing and jittered
    pause, unless that would take longer than people wait for a first token. One that failed later is not:
    the reader has seen half an answer, and must decide. What ``offers`` says that the server does not know
    (a schema, log-probabilities) is not asked for; a server that refuses it is asked without, and that is
    remembered. A chat longer than it ``reads`` is not sent to a server that would not refuse it; 0 leaves
    that to the server. A chat's instructions begin its first message where the model's template has no place
    for them. ``gate`` bounds how many answers are written at a time; who leaves frees the place.
    """

    def __init__(
        self,
        *,
        url: str,
        key: str = "",
        patience: Patience | None = None,
        offers: Offers | None = None,
        gate: Gate | None = None,
        reads: int = 0,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.usage: Usage | None = None
        self.first: Mapping[str, float] = {}
        self.offers = offers or Offers()
        self._clock = clock
        self._gate = gate
        self._key = key
        self._patience = patience or Patience()
        self._pause = pause
        self._reads = reads
        self._url = url.rstrip("/") + "/chat/completions"
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    def stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        """Yield the answer piece by piece."""
        whole = estimated_tokens(messages) + settings.max_tokens
        if self._reads and whole > self._reads:
            raise ContextTooLong(limit=self._reads, said=f"With its answer it has about {whole:,}.")
        with self._place():
            yield from self._stream(messages, settings)

    @contextlib.contextmanager
    def _place(self) -> Iterator[None]:
        if self._gate is None:
            yield
            return
        if not self._gate.acquire(timeout=self._patience.begin):
            raise EngineOverloaded("As many answers as may be asked for at a time are being written already.")
        try:
            yield
        finally:
            self._gate.release()

    def _stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        self.usage, self.first = None, {}
        latest = self._clock() + self._patience.begin
        for attempt in range(RETRIES + 1):
            begun = False
            try:
                for piece in self._stream_known(messages, settings):
                    begun = True
                    yield piece
            except (EngineOverloaded, EngineTimeout) as error:
                wait = _wait(attempt=attempt, error=error)
                if begun or attempt == RETRIES or self._clock() + wait >= latest:
                    raise
                self._pause(wait)
            else:
                return

    def _stream_known(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        """Ask for all that the server may offer; where it refuses that, ask without and remember it."""
        shown = without_system(messages) if self.offers.system is False else messages
        body, extras = wire.body(shown, settings), wire.extras(settings, self.offers)
        try:
            yield from self._stream_once(body | extras)
        except ContextTooLong:
            raise
        except RequestUnfit as error:
            if (
                wire.refuses_system(str(error))
                and self.offers.system is None
                and messages[0].role == "system"
            ):
                self.offers.system = False
                yield from self._stream_known(messages, settings)
                return
            if not extras:
                raise
            yield from self._stream_once(body)
            # Only now is it certain that the extras were what the server refused.
            self._note_refused(extras)
        else:
            if "logprobs" in extras:
                self.offers.logprobs = bool(self.first)

    def _note_refused(self, extras: Mapping[str, Any]) -> None:
        if "response_format" in extras:
            self.offers.schema = False
        if "logprobs" in extras:
            self.offers.logprobs = False

    def _stream_once(self, body: Mapping[str, Any]) -> Iterator[str]:
        limit = httpx.Timeout(self._patience.silence, connect=self._patience.connect)
        begun = False
        try:
            with (
                httpx.Client(timeout=limit, headers=self._headers) as client,
                client.stream("POST", self._url, json=body) as answer,
            ):
                self._check_status(answer)
                for piece in self._read(answer, model=str(body["model"])):
                    begun = True
                    yield piece
        except httpx.TimeoutException as error:
            raise EngineTimeout(
                f"The model's server was silent for {self._patience.silence:g} seconds."
            ) from error
        except httpx.TransportError as error:
            if begun:
                raise EngineBroken("The model's server cut its answer off.") from error
            raise EngineOverloaded(
                f"The model's server cannot be reached: {str(error).rstrip('.')}."
            ) from error

    def _check_status(self, answer: httpx.Response) -> None:
        is_page = "text/html" in answer.headers.get("Content-Type", "")
        if is_page and answer.status_code not in {*BUSY, httpx.codes.UNAUTHORIZED}:
            raise EngineRefused("The address answers with a web page, as no model's server does.")
        if answer.status_code == httpx.codes.OK:
            return
        answer.read()
        status, said = answer.status_code, wire.without(answer.text.strip(), key=self._key)[:300]
        if status != httpx.codes.TOO_MANY_REQUESTS and (unfit := wire.too_long(said)):
            raise unfit
        if status in BUSY:
            busy = EngineOverloaded(f"The model's server is busy (status {status}): {said}")
            busy.retry_after = answer.headers.get("Retry-After", "")
            raise busy
        if status == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
            raise ContextTooLong(said=said)
        refused = RequestUnfit if status in NOT_UNDERSTOOD else EngineRefused
        raise refused(f"The model's server refuses the request (status {status}): {said}")

    def _read(self, answer: httpx.Response, *, model: str) -> Iterator[str]:
        if "application/json" in answer.headers.get("Content-Type", ""):
            yield from self._whole(answer)
            return
        ended, said, latest = False, False, self._clock() + self._patience.whole
        # Twice: a server may send signs of life alone, or everything at once.
        for data in self._in_time(wire.data_of(self._in_time(answer.iter_bytes(), latest)), latest):
            if data == "[DONE]":
                return
            chunk = wire.parse(data, key=self._key)
            if wire.names_revision(chunk, model=model):
                self.offers.refuses_long = False
            self.first = self.first or wire.first_of(chunk)
            ended = ended or wire.is_last(chunk)
            self.usage = wire.usage_of(chunk) or self.usage
            if piece := wire.text_of(chunk):
                said = True
                yield piece
        if not ended:
            # Nothing was said yet, so that asking once more repeats nothing.
            broken = EngineBroken if said else EngineOverloaded
            raise broken("The model's server ended before its answer did.")

    def _in_time(self, items: Iterator[Item], latest: float) -> Iterator[Item]:
        for item in items:
            if self._clock() > latest:
                raise EngineTimeout(f"The model was not done after {self._patience.whole:g} seconds.")
            yield item

    def _whole(self, answer: httpx.Response) -> Iterator[str]:
        """Read an answer of a server that does not stream."""
        answer.read()
        chunk = wire.parse(answer.text, key=self._key)
        self.first, self.usage = wire.first_of(chunk), wire.usage_of(chunk)
        if piece := wire.text_of(chunk, part="message"):
            yield piece


def context_of(*, url: str, model: str, key: str = "") -> int:
    """Return how many tokens a server says that a model reads at once, 0 where it does not say."""
    return wire.context_of(_listed(url, key), model=model)


def models_of(*, url: str, key: str = "") -> list[str]:
    """Return the names of the models that a server lists, nothing where it lists none."""
    return wire.names_of(_listed(url, key))


def _listed(url: str, key: str) -> Any:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        answer = httpx.get(f"{url.rstrip('/')}/models", headers=headers, timeout=10.0)
        return answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError):
        return {}


def _wait(*, attempt: int, error: EngineError) -> float:
    """Return how long to pause: what the server asks for, else a doubling time with jitter; bounded."""
    asked = wire.seconds_asked(error.retry_after) if isinstance(error, EngineOverloaded) else None
    if asked is not None:
        return min(asked, LONGEST_WAIT_SECONDS)
    return random.uniform(0.5, 1.0) * min(0.5 * 2.0**attempt, LONGEST_WAIT_SECONDS)
