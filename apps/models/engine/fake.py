"""A chat model that says what it was told to say: for tests, and to try a screen without weights."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence

from apps.models.engine.base import (
    ChatSettings,
    ContextTooLong,
    EngineError,
    Message,
    Offers,
    Usage,
    estimated_tokens,
)


@dataclasses.dataclass(frozen=True)
class Said:
    """A line of a script with the log-probabilities of its first token."""

    text: str
    first: Mapping[str, float]


Line = str | Said | EngineError
Script = Sequence[Line] | Callable[[Sequence[Message]], Line]


class FakeChatModel:
    """Answers with the next line of its script, or with what a function makes of the messages.

    It ``reads`` so many tokens and refuses more; any length where that is 0.
    """

    def __init__(self, script: Script, *, reads: int = 0) -> None:
        self.usage: Usage | None = None
        self.first: Mapping[str, float] = {}
        self.offers = Offers(schema=False)
        self.asked: list[tuple[Message, ...]] = []
        self._script, self._reads = script, reads

    def stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        """Yield the answer word by word."""
        if self._reads and estimated_tokens(messages) + settings.max_tokens > self._reads:
            raise ContextTooLong(limit=self._reads)
        self.asked.append(tuple(messages))
        answer = self._next(messages)
        if isinstance(answer, EngineError):
            raise answer
        said = answer if isinstance(answer, Said) else Said(answer, {})
        self.first = said.first if settings.top_logprobs else {}
        pieces = said.text.split(" ")[: settings.max_tokens]
        for position, piece in enumerate(pieces):
            yield piece if position == 0 else f" {piece}"
        read = sum(len(message.content.split()) for message in messages)
        self.usage = Usage(prompt_tokens=read, completion_tokens=len(pieces))

    def _next(self, messages: Sequence[Message]) -> Line:
        if callable(self._script):
            return self._script(messages)
        turn = len(self.asked) - 1
        if turn >= len(self._script):
            raise EngineError("The script has no further line.")
        return self._script[turn]
