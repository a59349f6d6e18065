"""Signs that somebody is in distress, and the fixed words of the pause that follows.

The patterns ask for what a person says of themselves now. Figures of speech ("killed me", "dying to know"),
laughter, other people's fates and plain negations are no signs. All languages are read, whichever the
interview is in. The words are fixed: no model writes
them. They still need a reading by people who know the field, in each language.
"""

import re

from apps.moralgraph.domain.linter.arabic import plain

VERSION = "distress-v2"
MOVE = "distress"

_ENGLISH = re.compile(
    r"\b(?:i(?:'m| am| feel| have been|'ve been)(?: (?!not\b|never\b)\w+){0,2} suicidal|(?:have|"
    r"having|get|had) suicidal thoughts|kill(?:ing)? myself|"
    r"(?:want|wanted|going|plan|planning|like|trying|tried|thinking (?:of|about)|thought (?:of|about)|urge) "
    r"(?:to )?(?:hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|end(?:ing)?) (?:myself|my life|it all)|"
    r"(?:hurting|harming|cutting) myself(?! (?:on|while|shaving|off|short|some))|end(?:ing)? my "
    r"(?:own )?life|"
    r"take my own life|self[- ]harm(?:ing)?\b(?= (?:again|now|every))|"
    r"(?:don't|do not|didn't) want to (?:live|be alive|exist)\b(?! (?:in|with|near|here|there|at|"
    r"like|on|off))|"
    r"(?:don't|do not) want to be here any ?more|no reason (?:left )?to (?:live|go on living)|"
    r"(?:life is|isn't|is not|not) worth living|better off (?:dead|without me)|"
    r"wish i (?:was|were) dead|wish i had never been born|i want to die|"
    r"(?:i )?(?:can't|cannot|can not) (?:go on|cope|bear it|live like this) any ?(?:more|longer)|"
    r"i(?:'m| am) (?:having a panic attack|breaking down|not safe at home)|i feel (?:hopeless|worthless)|"
    r"(?:he|she|my (?:husband|wife|partner|boyfriend|girlfriend|father|mother)) (?:beats|hits) me)\b"
)
_SPANISH = re.compile(
    r"\b(?:(?:quiero|quisiera|pienso en|he pensado en|pensando en|voy a|ganas de|intent[eé]) "
    r"(?:matarme|morir(?:me)?|suicidarme|quitarme la vida|hacerme daño|lastimarme|cortarme|acabar "
    r"con (?:todo|mi vida)|"
    r"terminar con mi vida)|me quiero (?:morir|matar)|(?:tengo|tenido|con) (?:pensamientos|ideas) "
    r"suicidas|me autolesiono|"
    r"no quiero (?:seguir viviendo|vivir más|vivir así|estar viv[oa])|ya no quiero vivir|"
    r"(?:mi vida no tiene sentido|no vale la pena vivir|estar[ií]a mejor muert[oa]|mejor sin mí)|"
    r"ojalá (?:estuviera muert[oa]|no hubiera nacido)|ya no (?:puedo|aguanto) más|"
    r"(?:tengo|estoy teniendo) un ataque de pánico|me siento (?:sin esperanza|inútil y sol[oa])|"
    r"mi (?:marido|esposo|esposa|mujer|pareja|novio|novia|padre|madre) me (?:pega|golpea|maltrata))\b"
)
_ARABIC = re.compile(
    plain(
        r"\b(?:(?:أريد|أتمنى|أفكر في|أفكر ب|سوف|حاولت) ?(?:أن |لو )?(?:أموت|الموت|الانتحار|أنتحر|"
        r"أقتل نفسي|مت|أنهي حياتي|"
        r"إنهاء حياتي|أؤذي نفسي|إيذاء نفسي)|سأنتحر|سأقتل نفسي|(?:عندي|لدي|تراودني) أفكار انتحارية|أؤذي نفسي|"
        r"(?:لا|لم أعد) أريد (?:أن أعيش|العيش|الحياة)|لم أعد (?:أحتمل|أتحمل|أستطيع الاستمرار)|لا معنى لحياتي|"
        r"ليتني (?:مت|لم أولد)|حياتي لا تستحق|(?:زوجي|أبي|خطيبي|شريكي|أخي) (?:يضربني|يعنفني)|نوبة هلع الآن)\b"
    )
)
_JOKING = re.compile(
    r"\b(?:laugh\w*|giggl\w*|lol|haha\w*|jok(?:e|ed|ing)|kidding|embarrass\w*|jaja\w*|risas?|"
    r"reír(?:me|nos)?|bromas?|"
    r"bromeando|vergüenza)\b|\bmorir(?:me)? de (?:hambre|sueño|calor|frío|ganas)|😂|🤣|ضحك|امزح|مزاح|هههه"
)
_SENTENCE_ENDS = re.compile(r"[.!?…؟\n]+")
_DENIED = re.compile(
    r"(?:\bnot|\bnever|n't|\bwithout|\bno|\bnunca|\bjamás|\bsin|\bلا|\bلم|\bلن)(?: \w+){0,2} $", re.IGNORECASE
)

