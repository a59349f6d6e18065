"""From what somebody attended to, in their own Spanish words, to one attention policy.

The person's phrase ("cómo le temblaba la voz") keeps its words; a head noun in capitals is put before it
where the phrase brings none of its own ("SEÑALES de cómo le temblaba la voz").
"""

import re

from apps.elicitation.domain.tongues.base import Line
from apps.elicitation.domain.tongues.cutting import Cutting
from apps.elicitation.domain.tongues.spanish import words

LONGEST = 17
_CUT = re.compile(
    r"\s*(?:[;:(]|\s[-–—]\s|,?\s+(?:porque|xq|pq|pero|aunque|as[ií] que|entonces|o sea|pues|y (?:yo"
    r"|entonces|luego|"
    r"despu[eé]s|ah[ií]|eso|por eso|as[ií]|me|le|les|nos)|y ya)\b|,\s*(?:no|sino|y|o|ni|que|yo|eso|as[ií]|"
    r"como|cuando)\b).*$",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"[,\s]+(?:sobre todo|m[aá]s que nada|nom[aá]s|creo|creo yo|me parece|la verdad|tambi[eé]n|y|o|e|u|el"
    r"|la|los|las"
    r"|de|del|a|al|en|que|un|una|pues|verdad|eso|con|por|para|se|le|me|su|sus|es|era|fue)[\s.,!?]*$",
    re.IGNORECASE,
)
_BREAKS = words.set_of("y mientras cuando antes despues sin con hasta donde como para desde aunque")
_ACCENTED = {
    "como": "cómo", "donde": "dónde", "quien": "quién", "quienes": "quiénes", "cuanto": "cuánto",
    "cuanta": "cuánta", "cual": "cuál",
}  # fmt: skip
_QUESTION_WORDS = frozenset(_ACCENTED)
_EMPTY_NOUNS = words.set_of(
    "cosa cosas parte partes vez veces dia dias rato tiempo manera forma modo hecho todo nada"
)
_FIRST_PERSON = words.set_of(
    "dije hice fui tuve puse quise vi di pude supe estoy soy tengo creo pienso quiero vine anduve estuve "
    "oi digo hago voy veo oigo siento recuerdo se necesito puedo llamo trato intento"
)


_CUTTING = Cutting(
    thought=_CUT,
    trail=_TRAIL,
    marks=' .,!?…"“”¡¿)',
    breaks=_BREAKS,
    open_ends=words.PREPOSITIONS
    | words.DETERMINERS
    | words.set_of("y e o u ni que si como cuando aunque incluso hasta solo muy se me le lo es era"),
    plain=words.bare,
)
_SAID_OF_IT = re.compile(r"^((?:el|la|los|las|sus?|una?) [^\W\d_]+), (?=que\b)", re.IGNORECASE)


def trim(phrase: str, *, longest: int = LONGEST) -> str:
    """Cut a phrase where its thought ends; what is said of one thing ("los ojos, que ...") stays with it."""
    return _CUTTING.trim(_SAID_OF_IT.sub(r"\1 ", phrase.strip()), longest=longest)


_EACH_TIME = re.compile(
    r"^(?:(?:de|en) )?(?:que )?(?P<time>cada vez que|siempre que) (?P<rest>.+)", re.IGNORECASE
)


def turn(phrase: str) -> str:
    """Return "(que) cada vez que X, Y" as "que Y cada vez que X", where Y is about somebody else.

    What was so stands first, and is not cut away.
    """
    match = _EACH_TIME.match(phrase.strip())
    if not match:
        return phrase
    when = words.first_sentence(match["rest"])
    what = trim(match["rest"][len(when) :].strip(" ,"))
    if not what or not is_clause(what):
        return phrase
    return f"que {lower_first(what)} {match['time'].lower()} {when.strip(' ,')}"


def from_object(phrase: str, *, trigger: str = "") -> Line | None:
    """Return the policy for what was attended to; ``trigger`` is the person's "vi", where there was one."""
    phrase = trim(phrase)
    listed = words.words(phrase)
    if not words.content_words(phrase) or not listed:
        return None
    if line := _from_opening(phrase, listed):
        return line
    if re.match(r"al? ", words.bare(phrase)):
        return _from_person(phrase, trigger)
    if is_infinitive(listed[0]):
        return from_purpose(phrase)
    if is_clause(phrase):
        return _sign_that(phrase)
    return _from_noun_phrase(phrase)


def from_purpose(phrase: str) -> Line | None:
    """Return the policy for what somebody wanted to do: "escuchar sin interrumpir"."""
    phrase = trim(phrase)
    listed = words.words(phrase)
    if not listed or not is_infinitive(listed[0]) or len(words.content_words(phrase)) < 2:
        return None
    return Line("OCASIONES", f"de {lower_first(phrase)}", to_title(phrase), 2.4)


