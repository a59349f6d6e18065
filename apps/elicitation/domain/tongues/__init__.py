"""The languages of the guided interviewer, and which of them a text is in."""

import re

from apps.elicitation.domain.tongues.arabic import ARABIC
from apps.elicitation.domain.tongues.base import Find, Line, Tongue
from apps.elicitation.domain.tongues.english import ENGLISH
from apps.elicitation.domain.tongues.spanish import SPANISH

__all__ = ["TONGUES", "Find", "Line", "Tongue", "hear", "tongue_of"]

TONGUES: dict[str, Tongue] = {tongue.code: tongue for tongue in (ENGLISH, SPANISH, ARABIC)}
CLEARLY = 2
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_SPANISH = re.compile(r"[ñ¿¡áéíóú]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def tongue_of(language: str) -> Tongue:
    """Return the language that an interview is in; English where there is no such one."""
    return TONGUES.get(language, ENGLISH)


def hear(*, text: str, default: Tongue) -> Tongue:
    """Return the language that a text is written in; the default where its words do not tell.

    Letters tell Arabic; between the others small words decide, and the default is left only where they
    clearly speak for the other one.
    """
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic > latin:
        return ARABIC
    if not latin:
        return default
    listed = [word.replace("’", "'").casefold() for word in _WORD.findall(text)]
    spanish = sum(word in SPANISH.words.SMALL for word in listed) + len(_SPANISH.findall(text))
    english = sum(word in ENGLISH.words.SMALL for word in listed)
    if default is ARABIC:
        return SPANISH if spanish > english else ENGLISH
    mine, other = (spanish, english) if default is SPANISH else (english, spanish)
    if other - mine >= CLEARLY or (other and not mine):
        return ENGLISH if default is SPANISH else SPANISH
    return default
