"""Fifteen people made for the tests, five in each language, who answer as people do."""

from tests.elicitation.people.arabic import ARABIC
from tests.elicitation.people.english import ENGLISH
from tests.elicitation.people.person import QUESTIONS, Person
from tests.elicitation.people.spanish import SPANISH

__all__ = ["PEOPLE", "QUESTIONS", "Person"]

PEOPLE: tuple[Person, ...] = (*ENGLISH, *SPANISH, *ARABIC)
