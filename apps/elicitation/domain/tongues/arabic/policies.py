"""From what somebody attended to, in their own Arabic words, to one attention policy.

Arabic has no capitals: a line begins with a definite noun of the person's own ("الكلمات التي كان
يكررها"), or
with a plural that is put before their phrase ("علامات تبين كيف كانت تنظر").
"""

import re

from apps.elicitation.domain.tongues.arabic import words
from apps.elicitation.domain.tongues.base import Line
from apps.elicitation.domain.tongues.cutting import Cutting

LONGEST = 16
_CUT = words.compiled(
    r"\s*(?:[;؛:(]|\s[-–—]\s|[،,]?\s+(?:لكن|ولكن|لكنه|لكنها|لأن|لأنه|لأنها|لأنهم|لأني|لأنني|لانو|عشان"
    r"|علشان|مشان|لذلك|ولذلك|ثم|"
    r"وبعدها|وبعدين|وقتها|فقلت|وقلت|وأنا|فأنا|ولهذا|مع أن|رغم أن|بينما|وكل ما|أكثر من)\b|[،,]\s*(?:لا|ليس"
    r"|مش|مو|بل|ف|وقد|بس|ولم|ولا|وما |ولما )).*$"
)
_TRAIL = words.compiled(
    r"[،,\s]+(?:و|في|من|عن|أن|مع|جدا|كثيرا|كثير|كتير|فقط|بس|أولا|أيضا|كمان|يعني|طبعا|خصوصا|كان|كانت|ما"
    r"|هو|هي|التي|الذي)[\s.،,!]*$"
)
_BREAKS = words.set_of("عندما حين لما ثم قبل بعد حتى وهو وهي ولم وكان وكانت")
_QUESTIONS = words.set_of("كيف هل لماذا متى أين من ماذا ما ليش شو ايش إيه وين قديش")
_THAT = words.compiled(r"^(?:ب|ل)?(?:أن|إن)(?:ه|ها|هم|هما|ني|ي|نا|و|ك)?$")
_IMPERFECT = words.compiled(r"^(?:[يتأن]|ب[يت]|س[يتأن]|ه[يت]|ح[يت])\w{2,}$")
_NOT_VERBS = words.set_of(
    "تفاصيل تعب تردد توتر تغير تغيرات تعبير تعابير تنفس تنفسه تنفسها يد يدي يديه يديها يدها يده ناس نبرة "
    "نبرته نبرتها نظرة نظرته نظرتها نظرات أصابع أمر أمور أشياء أسئلة أحد أول آخر أكثر أهل أم أب أخ أخت "
    "أيام أطفال أولاد تلك تحت تماما نعم نفس نفسه نفسها نهاية نحو يوم أمام أثناء أين أنا أنت أي أو أم نقطة "
    "نقود تجربة تجاه أحيانا أنفسهم يمين بيننا بينهم بينهما بينها بينه بيت بيته بيتها بيتنا أنه أنها أنهم "
    "أمه أمها أبوه أبوها أخيه أمي أبي أختي أخي أيدي نوع نار تاريخ يسار"
)
_CHANGING = words.compiled(
    r"(?<!\w)ب?[يت]?(?:تغير|تتغير|يتغير|يرتفع|ترتفع|ينخفض|تنخفض|يعلو|يخفت|تحول|يتحول|صار|صارت|تصير|يصير|احمر|اصفر)"
)
"""Who looked at hands need not have seen them change: only words of change make it تغيرات."""
_DUAL = words.compiled(r"^(يد|عين|كتف|شفت)ا(ه|ها|هم|ي)\b")


_CUTTING = Cutting(
    thought=_CUT,
    trail=_TRAIL,
    marks=' .،,!؟?…"“”)',
    breaks=_BREAKS,
    open_ends=words.set_of(
        "في من إلى على عن مع أن إن أو ثم بين عند بعد قبل حتى كل أي التي الذي اللي ما لا لم هو هي كان كانت قد"
    ),
    plain=words.plain,
)


def trim(phrase: str, *, longest: int = LONGEST) -> str:
    """Cut a phrase where its thought ends, and at a natural break where it is too long."""
    return _CUTTING.trim(phrase, longest=longest)


def from_object(phrase: str, *, trigger: str = "") -> Line | None:
    """Return the policy for what was attended to; ``trigger`` is the person's "رأيت", where there was one."""
    phrase = trim(phrase)
    listed = phrase.split()
    if not words.content_words(phrase):
        return None
    first = words.plain(listed[0])
    if line := _from_opening(phrase, listed, first):
        return line
    if trigger and is_clause(phrase):
        shown = f"{trigger} فيها {phrase}"
        return Line("لحظات", shown, to_title(phrase), 2.4)
    if is_clause(phrase):
        return sign_that(phrase)
    return _from_noun_phrase(phrase, listed)


