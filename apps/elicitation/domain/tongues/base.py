"""What the guided interviewer must know of a language; each package beside this one knows one.

The parts are modules: a language is complete when its modules have what is named here, which the type
checker sees. ``Line`` and ``Find`` are what reading a sentence gives in any of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from apps.elicitation.domain.moves import Move


@dataclass(frozen=True)
class Line:
    """One policy in the making: what is attended to, which of those, and how it would read as a title."""

    attended: str
    qualifier: str
    title: str
    strength: float

    @property
    def text(self) -> str:
        """The policy as it is read."""
        return f"{self.attended} {self.qualifier}".strip()


@dataclass(frozen=True)
class Find:
    """A policy, the sentence it came from, and how sure the reading is."""

    line: Line
    sentence: str
    strength: float


Way = Callable[[str], Iterator[tuple[Line, float]]]
"""A way to read a sentence: the lines that it finds, and by how much they are surer than others."""


def read_by(
    ways: Sequence[Way], *, text: str, sentence: str, otherwise: Callable[[str], Line | None]
) -> Iterator[Find]:
    """Yield what the first way finds that finds anything in a text, else the weakest reading, if any."""
    for way in ways:
        if lines := list(way(text)):
            yield from (Find(line, sentence, line.strength + strength) for line, strength in lines)
            return
    if line := otherwise(text):
        yield Find(line, sentence, line.strength)


class Words(Protocol):
    """Words, sentences and endings.

    ``FRAMES`` are the words that a draft adds of its own, such as MOMENTS; ``SMALL`` are small words that
    give the language away.
    """

    FRAMES: frozenset[str]
    SMALL: frozenset[str]

    def words(self, text: str) -> list[str]:
        """Return the words of a text as they are compared."""
        ...

    def content_words(self, text: str) -> list[str]:
        """Return the words that carry meaning."""
        ...

    def sentences(self, text: str) -> list[str]:
        """Return a text's sentences, each word for word as it stands there."""
        ...

    def stem(self, word: str) -> str:
        """Return what forms of one word have in common."""
        ...


class Cues(Protocol):
    """What kind of answer somebody gave."""

    def is_stuck(self, text: str) -> bool:
        """Whether the person says that nothing comes to mind."""
        ...

    def is_short(self, text: str, *, story: bool) -> bool:
        """Whether the answer is too short to go on from."""
        ...

    def is_general(self, text: str) -> bool:
        """Whether a story tells how things are in general and not of one time."""
        ...

    def find_slogan(self, text: str) -> str:
        """Return the big word that the answer rests on, or nothing."""
        ...

    def find_norm(self, text: str) -> str:
        """Return the words in which the answer states a rule, or nothing."""
        ...

    def speaks_of_others(self, text: str) -> bool:
        """Whether the answer is about what others expect or think."""
        ...

    def find_feeling(self, text: str) -> str:
        """Return the feeling that the person says they had, or nothing."""
        ...


class Reading(Protocol):
    """Where in a sentence people say what they attended to."""

    def read_sentence(self, sentence: str, *, direct: bool) -> Iterator[Find]:
        """Yield what a sentence says about attention; ``direct`` where it answers a question about that."""
        ...


class Cards(Protocol):
    """How lines become a card."""

    UNTITLED: str

    def states_rule(self, sentence: str) -> bool:
        """Whether a sentence says what one should do rather than what was attended to."""
        ...

    def find_reason(self, sentence: str) -> str:
        """Return the reason that a sentence gives, in its words, or nothing."""
        ...

    def name_people(self, line: Line, *, sentence: str, before: Sequence[str]) -> Line:
        """Return a line whose people a reader can tell, from what was said before it."""
        ...

    def summary(self, *, lines: Sequence[Line], reason: str) -> str:
        """Return one sentence in the first person."""
        ...

    def whole_answer(self, sentence: str) -> Line:
        """Return a line that holds a sentence as it stands, where nothing could be read."""
        ...

    def title_of(self, words: Sequence[str]) -> str:
        """Return a title from the words said most often."""
        ...


class Wording(Protocol):
    """Every sentence that the guided interviewer can say; a change is a new ``guided.VERSION``."""

    OPENING: str
    OPENING_AI: str
    CLOSING: str
    CLOSING_LITTLE: str
    ENOUGH: str
    ENOUGH_LITTLE: str
    MISSING: str
    MODEL_CARD: str
    TAKES_OVER: str
    CARD_REDRAFTED: str
    PLANNED: Mapping[Move, str]
    CONCRETE: str
    CONCRETE_QUOTE: str
    DEEPER: str
    DEEPER_QUOTE: str
    MORE_STORY: str
    MORE: str
    PARTICULAR: str
    STUCK_STORY: str
    STUCK: str
    SLOGAN: str
    SLOGAN_STORY: str
    NORM: str
    OTHERS: str
    FEELING: str


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """One language, whole."""

    code: str
    words: Words
    cues: Cues
    reading: Reading
    cards: Cards
    wording: Wording
