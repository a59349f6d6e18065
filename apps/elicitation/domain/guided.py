"""The guided interviewer: a program without AI that asks for a story, then for what was attended to in it.

Its next turn is a function of the transcript alone: the same answers get the same questions, and a reply
that was cut off is written again word for word. It asks one question at a time, neither praises nor
suggests answers, and quotes the person's own words back where they help.
"""

import dataclasses
from collections.abc import Sequence

from apps.elicitation.domain import cues, drafting, english, reading, wording
from apps.elicitation.domain.budget import AT_MOST, Budget
from apps.elicitation.domain.moves import ABOUT_ATTENTION, ABOUT_STORY, PLAN, Move
from apps.elicitation.domain.transcript import Speaker, Turn, asked
from apps.elicitation.domain.transcript import answers as said_by_person

VERSION = "guided-v1"
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


def begin(*, question: str) -> Reply:
    """Return the first turn: who asks, and for a story."""
    return Reply(Move.STORY, wording.OPENING.format(question=question))


def reply(*, turns: Sequence[Turn], at_most: int = AT_MOST) -> Reply:
    """Return the next turn for a transcript that ends with the person."""
    budget = Budget(asked=asked(turns=turns), at_most=at_most)
    latest = said_by_person(turns=turns)[-1].text if said_by_person(turns=turns) else ""
    if budget.last:
        return Reply(Move.CLOSE, wording.CLOSING)
    follow_up = _follow_up(turns=turns, latest=latest, budget=budget)
    if follow_up:
        return follow_up
    move = _next_of_plan(turns)
    if move is None:
        return Reply(Move.CLOSE, wording.CLOSING)
    return Reply(move, _word(move, latest=latest, turns=turns))


def may_finish(*, turns: Sequence[Turn]) -> bool:
    """Whether there is enough for a card if the person wants to stop here."""
    return len(said_by_person(turns=turns)) >= 3 and drafting.count_policies(turns=turns) >= 2


def _moves(turns: Sequence[Turn]) -> list[Move]:
    """Return the interviewer's moves; turns that a language model wrote count for the plan in its order."""
    moves: list[Move] = []
    for turn in turns:
        if turn.speaker == Speaker.INTERVIEWER:
            unnamed = PLAN[min(len(moves), len(PLAN) - 1)]
            moves.append(Move(turn.move) if turn.move else unnamed)
    return moves


def _next_of_plan(turns: Sequence[Turn]) -> Move | None:
    """Return the next planned question.

    Late ones fall away where the card has all it needs, early ones never.
    """
    done = set(_moves(turns))
    left = [move for move in PLAN if move not in done]
    if not left or (left == [Move.TELL] and drafting.count_policies(turns=turns) >= drafting.MOST):
        return None
    return left[0]


def _follow_up(*, turns: Sequence[Turn], latest: str, budget: Budget) -> Reply | None:
    """Return a question that takes up how the last answer was put, or nothing where the plan goes on."""
    moves = _moves(turns)
    used = [move for move in moves if move not in PLAN]
    planned_left = sum(1 for move in PLAN if move not in moves)
    if len(used) >= FOLLOW_UPS or budget.left <= planned_left + 1:
        return None
    last = moves[-1] if moves else Move.STORY
    story = last in ABOUT_STORY
    for move, text in _candidates(latest=latest, story=story, last=last):
        if used.count(move) < FOLLOW_UPS_EACH and (move != last):
            return Reply(move, text)
    return None


def _candidates(*, latest: str, story: bool, last: Move) -> list[tuple[Move, str]]:
    """Return the follow-ups that the answer calls for, the most pressing first."""
    found: list[tuple[Move, str]] = []
    slogan, norm, feeling = cues.find_slogan(latest), cues.find_norm(latest), cues.find_feeling(latest)
    if cues.is_stuck(latest):
        found.append((Move.STUCK, wording.STUCK_STORY if story else wording.STUCK))
    elif slogan:
        found.append((Move.SLOGAN, (wording.SLOGAN_STORY if story else wording.SLOGAN).format(word=slogan)))
    elif story and cues.is_general(latest):
        found.append((Move.PARTICULAR, wording.PARTICULAR))
    elif cues.is_short(latest, story=story):
        found.append(
            (Move.MORE, wording.MORE_STORY if story else wording.MORE.format(quote=latest.strip(" .")))
        )
    if cues.speaks_of_others(latest):
        found.append((Move.OTHERS, wording.OTHERS))
    if norm:
        found.append((Move.NORM, wording.NORM.format(word=norm)))
    if feeling and last in ABOUT_ATTENTION | {Move.DEEPER}:
        found.append((Move.FEELING, wording.FEELING.format(word=feeling)))
    return found


def _word(move: Move, *, latest: str, turns: Sequence[Turn]) -> str:
    """Return the question for a planned move, with the person's own words in it where some fit."""
    quote = _quotable(turns)
    if move == Move.CONCRETE:
        return wording.CONCRETE_QUOTE.format(quote=quote) if quote else wording.CONCRETE
    if move == Move.DEEPER:
        return wording.DEEPER_QUOTE.format(quote=quote) if quote else wording.DEEPER
    return wording.PLANNED[move]


def _quotable(turns: Sequence[Turn]) -> str:
    """Return a short phrase of the last answer, word for word, that names what the person attended to."""
    latest = said_by_person(turns=turns)[-1]
    best, strongest = "", 1.0
    for sentence in english.sentences(latest.text):
        listed = sentence.strip(" .,!?…").split()
        found = list(reading.read_sentence(sentence, direct=True))
        if found and 2 <= len(listed) <= LONGEST_QUOTE and found[0].strength > strongest:
            best, strongest = " ".join(listed), found[0].strength
    return best


def rehearse(*, question: str, answers: Sequence[str]) -> list[Turn]:
    """Return the transcript of an interview in which these answers are given in order."""
    opening = begin(question=question)
    turns = [Turn(0, Speaker.INTERVIEWER, opening.text, opening.move)]
    for answer in answers:
        turns.append(Turn(len(turns), Speaker.PERSON, answer))
        said = reply(turns=turns)
        turns.append(Turn(len(turns), Speaker.INTERVIEWER, said.text, said.move))
        if said.closes:
            break
    return turns