def from_wish(clause: str) -> Line | None:
    """Return the policy for what somebody wanted: "أن تتكلم حتى النهاية"."""
    clause = re.sub(words.loose(r"^(?:على )?(?:في )?أن "), "", trim(clause))
    listed = clause.split()
    if len(words.content_words(clause)) < 1 or len(listed) < 2:
        return None
    if words.plain(listed[0]) in {"لا", "ما", "الا", "عدم"}:
        return None
    if not is_verb(listed[0]):
        lam = f"لل{clause[2:]}" if clause.startswith("ال") else f"ل{clause}"
        return Line("فرص", lam, to_title(clause), 2.3)
    return Line("فرص", f"لأن {clause}", to_title(f"أن {clause}"), 2.3)


def from_moment(clause: str, *, strength: float = 2.2) -> Line | None:
    """Return the policy for a kind of moment: "اللحظات التي يسكت فيها الناس"."""
    clause = trim(clause)
    listed = clause.split()
    if len(words.content_words(clause)) < 1 or len(listed) < 2:
        return None
    if words.plain(listed[0]) in {"هو", "هي", "هم", "انا", "احنا", "نحن", "ما"} and is_verb(listed[1]):
        listed = listed[1:]
    if listed[0].startswith("ال") and is_verb(listed[1]):
        listed = [listed[1], listed[0], *listed[2:]]
    title = to_title(f"حين {' '.join(listed)}")
    if words.plain(listed[0]) in {"لا", "لم", "لن", "قد", "ما"} and len(listed) > 1:
        return Line("اللحظات", " ".join(["التي", *listed[:2], "فيها", *listed[2:]]), title, strength)
    if listed[0].startswith("ال") or words.is_kind(listed[0], words.MANNERS):
        return Line("اللحظات", f"التي كان فيها {' '.join(listed)}", title, strength - 1.0)
    return Line("اللحظات", " ".join(["التي", listed[0], "فيها", *listed[1:]]), title, strength)


def from_question(phrase: str) -> Line | None:
    """Return the policy for what somebody asked: "عن أمها", "ماذا سيفتقد"."""
    phrase = trim(phrase)
    if not words.content_words(phrase):
        return None
    about = phrase if phrase.startswith(("عن", "عم")) else f"تبين {phrase}"
    return Line("أسئلة", about, to_title(f"السؤال {phrase}"), 2.8)


def sign_that(clause: str) -> Line | None:
    """Return the policy for a sign that something is so: the particle takes up who the verb is about."""
    listed = clause.split()
    if len(listed) < 2:
        return None
    first = words.plain(listed[0])
    if first in {"كان", "كانت"} and len(listed) > 2 and not is_verb(listed[1]) and is_verb(listed[2]):
        clause = " ".join(
            [listed[1], listed[0], *listed[2:]]
        )  # "كان صوته ينخفض": the voice is what it is about.
        return Line("علامات", f"تبين أن {_after_particle(clause)}", to_title(clause), 2.5)
    verb = words.plain(listed[1]) if first in {"لم", "لا", "لن", "ما", "قد", "كان"} else first
    if first in {"كانت"} or (is_verb(listed[0]) and first.startswith(("ت", "بت"))) or verb.startswith("ت"):
        particle = "أنها"
    elif first in {"كانوا"} or (is_verb(listed[0]) and first.endswith("ون")):
        particle = "أنهم"
    elif first in {"كان", "لم", "لا", "لن", "ما", "قد", "مش", "مو", "رح"} or is_verb(listed[0]):
        particle = "أنه"
    else:
        particle = "أن"
    return Line("علامات", f"تبين {particle} {_after_particle(clause)}", to_title(clause), 2.3)


def _from_opening(phrase: str, listed: list[str], first: str) -> Line | None:
    """Read a phrase by the small word that it begins with."""
    rest = " ".join(listed[1:])
    if len(listed) < 2:
        return None
    if _THAT.match(listed[0]) and first not in {"انا"}:
        return _from_that(first, listed[1], phrase, rest)
    if first in {"عندما", "حين", "حينما", "لما", "كلما"}:
        return from_moment(rest, strength=2.8)
    if first in {"ان", "اذا"} or first in _QUESTIONS - {"من"}:
        return Line("علامات", f"تبين {phrase}", to_title(phrase), 3.0)
    if first == "من" and (is_verb(listed[1]) or words.plain(listed[1]) in {"لا", "لم", "كان", "هو"}):
        return Line("علامات", f"عند {phrase}", to_title(phrase), 2.6)
    return None


