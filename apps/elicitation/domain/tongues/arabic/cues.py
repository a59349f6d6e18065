"""What kind of answer somebody gave in Arabic: short, general, a slogan, a rule, others' wishes, a feeling.

Standard Arabic first, and what people of Egypt, the Levant and the Gulf write on a phone.
"""

import re

from apps.elicitation.domain.tongues.arabic import words

SHORT_STORY = 10
SHORT_ANSWER = 3


_STUCK = words.compiled(
    r"^\W*(?:والله |بصراحة |في الحقيقة |صراحة )?(?:(?:لا (?:أعرف|أعلم|أدري|أتذكر|أذكر|أفهم|أستطيع التذكر)"
    r"|لست "
    r"(?:متأكدا|متأكدة|أدري)|ما (?:بعرف|أعرف|أدري|بتذكر|أتذكر|عندي فكرة)|مش (?:عارف|عارفة|فاكر|فاكرة"
    r"|متأكد)|مدري"
    r"|مو عارف|ليس لدي فكرة)\b(?! (?:لماذا|كيف|أن|ماذا|إن|ليش)\b)"
    r"|(?:لا|لا شي|لا شيء|ولا شي|ولا حاجة|ماذا تقصدون?|\?+|؟+)\W*$|\W+$)"
)
_NORM = words.compiled(
    r"\b[وف]?(?P<norm>(?<!لم )يجب(?: علي(?:نا)?)?(?= أن)|ينبغي|لا بد|(?<!إذا )(?<!هل )(?<!اذا )لازم"
    r"|المفروض|من المفترض|من واجب(?:ي|نا)|واجبي|واجب علي|"
    r"الصواب|حرام|عيب|الشخص (?:الجيد|الصالح)|إنسان (?:جيد|صالح)|(?:ابن|ابنة|أم|أب) (?:صالح|صالحة|بار"
    r"|بارة)|أخلاقيا)\b"
)
_OTHERS = words.compiled(
    r"\b(?:كلام الناس|(?:ماذا|ما|شو|ايش) (?:سيقول|يقول|بيقول|راح يقول|رح يقول|يقولون|سيقولون|سيظن"
    r"|يظن)(?:ه)? ?(?:الناس|الآخرون|"
    r"أهلي|عني|عائلتي)?|(?:الناس|أهلي|عائلتي|الجميع|أبي|أمي|والدي|والدتي|مديري|الجيران|الكل|أصدقائي) "
    r"(?:كانوا |كان |كانت )?"
    r"(?:[يت]توقع(?:ون|وا)?|[يت]نتظر(?:ون|وا)?(?= مني)|[يت]حكم(?:ون)?(?= علي)|[يت]ريد(?:ون)?(?= (?:مني"
    r"|أن))|بدهم|[يت]قول(?:ون)?(?= (?:عني|إن))|"
    r"بيقولوا|بيحكوا|[يت]لوم(?:ون)?(?:ني)?)|(?:يتوقع|يتوقعون|ينتظر|ينتظرون|تتوقع|توقع|توقعت) (?:\w+ )?مني"
    r"|يتوقعونه? مني|متوقع مني|"
    r"أخيب ظن|خيبت ظن|صورتي أمام|أمام الناس)\b"
)
_FEELING = words.compiled(
    r"\b(?P<feeling>[وف]?(?:شعرت|أشعر|أحسست|حسيت|كنت أشعر) (?:\w+ )?(?:ب|بال)(?:خوف|حزن|قلق|خجل|ذنب|غضب"
    r"|فرح|راحة|ارتياح|عجز|وحدة|ضيق|"
    r"سعادة|ندم|حرج|إحراج|توتر|فخر|ألم|هدوء|طمأنينة|حيرة|امتنان)|[وف]?(?:كنت|صرت|كنت وقتها) (?:\w+ "
    r")?(?:خائف|حزين|قلق|غاضب|خجول|"
    r"متوتر|سعيد|مرتاح|محرج|وحيد|ضائع|محتار|فخور|هادئ|ممتن|مرتبك|عاجز|زعلان|خايف|مبسوط|متضايق|مكسوف|تعبان"
    r"|مشتت)(?:ا|ة)?|"
    r"[وف]?(?:خفت|خجلت|حزنت|غضبت|ارتبكت|فرحت|زعلت|انزعجت|ارتحت|تضايقت))\b(?! (?:عليه|عليها|منه|منها|لأن"
    r"|عندما|لما|أن))"
)
_ABSTRACT = words.set_of(
    """
    صدق احترام حب ثقة حكمة رحمة لطف عدل عدالة حرية تعاطف إخلاص صداقة سعادة سلام كرامة أمانة وفاء شجاعة
    صبر إيمان أمل
    تسامح مساواة مسؤولية عائلة تفاهم محبة صراحة نزاهة تواضع كرم تضحية تقدير طيبة عطاء أصالة انفتاح توازن
    """
)
_PAST = words.compiled(
    r"\b[وف]?(?:كان|كانت|كانوا|كنت|كنا|قال|قالت|قالوا|قلت|جاء|جاءت|سألني|سألتني|سألت|سألته|ذهبت|ذهبنا"
    r"|رأيت|سمعت|أراد|أرادت|اتصل|"
    r"اتصلت|طلب|طلبت|أخبرني|أخبرتني|مرض|مات|توفي|توفيت|حدث|حدثت|حصل|حصلت|جلست|جلسنا|شفت|إجا|إجت|حكى|حكت"
    r"|حكالي|حكتلي|قاللي|"
    r"رحت|جيت|قعدت|قعدنا|بدأ|بدأت|انتقلت|خسر|خسرت|دخل|دخلت|خرج|خرجت|زارني|زارتني|جاءني|جاءتني|وقف|وقفت"
    r"|ترك|تركت|صار|صارت|"
    r"مرة|أمس|مبارح|امبارح|الماضي|الماضية|اللي فات|قبل (?:سنة|سنتين|شهر|أيام|سنوات|عام|أسبوع|أسبوعين"
    r"|شهرين)|منذ (?:سنة|سنوات|شهر|عام|"
    r"عامين|أشهر))\b"
)


