"""Where in a person's Spanish sentences they say what they attended to.

Patterns are read without accents, in text of the same length, so that the person's spelling is kept. A verb
in the first person begins what was attended to, and the next one ends it: people on a phone write no full
stops.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from apps.elicitation.domain.tongues.base import Find, Line, read_by
from apps.elicitation.domain.tongues.spanish import policies, words

_SO = (
    "(?: "
    + words.any_of(
        "mucho bien sobre_todo mas_que_nada siempre solo nomas primero mas tambien un_poco enseguida "
        "especialmente igual"
    )
    + ")*"
)
_INFINITIVE = r"[a-zñ]+[aei]r(?:me|te|se|nos|l[aeo]s?)?"
_WAYS = {
    "overlook": (
        "(?:no (?:se |le )?(?:habrian?|hubieran?|hubiesen?) "
        + words.any_of("visto notado oido escuchado mirado dado_cuenta fijado preguntado")
        + "(?: (?:de|en))?|no "
        + words.any_of(
            "veria notaria oiria se_daria_cuenta se_fijaria escucharia miraria vio noto se_fijo "
            "se_dio_cuenta ve nota se_fija se_da_cuenta"
        )
        + "n?(?: (?:de|en))?"
        "|(?:habria|hubiera) (?:pasado por alto|ignorado|dejado pasar)|pas(?:aria|o|an?) por alto"
        "|se (?:le )?(?:habria|hubiera) (?:escapado|perdido)|se (?:le )?(?:perderia|escaparia)|ignoraria)"
    ),
    "matters": (
        "(?:lo (?:que )?(?:mas )?(?:me )?(?:importante|importaba|importa|importo|principal|ayudo|marco)"
        "(?: (?:para mi|entonces|ahi|alli|mas|de todo))* (?:es|era|fue|son|eran|fueron)"
        "|me (?:importaba|importa|importo|gusta|gustaba|gusto)(?: (?:mucho|mas))?(?= que ))"
    ),
    "told": (
        "(?:que (?:se )?"
        + words.any_of(
            "fije fijara mire mirara escuche escuchara observe observara preste_atencion "
            "prestara_atencion este_atent[oa] este_pendiente note notara busque te_fijes"
        )
        + "(?: (?:en|de))?|(?:fijate|fijese|fijense|fijaos)(?: bien)?(?: en)?|"
        + words.any_of(
            "mira mirale mirele escucha escuchale observa presta_atencion preste_atencion ponga_atencion "
            "pon_atencion busca"
        )
        + "(?: (?:bien|mucho))?)"
    ),
    "ask": (
        "(?:(?:le|les|me|se lo|nos) )?pregunt(?:e|o|aba|ale|ele|ar|arle|arme)"
        r"(?: (?:a (?:mi |la |el |los |las |su )?\w+|siempre|nomas|bajito|despacio|directamente))?"
        r"(?= (?:si|que|como|por|cuando|donde|quien|cual|de|a que)\b)"
    ),
    "want": (
        words.any_of(
            "quise queria quiero intente intento intentaba trate_de trato_de trataba_de procure procuro "
            "procuraba preferi prefiero decidi necesitaba busque buscaba me_propuse"
        )
        + rf"(?: (?:siempre|solo|nomas|mas bien))?(?= (?:que|{_INFINITIVE})\b)"
    ),
    "let": "(?:lo |la |le )?(?:deje|dejo|dejaba|dejar|deja) que",
    "wait": "(?:me )?esper(?:e|o|aba|ar|a|are)(?= (?:a|hasta) que )",
    "think": "(?:pense en|pienso en|pensaba en|recuerdo|me acuerdo de)",
    "see": (
        "(?:me "
        + words.any_of(
            "fije fijo fijaba concentre centre enfoque di_cuenta doy_cuenta daba_cuenta llamo_la_atencion "
            "llama_la_atencion llamaba_la_atencion sorprendio impresiono quede_mirando quede_viendo "
            "quede_con puse_a_mirar puse_a_escuchar habria_fijado hubiera_fijado"
        )
        + "|(?:habria|hubiera) (?:mirado|escuchado|prestado atencion|observado)"
        "|(?:estuve|estaba|estoy) (?:muy |siempre |mas )?(?:atent[ao]|pendiente)"
        "|(?:estuve|estaba|estoy) (?:mirando|escuchando|observando|viendo)(?:l[aeo]s?)?"
        "|(?:prest|pus|pong|poni)(?:e|o|aba|ia) (?:mucha |mas |toda mi |toda la )?atencion"
        "|(?:l[aeo]s? )?"
        + words.any_of(
            "mire miro miraba observe observo observaba escuche escucho escuchaba oi oigo oia vi veo veia "
            "note notaba busque busco buscaba adverti percibi senti capte atendi atiendo comprobe revise "
            "descubri vigilaba estudie"
        )
        + f"){_SO}(?: (?:en|de))?"
    ),
}
_TRIGGERS = re.compile(rf"\b(?:{'|'.join(f'(?P<{kind}>{way})' for kind, way in _WAYS.items())})(?= )")
_EMBEDDED = re.compile(
    r"\b(?:no|nunca|ni|tampoco|jamas|me|se|nos|te|que|si|como|cuando|quien|el|ella|ellos|ellas|nadie"
    r"|alguien|donde"
    r"|lo que|sin|para|usted|los|las) $"
)
_THIRD = re.compile(r"(?:miró|observó|escuchó|oyó|preguntó|intentó|esperó|dejó|notó|procuró)$")
_WHEN = re.compile(
    r"\b(?:cuando|cada vez que|en cuanto|en el momento en que|siempre que)\s+(?P<object>[^,]+)", re.IGNORECASE
)
_NEGATED = re.compile(r"^(?:no|nunca|tampoco|ni|jamas)\b")
_ONE_OFF = re.compile(
    r"\b(?:nacio|murio|fallecio|el (?:año|mes|verano|invierno) pasado|la semana pasada|ayer|anoche|hace "
    r"(?:\w+ )?"
    r"(?:años?|meses|semanas?|dias|poco|mucho|tiempo)|una vez|aquel dia|un dia|tenia (?:yo )?\w+ años"
    r"|cuando (?:yo )?(?:era|tenia|estaba en|vivia)|era (?:niñ[oa]|joven|chic[oa]|pequeñ[oa]))\b"
)
_LEAD = re.compile(
    r"^(?:(?:pues|pos|bueno|sobre todo|m[aá]s que nada|principalmente|y|e|tambi[eé]n|(?:yo )?creo que|yo "
    r"dir[ií]a que|"
    r"la verdad(?: es que)?|a ver|como que|primero|o sea|eh+|ah+|sí|no s[eé]|mmm*|nom[aá]s|solo|s[oó]lo"
    r"|tal vez|quiz[aá]s?|"
    r"en|dir[ií]a que|fue|era|a veces|por ejemplo|adem[aá]s|luego|despu[eé]s|entonces|honestamente|al "
    r"principio)[,\s]+)+",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:,\s*y\s+|,\s*o\s+|,\s*|\s+y\s+(?:tambi[eé]n\s+)?(?:en\s+|a\s+)?)"
    r"(?=(?:c[oó]mo|si|qué|qui[eé]n|cu[aá]ndo|d[oó]nde|por qu[eé]|el|la|los|las|su|sus|mi|mis|un|una|lo "
    r"que|al)\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r",?\s+(?:porque|pero|aunque|as[ií] que|entonces|o sea|para que)\b.*$|[;(].*$", re.IGNORECASE
)
_OTHERS = re.compile(
    r"^(?:algunos|alguien|otros|otra gente|otra persona|la gente|uno|todos|todo el mundo|los demas|muchos"
    r"|nadie|eso"
    r"|esto|asi|ahi|alli|lo|hay|habia)\b"
)


def read_sentence(sentence: str, *, direct: bool) -> Iterator[Find]:
    """Yield what a sentence says about attention.

    ``direct`` says that the sentence answers "¿a qué prestó atención?": then a bare phrase ("sus manos,
    sobre
    todo") is what was attended to.
    """
    text = words.composed(sentence).strip()
    if text.startswith("¿") or text.endswith("?"):
        return
    ways = [_from_triggers, _from_each_time, _from_when]
    if re.match(r"cómo\b", text, re.IGNORECASE):
        ways = [_from_fragment, *ways]
    if direct:
        ways = [_from_triggers, _from_each_time, _from_fragment, _from_clause, _from_when]
    yield from read_by(ways, text=text, sentence=sentence, otherwise=_from_statement)


def _from_triggers(text: str) -> Iterator[tuple[Line, float]]:
    """Read what stands between one verb of attention and the next."""
    plain = words.bare(text)
    found = [match for match in _TRIGGERS.finditer(plain) if _speaks_of_self(match, plain, text)]
    for match, after in zip_longest(found, found[1:]):
        phrase = text[match.end() : after.start() if after else len(text)].strip()
        kind = str(match.lastgroup)
        trigger = text[match.start() : match.end()]
        yield from _read_trigger(kind, phrase, trigger)


def _speaks_of_self(match: re.Match[str], plain: str, text: str) -> bool:
    """Whether a verb is the person's own; "miraba" is also what others did, "miró" only that."""
    if match.lastgroup in {"overlook", "matters", "told"}:
        return True
    before, verb = plain[: match.start()], text[match.start() : match.end()]
    if before.endswith(", ") and words.bare(verb).rstrip().endswith(("aba", "ia")):
        return False  # "No se miraba ella, miraba la puerta": the subject goes on.
    return not _EMBEDDED.search(before) and not _THIRD.search(verb)


def _read_trigger(kind: str, phrase: str, trigger: str) -> Iterator[tuple[Line, float]]:
    if kind in {"overlook", "told"}:
        yield from _each(phrase, 1.5)
    elif kind == "matters":
        wish = policies.from_wish(phrase) if words.bare(phrase).startswith("que ") else None
        yield from [(wish, 3.0)] if wish else _each(phrase, 3.0)
    elif kind == "ask":
        if line := policies.from_question(phrase):
            yield line, 1.0
    elif kind == "want":
        wanted = words.bare(phrase).startswith("que ")
        if line := policies.from_wish(phrase) if wanted else policies.from_purpose(phrase):
            yield line, 1.0
    elif kind == "let":
        if line := policies.from_wish(phrase):
            yield line, 1.0
    elif kind == "wait":
        yield Line("MOMENTOS", f"de esperar {policies.trim(phrase)}", "", 2.2), 0.5
    else:
        yield from _each(phrase, 0.8 if kind == "think" else 2.0, trigger=trigger)


def _each(phrase: str, strength: float, *, trigger: str = "") -> Iterator[tuple[Line, float]]:
    """Yield one policy for each thing in a list ("su tono, las pausas y si me miraba")."""
    phrase = policies.turn(_ENDS.sub("", phrase).strip())
    whole = re.sub(r"^(?:de|en) (?=\w)", "", phrase, flags=re.IGNORECASE)
    whole = re.sub(r"^[^:]{0,25}:\s+", "", whole)
    whole = re.sub(r"^del ", "el ", whole, flags=re.IGNORECASE)
    parts = [whole] if re.search(r"\bentre\b", whole) else _LIST.split(whole)
    for part in parts:
        bare = _LEAD.sub("", part.strip())
        if re.match(r"al? ", words.bare(bare)) and not _names_person(bare):
            bare = re.sub(r"^al ", "el ", re.sub(r"^a ", "", bare, flags=re.IGNORECASE), flags=re.IGNORECASE)
        if line := policies.from_object(bare, trigger=trigger):
            yield line, strength
            trigger = ""


def _names_person(phrase: str) -> bool:
    return any(word in words.PEOPLE | {"gente", "ella", "los"} for word in words.words(phrase)[1:4])


def _from_each_time(text: str) -> Iterator[tuple[Line, float]]:
    """Read "cada vez que X, Y" as a sign that Y was so, each time that X was."""
    bare = re.sub(r"^(?:y|pero) ", "", text, flags=re.IGNORECASE)
    turned = policies.turn(bare)
    if turned == bare or _ONE_OFF.search(words.bare(text)):
        return
    if line := policies.from_object(turned):
        yield line, 0.5


_THAT_ONE_TIME = re.compile(r"con (?:mi|el|la|un|una)\b.*\bcuando\b")
""" "Con mi padre, cuando perdió el trabajo" tells of which time one speaks."""


def _from_when(text: str) -> Iterator[tuple[Line, float]]:
    match = _WHEN.search(text)
    if _THAT_ONE_TIME.match(words.bare(text)) and re.search(r"ó\b", text):
        return
    if match and not _ONE_OFF.search(words.bare(text)) and (line := policies.from_moment(match["object"])):
        yield line, 0.5


def _from_fragment(text: str) -> Iterator[tuple[Line, float]]:
    """Read a bare answer such as "Sobre todo sus manos, y si me miraba"."""
    bare = _LEAD.sub("", text).strip()
    plain = words.bare(bare)
    listed = words.words(bare)
    if not listed or _NEGATED.search(plain) or _ONE_OFF.search(plain):
        return
    asks = {"como", "si", "que", "quien", "cuando", "donde", "lo", "a", "al", "por"}
    opens = words.DETERMINERS | asks
    if listed[0] not in opens and (len(listed) > 4 or policies.is_clause(bare)):
        return
    if listed[0] in words.DETERMINERS - {"lo"} and policies.is_clause(bare):
        return
    if listed[0] == "cuando" and "," in bare:
        return
    if listed[0] == "que" and not any(policies.says_something(word) for word in bare.split()[1:6]):
        return  # "Que se calle" is a wish.
    yield from _each(bare, 2.0)


def _from_clause(text: str) -> Iterator[tuple[Line, float]]:
    """Read a plain sentence ("estaba tensa") as a sign, unless it is about people in general."""
    bare = _LEAD.sub("", text).strip()
    plain = words.bare(bare)
    if _OTHERS.search(plain) or _ONE_OFF.search(plain) or not policies.is_clause(bare):
        return
    if _WHEN.match(bare):
        return
    if re.search(r"\b(?:habrian?|hubieran?|hubiesen?) \w+[ds]o\b", plain):
        return  # What another would have done was not there to be noticed.
    if line := policies.from_object(f"que {policies.lower_first(bare)}"):
        yield line, 0.6


def _from_statement(text: str) -> Line | None:
    """Read a plain statement as a sign or a moment.

    The weakest reading, used where nothing better was said.
    """
    bare = policies.trim(_LEAD.sub("", text))
    plain = words.bare(bare)
    if _NEGATED.search(plain) or _ONE_OFF.search(plain) or _OTHERS.search(plain):
        return None
    if len(words.content_words(bare)) < 2 or len(bare.split()) < 4:
        return None
    if policies.is_clause(bare):
        return Line("SEÑALES", f"de que {policies.lower_first(bare)}", "", 0.4)
    if re.match(r"(?:yo |me |le |les |la |lo )*\w+(?:é|í|ije|ice)\b", bare, re.IGNORECASE):
        return policies.from_moment(bare, strength=0.2)
    return None