def from_wish(clause: str) -> Line | None:
    """Return the policy for what somebody wanted to come about: "que ella hablara"."""
    clause = re.sub(r"^que ", "", trim(clause), flags=re.IGNORECASE)
    if len(words.content_words(clause)) < 1 or words.words(clause)[0] in {"no", "nunca"}:
        return None
    return Line("OCASIONES", f"para que {lower_first(clause)}", to_title(f"Que {lower_first(clause)}"), 2.3)


def from_moment(clause: str, *, strength: float = 2.2) -> Line | None:
    """Return the policy for a kind of moment: "alguien se queda callado"."""
    clause = words.first_sentence(trim(clause))
    if not any(words.is_finite(word) for word in clause.split()) and not _FIRST.search(clause):
        return None
    if len(words.content_words(clause)) < 1 or len(clause.split()) < 2:
        return None
    return Line(
        "MOMENTOS", f"en que {lower_first(clause)}", to_title(f"Cuando {lower_first(clause)}"), strength
    )


def from_question(phrase: str) -> Line | None:
    """Return the policy for what somebody asked: "qué echaría de menos"."""
    phrase = accent(trim(phrase))
    if not words.content_words(phrase):
        return None
    about = phrase if words.bare(phrase).startswith(("por ", "sobre ")) else f"sobre {lower_first(phrase)}"
    about = about if not words.bare(about).startswith("por que ") else f"sobre {about}"
    return Line("PREGUNTAS", about, to_title(f"Preguntar {lower_first(phrase)}"), 2.8)


def _from_opening(phrase: str, listed: list[str]) -> Line | None:
    """Read a phrase by the small word that it begins with."""
    first, rest = listed[0], phrase.partition(" ")[2] if len(listed) > 1 else ""
    if len(listed) < 2:
        return None
    if first == "que" and not phrase.casefold().startswith("qué"):
        wished = any(word.endswith(_SUBJUNCTIVE) for word in listed[1:6])
        return from_wish(rest) if wished else _sign_that(rest)
    if first == "cuando":
        return from_moment(rest, strength=2.8)
    question = first in _QUESTION_WORDS | {"si", "que"} or listed[:2] in (["por", "que"], ["lo", "que"])
    if question or (first in {"a", "de", "con", "en"} and listed[1] in {"quien", "que", "donde"}):
        shown = lower_first(accent(phrase))
        return Line("SEÑALES", f"de {shown}", to_title(shown), 3.0 if first != "lo" else 2.9)
    if first == "lo" and len(listed) > 2 and listed[2] == "que":
        return Line("SEÑALES", f"de {lower_first(phrase)}", to_title(phrase), 2.9)
    return None


def _sign_that(clause: str) -> Line | None:
    clause = words.first_sentence(lower_first(clause))
    if len(clause.split()) < 2:
        return None
    return Line("SEÑALES", f"de que {clause}", to_title(f"Notar que {clause}"), 2.5)


def _from_person(phrase: str, trigger: str) -> Line | None:
    """ "A mi padre llorar" needs the person's own "vi"; a person alone is nothing that can be noticed."""
    listed = words.words(phrase)
    moving = any(is_infinitive(word) or word.endswith(("ando", "iendo", "yendo")) for word in listed[2:])
    if trigger and moving:
        return Line("MOMENTOS", f"en que {lower_first(trigger)} {phrase}", "", 1.8)
    if len(words.content_words(phrase)) >= 2 and "que" in listed:
        shown = re.sub(r"^al ", "el ", re.sub(r"^a ", "", phrase))
        return Line("SEÑALES", _join("en", shown), to_title(shown), 2.0)
    return None


def _from_noun_phrase(phrase: str) -> Line | None:
    tokens, plain = phrase.split(), [words.bare(token).strip(",.") for token in phrase.split()]
    start = 2 if plain[0] in {"todo", "toda", "todos", "todas"} and plain[1:2] else 0
    start = 1 if not start and plain[0] in words.DETERMINERS else start
    end = start
    while end < len(plain) - 1 and plain[end] in words.ADJECTIVES_BEFORE:
        end += 1
    if end >= len(plain) or plain[end] in words.STOPWORDS:
        return None
    determiner = plain[start - 1] if start else ""
    noun, rest = " ".join(tokens[start : end + 1]).strip(","), " ".join(tokens[end + 1 :])
    return _name_noun(determiner=determiner, noun=noun, head=plain[end], rest=rest, full=phrase)


