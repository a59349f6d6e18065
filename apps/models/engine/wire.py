"""What goes over the wire to an OpenAI-compatible server, and how what comes back is read."""

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from apps.models.engine.base import (
    ChatSettings,
    ContextTooLong,
    EngineBroken,
    EngineError,
    Message,
    Offers,
    Usage,
)

LONGEST_LINE = 4_000_000
CONTEXT_NAMES = ("max_model_len", "context_length", "context_window", "max_context_length", "n_ctx")
"""How servers name what a model reads at once: vLLM and SGLang, hosted ones, LM Studio, llama.cpp."""
Chunk = dict[str, Any]
_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window)|(?:maximum|max) (?:input|model|prompt|sequence) length"
    r"|prompt is too long|longer than the model|`?inputs?`? tokens",
    re.IGNORECASE,
)
_NO_SYSTEM = re.compile(r"system role|system message|roles must alternate", re.IGNORECASE)
_LIMITS = (
    re.compile(
        r"(?:context|input|model|prompt|sequence) (?:length|size|window) (?:is|of) (?:only )?(\d[\d,]*)"
    ),
    re.compile(r"(?:context|input|model) (?:length|size|window) \((\d[\d,]*)"),
    re.compile(r'"n_ctx":\s*(\d+)'),
    re.compile(r"(?:<=|less than|at most|limit of) (\d[\d,]*)"),
)


def body(messages: Sequence[Message], settings: ChatSettings) -> dict[str, Any]:
    """Return a plain request."""
    made: dict[str, Any] = {
        "model": settings.model,
        "messages": [dataclasses.asdict(message) for message in messages],
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
        "stream": True,
    }
    return made if settings.seed is None else {**made, "seed": settings.seed}


def extras(settings: ChatSettings, offers: Offers) -> dict[str, Any]:
    """Return what is asked for beyond a plain answer, without what the server is known not to offer."""
    made: dict[str, Any] = {}
    if settings.schema is not None and offers.schema is not False:
        described = {"name": "answer", "schema": settings.schema, "strict": True}
        made["response_format"] = {"type": "json_schema", "json_schema": described}
    if settings.top_logprobs and offers.logprobs is not False:
        made |= {"logprobs": True, "top_logprobs": settings.top_logprobs}
    return made


def data_of(pieces: Iterator[bytes]) -> Iterator[str]:
    """Yield the data of each line of a stream of server-sent events.

    Lines end at a line feed alone: other letters that end a line elsewhere (U+2028, U+0085) may stand in a
    text as they are. A letter may come in two packets, so that whole lines are decoded. Raises EngineBroken.
    """
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        if len(rest) > LONGEST_LINE:
            raise EngineBroken("The model's server sent a line that does not end.")
        for line in lines:
            yield from _data(line)
    yield from _data(rest)


def _data(line: bytes) -> Iterator[str]:
    if line.startswith(b"data:"):
        yield line.removeprefix(b"data:").decode("utf-8", errors="replace").strip(" \r\t")


def parse(data: str, *, key: str) -> Chunk:
    """Return one piece of an answer, or a whole one. Raises EngineError."""
    try:
        chunk = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise EngineBroken("The model's server sent something that is not JSON.") from error
    if not isinstance(chunk, dict):
        raise EngineBroken("The model's server sent something that is not a message.")
    if chunk.get("error"):
        said = without(str(chunk["error"]), key=key)[:200]
        raise too_long(said) or EngineBroken(f"The model's server failed in the middle: {said}")
    return chunk


def too_long(said: str) -> EngineError | None:
    """Return the error where a server says that a request is longer than the model reads, else None."""
    if not _TOO_LONG.search(said):
        return None
    found = next((match for pattern in _LIMITS if (match := pattern.search(said))), None)
    return ContextTooLong(limit=int(found[1].replace(",", "")) if found else 0, said=said)


def refuses_system(said: str) -> bool:
    """Say whether a model's chat template refuses instructions before the first message."""
    return bool(_NO_SYSTEM.search(said))


def first_of(chunk: Chunk) -> dict[str, float]:
    """Return the alternatives to the first token of a piece; nothing where there are none."""
    try:
        token = _choice(chunk)["logprobs"]["content"][0]
        listed = [*(token.get("top_logprobs") or []), token]
        return {str(item["token"]): float(item["logprob"]) for item in reversed(listed)}
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return {}


def text_of(chunk: Chunk, *, part: str = "delta") -> str:
    """Return the text of a piece; ``part`` is ``message`` where the answer is whole. Raises EngineBroken."""
    held = _choice(chunk).get(part) or {}
    content = held.get("content") if isinstance(held, dict) else held
    if content is None:
        return ""
    if not isinstance(content, str):
        raise EngineBroken("The model's server sent a piece that is no text.")
    return content


def is_last(chunk: Chunk) -> bool:
    """Say whether the answer ends with this piece. Raises EngineBroken."""
    return bool(_choice(chunk).get("finish_reason"))


def names_revision(chunk: Chunk, *, model: str) -> bool:
    """Say whether a server answers as a model and its revision (name@main), which `transformers serve` alone
    does.
    """
    return str(chunk.get("model") or "").startswith(f"{model}@")


def usage_of(chunk: Chunk) -> Usage | None:
    """Return the tokens that the server counted, where this piece tells them."""
    counted = chunk.get("usage")
    if not isinstance(counted, dict):
        return None
    return Usage(
        prompt_tokens=_number(counted.get("prompt_tokens")),
        completion_tokens=_number(counted.get("completion_tokens")),
    )


def names_of(listing: Any) -> list[str]:
    """Return the names in a server's list of models."""
    return [str(row["id"]) for row in _rows(listing) if row.get("id")]


def _rows(listing: Any) -> list[Chunk]:
    rows = listing.get("data") if isinstance(listing, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def context_of(listing: Any, *, model: str) -> int:
    """Return how many tokens a model reads at once by a server's list of models, 0 where that is not said."""
    row = next((row for row in _rows(listing) if row.get("id") == model), {})
    told = row | (row["meta"] if isinstance(row.get("meta"), dict) else {})
    return next((found for name in CONTEXT_NAMES if (found := _number(told.get(name)))), 0)


def seconds_asked(retry_after: str) -> float | None:
    """Return how long a server asks us to wait, in seconds or until a date; None where it does not say."""
    try:
        return max(float(retry_after), 0.0) if retry_after.strip()[:1].isdigit() else _until(retry_after)
    except (ValueError, TypeError, OverflowError):
        return None


def _until(date: str) -> float | None:
    left = (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds()
    return left if left > 0 else None


def without(text: str, *, key: str) -> str:
    """Return what a server said without the key, which some servers repeat in their refusals."""
    return text.replace(key, "[the key]") if key else text


def _choice(chunk: Mapping[str, Any]) -> Chunk:
    choices = chunk.get("choices")
    if not choices:
        return {}
    if not isinstance(choices, list) or not isinstance(choices[0], dict):
        raise EngineBroken("The model's server sent a piece without an answer in it.")
    return choices[0]


def _number(raw: Any) -> int:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else 0
