"""The patterns of English."""

import re

from apps.moralgraph.domain.linter.base import CAPITALS, PLURAL, Language, has_name, head_of

_STOPS = frozenset(
    "OF IN FROM WITH TO FOR BETWEEN THAT WHICH WHO WHEN WHERE ABOUT AT ON BEFORE AFTER WHILE BEHIND".split()
)
_SKIPS = frozenset({"THE", "A", "AN", "SOME", "ANY"})
_IRREGULAR = frozenset("PEOPLE CHILDREN FEET TEETH MEN WOMEN LIVES SELVES MICE PEERS FOLK".split())
_SINGULAR_S = frozenset("NEWS SPECIES SERIES ALWAYS PERHAPS THIS HIS ITS".split())
_ABSTRACT = frozenset(
    "LOVE OPENNESS HONESTY KINDNESS RESPECT EMPATHY COMPASSION TRUST WISDOM JUSTICE FREEDOM LOYALTY DIGNITY "
    "HARMONY INTEGRITY AUTHENTICITY FRIENDSHIP COURAGE FAIRNESS PEACE TRUTH BEAUTY GROWTH CONNECTION "
    "CONNECTIONS VALUES PRINCIPLES VIRTUES IDEALS BELIEFS PATIENCE FAITH HOPE JOY HAPPINESS".split()
)
_KIN = (
    "sister|brother|mother|mum|mom|father|dad|son|daughter|wife|husband|partner|girlfriend|boyfriend|friend|"
    "best friend|boss|neighbou?r|aunt|uncle|cousin|grandmother|grandfather|grandma|grandpa|teacher"
)
_KNOWN_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday christmas easter ramadan god january february "
    "march april may june july august september october november december english".split()
)


def _plural(word: str) -> bool:
    if word in _IRREGULAR:
        return True
    return word.endswith("S") and word not in _SINGULAR_S and not word.endswith(("SS", "US", "IS"))


def _opening(attended: str) -> str:
    head = head_of(attended, stops=_STOPS, skips=_SKIPS)
    if not head or attended != attended.upper():
        return CAPITALS
    return "" if any(_plural(word) for word in head) else PLURAL


def _abstract(attended: str) -> bool:
    head = head_of(attended, stops=_STOPS, skips=_SKIPS)
    return bool(head) and (head[-1] in _ABSTRACT or head[-1].endswith(("NESS", "ISM")))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


ENGLISH = Language(
    code="en",
    opening=_opening,
    is_abstract=_abstract,
    names=lambda text: has_name(text, known=_KNOWN_NAMES),
    vague_title=_compile(
        r"[.!?:]$|^(?:my|the|a|our)? ?"
        r"(?:values?|card|important things?|good person|being good|what matters|life)$"
    ),
    patterns=(
        (
            5,
            _compile(
                r"\b(?:see|think|notice|admire|praise|thank|judge|approve of|appreciate|like|envy|remember)s?"
                r"(?: of)? me\b|\bhow i (?:come across|look to|appear|am seen)\b|"
                r"\bmy (?:image|reputation|kindness|patience|generosity|honesty)\b"
            ),
        ),
        (
            6,
            _compile(
                r"\b(?:customers?|clients?|patients?|students?|pupils|employees?|co-?workers?|colleagues?|tenants?|"
                r"voters|passengers|followers|subscribers|shoppers|bosses|managers?)\b"
            ),
        ),
        (
            7,
            _compile(
                r"\b(?:meaningful|deep|deeply|deeper|profound|profoundly|sacred|souls?|soulful|essence|spiritual|"
                r"transcendent|eternal|tapestry|radiant|heartfelt|wholeness|sublime)\b"
            ),
        ),
        (
            8,
            _compile(
                r"^(?:avoid|avoiding|don't|do not|never|not|no|without|stop|stopping|refuse|refusing)\b|"
                r"\b(?:to avoid|must not|not to)\b"
            ),
        ),
        (
            9,
            _compile(
                r"\d|;|(?:,[^,]*){3}|\bfirst\b.*\bthen\b|\bexactly\b|\band/or\b|\bevery single\b|"
                r"\bwithin an? (?:hour|day|week|month)\b"
            ),
        ),
        (
            10,
            _compile(
                r"\b(?:expect(?:ed|s)? (?:of|from) (?:me|us|you)|supposed to|"
                r"what (?:people|others|they) (?:think|say|want)|"
                r"good (?:person|mother|father|parent|son|daughter|friend|citizen)|others expect|be seen as|"
                r"(?:i|we|you|one) (?:should|must|ought to|have to)|my (?:duty|obligations?)|"
                r"socially acceptable)\b"
            ),
        ),
        (
            13,
            _compile(
                r"\bthe (?:girl|boy|man|woman|guy|kid|lady|child)\b|\bmy (?:" + _KIN + r")\b|"
                r"\b(?:he|she|him|her|his|hers|himself|herself)\b"
            ),
        ),
    ),
)
