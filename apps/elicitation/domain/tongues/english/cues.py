"""What kind of answer somebody gave: short, general, a slogan, a rule, others' wishes, a feeling."""

import re

from apps.elicitation.domain.tongues.english import words

SHORT_STORY = 12
SHORT_ANSWER = 3

_STUCK = re.compile(
    r"^\W*(?:(?:i|we)\s+)?(?:(?:really|honestly)\s+)?(?:don'?t|dont|do not|can'?t|cannot)\s+(?:really\s+)?"
    r"(?:know|remember|recall|understand|think of)|^\W*(?:no idea|not sure|nothing(?: really)?|idk"
    r"|no|none|\?+|what do you mean.*)\W*$",
    re.IGNORECASE,
)
_NORM = re.compile(
    r"\b(?:(?:you|one|we|people|everyone|everybody|i)\s+(?:always\s+|just\s+)?(?P<norm>should|must"
    r"|ought to|have to|had to|are supposed to)\b|"
    r"(?P<right>the right thing|supposed to|a good person|morally|it'?s wrong|a duty|obligation))",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:(?:people|they|everyone|everybody|others|(?:my|his|her|their) (?:parents|family|mother"
    r"|father|boss|friends|church|colleagues))\s+"
    r"(?:would\s+|always\s+|had\s+|have\s+)?(?:expect|expected|expects|think|thought|judge|judged"
    r"|say|want|wanted|look down)(?: (?:it|me|of me|that))?|"
    r"expected of me|what (?:people|others|they) think|look (?:bad|good|stupid)|disappoint(?:ed"
    r"|ing)? (?:my|them|him|her))",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"\bI\s+(?:(?:was|am|felt|feel|got|became|'m)\s+)(?:(?:so|very|really|quite|a bit|a little|also"
    r"|just|pretty|kind of)\s+)*"
    r"(?P<feeling>afraid|scared|anxious|nervous|worried|angry|furious|annoyed|ashamed|guilty"
    r"|embarrassed|sad|lonely|hurt|proud|happy|"
    r"relieved|calm|grateful|touched|moved|helpless|confused|torn|frustrated|jealous|excited"
    r"|peaceful|at peace|uneasy|uncomfortable|"
    r"close|safe|alive|overwhelmed|disappointed)\b(?!\s+(?:when|because|about|that|of|to|for))",
    re.IGNORECASE,
)
_ABSTRACT = frozenset(
    """
        honesty respect love truth freedom justice fairness empathy compassion kindness
        integrity loyalty trust openness responsibility authenticity dignity equality wisdom
        balance harmony tolerance courage faith family happiness success care caring honest
        respectful kind fair loyal authentic open supportive empathetic compassionate
        tolerant responsible
    """.split()
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|asked|came|went|called|wanted|needed|felt|saw|noticed|sat"
    r"|talked|thought|gave|left|got|met|"
    r"\w{3,}ed)\b|\b(?:once|yesterday|last|ago|when i was)\b",
    re.IGNORECASE,
)


def is_stuck(text: str) -> bool:
    """Whether the person says that nothing comes to mind."""
    return bool(_STUCK.search(text)) and len(words.words(text)) <= 12


def is_short(text: str, *, story: bool) -> bool:
    """Whether the answer is too short to go on from."""
    return len(words.words(text)) < (SHORT_STORY if story else SHORT_ANSWER)


def is_general(text: str) -> bool:
    """Whether a story tells how things are in general and not of one time."""
    return not _PAST.search(text)


def find_slogan(text: str) -> str:
    """Return the big word that the answer rests on, where it names one and shows little.

    Otherwise nothing.
    """
    big = [word for word in words.content_words(text) if word in _ABSTRACT]
    small = [word for word in words.content_words(text) if word not in _ABSTRACT]
    return big[0] if big and len(small) <= 2 * len(big) else ""


def find_norm(text: str) -> str:
    """Return the words in which the answer states a rule ("should"), or nothing."""
    match = _NORM.search(text)
    return (match["norm"] or match["right"] or "") if match else ""


def speaks_of_others(text: str) -> bool:
    """Whether the answer is about what others expect or think."""
    return bool(_OTHERS.search(text))


def find_feeling(text: str) -> str:
    """Return the feeling that the person says they had, or nothing."""
    match = _FEELING.search(text)
    return match["feeling"].lower() if match else ""
