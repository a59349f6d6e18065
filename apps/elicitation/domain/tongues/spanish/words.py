"""Word lists and small rules of Spanish for the guided interviewer, which reads without a model."""

import re
import unicodedata

WORD = re.compile(r"[^\W\d_]+|\d+")


_SHORT = {"q": "que", "k": "que", "xq": "porque", "pq": "porque", "x": "por", "d": "de", "tb": "también"}
_SHORTENED = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b")


_BARE = {
    letter: unicodedata.normalize("NFD", chr(letter))[0]
    for letter in range(0xDF, 0x180)
    if letter != ord("ñ")
} | dict.fromkeys(range(0x300, 0x370))


def composed(text: str) -> str:
    """Return text with one sign to each letter, so that what is found in ``bare`` has the same place in it.

    What people shorten on a phone ("q", "xq") is written out.
    """
    whole = unicodedata.normalize("NFC", text).replace("’", "'")
    whole = _SHORTENED.sub(lambda match: _SHORT[match[0]], whole)
    return whole if len(bare(whole)) == len(whole) else bare(whole)


def bare(text: str) -> str:
    """Return text in lower case without accents, for people on a phone leave them out; ñ stays."""
    return text.casefold().translate(_BARE)


def any_of(listed: str) -> str:
    """Return a pattern that fits any of the listed words; a low line stands for a space inside one."""
    return f"(?:{'|'.join(word.replace('_', ' ') for word in listed.split())})"


def set_of(listed: str) -> frozenset[str]:
    """Return the listed words as they are compared."""
    return frozenset(bare(listed).split())


STOPWORDS = set_of(
    """
    a al algo alguien algun alguna algunas alguno algunos alli ante antes aqui asi aun aunque bajo bien cada
    casi como con contra cual cuales cuando cuanto cuanta cuantos de del desde despues donde dos e el ella
    ellas ello ellos en entonces entre era eran es esa esas ese eso esos esta estaba estaban estado estar
    estas este esto estos estoy estuvo estuve fue fueron fui ha habia habian haber habra habria han hasta
    hay he hice hizo hubo incluso iba iban ir la las le les lo los luego mas me mi mia mio mis mismo misma
    mucha muchas mucho muchos muy nada nadie ni ningun ninguna ninguno no nos nosotros nuestra nuestro o os
    otra otras otro otros para pero poco por porque pues que quien quienes se sea ser si sido siempre sin
    sino sobre sola solo son soy su sus suya suyo tal tambien tampoco tan tanto te tenia tenian tener tengo
    ti tiene tienen todavia toda todas todo todos tras tu tus tuve tuvo u un una unas uno unos usted ustedes
    va van vez veces y ya yo mediante segun cosa cosas asi q k xq pq d tb
    """
)
FRAMES = set_of(
    "momentos señales ocasiones preguntas cambios detalles razones presto prestar atencion persona"
)
SMALL = frozenset(
    """
    de que la el en y los las un una por con su para es lo se del al mi cuando como qué más pero sus le ya o
    fue este porque esta entre muy sin sobre también hasta hay donde quien desde todo nos durante uno ni
    contra ese eso ante ellos e esto mí antes algunos qué unos yo otro otras otra él tanto esa estos mucho
    nada muchos cual ella estar estas algo nosotros mis tú te ti tu era estaba cómo sí ser si q porque
    alguien
    """.split()
)
POSSESSIVES = set_of("mi mis su sus tu tus nuestro nuestra nuestros nuestras")
ARTICLES = set_of("el la los las un una unos unas lo")
DETERMINERS = (
    ARTICLES
    | POSSESSIVES
    | set_of(
        "este esta estos estas ese esa esos esas aquel aquella aquellos aquellas algun alguna algunos "
        "algunas cierto cierta ciertos ciertas cada todo toda todos todas otro otra otros otras ningun "
        "ninguna cualquier"
    )
)
PREPOSITIONS = set_of(
    "de del en con sin por para entre a al sobre desde hasta antes detras despues tras ante"
)
ADJECTIVES_BEFORE = set_of(
    "pequeño pequeña pequeños pequeñas gran grandes primer primera primeros primeras ultimo ultima "
    "ultimos ultimas mismo misma mismos mismas buen buena buenos buenas mal mala malos malas pocos pocas "
    "muchos muchas mejor mejores peor peores nuevo nueva nuevos nuevas largo larga largos largas "
    "verdadero verdadera propio propia propios propias segundo segunda dos tres"
)
MANNERS = set_of(
    "cara rostro voz tono ojos manos mano mirada miradas respiracion cuerpo postura expresion sonrisa "
    "hombros gesto gestos ritmo boca caras animo paso pasos risa letra silueta dedos pies"
)
MASS = set_of(
    "silencio silencios calma paz miedo duda dudas tristeza alegria rabia verguenza tension cansancio "
    "alivio confianza ternura paciencia cariño soledad dolor orgullo culpa respeto honestidad sinceridad "
    "libertad tranquilidad incomodidad prisa esfuerzo curiosidad"
)
PEOPLE = set_of(
    "hermana hermano madre mama padre papa hija hijo hijas hijos esposa esposo marido mujer pareja novia "
    "novio amiga amigo amigas amigos jefa jefe vecina vecino vecinas vecinos tia tio prima primo abuela "
    "abuelo nieta nieto suegra suegro cuñada cuñado profesora profesor maestra maestro compañera "
    "compañero compañeras compañeros señora señor niña niño niñas niños chica chico chicas chicos hombre "
    "muchacha muchacho paciente pacientes alumna alumno alumnos alumnas sobrina sobrino padres hermanos "
    "hermanas viejita viejito clienta cliente clientes doctora doctor medica medico enfermera enfermero "
    "bebe"
)
FINITE = set_of(
    """
    es son era eran fue fueron esta estan estaba estaban estuvo ha han habia habian tiene tienen tenia tenian
    tuvo hay hubo hace hacen hizo dice dicen dijo dijeron va van iba iban puede pueden podia pudo quiere
    quieren quiso sabe saben supo ve ven vio viene vino pone puso da dan dio sale siente sienten piensa
    parece
    parecia queda quedan quedo mira miran miro habla hablan hablo llora calla callan escucha pregunta pide
    necesita espera cambia baja sube tiembla duda repite busca intenta evita aprieta sonrie rie traga suspira
    entiende entienden llega llegan pasa pasan deja dejan sigue siguen empieza empiezan
    cuenta cuentan cree creen importa duele cuesta come duerme vuelve toma suelta respira responde contesta
    """
)
_VERB_ENDINGS = ("aba", "aban", "abas", "ia", "ian", "aron", "ieron", "io")
_NOT_VERBS = set_of(
    "dia dias tia familia noticia policia alegria energia compañia historia via media democracia "
    "melancolia farmacia distancia importancia paciencia experiencia silencio medio principio servicio "
    "edificio cambio precio espacio juicio propio serio sitio sucio negocio ejercicio tranvia garantia "
    "sabia presencia ausencia violencia diferencia consecuencia gracia justicia angustia iglesia memoria "
    "victoria mayoria todavia hacia cafeteria valentia simpatia anestesia rodilla vacia rabia lluvia "
    "novia limpio limpia barrio anuncio tercio alivio radio estudio domicilio necesaria contraria "
    "necesario contrario vario"
)


