"""Drafting a values card from a transcript, without a model.

The card holds what the person said they attended to, in their own words: each policy keeps the sentence and
the turn that it came from, and is in the language of that sentence. The measure of faithfulness is
``share_quoted``: the share of the card's content words (those that are neither small words nor the head
nouns that the drafter adds, such as MOMENTS) that stand in the quotes that the card shows.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from apps.elicitation.domain.moves import ABOUT_ATTENTION, ABOUT_LAST_ANSWER, Move
from apps.elicitation.domain.tongues import Find, Line, Tongue, hear, tongue_of
from apps.elicitation.domain.transcript import Speaker, Turn, answers
from apps.moralgraph.domain import linter
from apps.moralgraph.domain.cards import MOST_QUOTES, QUOTE_LENGTH, Policy, Quote, ValuesCard

MOST = 6
ENOUGH = 3
STRONG = 2.0
LONGEST_TITLE = 5
ANSWERS_KEPT = 4096
BARE_PHRASE = 5  # Words: so few in answer to a follow-up name a thing and tell no story.
MOST_BEFORE_REASON = 2  # Words before a reason with which a sentence is nothing but it: "It is because ...".
_SPOILT = frozenset({1, 2, 5, 8, 10})


@dataclasses.dataclass(frozen=True)
class Found:
    """A reading of one sentence, with its language, the turn it stands in and its place in the transcript."""

    find: Find
    tongue: Tongue
    turn: int
    order: int
    weight: float
    spoilt: bool

    @cached_property
    def content(self) -> set[str]:
        """What the line says, forms of a word made alike."""
        return _stems(self.find.line.text, self.tongue)


@dataclasses.dataclass(frozen=True)
class Drafted:
    """A line as it goes onto the card, and the reading that it is."""

    line: Line
    found: Found


def draft(*, turns: Sequence[Turn], language: str = "en") -> ValuesCard:
    """Return a card from what the person said.

    Each line is in the language of its sentence, title and summary in that of most lines. With too little
    said it has few lines, for the person to fill.
    """
    said = answers(turns=turns)
    found = _gather(turns, tongue_of(language))
    chosen = _choose(found)
    tongue = _language_of(chosen, default=tongue_of(language))
    reason = _reason(said, tongue)
    chosen = _without_reason(found, chosen, reason)
    lines = [Drafted(_name_people(one, said), one) for one in chosen]
    own = [drafted for drafted in lines if drafted.found.tongue is tongue]
    strongest = _strongest(own)
    policies = _policies(lines, said=said, reason=reason, reasoned=strongest[:1]) or _whole_answers(
        said, tongue
    )
    return ValuesCard(
        title=_title(own, said, policies, tongue),
        summary=_summary(strongest, reason, tongue),
        policies=tuple(policies),
    )


def count_policies(*, turns: Sequence[Turn], language: str = "en") -> int:
    """Return how many well-founded policies there are so far (readings of weak statements do not count)."""
    chosen = _choose(_gather(turns, tongue_of(language)))
    return sum(1 for found in chosen if found.weight >= STRONG)


def says_little(*, turns: Sequence[Turn], language: str = "en") -> bool:
    """Whether a card from this transcript has fewer lines than a card should."""
    return len(_choose(_gather(turns, tongue_of(language)))) < ENOUGH


def share_quoted(*, card: ValuesCard, language: str = "en") -> float:
    """Return the share (0 to 1) of the card's content words that stand in its quotes."""
    default = tongue_of(language)
    quotes = [quote for policy in card.policies for quote in (policy.quote, *(q.quote for q in policy.more))]
    said = set[str]().union(*(_stems(quote, hear(text=quote, default=default)) for quote in quotes))
    used: list[str] = []
    for text in (card.title, card.summary, *(policy.text for policy in card.policies)):
        tongue = hear(text=text, default=default)
        used += [tongue.words.stem(word) for word in _content(text, tongue)]
    return sum(word in said for word in used) / len(used) if used else 1.0


def _content(text: str, tongue: Tongue) -> list[str]:
    return [word for word in tongue.words.content_words(text) if word not in tongue.words.FRAMES]


def _stems(text: str, tongue: Tongue) -> set[str]:
    return {tongue.words.stem(word) for word in _content(text, tongue)}


