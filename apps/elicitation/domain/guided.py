"""The guided interviewer: a program without AI that asks for a story, then for what was attended to in it.

Its next turn is a function of the transcript and the interview's language alone: the same answers get the
same questions, and a reply that was cut off is written again word for word. It asks one question at a time,
neither praises nor suggests answers, and quotes the person's own words back where they help. It asks in the
language of the interview and reads each sentence in the language that it is written in.
"""

import dataclasses
from collections.abc import Iterator, Sequence

from apps.elicitation.domain import drafting
from apps.elicitation.domain.budget import AT_MOST, Budget
from apps.elicitation.domain.moves import ABOUT_ATTENTION, ABOUT_STORY, PLAN, Move
from apps.elicitation.domain.tongues import Tongue, hear, tongue_of
from apps.elicitation.domain.transcript import Speaker, Turn, asked, spared
from apps.elicitation.domain.transcript import answers as said_by_person

VERSION = "guided-v3"
"""Changes with the questions and with the reading of answers, which draft the card."""
FOLLOW_UPS_EACH = 1
FOLLOW_UPS = 4
ENOUGH_POLICIES = 3
LONGEST_QUOTE = 9


@dataclasses.dataclass(frozen=True)
class Reply:
    """What the interviewer says next; ``closes`` when the interview ends with it."""

    move: Move
    text: str

    @property
    def closes(self) -> bool:
        """Whether the interview ends with this turn."""
        return self.move == Move.CLOSE


def begin(*, question: str, language: str = "en") -> Reply:
    """Return the first turn: who asks, and for a story."""
    return Reply(Move.STORY, tongue_of(language).wording.OPENING.format(question=question))


def reply(*, turns: Sequence[Turn], at_most: int = AT_MOST, language: str = "en") -> Reply:
    """Return the next turn for a transcript that ends with the person."""
    budget = Budget(asked=asked(turns=turns), at_most=at_most)
    if budget.last:
        return close(turns=turns, language=language)
    follow_up = _follow_up(turns=turns, budget=budget, tongue=tongue_of(language))
    if follow_up:
        return follow_up
    move = _next_of_plan(turns, language)
    if move is None:
        return close(turns=turns, language=language)
    return Reply(move, _word(move, turns=turns, tongue=tongue_of(language)))


def close(*, turns: Sequence[Turn], early: bool = False, language: str = "en") -> Reply:
    """Return the last turn, ``early`` at the person's wish; it says so where little could be drafted."""
    wording = tongue_of(language).wording
    if drafting.says_little(turns=turns, language=language):
        return Reply(Move.CLOSE, wording.ENOUGH_LITTLE if early else wording.CLOSING_LITTLE)
    return Reply(Move.CLOSE, wording.ENOUGH if early else wording.CLOSING)


def may_finish(*, turns: Sequence[Turn], language: str = "en") -> bool:
    """Whether there is enough for a card if the person wants to stop here."""
    return (
        len(said_by_person(turns=turns)) >= 3
        and drafting.count_policies(turns=spared(turns=turns), language=language) >= 2
    )


def _moves(turns: Sequence[Turn]) -> list[Move]:
    """Return the interviewer's moves; turns that a language model wrote count for the plan in its order."""
    moves: list[Move] = []
    for turn in turns:
        if turn.speaker == Speaker.INTERVIEWER:
            unnamed = PLAN[min(len(moves), len(PLAN) - 1)]
            moves.append(Move(turn.move) if turn.move else unnamed)
    return moves


def _next_of_plan(turns: Sequence[Turn], language: str) -> Move | None:
    """Return the next planned question.

    Late ones fall away where the card has all it needs, early ones never.
    """
    done = set(_moves(turns))
    left = [move for move in PLAN if move not in done]
    if not left:
        return None
    full = (
        left == [Move.TELL]
        and drafting.count_policies(turns=spared(turns=turns), language=language) >= drafting.MOST
    )
    return None if full else left[0]


