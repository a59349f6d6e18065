"""Asking for whole answers: one, many at a time, or one that must be JSON."""

import dataclasses
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

import jsonschema

from apps.models.engine.base import (
    Answer,
    Answered,
    AnswerUnreadable,
    ChatModel,
    ChatSettings,
    EngineBroken,
    EngineError,
    Message,
    Question,
)

CHARACTERS_A_TOKEN = 40
"""No tokenizer writes more characters a token than this over a whole answer; what does, does not end."""
ATTEMPTS = 3
_FENCED = re.compile(r"```(?:json)?\s*(.*?)\s*```", re.DOTALL)


def ask(*, model: ChatModel, messages: Sequence[Message], settings: ChatSettings) -> Answer:
    """Return a whole answer. Raises EngineError."""
    began, text = time.monotonic(), ""
    for piece in model.stream(messages, settings):
        text += piece
        if len(text) > CHARACTERS_A_TOKEN * (settings.max_tokens + 10):
            raise EngineBroken("The model's answer does not end where it was told to.")
    seconds = round(time.monotonic() - began, 3)
    return Answer(text=text, first=dict(model.first), usage=model.usage, seconds=seconds)


@dataclasses.dataclass(frozen=True)
class Together:
    """Answers many questions, a few at a time, each by a model of its own from ``make``."""

    make: Callable[[], ChatModel]
    at_once: int = 4

    def answers(self, questions: Iterator[Question], settings: ChatSettings) -> Iterator[Answered]:
        """Yield what became of each question as it is known; at most ``at_once`` are on their way."""
        with ThreadPoolExecutor(self.at_once, thread_name_prefix="a model's answers") as pool:
            waiting: set[Future[Answered]] = set()
            try:
                for question in questions:
                    waiting.add(pool.submit(self._answer, question, settings))
                    if len(waiting) >= self.at_once:
                        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                        yield from (future.result() for future in done)
                while waiting:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            finally:
                for future in waiting:
                    future.cancel()

    def _answer(self, question: Question, settings: ChatSettings) -> Answered:
        try:
            return Answered(
                question.key, ask(model=self.make(), messages=question.messages, settings=settings)
            )
        except EngineError as error:
            return Answered(question.key, None, error)


@dataclasses.dataclass(frozen=True)
class Parsed:
    """An answer that keeps to a schema, and all answers that were needed for it, as they came."""

    value: Any
    answers: tuple[Answer, ...]


def ask_json(
    *,
    model: ChatModel,
    messages: Sequence[Message],
    settings: ChatSettings,
    schema: Mapping[str, Any],
    attempts: int = ATTEMPTS,
) -> Parsed:
    """Return an answer that keeps to the schema.

    The server is asked to see to that where it can. One that was asked and did not is remembered as not
    offering it. What came is repaired where that needs no guess, else the model is told what is wrong and
    asked again. Raises EngineError, and AnswerUnreadable after the last attempt.
    """
    asked, settings = list(messages), dataclasses.replace(settings, schema=schema)
    came: list[Answer] = []
    fault = ""
    for _ in range(attempts):
        relied = model.offers.schema is not False
        answer = ask(model=model, messages=asked, settings=settings)
        came.append(answer)
        try:
            value = read_json(text=answer.text, schema=schema)
        except Unreadable as error:
            fault = str(error)
        else:
            _note(model, relied=relied, kept=_is_bare(answer.text))
            return Parsed(value, tuple(came))
        _note(model, relied=relied, kept=False)
        asked = [*messages, Message("assistant", answer.text[:4000]), Message("user", _again(fault, schema))]
    raise AnswerUnreadable(fault, answers=[answer.text for answer in came])


class Unreadable(ValueError):
    """The text is no JSON, or not the JSON that was asked for."""


def read_json(*, text: str, schema: Mapping[str, Any]) -> Any:
    """Return the JSON in a text: all of it, else what stands between fences, else the last object in it.

    The last, because a model that thinks aloud restates the choices before it answers.
    """
    for candidate in _candidates(text):
        try:
            value = json.loads(candidate)
            break
        except (json.JSONDecodeError, RecursionError):
            continue
    else:
        raise Unreadable("The answer is no JSON.")
    try:
        jsonschema.validate(value, dict(schema))
    except jsonschema.ValidationError as error:
        raise Unreadable(f"The answer is not as asked for: {error.message[:150]}") from error
    return value


def _candidates(text: str) -> Iterator[str]:
    yield text
    yield from reversed(_FENCED.findall(text))
    end = text.rfind("}")
    start = text.rfind("{", 0, end + 1)
    while 0 <= start < end:
        yield text[start : end + 1]
        start = text.rfind("{", 0, start)


def _is_bare(text: str) -> bool:
    return text.lstrip().startswith(("{", "["))


def _note(model: ChatModel, *, relied: bool, kept: bool) -> None:
    if relied:
        model.offers.schema = kept


def _again(fault: str, schema: Mapping[str, Any]) -> str:
    return f"{fault} Answer again with JSON alone that keeps to this schema: {json.dumps(schema)}"