def _gather(turns: Sequence[Turn], interface: Tongue) -> list[Found]:
    found: list[Found] = []
    asked = again = False
    for turn in turns:
        if turn.speaker == Speaker.INTERVIEWER:
            asked, again = _asks_about_attention(turn, asked), turn.move in ABOUT_LAST_ANSWER
            continue
        direct = asked or (again and len(turn.text.split()) <= BARE_PHRASE)
        for one in _read_answer(turn.text, interface=interface.code, direct=direct):
            found.append(dataclasses.replace(one, turn=turn.position, order=len(found)))
    return found


@lru_cache(maxsize=ANSWERS_KEPT)
def _read_answer(text: str, *, interface: str, direct: bool) -> tuple[Found, ...]:
    """Return the readings of one answer, wherever it stands: they are asked for after each message."""
    found: list[Found] = []
    for tongue, sentence in _sentences(text, tongue_of(interface)):
        for find in tongue.reading.read_sentence(sentence, direct=direct):
            weight = find.strength + (1.0 if direct else 0.0)
            weight -= 5.0 if tongue.cards.states_rule(sentence) else 0.0
            weight -= 0.15 * max(len(find.line.text.split()) - 11, 0)
            found.append(Found(find, tongue, 0, 0, weight, _is_spoilt(find.line, tongue)))
    return tuple(found)


def forget() -> None:
    """Forget the answers that were read of late; somebody withdrew their words."""
    _read_answer.cache_clear()


def _asks_about_attention(turn: Turn, before: bool) -> bool:
    """Whether a turn asks what the person attended to; a follow-up on the story still asks for the story."""
    move = turn.move or Move.ATTENTION if turn.position else Move.STORY
    return move in ABOUT_ATTENTION and (before or move not in ABOUT_LAST_ANSWER)


def _sentences(text: str, interface: Tongue) -> Iterator[tuple[Tongue, str]]:
    """Yield an answer's sentences, each with the language that it is in."""
    answer = hear(text=text, default=interface)
    for sentence in answer.words.sentences(text):
        yield hear(text=sentence, default=answer), sentence


