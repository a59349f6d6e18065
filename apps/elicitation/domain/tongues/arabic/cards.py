"""How lines become a card in Arabic: one certain person becomes any, the sentence above, the reason."""

import dataclasses
from collections.abc import Sequence

from apps.elicitation.domain.tongues.arabic import policies, words
from apps.elicitation.domain.tongues.base import Line

LONGEST_REASON = 18
UNTITLED = "قيمة لي"
_BECAUSE = words.compiled(r"(?<!\w)(?P<reason>(?:لأن(?:ه|ها|هم|ني|نا|و|ي)?|عشان|علشان|مشان|كي|لكي)\s+.+)")
_RULES = (
    r"(?<!لم )يجب|ينبغي|لا بد|لازم|المفروض|من المفترض|واجبي|الصواب|متوقع مني|يتوقع\w* مني|عيب"
    r"|(?:ابن|ابنة|أم|أب|إنسان|شخص) (?:صالح|صالحة|جيد|جيدة)"
)
_RULE = words.compiled(rf"(?<!\w)[وف]?(?:{_RULES})(?!\w)")
_NORM = words.compiled(rf"(?<!\w)[وف]?(?:{_RULES}|كلام الناس)(?!\w)")
"""What people say is no line, but may be the reason for one: who lives by it forgets what they want."""
_TO_SOMEBODY_ELSE = words.compiled(
    r"\s+(?:كلما|حين|عندما|لما)\s+\S+\s+(?:إليها|إليه|لها|له|عليها|عليه|معها|معه)$"
)
_ACCUSATIVE = words.compiled(r"(?:^|\s)(?:[وف]?ب?(?:أن|لأن|كأن)|(?![يتن])\w{2,}ت(?: فيها)?)$")


def states_rule(sentence: str) -> bool:
    """Whether a sentence says what one should do rather than what was attended to."""
    return bool(_NORM.search(words.unmarked(sentence)))


def find_reason(sentence: str) -> str:
    """Return the reason that a sentence gives, in its words, or nothing."""
    text = words.unmarked(sentence)
    match = _BECAUSE.search(text)
    if not match or _RULE.search(text) or text.rstrip().endswith(("?", "؟")):
        return ""
    reason = match["reason"].strip(" .،,؛!…")
    whole = len(words.content_words(reason)) >= 2 and len(reason.split()) <= LONGEST_REASON
    return reason if whole else ""


def summary(*, lines: Sequence[Line], reason: str) -> str:
    """Return one sentence in the first person, from the lines and the reason that was given."""
    shown = " وإلى ".join(line.text for line in lines)
    return f"أنتبه إلى {shown}{'، ' + reason if reason else ''}."


def whole_answer(sentence: str) -> Line:
    """Return a line that holds a sentence as it stands."""
    return Line("لحظات", f"مثل هذه: {policies.trim(sentence)}", "", 0.0)


def title_of(listed: Sequence[str]) -> str:
    """Return a title from the words said most often."""
    return " و".join(listed)


def name_people(line: Line, *, sentence: str, before: Sequence[str]) -> Line:
    """Return the line for any such person: "أختي" becomes "أخت", as strangers read it."""
    del sentence, before  # Arabic verbs carry their pronouns; who is meant stands in the line itself.
    qualifier = _generalise(line.qualifier)
    if qualifier != line.qualifier:  # Whoever else was meant by "her" stands in no line.
        qualifier = _TO_SOMEBODY_ELSE.sub("", qualifier)
    return dataclasses.replace(line, qualifier=qualifier, title=_generalise(line.title))


def _generalise(text: str) -> str:
    listed = text.split()
    shown: list[str] = []
    for at, token in enumerate(listed):
        person = words.PEOPLE.get(words.plain(token))
        if person:
            ends = _ACCUSATIVE.search(" ".join(shown))
            shown.append(_indefinite(person, accusative=bool(ends)))
        elif at and words.PEOPLE.get(words.plain(listed[at - 1])) and token.startswith("ال"):
            if words.plain(token) not in {"التي", "الذي"}:
                shown.append(token[2:])
        else:
            shown.append(token)
    return " ".join(shown)


def _indefinite(noun: str, *, accusative: bool) -> str:
    return f"{noun}ا" if accusative and not noun.endswith(("ة", "ت")) else noun
