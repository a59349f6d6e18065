"""The patterns of Spanish."""

import re

from apps.moralgraph.domain.linter.base import CAPITALS, PLURAL, Language, has_name, head_of

_STOPS = frozenset(
    "DE DEL EN CON SIN POR PARA QUE CUANDO DONDE ENTRE A AL SOBRE DESDE HASTA ANTES QUIEN QUIENES "
    "CUYA CUYO".split()
)
_SKIPS = frozenset("EL LA LOS LAS UN UNA UNOS UNAS".split())
_PLURAL_SENSE = frozenset({"GENTE"})
_SINGULAR_S = frozenset(
    "CRISIS ANÁLISIS TESIS ÉNFASIS LUNES MARTES MIÉRCOLES JUEVES VIERNES ADEMÁS MÁS PAÍS MES".split()
)
_ABSTRACT = frozenset(
    "AMOR APERTURA HONESTIDAD BONDAD RESPETO EMPATÍA COMPASIÓN CONFIANZA SABIDURÍA JUSTICIA LIBERTAD LEALTAD "
    "DIGNIDAD ARMONÍA INTEGRIDAD AUTENTICIDAD AMISTAD VALENTÍA CORAJE PAZ VERDAD BELLEZA CRECIMIENTO "
    "CONEXIÓN CONEXIONES VALORES PRINCIPIOS VIRTUDES IDEALES CREENCIAS PACIENCIA FE ESPERANZA ALEGRÍA "
    "FELICIDAD".split()
)
_KIN = (
    "hermana|hermano|madre|mamá|padre|papá|hij[oa]|espos[oa]|marido|mujer|pareja|novi[oa]|amig[oa]|"
    "mejor amig[oa]|jef[ea]|vecin[oa]|tí[oa]|prim[oa]|abuel[oa]|profesora?|maestr[oa]"
)
_KNOWN_NAMES = frozenset({"dios", "navidad", "pascua", "ramadán"})


def _opening(attended: str) -> str:
    head = head_of(attended, stops=_STOPS, skips=_SKIPS)
    if not head or attended != attended.upper():
        return CAPITALS
    return "" if any(_plural(word) for word in head) else PLURAL


def _plural(word: str) -> bool:
    return word in _PLURAL_SENSE or (word.endswith("S") and word not in _SINGULAR_S)


def _abstract(attended: str) -> bool:
    head = head_of(attended, stops=_STOPS, skips=_SKIPS)
    return bool(head) and head[0] in _ABSTRACT


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


SPANISH = Language(
    code="es",
    opening=_opening,
    is_abstract=_abstract,
    names=lambda text: has_name(text, known=_KNOWN_NAMES),
    vague_title=_compile(
        r"[.!?:]$|^(?:mis?|el|la|los|las|un|una)? ?"
        r"(?:valor(?:es)?|tarjeta|cosas importantes|buena persona|ser buena persona|lo importante|"
        r"lo que importa|vida)$"
    ),
    patterns=(
        (
            5,
            _compile(
                r"\bme (?:ven?|vean?|admir\w+|alab\w+|felicit\w+|agradec\w+|juzg\w+|aprueb\w+|respet\w+|"
                r"envidi\w+|recuerd\w+)\b|\bpiens\w+ (?:de|sobre) mí\b|\bcómo (?:quedo|me veo|parezco)\b|"
                r"\bmi (?:imagen|reputación|bondad|paciencia|generosidad|honestidad)\b"
            ),
        ),
        (
            6,
            _compile(
                r"\b(?:clientes?|clientas?|alumn[oa]s?|estudiantes?|emplead[oa]s?|colegas?|"
                r"compañer[oa]s? de trabajo|inquilin[oa]s?|votantes|pasajer[oa]s|seguidores|suscriptores|"
                r"gerentes?|jef[ea]s|los pacientes|enferm[oa]s)\b"
            ),
        ),
        (
            7,
            _compile(
                r"\b(?:significativ[oa]s?|profund[oa]s?|profundamente|sagrad[oa]s?|almas?|esencia|espiritual(?:es)?|"
                r"trascendentes?|trascendental(?:es)?|etern[oa]s?|sublimes?|plenitud|radiantes?)\b"
            ),
        ),
        (
            8,
            _compile(
                r"^(?:evitar|evito|evitando|no|nunca|jamás|sin|ni|dejar de|rechazar|rechazo)\b|"
                r"\b(?:para evitar|para no|no debo|no hay que)\b"
            ),
        ),
        (
            9,
            _compile(
                r"\d|;|(?:,[^,]*){3}|\bprimero\b.*\b(?:luego|después)\b|\bexactamente\b|\by/o\b|"
                r"\ben (?:una hora|un día|una semana|un mes)\b"
            ),
        ),
        (
            10,
            _compile(
                r"\b(?:se espera de mí|esperan de mí|se supone|deb(?:o|ería|eríamos|emos)|tengo que|hay que|"
                r"lo que (?:la gente |los demás |otros )?(?:piensan?|dicen?|esperan?)|qué dirán|"
                r"buen[oa]? (?:persona|madre|padre|hij[oa]|amig[oa]|ciudadan[oa])|bien vist[oa]|quedar bien|"
                r"mi deber|mis? obligaci(?:ón|ones))\b"
            ),
        ),
        (
            13,
            _compile(
                r"\b(?:la|el|esa|ese|esta|este) (?:chic[oa]|niñ[oa]|mujer|hombre|señora?|muchach[oa]|tipo)\b|"
                r"\bmis? (?:" + _KIN + r")s?\b|\b(?:ella|él)\b"
            ),
        ),
    ),
)
