"""Cards of fifteen people, five in each language: their own words, lines that hold, nothing made up."""

import dataclasses

import pytest

from apps.elicitation.domain import drafting
from apps.elicitation.domain.budget import AT_LEAST, AT_MOST
from apps.elicitation.domain.moves import Move
from apps.elicitation.domain.tongues import tongue_of
from apps.elicitation.domain.transcript import Speaker, asked
from apps.moralgraph.domain import linter
from apps.moralgraph.domain.linter import Severity
from tests.elicitation.people import PEOPLE, Person

EACH = pytest.mark.parametrize("person", PEOPLE, ids=[person.key for person in PEOPLE])
CERTAIN_PERSON = 13


def test_there_are_five_people_in_each_language_and_each_answers_in_a_way_of_their_own() -> None:
    languages = [person.language for person in PEOPLE]

    assert {language: languages.count(language) for language in languages} == {"en": 5, "es": 5, "ar": 5}
    assert len({person.manner for person in PEOPLE}) == 15


@EACH
def test_the_interview_is_in_the_persons_language_and_keeps_its_budget(person: Person) -> None:
    turns = person.turns
    wording = tongue_of(person.language).wording

    assert turns[0].text.startswith(wording.OPENING.split("{")[0])
    assert turns[-1].text == wording.CLOSING
    assert AT_LEAST <= asked(turns=turns) <= AT_MOST


@EACH
def test_four_of_five_content_words_of_the_card_stand_in_its_quotes(person: Person) -> None:
    assert drafting.share_quoted(card=person.card, language=person.language) >= 0.8


@EACH
def test_every_quote_is_the_persons_own_word_for_word(person: Person) -> None:
    turns = {turn.position: turn for turn in person.turns}
    quotes = [quote for policy in person.card.policies for quote in (policy, *policy.more)]

    for quote in quotes:
        assert quote.turn is not None
        assert turns[quote.turn].speaker == Speaker.PERSON
        assert quote.quote in turns[quote.turn].text


@EACH
def test_the_card_has_three_to_seven_lines_without_a_fault_for_the_linter(person: Person) -> None:
    """English lines keep "she" and "my sister", as people say it; the hint on that is shown beside them."""
    card = person.card
    found = linter.lint(card=card, language=person.language)
    left = {CERTAIN_PERSON} if person.language == "en" else set()

    assert 3 <= len(card.policies) <= 7
    assert {finding.rule for finding in found if finding.severity == Severity.FAULT} <= left


@EACH
def test_the_title_is_short_and_the_sentence_is_in_the_first_person(person: Person) -> None:
    card = person.card
    begins = {"en": "I pay attention to ", "es": "Presto atención a ", "ar": "أنتبه إلى "}

    assert 2 <= len(card.title.split()) <= 5
    assert card.summary.startswith(begins[person.language])
    assert linter.language_of(card) == person.language


@EACH
def test_the_same_person_gets_the_same_interview_and_card(person: Person) -> None:
    again = dataclasses.replace(person)

    assert again.turns == person.turns
    assert again.card == person.card


def test_no_two_people_get_the_same_interview() -> None:
    asked_of_each = {tuple(turn.move for turn in person.turns) for person in PEOPLE}

    assert len(asked_of_each) >= 5
    assert {move for moves in asked_of_each for move in moves} >= {
        Move.MORE,
        Move.SLOGAN,
        Move.NORM,
        Move.OTHERS,
    }
