"""Drafting a values card from a transcript, without a model.

The card holds what the person said they attended to, in their own words: each policy keeps the sentence and
the turn that it came from. The measure of faithfulness is ``share_quoted``: the share of the card's content
words (those that are neither small words nor the head nouns that the drafter adds, such as MOMENTS) that
stand in what the person said.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence

from apps.elicitation.domain import english, policies, reading
from apps.elicitation.domain.moves import ABOUT_ATTENTION, Move
from apps.elicitation.domain.reading import Find
from apps.elicitation.domain.transcript import Speaker, Turn, answers
from apps.moralgraph.domain.cards import QUOTE_LENGTH, Policy, ValuesCard

MOST = 6
ENOUGH = 3
_BECAUSE = re.compile(
    r"\b(?:because|since that way|so that|the reason is that)\s+(?P<reason>.+)", re.IGNORECASE
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
_FIGURE = re.compile(r"\b(my|a|an|the|our)\s+([a-z-]+)(?:\s+([a-z-]+))?", re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class Found:
    """A reading of one sentence, with the turn it stands in and its place in the transcript."""

    find: Find
    turn: int
    order: int
    weight: float


def draft(*, turns: Sequence[Turn]) -> ValuesCard:
    """Return a card from what the person said.

    With too little said it has few lines, for the person to fill.
    """
    chosen = _choose(_gather(turns))
    said = answers(turns=turns)
    lines = [(_name_people(found.find.line, found, said), found) for found in chosen]
    drafted = tuple(
        Policy(line.attended, line.qualifier, found.find.sentence[:QUOTE_LENGTH], found.turn)
        for line, found in lines
    ) or _whole_answers(said)
    return ValuesCard(title=_title(lines, said), summary=_summary(lines, said), policies=drafted)


def count_policies(*, turns: Sequence[Turn]) -> int:
    """Return how many well-founded policies there are so far (readings of weak statements do not count)."""
    return sum(1 for found in _choose(_gather(turns)) if found.weight >= 2.0)


def share_quoted(*, card: ValuesCard, turns: Sequence[Turn]) -> float:
    """Return the share (0 to 1) of the card's content words that the person used."""
    said = {_stem(word) for turn in answers(turns=turns) for word in english.content_words(turn.text)}
    text = " ".join([card.title, card.summary, *(policy.text for policy in card.policies)])
    used = [word for word in english.content_words(text) if word not in policies.FRAMES]
    return sum(_stem(word) in said for word in used) / len(used) if used else 1.0


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ting", "ing", "ies", "es", "s", "ed", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _gather(turns: Sequence[Turn]) -> list[Found]:
    found: list[Found] = []
    move = ""
    for turn in turns:
        if turn.speaker == Speaker.INTERVIEWER:
            move = turn.move or Move.ATTENTION if turn.position else Move.STORY
            continue
        direct = move in ABOUT_ATTENTION
        for sentence in english.sentences(turn.text):
            for find in reading.read_sentence(sentence, direct=direct):
                weight = find.strength + (1.0 if direct else 0.0) - (5.0 if _NORM.search(sentence) else 0.0)
                weight -= 0.15 * max(len(find.line.text.split()) - 11, 0)
                found.append(Found(find, turn.position, len(found), weight))
    return found


