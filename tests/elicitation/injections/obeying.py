"""An engine that does everything that it is told, with everything that it was given."""

import enum
from collections.abc import Iterator, Sequence

from apps.models.engine.base import ChatSettings, Message, Usage


class Manner(enum.Enum):
    """What it answers with."""

    ALL = "all that it was given, instructions included"
    RULES = "the beginning of its instructions"
    WORDS = "what the person wrote, as it came"
    WANTED = "what the person asked for, to the letter"


class ObeyingModel:
    """Answers in one manner, whatever the instructions are, and remembers all that it was given."""

    def __init__(self, *, manner: Manner, wanted: str) -> None:
        self.usage: Usage | None = None
        self.received: list[Message] = []
        self._manner, self._wanted = manner, wanted

    def stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        """Yield the answer in pieces of three characters, so that every mark is cut somewhere."""
        self.received.extend(messages)
        answer = self._answer(messages)
        for start in range(0, len(answer), 3):
            yield answer[start : start + 3]
        self.usage = Usage(prompt_tokens=1, completion_tokens=1)

    def _answer(self, messages: Sequence[Message]) -> str:
        if self._manner == Manner.ALL:
            return "\n".join(f"{message.role}: {message.content}" for message in messages)
        if self._manner == Manner.RULES:
            return messages[0].content[:400]
        if self._manner == Manner.WORDS:
            said = [message.content for message in messages if message.role == "user"]
            return said[-1].replace("<answer>", "").replace("</answer>", "").strip()
        return self._wanted or "As you wish. What did you notice then?"
