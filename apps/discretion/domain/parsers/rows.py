"""What every parser yields, and the errors that it may name."""

import dataclasses
import hashlib
from collections.abc import Mapping
from typing import Any

from apps.models.domain.splits import plain

SHORT = 200


@dataclasses.dataclass(frozen=True)
class ParsedVerdict:
    """One annotator's verdict; ``principle`` is the statement of the principle it is about, or "" for
    overall. ``confidence`` is the probability of the answer, where it is known, and ``swapped`` the answer
    to the same pair in the other order, where it was asked; ``algorithm`` that the file calls the annotator
    something else than a person.
    """

    annotator: str
    answer: str
    principle: str = ""
    reason: str = ""
    confidence: float | None = None
    swapped: str = ""
    algorithm: bool = False


@dataclasses.dataclass(frozen=True)
class ParsedComparison:
    """A prompt and its two responses; comparisons with one ``split_key`` never part in a split."""

    prompt: str
    response_a: str
    response_b: str
    split_key: str
    metadata: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Return a name for the three texts."""
        return digest(self.prompt, self.response_a, self.response_b)


@dataclasses.dataclass(frozen=True)
class Row:
    """A row that was understood. Without a ``comparison`` its verdicts belong to one already there."""

    number: int
    external_id: str
    comparison: ParsedComparison | None
    verdicts: tuple[ParsedVerdict, ...] = ()

    def __post_init__(self) -> None:
        """Raise BadRow for characters that cannot be kept."""
        check_characters(self.external_id, *(verdict.reason for verdict in self.verdicts))


@dataclasses.dataclass(frozen=True)
class RowError:
    """A row that was not understood: its number, counted from one, and why."""

    number: int
    reason: str


class UnreadableFile(Exception):
    """The file as a whole is not what it is said to be; the message says so to the person who sent it."""


class BadRow(Exception):
    """One row is not as expected."""


def check_characters(*texts: str) -> None:
    """Raise BadRow for what JSON can write and no database can hold."""
    for text in texts:
        if "\0" in text:
            raise BadRow("A text holds a NUL character (\\u0000). Take it out.")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise BadRow(
                "A text holds half a character (a lone surrogate such as \\ud83d). Write it whole."
            ) from error


def digest(*parts: str) -> str:
    """Return a short, stable name for some text. Raises BadRow for characters that cannot be kept."""
    check_characters(*parts)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def text_of(record: dict[str, Any], key: str, *, may_be_empty: bool = False) -> str:
    """Return a text field. Raises BadRow where it is missing, not a text, or empty."""
    value = record.get(key)
    if not isinstance(value, str):
        raise BadRow(f"“{key}” is missing or is not text.")
    if not value.strip() and not may_be_empty:
        raise BadRow(f"“{key}” is empty.")
    return value


def comparison(
    *,
    prompt: str,
    response_a: str,
    response_b: str,
    split_by: str = "",
    metadata: Mapping[str, Any] | None = None,
) -> ParsedComparison:
    """Return a comparison, grouped with others by how ``split_by`` reads (the prompt where it is empty).

    Raises BadRow.
    """
    more = metadata or {}
    check_characters(
        prompt, response_a, response_b, *(value for value in more.values() if isinstance(value, str))
    )
    if not response_a.strip() and not response_b.strip():
        raise BadRow("Both responses are empty.")
    return ParsedComparison(
        prompt=prompt,
        response_a=response_a,
        response_b=response_b,
        split_key=digest(plain(split_by) or plain(prompt) or f"{response_a}\x1f{response_b}"),
        metadata=dict(more),
    )
