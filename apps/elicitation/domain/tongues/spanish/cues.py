"""What kind of answer somebody gave in Spanish: short, general, a slogan, a rule, others' wishes, a feeling.

Patterns are read without accents, for people on a phone leave them out.
"""

import re

from apps.elicitation.domain.tongues.spanish import words

SHORT_STORY = 12
SHORT_ANSWER = 3

_STUCK = re.compile(
    r"^\W*(?:pues |la verdad |es que |yo |bueno |uf |eh |mm+ )*(?:no (?:lo )?(?:se|recuerdo|me acuerdo"
    r"|entiendo"
    r"|sabria(?: decir\w*)?|tengo (?:ni )?idea|se me ocurre|caigo|comprendo)\b(?! (?:que|por|como|si"
    r"|cuando)\b)"
    r"|(?:no se )?(?:ni idea|ninguna?|nada|no|ns|nose|paso|que quiere decir.*|\?+)\W*$|\W+$)"
)
_NORM = re.compile(
    r"\b(?P<norm>(?:(?:uno|una|la gente|todos|se|siempre) deben?|debemos|debo|(?<!si "
    r")deber[ií]a(?:mos)?)(?: de)?(?= \w+[aei]r)"
    r"|hay que|tengo que|tenemos que|(?:uno|una|un[ao]? buen[ao]? \w+|buen[ao]? \w+) tiene que|se supone "
    r"que|es "
    r"obligacion\w*"
    r"|mi deber|es (?:mi|un|su) deber|lo correcto|esta mal|buena persona|buen (?:hijo|padre|amigo)"
    r"|buena (?:hija|madre|amiga)|moralmente|como dios manda)\b"
)
_OTHERS = re.compile(
    r"\b(?:que diran|(?:lo que|que) (?:dira|diran|digan|piensen?|pensaran?|esperan?|esperaban|dicen"
    r"|piensan|opinan)"
    r"(?: de mi)? (?:la gente|los demas|los otros|mi familia|mis padres|mi madre|mi padre|todos)"
    r"|(?:la gente|los demas|mis padres|mi familia|mi madre|mi padre|mi jef[ea]|todos|ellos|mis amig[oa]s)"
    r" (?:siempre )?(?:me )?(?:espera(?:n|ban?)?|juzga(?:n|ban?|ria)?|critica(?:n|ban?)?|habla(?:n|ban) "
    r"de mi"
    r"|piensa(?:n)? (?:de|que)|pensaba(?:n)? (?:de|que)|exig(?:e|en|ia|ian)|quer(?:ia|ian) que|quieren? que)"
    r"|espera(?:n|ban) de mi|se espera de mi|quedar (?:bien|mal)|decepcionar|bien visto|mal visto)\b"
)
_FEELING = re.compile(
    r"\b(?P<feeling>(?:me (?:sent[ií]|sentia|puse|quede|dio|daba|dieron|entro|entraba) (?:(?:muy|tan"
    r"|mucho|mucha"
    r"|bastante|un poco|algo|como|tanta|tanto|bien|mal) ?(?:de )?)*|(?:sent[ií]|tuve|tenia|senti como) "
    r"(?:(?:mucho|mucha"
    r"|un poco de|tanto|tanta|algo de|una) )?|estaba (?:(?:muy|tan|bastante|un poco|super) )?)"
    r"(?:miedo|pena|rabia|verguenza|culpa|tristeza|alegria|nervios|panico|impotencia|alivio|paz|ternura"
    r"|asustad[oa]|nervios[oa]|preocupad[oa]|enojad[oa]|enfadad[oa]|avergonzad[oa]|culpable|triste|sol[oa]"
    r"|orgullos[oa]|feliz|aliviad[oa]|tranquil[oa]|agradecid[oa]|conmovid[oa]|impotente|confundid[oa]"
    r"|frustrad[oa]|celos[oa]|incomod[oa]|angustiad[oa]|abrumad[oa]|decepcionad[oa]|inutil|mal|fatal"
    r"|dividid[oa]|bien))\b(?! (?:por ell|de el|con el|cuando|porque|de que)\b)"
)
_ABSTRACT = words.set_of(
    """
    honestidad respeto amor verdad libertad justicia empatia compasion bondad integridad lealtad confianza
    apertura responsabilidad autenticidad dignidad igualdad sabiduria equilibrio armonia tolerancia valor
    valentia fe familia felicidad exito cariño honesto honesta respetuoso respetuosa amable justo justa leal
    autentico autentica abierto abierta sincero sincera sinceridad empatico empatica compasivo tolerante
    responsable solidaridad humildad humilde generosidad amistad paciencia
    """
)
_PAST = re.compile(
    r"\b(?:era|eran|fue|fueron|fui|estaba|estaban|estuve|estuvo|habia|tenia|tuve|tuvo|dijo|dije|dijeron"
    r"|vino|vine|"
    r"hizo|hice|quiso|quise|pudo|puso|puse|vi|vio|oi|dio|di|supo|supe|iba|iban|ayer|anoche|una vez"
    r"|aquella? vez|"
    r"hace (?:un|dos|tres|unos|unas|mucho|poco|años)|\w{2,}(?:aron|ieron|aba|aban|io)|el año pasado"
    r"|cuando (?:yo )?era)\b"
)
_PRETERITE = re.compile(r"\b\w{2,}(?:é|ó|í)\b", re.IGNORECASE)
_FUTURE = re.compile(r"\b\w{2,}ré\b", re.IGNORECASE)
_PHONE_PAST = re.compile(r"\b(?:me|le|la|lo|nos|se|les) \w{2,}[eo]\b.*\b(?:dia|noche|mes|año|semana|vez)\b")


def is_stuck(text: str) -> bool:
    """Whether the person says that nothing comes to mind."""
    return bool(_STUCK.search(words.bare(text))) and len(words.words(text)) <= 12


def is_short(text: str, *, story: bool) -> bool:
    """Whether the answer is too short to go on from."""
    return len(words.words(text)) < (SHORT_STORY if story else SHORT_ANSWER)


def is_general(text: str) -> bool:
    """Whether a story tells how things are in general and not of one time."""
    plain = words.bare(text)
    told = _PAST.search(plain) or _PRETERITE.search(_FUTURE.sub("", text)) or _PHONE_PAST.search(plain)
    listed = words.words(text)
    return not told and not any(word.endswith(("ia", "ian")) and words.is_finite(word) for word in listed)


def find_slogan(text: str) -> str:
    """Return the big word that the answer rests on, as the person wrote it.

    Nothing where it shows something besides.
    """
    content = words.content_words(text)
    big = [word for word in content if word in _ABSTRACT]
    if not big or len(content) - len(big) > 2 * len(big):
        return ""
    return next(str(word) for word in words.WORD.findall(text) if words.bare(word) == big[0])


def find_norm(text: str) -> str:
    """Return the words in which the answer states a rule ("hay que"), or nothing."""
    return _as_written(_NORM.search(words.bare(words.composed(text))), "norm", text)


def speaks_of_others(text: str) -> bool:
    """Whether the answer is about what others expect or think."""
    return bool(_OTHERS.search(words.bare(text)))


def find_feeling(text: str) -> str:
    """Return the words in which the person says what they felt, or nothing."""
    return _as_written(_FEELING.search(words.bare(words.composed(text))), "feeling", text)


def _as_written(match: re.Match[str] | None, name: str, text: str) -> str:
    """Return what a pattern found, with the accents of the person."""
    return words.composed(text)[match.start(name) : match.end(name)].strip() if match else ""
