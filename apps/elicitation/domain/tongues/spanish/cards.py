"""How lines become a card in Spanish: one certain person becomes any, the sentence above, the reason."""

import dataclasses
import re
from collections.abc import Sequence

from apps.elicitation.domain.tongues.base import Line
from apps.elicitation.domain.tongues.spanish import policies, words

LONGEST_REASON = 18
UNTITLED = "Mi valor"
_BECAUSE = re.compile(r"\b(?:porque|xq|pq|ya que|la razon es que)\s+(?P<reason>.+)")
_NORM = re.compile(
    r"\b(?:buena? (?:persona|madre|padre|hij[oa]|amig[oa])|buen (?:hijo|padre|amigo)|lo correcto|deb(?:o"
    r"|e|emos|en"
    r"|eria|eriamos)\b|hay que|habia que|tengo que|tenia que|uno tiene que|se supone|esperan? de mi|la "
    r"gente piensa"
    r"|que diran)"
)
_OWN = re.compile(
    r"\b(?:mi|mis|nuestr[oa]s?) (?P<first>mejor(?:es)? )?(?P<noun>[^\W\d_]+)(?P<name> "
    r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+)?",
    re.IGNORECASE,
)
_CERTAIN = re.compile(
    r"\b(?P<joined>del |al )?(?P<article>la |el |esa |ese |esta |este |aquella |aquel )?"
    r"(?P<noun>niñ[oa]|mujer|hombre|señora?|muchach[oa]|chic[oa]|tipo)\b",
    re.IGNORECASE,
)
_FEMININE = words.set_of("madre mujer mama")


def states_rule(sentence: str) -> bool:
    """Whether a sentence says what one should do rather than what was attended to."""
    return bool(_NORM.search(words.bare(sentence)))


def find_reason(sentence: str) -> str:
    """Return the reason that a sentence gives, in its words, or nothing."""
    text = words.composed(sentence)
    match = _BECAUSE.search(words.bare(text))
    if not match or states_rule(sentence) or "?" in text:
        return ""
    reason = text[match.start("reason") :].strip(" .,;!…")
    whole = len(words.content_words(reason)) >= 2 and len(reason.split()) <= LONGEST_REASON
    return policies.lower_first(reason) if whole else ""


def summary(*, lines: Sequence[Line], reason: str) -> str:
    """Return one sentence in the first person, from the lines and the reason that was given."""
    shown = _name_again(" y a ".join(_phrase(line) for line in lines))
    return f"Presto atención a {shown}{', porque ' + reason if reason else ''}."


_ANY = re.compile(r"\b(?P<article>un|una) (?P<noun>[^\W\d_]+)\b")


def _name_again(text: str) -> str:
    """Return a sentence in which whoever was "un hermano" is "ese hermano" when they come up again."""
    named: set[str] = set()

    def name(match: re.Match[str]) -> str:
        noun = words.bare(match["noun"])
        if noun not in words.PEOPLE:
            return match[0]
        again = noun in named
        named.add(noun)
        return f"{'ese' if match['article'] == 'un' else 'esa'} {match['noun']}" if again else match[0]

    return _ANY.sub(name, text)


def whole_answer(sentence: str) -> Line:
    """Return a line that holds a sentence as it stands."""
    return Line("MOMENTOS", f"como este: {policies.trim(sentence)}", "", 0.0)


def title_of(listed: Sequence[str]) -> str:
    """Return a title from the words said most often."""
    shown = " y ".join(listed)
    return shown[:1].upper() + shown[1:]


def name_people(line: Line, *, sentence: str, before: Sequence[str]) -> Line:
    """Return the line for any such person: "mi hermana" becomes "una hermana", as strangers read it."""
    del sentence, before  # Spanish leaves its pronouns out; who is meant stands in the line itself.
    title = _generalise(line.title)
    return dataclasses.replace(
        line, qualifier=_generalise(line.qualifier), title=title[:1].upper() + title[1:]
    )


def _generalise(text: str) -> str:
    text = _OWN.sub(_any_own, text)
    text = _CERTAIN.sub(_any_certain, text)
    text = re.sub(r"\bella\b", "esa persona", text)
    text = re.sub(r"\b(?P<and>y|pero|mientras|porque) él\b", r"\g<and> esa persona", text)
    return re.sub(r"\bél\b", "alguien", text)


def _any_own(match: re.Match[str]) -> str:
    noun = words.bare(match["noun"])
    if noun not in words.PEOPLE:
        return match[0]
    name = match["name"] or ""
    kept = "" if name[1:2].isupper() else name
    return f"{_article(noun)} {match['first'] or ''}{match['noun']}{kept}"


def _any_certain(match: re.Match[str]) -> str:
    if not match["article"] and not match["joined"]:
        return match[0]
    before = {"del": "de ", "al": "a "}.get((match["joined"] or "").strip().lower(), "")
    return f"{before}{_article(words.bare(match['noun']))} {match['noun']}"


def _article(noun: str) -> str:
    feminine = noun in _FEMININE or noun.rstrip("s").endswith("a")
    plural = noun.endswith("s")
    return ("unas" if plural else "una") if feminine and noun != "papa" else ("unos" if plural else "un")


def _phrase(line: Line) -> str:
    text = f"{line.attended.lower()} {line.qualifier}"
    direct = (
        r"señales (?:de|en) (?=cómo|si |lo |qué |quién|dónde|cuánt|cuál|por qué|la (?:manera|forma) |el "
        r"modo )"
    )
    return re.sub(rf"^{direct}", "", text)
