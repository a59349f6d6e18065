"""A chat model that says what it was told to say: for tests, and to try a screen without weights."""

from collections.abc import Callable, Iterator, Sequence

from apps.models.engine.base import ChatSettings, EngineError, Message, Usage

Answer = str | EngineError
Script = Sequence[Answer] | Callable[[Sequence[Message]], Answer]


class FakeChatModel:
    """Answers with the next line of its script, or with what a function makes of the messages."""

    def __init__(self, script: Script) -> None:
        self.usage: Usage | None = None
        self.asked: list[tuple[Message, ...]] = []
        self._script = script

    def stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        """Yield the answer word by word."""
        self.asked.append(tuple(messages))
        answer = self._next(messages)
        if isinstance(answer, EngineError):
            raise answer
        pieces = answer.split(" ")[: settings.max_tokens]
        for position, piece in enumerate(pieces):
            yield piece if position == 0 else f" {piece}"
        read = sum(len(message.content.split()) for message in messages)
        self.usage = Usage(prompt_tokens=read, completion_tokens=len(pieces))

    def _next(self, messages: Sequence[Message]) -> Answer:
        if callable(self._script):
            return self._script(messages)
        turn = len(self.asked) - 1
        if turn >= len(self._script):
            raise EngineError("The script has no further line.")
        return self._script[turn]
