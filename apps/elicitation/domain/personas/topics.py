"""What an interviewer's question is after, as far as its words tell, in three languages."""

import enum
import re


class Topic(enum.StrEnum):
    """What a question asks for, in the order in which an interview usually comes to it."""

    STORY = "story"
    ATTENTION = "attention"
    CONCRETE = "concrete"
    DEEPER = "deeper"
    CONTRAST = "contrast"
    ELSEWHERE = "elsewhere"
    TELL = "tell"
    MORE = "more"


PLAN = tuple(Topic)
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0640]")
_CUES = [
    (
        Topic.TELL,
        r"friend.{0,120}\b(?:tell|advise|say)|amig[oa]s?\b.{0,120}(?:decir|aconsej)|qu[eé] le dir[ií]a"
        r"|صديق|تنصح",
    ),
    (
        Topic.CONTRAST,
        r"(?:somebody|someone) else|overlook|otra persona|alguien m[aá]s|por alto"
        r"|شخص[اً]* [اآ]خر|غيرك|يغفل|يفوت|فات",
    ),
    (
        Topic.ELSEWHERE,
        r"another (?:time|moment|situation)|otra (?:vez|ocasi[oó]n)|otro momento"
        r"|مرة [اأ]خرى|موقف[اً]* [اآ]خر|وقت[اً]* [اآ]خر",
    ),
    (Topic.DEEPER, r"\bwhy\b|been lost|por qu[eé]|se habr[ií]a perdido|لماذا|لم كان|ماذا كان سيضيع"),
    (
        Topic.CONCRETE,
        r"\bexactly\b|see or hear|exactamente|(?:vio|ver|ve) (?:[uy]|o) o[ií]|بالضبط|بالتحديد",
    ),
    (Topic.ATTENTION, r"attention|notice|atenci[oó]n|se fij|not[oó]\b|انتب|لاحظ|اهتمام"),
    (
        Topic.MORE,
        r"(?:little|bit) more|more (?:fully|about)|(?:un poco|algo) m[aá]s|cu[eé]nt[ea]\w* m[aá]s"
        r"|المزيد|[اأ]كثر قليلا|بتفصيل",
    ),
    (
        Topic.STORY,
        r"what happened|real time|one time|qu[eé] (?:pas[oó]|ocurri[oó]|sucedi[oó])"
        r"|ماذا حدث|ما الذي حدث|ماذا جرى",
    ),
]
_PATTERNS = [(topic, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for topic, pattern in _CUES]


def read_topic(question: str) -> Topic | None:
    """Return what a question is after; None where its words do not tell.

    What stands in quotation marks is the person's own and tells nothing.
    """
    plain = _ARABIC_MARKS.sub("", re.sub(r"“[^”]*”|«[^»]*»|\"[^\"]*\"", " ", question))
    asked = plain.rsplit("\n", 1)[-1]
    return next((topic for topic, pattern in _PATTERNS if pattern.search(asked)), None)
