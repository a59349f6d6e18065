"""Where in a person's Arabic sentences they say what they attended to.

A verb in the first person begins what was attended to, and the next one ends it: people on a phone write no
full stops. Beside standard Arabic, verbs of Egypt, the Levant and the Gulf are read.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from apps.elicitation.domain.tongues.arabic import policies, words
from apps.elicitation.domain.tongues.base import Find, Line, read_by

_SO = (
    "(?: "
    + words.any_of(
        "جيدا أولا خصوصا خاصة أكثر دائما فقط بس كثيرا كتير كثير منيح كويس أيضا كمان حينها وقتها بهدوء "
        "فجأة هناك فورا برضه"
    )
    + ")*"
)
_TO = f"(?: {words.any_of('إلى على في من عن ع')}(?= ))?"
_SOON = "(?:ل|س|رح |راح |هي|ه|ح)?"
_ASIDE = words.any_of("هل ماذا ما كيف لماذا متى أين من إن إذا شو ليش ايش إيه مين وين عما عن")
_WAYS = {
    "overlook": (
        f"(?:(?:كان |كانت )?{_SOON}"
        + words.any_of("يفوته يفوتها تفوته يتجاهل يهمل يغفل_عن يضيع_عليه")
        + "|فاته|فاتها|"
        + words.any_of("لن لم ما مش لا مكنش مكانش")
        + f" (?:يكن |كان )?{_SOON}(?:[يت]?لاحظ|[يت]?نتبه|[يت]رى|[يت]سمع|[يت]نظر|[يت]شوف|[يت]شعر"
        + rf"|[يت]اخد بال\w+|[يت]صغي|[يت]ستمع)){_TO}"
    ),
    "matters": (
        "(?:المهم|الأهم|أهم شيء|أهم شي|أهم حاجة|(?:ما |الذي |اللي )?(?:كان )?(?:يهمني|أهمني|همني|بيهمني))"
        "(?: (?:هو|كان|عندي|بالنسبة (?:لي|إلي)|لي|أكثر|دائما|فعلا))*"
    ),
    "told": (
        "(?:(?:انظر|استمع|اسمع|انتبه|لاحظ|راقب|ركز|شوف|بص|تأمل|أصغ)(?:ي|وا)?|(?:خد|خلي|خذ) بالك|أن "
        + words.any_of("ينظر يستمع ينتبه يراقب يلاحظ يركز يصغي يسمع تنظر تستمع تنتبه تراقب تلاحظ تصغي")
        + f"){_TO}"
    ),
    "ask": (
        "(?:(?:كنت )?(?:سألت|أسأل|بسأل|اسأل|سأسأل|أن يسأل|أن تسأل)(?:وا|و|ي)?(?:ه|ها|هم|ك|و)?(?: نفسي| "
        "حالي)?"
        rf"|تساءلت|أتساءل)(?= {_ASIDE}(?!\w))"
    ),
    "want": (
        "(?:كنت |كان )?"
        + words.any_of("أردت أريد حاولت أحاول حرصت_على أحرص_على فضلت قررت بدي عايز عايزة حبيت أحببت تمنيت")
    ),
    "let": "(?:تركت|خليت|أترك|بخلي|تركنا|دعوت|اترك|اتركوا)(?:ه|ها|هم)(?= [يت])",
    "wait": ("(?:كنت )?(?:انتظرت|أنتظر|استنيت|صبرت|نطرت|انتظر|انتظروا)(?= (?:حتى|إلى أن|لحد ما|لحتى|لما|ل))"),
    "think": "(?:فكرت|أفكر|كنت أفكر) في",
    "see": (
        "(?:(?:(?:كنت|صرت|بقيت) (?:عم )?)?"
        + words.any_of(
            """
            لاحظت ألاحظ بلاحظ انتبهت أنتبه بنتبه منتبها منتبهة نظرت أنظر رأيت أرى سمعت أسمع بسمع استمعت أستمع
            أصغيت أصغي ركزت أركز مركز مركزة راقبت أراقب براقب تابعت أتابع تأملت أتأمل شعرت أشعر أحسست
            حسيت شفت
            بشوف
            بصيت ببص أدركت فهمت ميزت اطلعت تطلعت اتطلع بتطلع لمحت التفت اهتممت أهتم خدت_بالي أخدت_بالي
            أخذت_بالي باخد_بالي سأنتبه سأنظر لانتبهت هبص هاخد_بالي رح_انتبه راح_انتبه
            """
        )
        + "(?:ه|ها|هم)?"
        + f"|لفت(?:ت|ني|تني)? ?(?:انتباهي|نظري)?|شد(?:ني|تني| انتباهي)){_SO}{_TO}"
    ),
}
_TRIGGERS = words.compiled(
    rf"(?<!\w)[وف]?(?:{'|'.join(f'(?P<{kind}>{way})' for kind, way in _WAYS.items())})(?= )"
)
_EMBEDDED = words.compiled(r"(?:^|\s)(?:أنه|أنها|أن|الذي|التي|كيف|هل|وهو|وهي|اللي|انه|انها) $")
_DENIED = words.compiled(r"(?:^|\s)[وف]?(?:لم|لا|ما|لن|مش|مو|لماذا|ليس|التي|هي|الذي|أنها|لأنها|من) $")
_MOOD = words.compiled(r"^(?:شعرت|أحسست|حسيت|كنت أشعر)")
_WHEN = words.compiled(r"(?<!\w)(?:عندما|حينما|حين|كلما|لما|لمّا|وقت ما|كل ما)\s+(?P<object>[^،,]+)")
_ONE_OFF = words.compiled(
    r"(?<!\w)[وف]?(?:ولد|ولدت|توفي|توفيت|مات|ماتت|أمس|مبارح|امبارح|(?:ال)?(?:سنة|عام|شهر|أسبوع|صيف|شتاء) "
    r"(?:الماضي|الماضية|اللي فات|الفائت)"
    r"|الماضي|الماضية|قبل (?:سنة|سنتين|شهر|شهرين|أيام|سنوات|عام|عامين|أسبوع|أسبوعين|ثلاث|أربع|خمس)|منذ"
    r"|كنت (?:طفلا|طفلة|صغيرا|صغيرة|صغير|في)"
    r"|كان عمري|ذات (?:يوم|مرة|ليلة)|في يوم من|مرة من)(?!\w)"
)
_LEAD = words.compiled(
    r"^(?:(?:ربما|يعني|أولا|خصوصا|خاصة|بصراحة|والله|طبعا|نعم|أيوه|أظن أن|أعتقد أن|أظن|أعتقد|في الحقيقة|في "
    r"الواقع|أيضا|كمان|غالبا|"
    r"أحيانا|مثلا|على الأكثر|بالأخص|قبل كل شيء|أكثر شيء|إلى|على|ل|في البداية|أقول له|أقول لها|سأقول له"
    r"|بقله|بقول له|وقتها|حينها|هناك|"
    r"ساعتها|بالأكثر|تحديدا|فقط|بس)[،,\s]+)+"
)
_AND = words.compiled(
    r"^و(?=هل|كيف|ماذا|لماذا|كان|ال\w{2}|عندما|حين|لما|كنت|\w{3,}(?:ه|ها|هم)\b)(?!جه|قت|قفت|ضع)"
)
_LIST = words.compiled(
    r"(?:[،,]\s*و?|\s+و)(?!(?:جه|قت|قف|ضع|عد|الد|احد|حد|رق|لد|لاد|سط|صول|داع|را|هو |هي |هم |كان|لم |لا "
    r"|قال|قلت|أنا))"
    r"(?=(?:كيف|هل|إن كان|إذا|ماذا|ما |لماذا|أن |أنه |أنها |إلى |على |ال\w{2}|\w{2,}(?:ه|ها|هم)(?:\s|$)))"
)
_OTHERS = words.compiled(
    r"^(?:البعض|بعض الناس|شخص|الناس|الآخرون|الجميع|كل واحد|غيري|أحدهم|هذا|هذه|ذلك|هيك|هناك|هنالك|كل شيء"
    r"|لا أحد|الواحد|كثيرون)(?!\w)"
)


def read_sentence(sentence: str, *, direct: bool) -> Iterator[Find]:
    """Yield what a sentence says about attention.

    ``direct`` says that the sentence answers "إلى ماذا انتبهتم؟": then a bare phrase ("يديها، ونبرة
    صوتها") is
    what was attended to.
    """
    text = _AND.sub("", " ".join(words.unmarked(sentence).split()))
    if text.endswith(("?", "؟")):
        return
    ways = [_from_triggers, _from_each_time, _from_when]
    if words.compiled(r"^(?:هل|كيف)(?!\w)").match(text):
        ways = [_from_fragment, *ways]
    if direct:
        ways = [_from_triggers, _from_each_time, _from_fragment, _from_clause, _from_when]
    yield from read_by(ways, text=text, sentence=sentence, otherwise=_from_statement)


def _from_triggers(text: str) -> Iterator[tuple[Line, float]]:
    """Read what stands between one verb of attention and the next."""
    found = [match for match in _TRIGGERS.finditer(text) if _speaks_of_self(match, text)]
    for match, after in zip_longest(found, found[1:]):
        phrase = text[match.end() : after.start() if after else len(text)].strip()
        kind = str(match.lastgroup)
        yield from _read_trigger(kind, phrase, match[kind].strip())


def _speaks_of_self(match: re.Match[str], text: str) -> bool:
    before = text[: match.start()]
    if match.lastgroup in {"overlook", "matters", "told"}:
        return not _EMBEDDED.search(before)
    return not _DENIED.search(before)


def _read_trigger(kind: str, phrase: str, trigger: str) -> Iterator[tuple[Line, float]]:
    if kind in {"overlook", "told"}:
        yield from _each(phrase, 1.5)
    elif kind == "matters":
        yield from _each(phrase, 3.0)
    elif kind == "ask":
        if line := policies.from_question(phrase):
            yield line, 1.0
    elif kind in {"want", "let"}:
        if line := policies.from_wish(phrase):
            yield line, 1.0
    elif kind == "wait":
        yield Line("لحظات", f"{trigger} فيها {policies.trim(phrase)}", "", 2.2), 0.5
    elif not (_MOOD.match(trigger) and _is_mood(phrase)):
        yield from _each(phrase, 0.8 if kind == "think" else 2.0, trigger=trigger)


def _is_mood(phrase: str) -> bool:
    """ "شعرت بالحزن" names a mood, not something attended to."""
    return not words.compiled(r"^ب?(?:أن|إن|كيف|أنه|أنها|إنو|انو)").match(phrase)


def _each(phrase: str, strength: float, *, trigger: str = "") -> Iterator[tuple[Line, float]]:
    """Yield one policy for each thing in a list ("صوتها ونظرتها وهل كانت تبتسم")."""
    whole = policies.trim(phrase, longest=40)
    parts = [whole] if re.search(r"(?<!\w)بين ", whole) else _LIST.split(whole)
    for part in parts:
        if line := policies.from_object(_unprefixed(_LEAD.sub("", part.strip())), trigger=trigger):
            yield line, strength
            trigger = ""


def _unprefixed(phrase: str) -> str:
    """Return a phrase without the preposition that is written together with its first word."""
    if phrase.startswith("لل"):
        return f"ال{phrase[2:]}"
    if phrase.startswith(("بال", "عال")):
        return phrase[1:]
    first = phrase.split(" ")[0]
    owned = re.match(r"[لب]\w{2,}(?:ه|ها|هم)$", first) and words.is_kind(
        first[1:], words.MANNERS | words.MASS
    )
    return phrase[1:] if owned else phrase


_EACH_TIME = words.compiled(r"^[وف]?(?:كلما|كل ما|في كل مرة)\s+(?P<when>[^،,]+)[،,]\s*(?P<what>.+)")


def _from_each_time(text: str) -> Iterator[tuple[Line, float]]:
    """Read "كلما X، Y" as a sign that Y was so, each time that X was."""
    match = _EACH_TIME.match(text)
    if not match or _ONE_OFF.search(text):
        return
    what = policies.trim(match["what"])
    if policies.is_clause(what) and (line := policies.sign_that(f"{what} كلما {match['when'].strip()}")):
        yield line, 0.5


def _from_when(text: str) -> Iterator[tuple[Line, float]]:
    match = _WHEN.search(text)
    if match and not _ONE_OFF.search(text) and (line := policies.from_moment(match["object"])):
        yield line, 0.5


def _from_fragment(text: str) -> Iterator[tuple[Line, float]]:
    """Read a bare answer such as "يديها، ونبرة صوتها"."""
    bare = _LEAD.sub("", text).strip()
    listed = bare.split()
    if not listed or _ONE_OFF.search(bare) or _OTHERS.search(bare) or _TRIGGERS.search(f"{bare} "):
        return
    first = words.plain(listed[0])
    if first in {"لم", "لا", "ما", "لن", "كنت", "انا", "قلت", "كنا"} and first != "ما":
        return
    if policies.is_verb(listed[0]) or (first in {"عندما", "لما", "حين"} and re.search("[،,]", bare)):
        return
    if re.search(r"\wت$", first) and not re.search(r"(?:[اويقنخم])ت$", first):
        return  # "خفت عليه" is what the person did.
    known = first in {"كيف", "هل", "ماذا", "لماذا", "ان", "انه", "انها", "متي", "اين"}
    noun = words.is_kind(listed[0], words.MANNERS | words.MASS)
    if known or noun or listed[0].startswith("ال") or len(listed) <= 4:
        yield from _each(bare, 2.0)


def _from_clause(text: str) -> Iterator[tuple[Line, float]]:
    """Read a plain sentence ("كانت متوترة") as a sign, unless it is about people in general."""
    bare = policies.trim(_LEAD.sub("", text))
    if _OTHERS.search(bare) or _ONE_OFF.search(bare) or not policies.is_clause(bare):
        return
    if words.compiled(r"(?<!\w)(?:كان|كانت) س\w").search(bare):
        return  # What another would have done was not there to be noticed.
    if line := policies.sign_that(bare):
        yield line, 0.6


def _from_statement(text: str) -> Line | None:
    """Read a plain statement as a sign, the weakest reading, used where nothing better was said."""
    bare = policies.trim(_LEAD.sub("", text))
    if _ONE_OFF.search(bare) or _OTHERS.search(bare) or len(words.content_words(bare)) < 2:
        return None
    if not policies.is_clause(bare) or len(bare.split()) < 3:
        return None
    line = policies.sign_that(bare)
    return Line(line.attended, line.qualifier, "", 0.4) if line else None