def _choose(found: Sequence[Found]) -> list[Found]:
    """Keep the strongest readings that say different things, at most MOST, in the order they were said."""
    kept: list[Found] = []
    for candidate in sorted(found, key=lambda item: (-item.weight, item.order)):
        if len(kept) == MOST or (len(kept) >= ENOUGH and candidate.weight < 2.0):
            break
        if candidate.weight > 0 and not any(_alike(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda item: item.order)


def _alike(one: Found, other: Found) -> bool:
    a = {_stem(word) for word in english.content_words(one.find.line.text) if word not in policies.FRAMES}
    b = {_stem(word) for word in english.content_words(other.find.line.text) if word not in policies.FRAMES}
    return bool(a & b) and len(a & b) / min(len(a), len(b)) > 0.5


def _name_people(line: policies.Line, found: Found, said: Sequence[Turn]) -> policies.Line:
    """Say who "she" is, where one fitting figure was named and the line would otherwise hang in the air."""
    match = _OWNER.match(line.qualifier) or _FIRST_PRONOUN.search(line.qualifier)
    if not match:
        return line
    before, pronoun = line.qualifier[: match.start("pronoun")], match["pronoun"].lower()
    subject = {"his": "he", "her": "she", "their": "they"}.get(pronoun, pronoun)
    if len(before.split()) > 4 or any(_who(one[2], one[3]) for one in _FIGURE.finditer(before)):
        return line
    name = _resolve(subject, _figures(said, until=found, pronoun=pronoun))
    if not name:
        return line
    shown = name if subject == pronoun else f"{name}'s"
    title = re.sub(rf"\b{pronoun}\b", english.to_title(shown), line.title, count=1, flags=re.IGNORECASE)
    return dataclasses.replace(
        line,
        qualifier=before + shown + line.qualifier[match.end("pronoun") :],
        title=title if len(title.split()) <= 6 else line.title,
    )


def _resolve(subject: str, figures: Sequence[tuple[str, str]]) -> str:
    """Return the one figure that a pronoun can mean, or the last named where it fits exactly.

    Empty where unsure.
    """
    if subject == "they":
        figures = [(name, gender) for name, gender in figures if english.is_plural(name.split()[-1])]
    fitting = [(name, gender) for name, gender in figures if gender in {subject, "they"}]
    if fitting and (len({name for name, _ in fitting}) == 1 or fitting[-1][1] == subject):
        return fitting[-1][0]
    return ""


def _figures(said: Sequence[Turn], *, until: Found, pronoun: str) -> list[tuple[str, str]]:
    """Return the people named up to a reading ("my sister"), with the pronoun that fits them."""
    figures: list[tuple[str, str]] = []
    for turn in said:
        if turn.position > until.turn:
            break
        text = turn.text
        if turn.position == until.turn:
            sentence = until.find.sentence
            place = re.search(rf"\b{pronoun}\b", sentence, re.IGNORECASE)
            text = text[: text.find(sentence) + (place.start() if place else 0)]
        for match in _FIGURE.finditer(text):
            owner = "my" if match[1].lower() in {"my", "our"} else "the"
            figures += [(f"{owner} {noun}", gender) for noun, gender in _who(match[2], match[3])][:1]
    return figures


def _who(*nouns: str | None) -> list[tuple[str, str]]:
    """Return those of the words that name a person, with the pronoun that fits."""
    listed = [(noun or "").lower() for noun in nouns]
    return [(noun, pronoun) for noun in listed for pronoun, group in english.PEOPLE.items() if noun in group]


def _title(lines: Sequence[tuple[policies.Line, Found]], said: Sequence[Turn]) -> str:
    """Return the most telling short phrase of the policies as the title."""
    common = Counter(_stem(word) for turn in said for word in set(english.content_words(turn.text)))

    def fitness(item: tuple[policies.Line, Found]) -> tuple[float, int]:
        line, found = item
        listed = line.title.split()
        score = found.weight + 0.4 * sum(
            common[_stem(word)] - 1 for word in english.content_words(line.title)
        )
        return score - 1.2 * abs(len(listed) - 4) - (5.0 if len(listed) < 2 else 0.0), -found.order

    titled = [item for item in lines if 2 <= len(item[0].title.split()) <= 6]
    if titled:
        return max(titled, key=fitness)[0].title
    words = [
        word
        for word, _ in Counter(w for turn in said for w in english.content_words(turn.text)).most_common(2)
    ]
    return english.to_title(" and ".join(words)) if words else "My Value"


def _summary(lines: Sequence[tuple[policies.Line, Found]], said: Sequence[Turn]) -> str:
    """Return one sentence in the first person, from the strongest policies and the reason that was given."""
    if not lines:
        return ""
    strongest = sorted(lines, key=lambda item: (len(item[0].text.split()) > 12, -item[1].weight))[:2]
    strongest.sort(key=lambda item: item[1].order)
    shown = " and to ".join(_phrase(line) for line, _ in strongest)
    reason = _reason(said)
    return f"I pay attention to {shown}{', because ' + reason if reason else ''}."


def _phrase(line: policies.Line) -> str:
    text = f"{line.attended.lower()} {line.qualifier}"
    if re.match(r"signs (?:of|in) (?:how|whether|what|the way)\b", text):
        return text.split(maxsplit=2)[2]
    if line.attended == "THINGS":
        return f"what {line.qualifier}"
    return text


def _reason(said: Sequence[Turn]) -> str:
    """Return the last reason that the person gave, in their words."""
    for turn in reversed(said):
        for sentence in reversed(english.sentences(turn.text)):
            match = _BECAUSE.search(sentence)
            if match and not _NORM.search(sentence):
                reason = policies.trim(match["reason"], longest=18)
                if len(english.content_words(reason)) >= 2:
                    return reason if re.match(r"I\b", reason) else reason[:1].lower() + reason[1:]
    return ""


def _whole_answers(said: Sequence[Turn]) -> tuple[Policy, ...]:
    """Return a line from the longest answer, where nothing could be read.

    The person's words stand, to be edited.
    """
    if not said:
        return ()
    longest = max(said, key=lambda turn: len(turn.text))
    sentence = max(english.sentences(longest.text) or [longest.text], key=len)
    return (
        Policy("MOMENTS", f"like this: {policies.trim(sentence)}", sentence[:QUOTE_LENGTH], longest.position),
    )