_ENDINGS = (
    "iendo", "iones", "ieron", "ando", "aban", "aron", "aba", "ado", "ada", "ido", "ida", "ian", "ion", "ar",
    "er", "ir", "ia", "an", "en", "es", "as", "os", "s", "a", "o", "e",
)  # fmt: skip


def words(text: str) -> list[str]:
    """Return the words of a text, lower case and without accents."""
    return [bare(word) for word in WORD.findall(text)]


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning: all but articles, pronouns, auxiliaries and other small words."""
    return [word for word in words(text) if word not in STOPWORDS and len(word) > 1]


def sentences(text: str) -> list[str]:
    """Return a text's sentences, each word for word as it stands there."""
    pieces = re.split(r"(?<=[.!?…])[\"”»’')]*\s+|\n+", text.strip())
    return [piece.strip() for piece in pieces if words(piece)]


def stem(word: str) -> str:
    """Return what forms of one word have in common, by its ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def is_plural(noun: str) -> bool:
    """Guess whether a noun is plural from its ending."""
    plain = bare(noun)
    return len(plain) > 3 and plain.endswith("s") and not plain.endswith(("is", "us"))


def to_plural(noun: str) -> str:
    """Return a noun's plural by the common rules; the accent of a last syllable falls away."""
    if re.search(r"[áéíóú]n$", noun):
        return bare(noun[:-2]) + bare(noun[-2]) + "nes"
    if noun.endswith("z"):
        return noun[:-1] + "ces"
    return noun + ("s" if bare(noun)[-1] in "aeiou" else "es")


_CONNECTS = set_of("que y e o u si como cuando donde mientras quien quienes porque lo ni aunque hasta para")


def first_sentence(clause: str) -> str:
    """Return a clause up to where, without a full stop or a connecting word, the next one begins."""
    tokens = clause.split()
    seen, contrast = False, bare(tokens[0]) == "no" if tokens else False  # "No se miraba, miraba la puerta."
    for at, token in enumerate(tokens):
        if bare(token) in _CONNECTS:
            seen = False
        elif is_finite(token.strip(",.;")):
            if seen and not (contrast and tokens[at - 1].endswith(",")):
                begins = at - 1 if bare(tokens[at - 1]) in {"no", "se", "me", "le", "lo", "la", "les"} else at
                return " ".join(tokens[:begins]).strip(" ,")
            seen = True
    return clause


def is_finite(word: str) -> bool:
    """Guess whether a word is a verb of which somebody else is the subject."""
    accented, plain = word.casefold(), bare(word)
    if plain in _NOT_VERBS or plain in PEOPLE:
        return False
    if plain.endswith(("aria", "iria")):
        return False  # What would be is not there to be noticed.
    endings = plain.endswith(_VERB_ENDINGS) and len(plain) > 3
    return plain in FINITE or endings or (accented.endswith("ó") and len(plain) > 3)
