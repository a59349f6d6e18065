# ruff: noqa: RUF001
"""The patterns of Arabic.

Arabic has no capitals. Rule 1 there asks that the noun phrase stands first (no verb, no particle before it)
and is plural or definite, because both name a kind of thing rather than one of them. Vowel marks and the
forms of alef are made alike before anything is compared.
"""

import re

from apps.moralgraph.domain.linter.base import STANDS_FIRST, Language, words_of

_MARKS = re.compile(r"[\u064b-\u0652\u0640]")
_ALIKE = str.maketrans("أإآى", "اااي")


def plain(text: str) -> str:
    """Return text without vowel marks, and with the forms of alef and ya made alike."""
    return _MARKS.sub("", text).translate(_ALIKE)


def _set(words: str) -> frozenset[str]:
    return frozenset(plain(words).split())


_NOT_NOUNS = _set(
    "أن إن ما ماذا كيف عندما حين حينما هل لا لم لن من في إذا متى لماذا بين على إلى مع عن كل قد كما "
    "الذي التي الذين "
    "أنتبه أنظر أستمع أسمع ألاحظ أسأل أراعي أهتم أرى أشعر أحاول أتابع أراقب أبحث"
)
_SINGULAR_LIKE_PLURAL = _set("عين دين حنين يقين زين بين حين سكون كون لون عون وقات صوت بيت وقت")
_BROKEN = _set(
    "ناس وجوه أسئلة مشاعر مواقف تفاصيل عيون أيد أيدي نبرات دموع ردود قصص أماكن أزمنة حقائق نتائج ملامح ثغرات "
    "مخاوف عادات ظروف أسباب حدود خطط وعود طرق لحظات جيران غرباء أصدقاء "
    "ضعفاء أطراف فروق نقاط أمور علامات شكوك هموم حقوق ضيوف قلوب رغبات فرص جمل صور كتب حروف"
)
_ABSTRACT = _set(
    "حب صدق احترام ثقة حكمة رحمة لطف انفتاح عدل عدالة حرية تعاطف إخلاص صداقة سعادة سلام قيم مبادئ "
    "كرامة أمانة وفاء شجاعة صبر إيمان أمل فرح جمال حقيقة محبة تواصل فضائل معتقدات"
)


def _opening(attended: str) -> str:
    words = words_of(plain(attended))
    if not words or words[0] in _NOT_NOUNS:
        return STANDS_FIRST
    first = words[0]
    return "" if first.startswith("ال") or is_plural(first) else STANDS_FIRST


def is_plural(word: str) -> bool:
    """Guess whether a noun, as ``plain`` returns it, is a plural from its form."""
    if word in _SINGULAR_LIKE_PLURAL:
        return False
    # The forms of "sounds", "times", "thoughts", and of "rules", "sides".
    broken = re.fullmatch(r"ا\w\wا\w|\wوا\w\w", word) is not None
    return broken or word in _BROKEN or word.endswith(("ات", "ون", "ين"))


def _abstract(attended: str) -> bool:
    words = words_of(plain(attended))
    return bool(words) and words[0].removeprefix("ال") in _ABSTRACT


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(plain(pattern))


_BEFORE = r"\b[وفبلك]{0,2}(?:ال|لل)?"

ARABIC = Language(
    code="ar",
    opening=_opening,
    is_abstract=_abstract,
    plain=plain,
    vague_title=_compile(
        r"[.!؟?:]$|^(?:قيمي|قيمتي|القيم|بطاقتي|شخص جيد|إنسان صالح|أشياء مهمة|ما يهم|الحياة)$"
    ),
    patterns=(
        (
            5,
            _compile(
                r"\b[وف]?(?:يراني|تراني|يرونني|يروني|يحترمني|يحترمونني|يشكرني|يشكرونني|"
                r"يمدحني|يمدحونني|يقدرني|"
                r"يقدرونني|يحسدني|يحسدونني|يذكرني الناس|يعجبون بي|يظنون بي|صورتي|سمعتي|كيف أبدو|لطفي|كرمي)\b"
            ),
        ),
        (
            6,
            _compile(
                _BEFORE + r"(?:زبائن|زبون|عملاء|مرضى|طلاب|تلاميذ|موظفين|موظفون|زملاء|مدير|مديرون|ركاب|ناخبين|"
                r"مستأجرين|متابعين|مشترين)\b"
            ),
        ),
        (
            7,
            _compile(
                _BEFORE + r"(?:عميق|عميقة|عمق|أعماق|مقدس|مقدسة|روحي|روحية|روحانية|جوهر|سامي|سامية|خالد|خالدة|"
                r"هادف|هادفة|متعال|متعالية)\b|\bذ(?:و|ات) معنى\b"
            ),
        ),
        (
            8,
            _compile(
                r"^(?:ال)?(?:عدم|تجنب|لا|لن|لم|دون|بدون|بلا|رفض|الابتعاد|ابتعاد|امتناع)\b|"
                r"\b(?:كي لا|حتى لا|لتجنب|كيلا)\b"
            ),
        ),
        (
            9,
            _compile(
                r"\d|[;؛]|(?:[،,][^،,]*){3}|\bأولا\b.*\bثم\b|\bبالضبط\b|\bخلال (?:ساعة|يوم|أسبوع|شهر)\b"
            ),
        ),
        (
            10,
            _compile(
                r"\b(?:متوقع مني|يتوقع(?:ه|ون|ونه)?|ما يقوله الناس|كلام الناس|(?<!لم )يجب|"
                r"ينبغي|من المفترض|المفروض|"
                r"واجبي|(?:شخصا|إنسانا|أما|أبا|ابنا|صديقا) (?:جيدا|صالحا|صالحة|بارا)|شخص جيد|إنسان صالح)\b"
            ),
        ),
        (
            13,
            _compile(
                r"\b[وفبلك]{0,2}(?:الفتاة|البنت|الولد|المرأة|الرجل|السيدة|الطفلة|للفتاة|للرجل|للمرأة)\b|"
                r"\b[وفبلك]{0,2}(?:أختي|أخي|أمي|أبي|والدتي|والدي|ابني|ابنتي|زوجتي|زوجي|"
                r"صديقي|صديقتي|جاري|جارتي|"
                r"مديري|مديرتي|جدتي|جدي|عمي|خالي|معلمي)\b"
            ),
        ),
    ),
)
