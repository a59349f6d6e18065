"""A made-up participant: what they would answer to each kind of question."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from apps.elicitation.domain import drafting, guided
from apps.elicitation.domain.moves import Move
from apps.elicitation.domain.transcript import Speaker, Turn
from apps.moralgraph.domain.cards import ValuesCard

QUESTIONS = {
    "en": "What do you pay attention to when somebody asks you for advice?",
    "es": "¿A qué presta atención cuando alguien le pide consejo?",
    "ar": "إلى ماذا تنتبهون حين يطلب منكم أحد نصيحة؟",
}


@dataclass(frozen=True)
class Person:
    """One person of the trial; ``names`` are the names in their answers, which a judge must not see."""

    key: str
    language: str
    manner: str
    answers: Mapping[Move, str]
    names: tuple[str, ...] = ()

    @cached_property
    def turns(self) -> list[Turn]:
        """The whole interview: each question gets what this person would answer to it."""
        opening = guided.begin(question=QUESTIONS[self.language], language=self.language)
        turns = [Turn(0, Speaker.INTERVIEWER, opening.text, opening.move)]
        move: Move = opening.move
        while move != Move.CLOSE:
            turns.append(Turn(len(turns), Speaker.PERSON, self.answers[move]))
            said = guided.reply(turns=turns, language=self.language)
            turns.append(Turn(len(turns), Speaker.INTERVIEWER, said.text, said.move))
            move = said.move
        return turns

    @cached_property
    def card(self) -> ValuesCard:
        """The card that is drafted from the interview."""
        return drafting.draft(turns=self.turns, language=self.language)