def _name_noun(*, determiner: str, noun: str, head: str, rest: str, full: str) -> Line | None:
    full = lower_first(full)
    follows = words.words(rest)[:1]
    if head in {"manera", "forma", "modo"} and follows:
        return Line("SEÑALES", f"en {full}", to_title(full), 2.9)
    if head in _EMPTY_NOUNS:
        return None
    if head in words.MANNERS:
        kind = "CAMBIOS" if _CHANGING.search(words.bare(full)) else "SEÑALES"
        return Line(kind, f"en {full if determiner else 'la ' + full}", to_title(full), 2.6)
    if head in words.MASS:
        if determiner in words.POSSESSIVES or (follows and follows[0] not in words.PREPOSITIONS):
            return Line("SEÑALES", _join("de", full), to_title(full), 2.4)
        return Line("MOMENTOS", f"de {noun.lower()} {rest}".strip(), to_title(full), 2.4)
    if head in words.PEOPLE:
        return None
    own = determiner in words.POSSESSIVES
    if words.is_plural(head) and not own and rest:
        return Line(noun.upper(), rest, to_title(full), 3.2)
    if head in _COUNTED and determiner in words.ARTICLES and follows and follows[0] in words.PREPOSITIONS:
        return Line(words.to_plural(noun).upper(), rest, to_title(full), 2.6)
    if not determiner and not words.is_plural(head):
        return None
    return Line("DETALLES", _join("de", full), to_title(full), 2.0 if rest or own else 1.6)


def is_infinitive(word: str) -> bool:
    """Guess whether a word is an infinitive, also with a pronoun at its end."""
    plain = re.sub(r"(?:me|te|se|nos|l[aeo]s?)$", "", word) if re.search(r"[aei]r\w{2,5}$", word) else word
    return len(plain) > 2 and plain.endswith(("ar", "er", "ir")) and plain not in _NOT_INFINITIVES


_CHANGING = re.compile(
    r"\b(?:cambi|se (?:puso|ponia|volvi|quebr|apag|ilumin|tens|abri|cerr)|subi|baja|bajo |crec"
    r"|mas (?:bajo|alto|lent|rapid))"
)
"""Who looked at hands need not have seen them change: only words of change make it CAMBIOS."""
_SUBJUNCTIVE = ("iera", "ieran", "iese", "iesen", "asen", "uviera")
_FIRST = re.compile(
    r"\b(?:\w+(?:é|í|ije|ice|emos|imos|amos)|\w{3,}[ae]n?|" + "|".join(_FIRST_PERSON) + r")\b", re.IGNORECASE
)
_COUNTED = words.set_of(
    "pausa pregunta palabra duda gesto frase momento cambio razon señal diferencia respuesta detalle "
    "nombre historia costumbre excusa promesa distancia risa mentira"
)
_NOT_INFINITIVES = words.set_of(
    "lugar hogar mujer ayer mar par bar azar taller placer alquiler particular familiar"
)


def is_clause(phrase: str) -> bool:
    """Guess whether a phrase is a sentence about somebody else: subject left out or named, then a verb."""
    tokens = words.WORD.findall(phrase)
    plain = [words.bare(token) for token in tokens]
    if len(tokens) < 2 or (plain[0] in _FIRST_PERSON | {"yo"} and tokens[0].casefold() != "se"):
        return False
    for at, token in enumerate(tokens[:6]):
        if plain[at] in words.PREPOSITIONS | {"que", "si", "como", "cuando"}:
            return False
        noun = at and plain[at - 1] in words.DETERMINERS - {"lo"} and tokens[at - 1].casefold() != "él"
        if words.is_finite(token) and not noun:
            return True
        if token.casefold().endswith(("é", "í")) or plain[at] in _FIRST_PERSON - {"se"}:
            return False
    return False


def says_something(word: str) -> bool:
    """Whether a word can be the verb of "que ...": what was so, or what was wished for."""
    return words.is_finite(word) or words.bare(word).strip(",.").endswith(_SUBJUNCTIVE)


def accent(phrase: str) -> str:
    """Return a phrase with the accent that its question word needs."""
    phrase = re.sub(r"^(a |de |con |en |por )?que\b", r"\1qué", phrase, flags=re.IGNORECASE)
    first, _, rest = phrase.partition(" ")
    shown = _ACCENTED.get(first.casefold(), first)
    return f"{shown} {rest}".strip()


def lower_first(phrase: str) -> str:
    """Return a phrase with a small first letter."""
    return phrase[:1].lower() + phrase[1:]


def _join(preposition: str, phrase: str) -> str:
    """Return preposition and phrase, "de el" drawn together."""
    joined = f"{preposition} {phrase}"
    return re.sub(r"^de el ", "del ", joined)


def to_title(phrase: str) -> str:
    """Return a title of two to five words, cut only where a phrase can end; empty where it cannot."""
    listed = phrase.strip(' .,!?"“”«»').split()
    if len(listed) > 5:
        breaks = words.set_of("cuando mientras antes y despues aunque sin")
        ends = [at for at in range(2, 6) if words.bare(listed[at]) in breaks]
        listed = listed[: ends[-1]] if ends else []
    shown = " ".join(listed).strip(" ,")
    return shown[:1].upper() + shown[1:] if len(listed) > 1 else ""