def is_stuck(text: str) -> bool:
    """Whether the person says that nothing comes to mind."""
    return bool(_STUCK.search(words.unmarked(text))) and len(words.words(text)) <= 10


def is_short(text: str, *, story: bool) -> bool:
    """Whether the answer is too short to go on from."""
    return len(words.words(text)) < (SHORT_STORY if story else SHORT_ANSWER)


def is_general(text: str) -> bool:
    """Whether a story tells how things are in general and not of one time."""
    return not _PAST.search(words.unmarked(text))


def find_slogan(text: str) -> str:
    """Return the big word that the answer rests on, as the person wrote it.

    Nothing where it shows something besides.
    """
    content = words.content_words(text)
    big = [word for word in content if _is_abstract(word)]
    if not big or len(content) - len(big) > 2 * len(big):
        return ""
    return next(str(word) for word in words.WORD.findall(words.unmarked(text)) if words.plain(word) == big[0])


def _is_abstract(word: str) -> bool:
    return re.sub(r"^(?:وال|بال|ال|و)", "", word) in _ABSTRACT


def find_norm(text: str) -> str:
    """Return the words in which the answer states a rule, or nothing."""
    match = _NORM.search(words.unmarked(text))
    return match["norm"] if match else ""


def speaks_of_others(text: str) -> bool:
    """Whether the answer is about what others expect or think."""
    return bool(_OTHERS.search(words.unmarked(text)))


def find_feeling(text: str) -> str:
    """Return the words in which the person says what they felt, or nothing."""
    match = _FEELING.search(words.unmarked(text))
    return match["feeling"] if match else ""