def _follow_up(*, turns: Sequence[Turn], budget: Budget, tongue: Tongue) -> Reply | None:
    """Return a question that takes up how the last answer was put, or nothing where the plan goes on."""
    moves = _moves(turns)
    used = [move for move in moves if move not in PLAN]
    planned_left = sum(1 for move in PLAN if move not in moves)
    if len(used) >= FOLLOW_UPS or budget.left <= planned_left + 1:
        return None
    last = moves[-1] if moves else Move.STORY
    for move, text in _candidates(latest=_latest(turns), last=last, tongue=tongue):
        if used.count(move) < FOLLOW_UPS_EACH and (move != last):
            return Reply(move, text)
    return None


def _candidates(*, latest: str, last: Move, tongue: Tongue) -> Iterator[tuple[Move, str]]:
    """Yield the follow-ups that the answer calls for, the most pressing first."""
    cues, wording, story = hear(text=latest, default=tongue).cues, tongue.wording, last in ABOUT_STORY
    if cues.is_stuck(latest):
        yield Move.STUCK, wording.STUCK_STORY if story else wording.STUCK
    elif slogan := cues.find_slogan(latest):
        yield Move.SLOGAN, (wording.SLOGAN_STORY if story else wording.SLOGAN).format(word=slogan)
    elif story and cues.is_general(latest):
        yield Move.PARTICULAR, wording.PARTICULAR
    elif cues.is_short(latest, story=story):
        yield Move.MORE, wording.MORE_STORY if story else wording.MORE.format(quote=latest.strip(" ."))
    if cues.speaks_of_others(latest):
        yield Move.OTHERS, wording.OTHERS
    if norm := cues.find_norm(latest):
        yield Move.NORM, wording.NORM.format(word=norm)
    if last in ABOUT_ATTENTION | {Move.DEEPER} and (feeling := cues.find_feeling(latest)):
        yield Move.FEELING, wording.FEELING.format(word=feeling)


def _latest(turns: Sequence[Turn]) -> str:
    """Return what the person said last, nothing where they said nothing yet."""
    said = said_by_person(turns=turns)
    return said[-1].text if said else ""


def _word(move: Move, *, turns: Sequence[Turn], tongue: Tongue) -> str:
    """Return the question for a planned move, with the person's own words in it where some fit."""
    quote, wording = _quotable(turns, tongue), tongue.wording
    if move == Move.CONCRETE:
        return wording.CONCRETE_QUOTE.format(quote=quote) if quote else wording.CONCRETE
    if move == Move.DEEPER:
        return wording.DEEPER_QUOTE.format(quote=quote) if quote else wording.DEEPER
    return wording.PLANNED[move]


def _quotable(turns: Sequence[Turn], tongue: Tongue) -> str:
    """Return a short phrase of the last answer, word for word, that names what the person attended to."""
    latest = _latest(turns)
    answer = hear(text=latest, default=tongue)
    best, strongest = "", 1.0
    for sentence in answer.words.sentences(latest):
        listed = sentence.strip(" .,!?…؟،¿¡").split()
        found = list(hear(text=sentence, default=answer).reading.read_sentence(sentence, direct=True))
        if found and 2 <= len(listed) <= LONGEST_QUOTE and found[0].strength > strongest:
            best, strongest = " ".join(listed), found[0].strength
    return best


def rehearse(*, question: str, answers: Sequence[str], language: str = "en") -> list[Turn]:
    """Return the transcript of an interview in which these answers are given in order."""
    opening = begin(question=question, language=language)
    turns = [Turn(0, Speaker.INTERVIEWER, opening.text, opening.move)]
    for answer in answers:
        turns.append(Turn(len(turns), Speaker.PERSON, answer))
        said = reply(turns=turns, language=language)
        turns.append(Turn(len(turns), Speaker.INTERVIEWER, said.text, said.move))
        if said.closes:
            break
    return turns
