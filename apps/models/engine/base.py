"""What every engine is: a chat model that streams its answer, and the errors that it may end in.

EngineError
├── EngineTimeout      no answer in time
├── EngineRefused      the server says that the request is wrong (a key, a model's name, a limit)
├── EngineOverloaded   the server is too busy, after retries
└── EngineBroken       the answer was cut off or is not what the protocol says
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]


class EngineError(Exception):
    """A model did not answer as it should."""


class EngineTimeout(EngineError):
    """No answer came in time."""


class EngineRefused(EngineError):
    """The server refuses the request; asking again would not help."""


class EngineOverloaded(EngineError):
    """The server is too busy, and stayed so for as long as we asked."""

    retry_after = ""
    """How many seconds the server asks us to wait, where it says."""


class EngineBroken(EngineError):
    """The answer was cut off in the middle or makes no sense."""


@dataclass(frozen=True)
class Message:
    """One message of a chat."""

    role: Role
    content: str


@dataclass(frozen=True, kw_only=True)
class ChatSettings:
    """How to sample: temperature 0 is greedy; the same seed asks for the same answer."""

    model: str
    temperature: float = 0.0
    max_tokens: int = 512
    seed: int | None = None


@dataclass(frozen=True)
class Usage:
    """How many tokens an answer took, as the server counts them."""

    prompt_tokens: int
    completion_tokens: int


class ChatModel(Protocol):
    """A model that chats."""

    usage: Usage | None

    def stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        """Yield the answer piece by piece as it is written.

        The pieces joined are the answer. ``usage`` is set when the answer has ended, where the engine knows
        it. Raises an EngineError; what was yielded before it is not the whole answer.
        """
        ...
