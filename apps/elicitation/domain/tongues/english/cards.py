"""How lines become a card in English: who "she" is, the sentence above the lines, the reason."""

import dataclasses
import re
from collections.abc import Sequence

from apps.elicitation.domain.tongues.base import Line
from apps.elicitation.domain.tongues.english import policies, words

LONGEST_REASON = 20
LONGEST_TITLE = 5
UNTITLED = "My Value"
_BECAUSE = re.compile(
    r"\b(?:because|cos|coz|cuz|'cause|since that way|so that|the reason is that)\s+(?P<reason>.+)",
    re.IGNORECASE,
)
_NORM = re.compile(
    (
        r"\b(?:good (?:person|man|woman|friend|parent)|right thing|should|must|ought to|supposed to"
        r"|have to|expected|people think)\b"
    ),
    re.IGNORECASE,
)
_FIRST_PRONOUN = re.compile(r"\b(?P<pronoun>she|he|they)\b", re.IGNORECASE)
_OWNER = re.compile(r"(?:in|of) (?P<pronoun>her|his|their)\b(?= \w)", re.IGNORECASE)
_BEGINS = re.compile(r"^\s*(?P<noun>[a-z-]+)", re.IGNORECASE)
_FIGURE = re.compile(r"\b(my|a|an|the|our)\s+([a-z-]+)(?:\s+([a-z-]+))?", re.IGNORECASE)


def states_rule(sentence: str) -> bool:
    """Whether a sentence says what one should do rather than what was attended to."""
    return bool(_NORM.search(sentence))


def find_reason(sentence: str) -> str:
    """Return the reason that a sentence gives, in its words, or nothing."""
    match = _BECAUSE.search(sentence)
    if not match or states_rule(sentence):
        return ""
    reason = match["reason"].strip(' .,;!…"“”')
    if len(reason.split()) > LONGEST_REASON:
        reason = policies.trim(reason, longest=LONGEST_REASON)
    if len(words.content_words(reason)) < 2:
        return ""
    return reason if re.match(r"I\b", reason) else reason[:1].lower() + reason[1:]


def summary(*, lines: Sequence[Line], reason: str) -> str:
    """Return one sentence in the first person, from the lines and the reason that was given."""
    shown = " and to ".join(_phrase(line) for line in lines)
    return f"I pay attention to {shown}{', because ' + reason if reason else ''}."


def whole_answer(sentence: str) -> Line:
    """Return a line that holds a sentence as it stands."""
    return Line("MOMENTS", f"like this: {policies.trim(sentence)}", "", 0.0)


def title_of(listed: Sequence[str]) -> str:
    """Return a title from the words said most often."""
    return words.to_title(" and ".join(listed))


def name_people(line: Line, *, sentence: str, before: Sequence[str]) -> Line:
    """Say who "she" is, where one fitting figure was named and the line would otherwise hang in the air."""
    match = _OWNER.match(line.qualifier) or _FIRST_PRONOUN.search(line.qualifier)
    if not match:
        return line
    start, pronoun = line.qualifier[: match.start("pronoun")], match["pronoun"].lower()
    subject = {"his": "he", "her": "she", "their": "they"}.get(pronoun, pronoun)
    if len(start.split()) > 4 or any(_who(one[2], one[3]) for one in _FIGURE.finditer(start)):
        return line
    place = re.search(rf"\b{pronoun}\b", sentence, re.IGNORECASE)
    name = _resolve(subject, _figures([*before, sentence[: place.start() if place else 0]]))
    if not name:
        return line
    shown = name if subject == pronoun else f"{name}'s"
    title = words.to_title(re.sub(rf"\b{pronoun}\b", shown, line.title, count=1, flags=re.IGNORECASE))
    return dataclasses.replace(
        line,
        qualifier=start + shown + line.qualifier[match.end("pronoun") :],
        title=title if len(title.split()) <= LONGEST_TITLE else line.title,
    )


def _resolve(subject: str, figures: Sequence[tuple[str, str]]) -> str:
    """Return the one figure that a pronoun can mean, or the last named where it fits exactly.

    Empty where unsure.
    """
    if subject == "they":
        figures = [(name, gender) for name, gender in figures if words.is_plural(name.split()[-1])]
    fitting = [(name, gender) for name, gender in figures if gender in {subject, "they"}]
    if fitting and (len({name for name, _ in fitting}) == 1 or fitting[-1][1] == subject):
        return fitting[-1][0]
    return ""


def _figures(before: Sequence[str]) -> list[tuple[str, str]]:
    """Return the people named so far ("my sister"), with the pronoun that fits them."""
    figures: list[tuple[str, str]] = []
    for text in before:
        if begins := _BEGINS.match(text):  # "Apprentice asked if he should quit."
            figures += [(f"the {noun}", gender) for noun, gender in _who(begins["noun"])]
        for match in _FIGURE.finditer(text):
            if re.match(r"an? (?:man|woman|person) who\b", text[match.start() :], re.IGNORECASE):
                continue  # "A man who still cares" is any such man.
            owner = "my" if match[1].lower() in {"my", "our"} else "the"
            figures += [(f"{owner} {noun}", gender) for noun, gender in _who(match[2], match[3])][:1]
    return figures


def _who(*nouns: str | None) -> list[tuple[str, str]]:
    """Return those of the words that name a person, with the pronoun that fits."""
    listed = [(noun or "").lower() for noun in nouns]
    return [(noun, pronoun) for noun in listed for pronoun, group in words.PEOPLE.items() if noun in group]


def _phrase(line: Line) -> str:
    text = f"{line.attended.lower()} {line.qualifier}"
    if re.match(r"signs (?:of|in) (?:how|whether|what|the way)\b", text):
        return text.split(maxsplit=2)[2]
    if line.attended == "THINGS":
        return f"what {line.qualifier}"
    return text
