"""The policy linter: thirteen rules of what makes a card useful to strangers.

1 a line starts with a capitalised plural noun phrase and goes on with which of those; 2 concrete enough that
a stranger could notice it; 3 a reader sees why it is worth attending to; 4 the lines belong together; 5 the
actor's point of view; 6 general words; 7 no poetry; 8 things to attend to, not to avoid; 9 open-ended; 10 not
what others expect; 11 one level of detail; 12 a short title that fits nothing else; 13 no particular person.

Patterns answer 1, 2, 5 to 13 (``lint``), a language model 3, 4, 5, 9 and 11 (``read_judgement``).
"""

import re

from apps.moralgraph.domain.cards import Policy, ValuesCard
from apps.moralgraph.domain.linter.arabic import ARABIC
from apps.moralgraph.domain.linter.base import QUALIFIER, Finding, Language, Severity, finding, words_of
from apps.moralgraph.domain.linter.english import ENGLISH
from apps.moralgraph.domain.linter.judgement import JUDGED, JudgementUnreadable, read_judgement
from apps.moralgraph.domain.linter.spanish import SPANISH

__all__ = [
    "JUDGED",
    "Finding",
    "JudgementUnreadable",
    "Severity",
    "finding",
    "language_of",
    "lint",
    "read_judgement",
]

LANGUAGES: dict[str, Language] = {language.code: language for language in (ENGLISH, SPANISH, ARABIC)}
TITLE_WORDS = (2, 5)
SPREAD = 3.0
SPREAD_WORDS = 8
_ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
_SPANISH_WORDS = frozenset(
    "de que en con sin por para los las una cuando alguien lo se no su la el y".split()
)
_ENGLISH_WORDS = frozenset(
    "of that in with without by for the a when somebody someone it is not and to".split()
)


def language_of(card: ValuesCard) -> str:
    """Return the language that a card is written in, as far as its letters and small words tell."""
    text = " ".join([card.title, card.summary, *(policy.text for policy in card.policies)])
    words = [word.casefold() for word in words_of(text)]
    if len(_ARABIC_LETTER.findall(text)) * 3 > sum(map(len, words)):
        return ARABIC.code
    spanish = sum(word in _SPANISH_WORDS for word in words)
    return SPANISH.code if spanish > sum(word in _ENGLISH_WORDS for word in words) else ENGLISH.code


def lint(*, card: ValuesCard, language: str = "en") -> list[Finding]:
    """Return what the patterns of a language find in a card, in the order of its lines."""
    rules = LANGUAGES.get(language, ENGLISH)
    found = _lint_title(card.title, rules)
    for position, policy in enumerate(card.policies):
        found += _lint_policy(policy, rules=rules, where=f"policies.{position}")
    return found + _lint_detail(card)


def _lint_title(title: str, rules: Language) -> list[Finding]:
    least, most = TITLE_WORDS
    if least <= len(title.split()) <= most and not rules.vague_title.search(rules.plain(title)):
        return []
    return [finding(rule=12, where="title")]


def _lint_policy(policy: Policy, *, rules: Language, where: str) -> list[Finding]:
    found: list[Finding] = []
    wrong = rules.opening(policy.attended)
    if rules.is_abstract(policy.attended):
        found.append(finding(rule=2, where=where))
    elif wrong:
        found.append(finding(rule=1, where=where, message=wrong))
    if not policy.qualifier.strip():
        found.append(finding(rule=1, where=where, message=QUALIFIER))
    text = rules.plain(policy.text)
    broken = [rule for rule, pattern in rules.patterns if pattern.search(text)]
    if rules.names(policy.qualifier) and 13 not in broken:
        broken.append(13)
    return found + [finding(rule=rule, where=where) for rule in broken]


def _lint_detail(card: ValuesCard) -> list[Finding]:
    """Rule 11 by length: one line several times as long as another is rarely on the same level."""
    lengths = [len(policy.text.split()) for policy in card.policies]
    if len(lengths) < 2 or max(lengths) - min(lengths) < SPREAD_WORDS or max(lengths) < SPREAD * min(lengths):
        return []
    return [finding(rule=11, where=f"policies.{lengths.index(max(lengths))}")]
