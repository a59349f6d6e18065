"""Any OpenAI-compatible server: vLLM, `transformers serve`, a hosted one."""

import contextlib
import dataclasses
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import httpx

from apps.models.engine.base import (
    ChatSettings,
    EngineBroken,
    EngineError,
    EngineOverloaded,
    EngineRefused,
    EngineTimeout,
    Message,
    Offers,
    RequestUnfit,
    Usage,
)

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


class RemoteChatModel:
    """Streams from ``POST {url}/chat/completions`` (server-sent events).

    A request that failed before its first token is sent again a few times, after a growing and jittered
    pause, unless that would take longer than people wait for a first token. One that failed later is not:
    the reader has seen half an answer, and must decide. What ``offers`` says that the server does not know
    (a schema, log-probabilities) is not asked for; a server that refuses it is asked without, and that is
    remembered. ``gate`` bounds how many answers are written at a time.
    """

    def __init__(
        self,
        *,
        url: str,
        key: str = "",
        patience: Patience | None = None,
        offers: Offers | None = None,
        gate: AbstractContextManager[Any] | None = None,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.usage: Usage | None = None
        self.first: Mapping[str, float] = {}
        self.offers = offers or Offers()
        self._clock = clock
        self._gate = gate or contextlib.nullcontext()
        self._key = key
        self._patience = patience or Patience()
        self._pause = pause
        self._url = url.rstrip("/") + "/chat/completions"
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    def stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        """Yield the answer piece by piece."""
        with self._gate:
            yield from self._stream(messages, settings)

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
        body, extras = _body(messages, settings), _extras(settings, self.offers)
        try:
            yield from self._stream_once(body | extras)
        except RequestUnfit:
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
        try:
            with (
                httpx.Client(timeout=limit, headers=self._headers) as client,
                client.stream("POST", self._url, json=body) as answer,
            ):
                self._check_status(answer)
                yield from self._read(answer)
        except httpx.TimeoutException as error:
            raise EngineTimeout(
                f"The model's server was silent for {self._patience.silence:g} seconds."
            ) from error
        except httpx.RemoteProtocolError as error:
            raise EngineBroken("The model's server cut its answer off.") from error
        except httpx.TransportError as error:
            raise EngineOverloaded(f"The model's server cannot be reached: {error}.") from error

    def _check_status(self, answer: httpx.Response) -> None:
        if answer.status_code == httpx.codes.OK:
            return
        answer.read()
        status, said = answer.status_code, _without(answer.text.strip(), key=self._key)[:200]
        if status in BUSY:
            busy = EngineOverloaded(f"The model's server is busy (status {status}): {said}")
            busy.retry_after = answer.headers.get("Retry-After", "")
            raise busy
        refused = RequestUnfit if status in NOT_UNDERSTOOD else EngineRefused
        raise refused(f"The model's server refuses the request (status {status}): {said}")

    def _read(self, answer: httpx.Response) -> Iterator[str]:
        ended, latest = False, self._clock() + self._patience.whole
        for line in answer.iter_lines():
            if self._clock() > latest:
                raise EngineTimeout(f"The model was not done after {self._patience.whole:g} seconds.")
            if not line.startswith("data:"):
                continue
            data = line.removeprefix("data:").strip()
            if data == "[DONE]":
                return
            chunk = _parse(data, key=self._key)
            self.first = self.first or _first(chunk)
            ended = ended or _finished(chunk)
            self._note_usage(chunk)
            if piece := _piece(chunk):
                yield piece
        if not ended:
            raise EngineBroken("The model's server ended before its answer did.")

    def _note_usage(self, chunk: dict[str, Any]) -> None:
        counted = chunk.get("usage")
        if isinstance(counted, dict):
            self.usage = Usage(
                prompt_tokens=_number(counted.get("prompt_tokens")),
                completion_tokens=_number(counted.get("completion_tokens")),
            )


def _body(messages: Sequence[Message], settings: ChatSettings) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": settings.model,
        "messages": [dataclasses.asdict(message) for message in messages],
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
        "stream": True,
    }
    return body if settings.seed is None else {**body, "seed": settings.seed}


def _extras(settings: ChatSettings, offers: Offers) -> dict[str, Any]:
    """Return what is asked for beyond a plain answer, without what the server is known not to offer."""
    extras: dict[str, Any] = {}
    if settings.schema is not None and offers.schema is not False:
        described = {"name": "answer", "schema": settings.schema, "strict": True}
        extras["response_format"] = {"type": "json_schema", "json_schema": described}
    if settings.top_logprobs and offers.logprobs is not False:
        extras |= {"logprobs": True, "top_logprobs": settings.top_logprobs}
    return extras


def _first(chunk: dict[str, Any]) -> dict[str, float]:
    """Return the alternatives to the first token of a piece; nothing where there are none."""
    try:
        token = _choice(chunk)["logprobs"]["content"][0]
        listed = [*(token.get("top_logprobs") or []), token]
        return {str(item["token"]): float(item["logprob"]) for item in reversed(listed)}
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return {}


def _wait(*, attempt: int, error: EngineError) -> float:
    """Return how long to pause: what the server asks for, else a doubling time with jitter; bounded."""
    asked = error.retry_after if isinstance(error, EngineOverloaded) else ""
    if asked.isdecimal():
        return min(float(asked), LONGEST_WAIT_SECONDS)
    return random.uniform(0.5, 1.0) * min(0.5 * 2.0**attempt, LONGEST_WAIT_SECONDS)  # noqa: S311  (no secret)


def _without(text: str, *, key: str) -> str:
    """Return what a server said without the key, which some servers repeat in their refusals."""
    return text.replace(key, "[the key]") if key else text


def _parse(data: str, *, key: str) -> dict[str, Any]:
    try:
        chunk = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise EngineBroken("The model's server sent something that is not JSON.") from error
    if not isinstance(chunk, dict):
        raise EngineBroken("The model's server sent something that is not a message.")
    if "error" in chunk:
        said = _without(str(chunk["error"]), key=key)[:200]
        raise EngineBroken(f"The model's server failed in the middle: {said}")
    return chunk


def _choice(chunk: dict[str, Any]) -> dict[str, Any]:
    choices = chunk.get("choices")
    if not choices:
        return {}
    if not isinstance(choices, list) or not isinstance(choices[0], dict):
        raise EngineBroken("The model's server sent a piece without an answer in it.")
    return choices[0]


def _finished(chunk: dict[str, Any]) -> bool:
    return bool(_choice(chunk).get("finish_reason"))


def _piece(chunk: dict[str, Any]) -> str:
    delta = _choice(chunk).get("delta") or {}
    content = delta.get("content") if isinstance(delta, dict) else delta
    if content is None:
        return ""
    if not isinstance(content, str):
        raise EngineBroken("The model's server sent a piece that is no text.")
    return content


def _number(raw: Any) -> int:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else 0
