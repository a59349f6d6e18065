"""What every engine is: a chat model that streams its answer, and the errors that it may end in.

Some engines also say how likely a given text is (``Scorer``) and turn texts into points (``Embedder``).

EngineError
├── EngineTimeout      no answer in time
├── EngineRefused      the server says that the request is wrong (a key, a model's name, a limit)
│   └── RequestUnfit   this one request does not fit, others may
│       └── ContextTooLong   it is longer than the model reads, which says how much that is
├── EngineOverloaded   the server is too busy, after retries
├── EngineBroken       the answer was cut off or is not what the protocol says
└── AnswerUnreadable   the answer is whole, and still not in the form that was asked for
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Role = Literal["system", "user", "assistant"]


class EngineError(Exception):
    """A model did not answer as it should."""


class EngineTimeout(EngineError):
    """No answer came in time."""


class EngineRefused(EngineError):
    """The server refuses the request; asking again would not help."""


class RequestUnfit(EngineRefused):
    """The server does not take this request as it is (too long, a field that it does not know)."""


class ContextTooLong(RequestUnfit):
    """The request is longer than the model reads: ``limit`` tokens, 0 where nobody says."""

    def __init__(self, *, limit: int = 0, said: str = "") -> None:
        reads = (
            f"reads {limit:,} tokens at once" if limit else "does not say how many tokens it reads at once"
        )
        tail = f" {said}" if said else ""
        super().__init__(f"The request is too long for the model, which {reads}.{tail}")
        self.limit = limit


class EngineOverloaded(EngineError):
    """The server is too busy, and stayed so for as long as we asked."""

    retry_after = ""
    """How many seconds the server asks us to wait, where it says."""


class EngineBroken(EngineError):
    """The answer was cut off in the middle or makes no sense."""


class AnswerUnreadable(EngineError):
    """The model answered, as often as it was asked, and never in the form that was asked for."""

    def __init__(self, message: str, *, answers: Sequence[str]) -> None:
        super().__init__(message)
        self.answers = tuple(answers)


@dataclass(frozen=True)
class Message:
    """One message of a chat."""

    role: Role
    content: str


def estimated_tokens(messages: Sequence[Message]) -> int:
    """Return about how many tokens a chat has, rather too many than too few: one for three bytes."""
    return sum(len(message.content.encode()) // 3 + 8 for message in messages)


def with_words(messages: Sequence[Message], words: str) -> list[Message]:
    """Return a chat with somebody's own words at the end of what the model is told before it begins."""
    if not words.strip():
        return list(messages)
    if messages and messages[0].role == "system":
        return [Message("system", f"{messages[0].content}\n\n{words.strip()}"), *messages[1:]]
    return [Message("system", words.strip()), *messages]


def without_system(messages: Sequence[Message]) -> list[Message]:
    """Return a chat whose instructions begin its first message, for models that know no other place."""
    if len(messages) < 2 or messages[0].role != "system":
        return list(messages)
    first = messages[1]
    return [Message(first.role, f"{messages[0].content}\n\n{first.content}"), *messages[2:]]


@dataclass(frozen=True, kw_only=True)
class ChatSettings:
    """How to sample: temperature 0 is greedy; the same seed asks for the same answer.

    ``schema`` is the JSON schema that the answer should keep to, where a server can make it do so.
    ``top_logprobs`` asks for so many alternatives to the answer's first token, with their log-probabilities.
    """

    model: str
    temperature: float = 0.0
    max_tokens: int = 512
    seed: int | None = None
    schema: Mapping[str, Any] | None = None
    top_logprobs: int = 0


@dataclass
class Offers:
    """What a server turned out to offer: None until it is known.

    ``refuses_long``: whether it refuses what is longer than it reads; one that does not may end of it.
    ``system``: whether its model's chats may begin with instructions; else they begin the first message.
    """

    schema: bool | None = None
    logprobs: bool | None = None
    refuses_long: bool | None = None
    system: bool | None = None


@dataclass(frozen=True)
class Usage:
    """How many tokens an answer took, as the server counts them."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A whole answer: ``first`` holds the alternatives to its first token with their log-probabilities,
    nothing where the engine does not give them.
    """

    text: str
    first: Mapping[str, float] = field(default_factory=dict)
    usage: Usage | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Question:
    """One request among many, with the name under which its answer comes back."""

    key: Any
    messages: Sequence[Message]


@dataclass(frozen=True)
class Answered:
    """What became of one question: an answer, or the error that it ended in."""

    key: Any
    answer: Answer | None
    error: EngineError | None = None


@dataclass(frozen=True)
class Likelihood:
    """The log-probability of a text, summed over its tokens; none, with the reason, where it does not fit."""

    logprob: float | None
    tokens: int = 0
    skipped_reason: str = ""


class ChatModel(Protocol):
    """A model that chats."""

    usage: Usage | None
    first: Mapping[str, float]
    offers: Offers

    def stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        """Yield the answer piece by piece as it is written.

        The pieces joined are the answer. ``usage`` and ``first`` are set when the answer has ended, where
        the engine knows them. Raises an EngineError; what was yielded before it is not the whole answer.
        """
        ...


class Answerer(Protocol):
    """Something that answers many questions, as many at a time as it can."""

    def answers(self, questions: Iterator[Question], settings: ChatSettings) -> Iterator[Answered]:
        """Yield what became of each question, in any order; questions are taken as they are needed."""
        ...


class Scorer(Protocol):
    """Something that says how likely a model is to write a given text."""

    def likelihoods(self, asked: Sequence[tuple[Sequence[Message], str]]) -> list[Likelihood]:
        """Return log p(completion | chat) for each chat and completion, the end of the turn included."""
        ...


class Embedder(Protocol):
    """Something that turns texts into points."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector of length 1 for each text."""
        ...
