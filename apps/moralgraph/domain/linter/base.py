"""What the linter says, and what a language must know for its patterns."""

import enum
import re
from collections.abc import Callable
from dataclasses import dataclass

from apps.moralgraph.domain.cards import translatable


class Severity(enum.StrEnum):
    """How sure the rule is: a fault breaks the rule, a hint may be fine as it is."""

    FAULT = "fault"
    HINT = "hint"


@dataclass(frozen=True)
class Finding:
    """A hint on a card: which of the thirteen rules, where, and what to do.

    Never a reason to refuse a card. ``message`` is in English; whoever shows it translates it.
    """

    rule: int
    where: str
    message: str
    severity: Severity = Severity.FAULT


CAPITALS = translatable("Start with the kind of thing you attend to, in CAPITALS.")
PLURAL = translatable("Use a plural, such as MOMENTS or WORDS: there are many of them.")
STANDS_FIRST = translatable("Start with the kind of thing you attend to, in the plural or with its article.")
QUALIFIER = translatable("Go on with which of those you attend to.")
MESSAGES = {
    2: translatable("Name something that a stranger could notice."),
    3: translatable("Say it so that a reader sees why this is worth attending to."),
    4: translatable("This line and the others do not seem to belong to one value."),
    5: translatable("Say what you notice yourself, rather than how others see you."),
    6: translatable(
        "Use a general word such as PEOPLE or STRANGERS, so that the line fits other situations."
    ),
    7: translatable("Use a plainer word, so that a stranger could notice the same thing."),
    8: translatable("Say what to attend to, rather than what to avoid."),
    9: translatable("Leave it open: this reads like one outcome or a list to tick off."),
    10: translatable("Say what you attend to, rather than what others expect."),
    11: translatable("Some lines are much finer than others. Bring them to the same level of detail."),
    12: translatable("A title of two to five words that fits no other value is easiest to recognise."),
    13: translatable(
        "Write “somebody” rather than one certain person, so that the line fits other situations."
    ),
}
HINTS = frozenset({3, 4, 6, 7, 9, 11, 12})


def finding(*, rule: int, where: str, message: str = "") -> Finding:
    """Return what a rule says at a place."""
    severity = Severity.HINT if rule in HINTS else Severity.FAULT
    return Finding(rule, where, message or MESSAGES[rule], severity)


@dataclass(frozen=True, kw_only=True)
class Language:
    """The patterns of one language.

    ``opening`` returns what is wrong with how a line begins (rule 1), or nothing; ``is_abstract`` answers
    rule 2; ``patterns`` holds, by rule, what a line should not contain; ``vague_title`` is for rule 12.
    """

    code: str
    opening: Callable[[str], str]
    is_abstract: Callable[[str], bool]
    patterns: tuple[tuple[int, re.Pattern[str]], ...]
    vague_title: re.Pattern[str]
    names: Callable[[str], bool] = lambda text: False
    plain: Callable[[str], str] = lambda text: text


def words_of(text: str) -> list[str]:
    """Return the words of a text, marks left out."""
    return re.findall(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", text)


def head_of(attended: str, *, stops: frozenset[str], skips: frozenset[str] = frozenset()) -> list[str]:
    """Return the words of a noun phrase up to the first preposition or relative word, articles left out."""
    head: list[str] = []
    for word in words_of(attended):
        if word.upper() in stops:
            break
        if word.upper() not in skips:
            head.append(word.upper())
    return head


def has_name(text: str, *, known: frozenset[str]) -> bool:
    """Whether a capitalised word stands inside a sentence that is not one of the known ones."""
    found: list[str] = re.findall(r"(?<=[a-záéíóúñü,] )[A-ZÁÉÍÓÚÑ][a-záéíóúñü]{2,}", text)
    return any(word.casefold() not in known for word in found)