PAUSES = {
    "en": (
        "Thank you for writing this. It sounds heavy, and it matters more than an interview. I am a "
        "program and "
        "cannot help in the way that a person can.\n\n"
        "{help}If you are in danger now, call the emergency number where you are.\n\n"
        "You can stop here: your part then counts as complete, with the same code and the same pay. "
        "If you would rather go on, write whatever you like, and I will ask the next question."
    ),
    "es": (
        "Gracias por escribirlo. Suena muy duro, e importa más que una entrevista. Soy un programa y "
        "no puedo ayudar como lo haría una persona.\n\n"
        "{help}Si ahora corre peligro, llame al número de emergencias del lugar donde está.\n\n"
        "Puede parar aquí: su parte cuenta entonces como completa, con el mismo código y el mismo pago. "
        "Si prefiere seguir, escriba lo que quiera y haré la siguiente pregunta."
    ),
    "ar": (
        "شكرا لأنكم كتبتم هذا. يبدو الأمر ثقيلا، وهو أهم من أي مقابلة. أنا برنامج ولا أستطيع أن أساعد "
        "كما يساعد إنسان.\n\n"
        "{help}إذا كنتم في خطر الآن فاتصلوا برقم الطوارئ حيث أنتم.\n\n"
        "يمكنكم أن تتوقفوا هنا: تعد مشاركتكم عندئذ كاملة، بالرمز نفسه والأجر نفسه. "
        "وإن أردتم أن تواصلوا فاكتبوا ما تشاؤون، وسأطرح السؤال التالي."
    ),
}
HELP = {
    "en": "The people who run this study can be reached here: {contact}. ",
    "es": "Puede hablar con quienes llevan este estudio aquí: {contact}. ",
    "ar": "يمكنكم التواصل مع القائمين على هذه الدراسة هنا: {contact}. ",
}


def shows(*, text: str) -> bool:
    """Whether a person says that they are in distress or in danger."""
    return any(_sentence_shows(sentence) for sentence in _SENTENCE_ENDS.split(text))


def pause(*, help_contact: str, language: str = "en") -> str:
    """Return the words of the pause, with the study's help contact and the way out that pays."""
    known = language if language in PAUSES else "en"
    contact = HELP[known].format(contact=help_contact.strip()) if help_contact.strip() else ""
    return PAUSES[known].replace("{help}", contact)


def _sentence_shows(sentence: str) -> bool:
    text = plain(" ".join(sentence.replace("’", "'").casefold().split()))
    if _JOKING.search(text):
        return False
    found = (pattern.search(text) for pattern in (_ENGLISH, _SPANISH, _ARABIC))
    return any(match and not _DENIED.search(text[: match.start()]) for match in found)
