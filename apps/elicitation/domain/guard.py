"""What a model's reply must not be: its own instructions, noise, endless, or in another language."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from apps.elicitation.domain import chat

REPEATED_WORDS = 8
MOST_WORDS = 120
MOST_LETTERS = 1200
FEW_WORDS = 8
MOST_OF_ONE_WORD = 0.35
LEAST_LETTERS = 0.6
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_NOISE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f]")
_SCRIPTS = {
    "en": re.compile(r"[A-Za-z]"),
    "es": re.compile(r"[A-Za-záéíóúñüÁÉÍÓÚÑÜ]"),
    "ar": re.compile(r"[\u0621-\u064a]"),
}
_SMALL_WORDS = {
    "en": frozenset(
        "a about and are as at be been but by can could did do does else for from had has have how "
        "i if in is it "
        "me more my not of on or so tell that the then there they this to was were what when where "
        "which who why "
        "will with would you your".split()
    ),
    "es": frozenset(
        "a al algo como con cómo cuando cuándo de del dijo el ella en entonces era es esa ese eso "
        "esta este esto "
        "fue ha hay la las le lo los más me mi mí no o para pero por qué que quién se si sí su sus "
        "te tu tú un una "
        "usted y ya".split()
    ),
    "ar": frozenset(
        "في من على ما ماذا كيف هل أن إن إلى عن الذي التي هذا هذه كان كانت كنت لك أنت ذلك تلك مع لم "
        "لا هو هي متى أين "
        "لماذا عند عندما ثم أو و شيء آخر قد كل بعد قبل حين أي".split()
    ),
}
_LEAST_SMALL_WORDS = {"en": 0.2, "es": 0.2, "ar": 0.05}


class ReplyRefused(Exception):
    """A reply that no person should read; the message says why."""


def watch(*, text: str) -> None:
    """Raise ReplyRefused once a reply that is being written cannot become one."""
    if _NOISE.search(text):
        raise ReplyRefused("The reply holds characters that are no text.")
    if len(text) > MOST_LETTERS or len(text.split()) > MOST_WORDS:
        raise ReplyRefused("The reply is too long for a question.")
    if leaks(text=text):
        raise ReplyRefused("The reply repeats the instructions.")


def check(*, text: str, language: str = "en") -> None:
    """Raise ReplyRefused for a finished reply that is babble or in another language."""
    watch(text=text)
    words = [word.casefold() for word in _WORD.findall(text)]
    letters = sum(letter.isalpha() for letter in text)
    if letters < LEAST_LETTERS * len("".join(text.split())):
        raise ReplyRefused("The reply is hardly text.")
    if 2 * len(_SCRIPTS[language].findall(text)) < letters:
        raise ReplyRefused("The reply is in another script.")
    if len(words) < FEW_WORDS:
        return
    _, most = Counter(words).most_common(1)[0]
    if most > max(2, MOST_OF_ONE_WORD * len(words)):
        raise ReplyRefused("The reply says the same over and over.")
    if sum(word in _SMALL_WORDS[language] for word in words) < _LEAST_SMALL_WORDS[language] * len(words):
        raise ReplyRefused("The reply makes no sentence in the language of the interview.")


def leaks(*, text: str) -> bool:
    """Whether a text repeats eight or more words of the instructions in a row; the question may be "
    "repeated."""
    return not _told().isdisjoint(_runs(text))


@cache
def _told() -> frozenset[tuple[str, ...]]:
    return frozenset(run for part in chat.constant_texts() for run in _runs(part))


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return (tuple(words[start : start + REPEATED_WORDS]) for start in range(len(words) - REPEATED_WORDS + 1))
