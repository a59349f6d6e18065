"""Word lists and small rules of Arabic for the guided interviewer, which reads without a model.

People leave out vowel marks and the hamza on an alef, and mix up letters that look alike: words are compared
with these made alike, and patterns are made to fit all of them (``loose``), so that the person's spelling is
kept.
"""

import re

from apps.moralgraph.domain.linter import arabic

_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_LOOSE = {
    "ا": "اأإآٱ", "أ": "اأإآٱ", "إ": "اأإآٱ", "آ": "اأإآٱ", "ي": "يى", "ى": "يى", "ة": "ةه",
    "ؤ": "ؤو", "ئ": "ئيى",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+|\d+")


def unmarked(text: str) -> str:
    """Return text without vowel marks and stretched letters."""
    return _MARKS.sub("", text)


def plain(text: str) -> str:
    """Return text as it is compared."""
    return unmarked(text).casefold().translate(_ALIKE)


def loose(pattern: str) -> str:
    """Return a pattern that fits the ways in which a word is spelled."""
    fitting, in_set = [], False
    for letter in pattern:
        in_set = letter == "[" or (in_set and letter != "]")
        letters = _LOOSE.get(letter, letter)
        fitting.append(f"[{letters}]" if len(letters) > 1 and not in_set else letters)
    return "".join(fitting)


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern for ``unmarked`` text that fits the ways in which a word is spelled."""
    return re.compile(loose(pattern))


def any_of(listed: str) -> str:
    """Return a pattern that fits any of the listed words; a low line stands for a space inside one."""
    return f"(?:{'|'.join(word.replace('_', ' ') for word in listed.split())})"


def set_of(listed: str) -> frozenset[str]:
    """Return the listed words as they are compared."""
    return frozenset(plain(listed).split())


STOPWORDS = set_of(
    """
    في من إلى على عن مع أن إن أنه أنها أنهم أنني أني إنه إنها انو إنو انه لأن لأنه لأنها لأنهم لأني كان
    كانت كانوا
    كنت كنا يكون تكون أكون هو هي هم أنا نحن أنت أنتم هذا هذه ذلك تلك هؤلاء أولئك الذي التي الذين اللي يلي
    ما ماذا
    ماإذا إذا لو هل كيف متى أين لماذا ليش شو ايش إيه لم لن لا ليس ليست مش مو ما قد لقد سوف ثم أو أم بل
    لكن ولكن حتى
    كي لكي كل بعض أي غير سوى عند عندما حين حينما لما كلما بعد قبل بين فوق تحت أمام وراء خلف خلال منذ مثل
    كما أيضا
    كمان فقط بس جدا كثيرا كثير كتير قليلا شوي فيه فيها فيهم به بها بهم له لها لهم لي لنا لك لكم عليه
    عليها عليهم
    علي إليه إليها إليهم إلي منه منها منهم مني عنه عنها عنهم معه معها معهم معي هنا هناك هناك الآن اليوم
    وهو وهي وهم
    وأنا وكان وكانت وكنت وما ولا ولم وفي ومن وإلى وعلى وعن ومع وأن وأنه وأنها هيك هكذا كذلك ذاك دا ده دي
    عم راح رح
    قدام جنب عشان علشان مشان لانو نفس نفسه نفسها نفسي شيء شي حاجة أشياء أحد أحدا يا أول آخر أخرى مرة ربما
    يمكن لدى
    لديه لديها عندي عنده عندها كله كلها تبين ان
    """
)
FRAMES = set_of("لحظات اللحظات علامات فرص أسئلة تفاصيل تغيرات أسباب أنتبه تبين يمكن مثل هذه")
SMALL: frozenset[str] = frozenset()
"""None: its letters give Arabic away."""
MANNERS = set_of(
    "صوت نبرة وجه عين عينين عيون يد يدين أيدي نظرة نظرات ملامح جسم جسد وقفة مشية ابتسامة تنفس نفس أصابع "
    "كتفين شفتين يدي ايد صباع عيني كتفي قدم قدمين قدمي رجل رجلين حركة حركات تعابير تعبير طريقة لهجة ضحكة "
    "ايدين ايدي وش عنين عيونه"
)
MASS = set_of(
    "صمت سكوت هدوء خوف حزن فرح قلق تردد تعب غضب خجل توتر راحة ارتياح ألم حنان صدق ثقة احترام وحدة حيرة "
    "ارتباك سكينة تعاطف شوق لهفة انكسار كرامة عجز ندم ضيق"
)
PEOPLE = {
    plain(certain): any_such
    for certain, _, any_such in (
        pair.partition(":")
        for pair in """
        أختي:أخت أخي:أخ أخوي:أخ أمي:والدة والدتي:والدة أبي:والد أبوي:والد والدي:والد ابني:ابن ابنتي:ابنة
        بنتي:ابنة زوجتي:زوجة زوجي:زوج صديقي:صديق صديقتي:صديقة صاحبي:صاحب صاحبتي:صاحبة جاري:جار
        جارتي:جارة جدتي:جدة جدي:جد عمي:عم خالي:خال عمتي:عمة خالتي:خالة مديري:مدير مديرتي:مديرة
        زميلي:زميل زميلتي:زميلة معلمي:معلم الرجل:رجل المرأة:امرأة الفتاة:فتاة البنت:بنت الولد:ولد
        السيدة:سيدة الطفلة:طفلة
        """.split()
    )
}
"""People by the word for one of them as it is compared: the same noun for any such person."""
_PREFIX = re.compile(
    r"^(?:وال|بال|فال|كال|لل|ال|و(?=\w{3})|ف(?=\w{4})|ب(?=\w{4})|ل(?=\w{4})|س(?=[اتين]\w{3}))"
)
_SUFFIX = re.compile(
    r"(?<=\w{3})(?:هما|كما|هم|هن|ها|نا|كم|ني|ته|تها|تي|ات|ون|ين|ان|يه|وا|ه|ي|ك|ت|ا)$|(?<=\w{2})(?:ها|هم)$"
)


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return WORD.findall(plain(text))


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning: all but pronouns, particles and other small words."""
    return [word for word in words(text) if word not in STOPWORDS and len(word) > 1]


def sentences(text: str) -> list[str]:
    """Return a text's sentences, each word for word as it stands there."""
    pieces = re.split(r"(?<=[.!?؟…])[\"”»’')]*\s+|\n+", text.strip())
    return [piece.strip() for piece in pieces if words(piece)]


def stem(word: str) -> str:
    """Return what forms of one word have in common: joined particles, article and endings left out."""
    short = _PREFIX.sub("", word)
    return _SUFFIX.sub("", short if len(short) >= 2 else word)


def noun_of(word: str) -> str:
    """Return a noun without article and without whose it is, as it is compared."""
    bare = re.sub(r"^(?:وال|ال)", "", plain(word))
    return re.sub(r"(?<=\w{2})(?:هما|هم|هن|ها|نا|كم|ه|ي|ك)$", "", bare)


def is_kind(word: str, kinds: frozenset[str]) -> bool:
    """Whether a noun is one of a kind, whosever it is ("نبرتها" is a tone)."""
    noun = noun_of(word)
    return bool({noun, re.sub(r"ت$", "ه", noun), plain(word)} & kinds)


def is_plural(word: str) -> bool:
    """Guess whether a noun is a plural, as the linter does."""
    return arabic.is_plural(re.sub(r"^ال", "", arabic.plain(word)))