def _from_that(first: str, follows: str, phrase: str, rest: str) -> Line | None:
    """Read "أن ..."; in dialects one word stands for all persons, which the verb behind it tells apart."""
    ending = re.sub(r"^[بل]?ان", "", first)
    if ending in {"ي", "ني"}:
        return None  # What the person was themselves is nothing that they attended to.
    if not ending and is_verb(follows) and words.plain(follows) not in {"كان", "كانت"}:
        return from_wish(phrase)
    if ending in {"", "ه", "و"} and (is_verb(follows) or words.plain(follows) in {"لم", "لا", "ما", "مش"}):
        return sign_that(rest)
    shown = "أن" if ending == "و" else f"أن{ending}"
    return Line("علامات", f"تبين {shown} {_after_particle(rest)}", to_title(rest), 2.5)


def _after_particle(clause: str) -> str:
    """Return a clause as it stands after "أن": two hands and eyes change their form."""
    return _DUAL.sub(r"\1ي\2", clause)


def _from_noun_phrase(phrase: str, listed: list[str]) -> Line | None:
    first, rest = listed[0], " ".join(listed[1:])
    owned = _is_owned(first)
    if words.plain(first) in words.STOPWORDS or words.plain(first) in words.PEOPLE:
        return None
    if words.is_kind(first, words.MANNERS) or _DUAL.match(first):
        kind = "تغيرات" if _CHANGING.search(phrase) else "علامات"
        return Line(kind, f"في {_after_particle(phrase)}", to_title(phrase), 2.6)
    if words.is_kind(first, words.MASS):
        kind = "علامات" if owned else "لحظات"
        return Line(kind, phrase, to_title(phrase), 2.4)
    if first.startswith("ال") and rest:
        end = 1
        while end < len(listed) - 1 and listed[end].startswith("ال") and not _is_relative(listed[end]):
            end += 1
        return Line(
            " ".join(listed[:end]),
            " ".join(listed[end:]),
            to_title(phrase),
            3.0 if words.is_plural(first) else 2.3,
        )
    if words.is_plural(first) and not owned and rest:
        return Line(first, rest, to_title(phrase), 3.0)
    return Line("تفاصيل", phrase, to_title(phrase), 1.8 if owned or rest else 1.2)


def _is_relative(token: str) -> bool:
    return words.plain(token) in {"التي", "الذي", "الذين", "اللي"}


def _is_owned(token: str) -> bool:
    """Whether a noun says whose it is by its ending ("صوتها")."""
    return not token.startswith("ال") and bool(re.search(r"\w{2}(?:ه|ها|هم|هما|ي|نا|ك|كم)$", token))


def is_verb(token: str) -> bool:
    """Guess whether a word is a verb about somebody, from its beginning."""
    plain = words.plain(token)
    if plain in {"كان", "كانت", "كانوا", "كنت", "كنا", "عم", "يكون", "تكون"}:
        return True
    if plain in _NOT_VERBS or plain.startswith("ال") or plain in words.PEOPLE or _DUAL.match(token):
        return False
    if words.is_kind(token, words.MANNERS | words.MASS):
        return False
    return bool(_IMPERFECT.match(token)) and not plain.endswith("ه" if len(plain) < 5 else "اتها")


def is_clause(phrase: str) -> bool:
    """Guess whether a phrase is a sentence about somebody else: a verb first, or a named thing and a verb."""
    listed = phrase.split()
    if len(listed) < 2:
        return False
    first = words.plain(listed[0])
    if first in {"كنت", "كنا"} or (first.startswith(("ا", "س")) and is_verb(listed[0])):
        return False
    if first in {"لم", "لا", "لن", "ما"} and words.plain(listed[1]).startswith(("ا", "ن")):
        return False  # "لم ألاحظ" is the person's own.
    if first == "لا" and words.plain(listed[1]).endswith("وا"):
        return False  # "لا تستعجلوا" is advice.
    if first in {"لم", "لا", "لن", "ما"} or is_verb(listed[0]):
        return first not in {"ما"} or is_verb(listed[1])
    definite = listed[0].startswith("ال") or _is_owned(listed[0]) or first in words.PEOPLE
    return definite and (is_verb(listed[1]) or words.plain(listed[1]) in {"لا", "لم", "ما"})


def to_title(phrase: str) -> str:
    """Return a title of two to five words, cut only where a phrase can end; empty where it cannot."""
    listed = phrase.strip(' .،,!؟?"“”«»').split()
    if len(listed) > 5:
        breaks = words.set_of("عندما حين لما قبل بعد حتى وهو وهي ولا ولم التي الذي")
        ends = [at for at in range(2, 6) if words.plain(listed[at]) in breaks]
        listed = listed[: ends[-1]] if ends else []
    return " ".join(listed).strip(" ،,") if len(listed) > 1 else ""