def _choose(found: Sequence[Found]) -> list[Found]:
    """Keep the strongest readings that say different things, at most MOST, in the order they were said.

    A reading in which the linter finds a fault gives way to those without.
    """
    kept: list[Found] = []
    for candidate in sorted(found, key=lambda item: (item.spoilt, -item.weight, item.order)):
        enough = len(kept) >= ENOUGH and (candidate.weight < STRONG or candidate.spoilt)
        if len(kept) == MOST or enough:
            break
        if candidate.weight > 0 and not any(_alike(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda item: item.order)


def _without_reason(
    found: Sequence[Found], chosen: list[Found], reason: tuple[str, Quote] | None
) -> list[Found]:
    """Return the lines without those of a sentence that is the reason and no more: it is said above them.

    Where too few would be left, they stay.
    """
    if reason is None or len(reason[1].quote.split()) - len(reason[0].split()) > MOST_BEFORE_REASON:
        return chosen
    others = _choose([one for one in found if one.find.sentence[:QUOTE_LENGTH] != reason[1].quote])
    return others if len(others) >= ENOUGH else chosen


def _is_spoilt(line: Line, tongue: Tongue) -> bool:
    """Whether the linter would have the line say something else, not only say it in other words."""
    card = ValuesCard(title="", summary="", policies=(Policy(line.attended, line.qualifier),))
    findings = linter.lint(card=card, language=tongue.code)
    return any(finding.rule in _SPOILT and finding.where != "title" for finding in findings)


def _alike(one: Found, other: Found) -> bool:
    a, b = one.content, other.content
    return bool(a & b) and len(a & b) / min(len(a), len(b)) > 0.5


def _name_people(found: Found, said: Sequence[Turn]) -> Line:
    """Return a line whose people a reader can tell, from what was said before it."""
    before = [turn.text for turn in said if turn.position < found.turn]
    for turn in said:
        if turn.position == found.turn:
            before.append(turn.text[: turn.text.find(found.find.sentence)])
    return found.tongue.cards.name_people(found.find.line, sentence=found.find.sentence, before=before)


def _language_of(chosen: Sequence[Found], *, default: Tongue) -> Tongue:
    """Return the language of most lines, the interview's own where two are as frequent."""
    counted = Counter(found.tongue.code for found in chosen)
    best = max(counted.values(), default=0)
    return default if counted[default.code] == best else tongue_of(counted.most_common(1)[0][0])


def _policies(
    lines: Sequence[Drafted],
    *,
    said: Sequence[Turn],
    reason: tuple[str, Quote] | None,
    reasoned: Sequence[Drafted],
) -> list[Policy]:
    """Return the lines with their quotes.

    Where a line names somebody or the summary gives a reason that stand in no quote so far, the sentence
    they come from is a further quote.
    """
    policies: list[Policy] = []
    shown = {_quote(drafted) for drafted in lines}
    for drafted in lines:
        further = [reason[1]] if reason and drafted in reasoned else []
        further += _naming(drafted, said, shown)
        more = [quote for quote in dict.fromkeys(further) if quote not in shown][: MOST_QUOTES - 1]
        shown.update(more)
        quote = _quote(drafted)
        policies.append(
            Policy(drafted.line.attended, drafted.line.qualifier, quote.quote, quote.turn, tuple(more))
        )
    return policies


def _quote(drafted: Drafted) -> Quote:
    return Quote(drafted.found.find.sentence[:QUOTE_LENGTH], drafted.found.turn)


def _naming(drafted: Drafted, said: Sequence[Turn], shown: set[Quote]) -> list[Quote]:
    """Return the sentence in which somebody is named that the line's own sentence only points at."""
    tongue = drafted.found.tongue
    quoted = set[str]().union(*(_stems(quote.quote, tongue) for quote in shown))
    named = _stems(drafted.line.text, tongue) - drafted.found.content - quoted
    for turn in said if named else ():
        if turn.position > drafted.found.turn:
            continue
        for spoken, sentence in _sentences(turn.text, tongue):
            if named & _stems(sentence, spoken):
                return [Quote(sentence[:QUOTE_LENGTH], turn.position)]
    return []


def _title(lines: Sequence[Drafted], said: Sequence[Turn], policies: Sequence[Policy], tongue: Tongue) -> str:
    """Return the most telling short phrase of the policies as the title."""
    stem, content = tongue.words.stem, tongue.words.content_words
    common = Counter(stem(word) for turn in said for word in set(content(turn.text)))

    def fitness(item: Drafted) -> tuple[float, int]:
        listed = item.line.title.split()
        score = item.found.weight + 0.4 * sum(common[stem(word)] - 1 for word in content(item.line.title))
        return score - 1.2 * abs(len(listed) - 4) - (5.0 if len(listed) < 2 else 0.0), -item.found.order

    titled = [item for item in lines if 2 <= len(item.line.title.split()) <= LONGEST_TITLE]
    if titled:
        return max(titled, key=fitness).line.title
    quoted = Counter(word for policy in policies for word in content(policy.quote))
    words = [word for word, _ in quoted.most_common(2)]
    return tongue.cards.title_of(words) if words else tongue.cards.UNTITLED


def _strongest(lines: Sequence[Drafted]) -> list[Drafted]:
    """Return the two lines that the summary names."""
    ranked = sorted(lines, key=lambda item: (len(item.line.text.split()) > 12, -item.found.weight))
    return sorted(ranked[:2], key=lambda item: item.found.order)


def _summary(strongest: Sequence[Drafted], reason: tuple[str, Quote] | None, tongue: Tongue) -> str:
    """Return one sentence in the first person, from the strongest policies and the reason that was given."""
    if not strongest:
        return ""
    lines = [drafted.line for drafted in strongest]
    return tongue.cards.summary(lines=lines, reason=reason[0] if reason else "")


def _reason(said: Sequence[Turn], tongue: Tongue) -> tuple[str, Quote] | None:
    """Return the last reason that the person gave, in their words, and the sentence that it stands in."""
    for turn in reversed(said):
        for spoken, sentence in reversed(list(_sentences(turn.text, tongue))):
            if spoken is tongue and (reason := tongue.cards.find_reason(sentence)):
                return reason, Quote(sentence[:QUOTE_LENGTH], turn.position)
    return None


def _whole_answers(said: Sequence[Turn], tongue: Tongue) -> list[Policy]:
    """Return a line from the longest answer, where nothing could be read.

    The person's words stand, to be edited.
    """
    if not said:
        return []
    longest = max(said, key=lambda turn: len(turn.text))
    spoken = hear(text=longest.text, default=tongue)
    sentence = max(spoken.words.sentences(longest.text) or [longest.text], key=len)
    line = spoken.cards.whole_answer(sentence)
    return [Policy(line.attended, line.qualifier, sentence[:QUOTE_LENGTH], longest.position)]
