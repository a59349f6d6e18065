"""Simulated participants: the same seed is the same person, and what they say fits what they are asked."""

import pytest

from apps.elicitation.domain import guided
from apps.elicitation.domain.personas import KINDS, Kind, Persona, Topic, read_topic
from apps.elicitation.domain.transcript import Speaker, Turn

LANGUAGES = ("en", "es", "ar")
QUESTIONS = [
    ("Think of one real time when this came up in your own life. What happened?", Topic.STORY),
    (
        "Go back to that moment. What did you pay attention to? For instance what you looked at.",
        Topic.ATTENTION,
    ),
    ("You wrote “why not”. What exactly was there to see or hear? Describe it.", Topic.CONCRETE),
    ("Why was that worth your attention? What would have been lost without it?", Topic.DEEPER),
    ("Imagine that somebody else had been in your place. What would they have overlooked?", Topic.CONTRAST),
    ("Was there another time when you paid attention to the same kind of thing?", Topic.ELSEWHERE),
    ("Suppose that a friend is about to be there. What would you tell them to look for?", Topic.TELL),
    ("Could you tell it a little more fully? Who was there?", Topic.MORE),
    ("¿Qué pasó?", Topic.STORY),
    ("Vuelva a ese momento. ¿A qué prestó atención?", Topic.ATTENTION),
    ("¿Qué vio u oyó exactamente?", Topic.CONCRETE),
    ("¿Por qué merecía eso su atención?", Topic.DEEPER),
    ("Imagine que otra persona hubiera estado en su lugar. ¿Qué habría pasado por alto?", Topic.CONTRAST),
    ("¿Hubo otra ocasión en que usted prestó atención a lo mismo?", Topic.ELSEWHERE),
    ("¿Qué le diría que mirara o escuchara?", Topic.TELL),
    ("ماذا حدث؟", Topic.STORY),
    ("عودوا إلى تلك اللحظة. إلى ماذا انتبهتم؟ مثلا: ماذا سمعتم.", Topic.ATTENTION),
    ("ماذا رأيتم أو سمعتم هناك بالضبط؟", Topic.CONCRETE),
    ("لماذا كان ذلك يستحق انتباهكم؟", Topic.DEEPER),
    ("تخيلوا أن شخصًا آخر كان في مكانكم. ما الذي كان سيفوته؟", Topic.CONTRAST),
    ("هل كانت هناك مرة أخرى انتبهتم فيها إلى الشيء نفسه؟", Topic.ELSEWHERE),
    ("إلى ماذا تنصحونه أن ينظر؟", Topic.TELL),
]


def _interview(persona: Persona) -> list[Turn]:
    """Return the guided interview with somebody, from the first question to the last word."""
    turns = [Turn(0, Speaker.INTERVIEWER, guided.begin(question="What matters?").text, "story")]
    for _ in range(20):
        turns.append(Turn(len(turns), Speaker.PERSON, persona.answer(turns[-1].text).text))
        said = guided.reply(turns=turns)
        turns.append(Turn(len(turns), Speaker.INTERVIEWER, said.text, said.move))
        if said.closes:
            return turns
    raise AssertionError("The interview did not end.")


@pytest.mark.parametrize(("question", "topic"), QUESTIONS)
def test_what_a_question_is_after_is_read_from_its_words(question: str, topic: Topic) -> None:
    assert read_topic(question) == topic


def test_a_question_that_says_nothing_known_gets_what_was_not_told_yet() -> None:
    persona = Persona(kind=Kind.TERSE, language="en", seed=1)

    said = [persona.answer("Hm?").topic for _ in range(9)]

    assert said == [*Topic, Topic.MORE]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_is_the_same_person_to_the_end(kind: Kind, language: str) -> None:
    first = Persona(kind=kind, language=language, seed=7)
    again = Persona(kind=kind, language=language, seed=7)

    assert _interview(first) == _interview(again)
    assert [first.ticks(), first.rate(), first.words()] == [again.ticks(), again.rate(), again.words()]


@pytest.mark.parametrize("kind", KINDS)
def test_another_seed_is_another_person(kind: Kind) -> None:
    people = [Persona(kind=kind, language="en", seed=seed) for seed in range(8)]

    assert len({person.name for person in people}) == 8
    assert len({person.answer("What happened?").text for person in people}) == 8


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_comes_to_the_end_of_a_guided_interview(kind: Kind) -> None:
    turns = _interview(Persona(kind=kind, language="en", seed=3))

    assert 3 <= sum(turn.speaker == Speaker.PERSON for turn in turns) <= 12


def test_the_kinds_are_what_they_are_called() -> None:
    words = {
        kind: sum(
            len(turn.text.split())
            for turn in _interview(Persona(kind=kind, language="en", seed=3))
            if turn.speaker == Speaker.PERSON
        )
        for kind in KINDS
    }

    assert min(words, key=lambda kind: words[kind]) == Kind.TERSE
    assert max(words, key=lambda kind: words[kind]) == Kind.TALKATIVE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_injecting_one_tries_something_else_at_every_turn(language: str) -> None:
    persona = Persona(kind=Kind.INJECTING, language=language, seed=0)

    tried = [persona.answer("Hm?") for _ in range(7)]

    assert len({said.injection for said in tried}) == 7
    assert all(said.injection in said.text for said in tried)
    # Every other time an answer comes with it, so that the interview gets somewhere.
    assert [said.text == said.injection for said in tried[1:]] == [True, False, True, False, True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_injecting_one_injects(language: str) -> None:
    for kind in set(KINDS) - {Kind.INJECTING}:
        persona = Persona(kind=kind, language=language, seed=5)
        assert not any(persona.answer("Hm?").injection for _ in range(8))


def test_each_names_a_place_of_their_own_once() -> None:
    persona = Persona(kind=Kind.TALKATIVE, language="en", seed=11)

    said = [persona.answer("Hm?").text for _ in range(4)]

    assert [persona.name in text for text in said] == [True, False, False, False]


def test_reading_and_typing_take_as_long_as_the_kind_takes() -> None:
    terse = Persona(kind=Kind.TERSE, language="en", seed=1)
    learner = Persona(kind=Kind.SECOND_LANGUAGE, language="en", seed=1)

    assert terse.seconds_to_read("one two three") == pytest.approx(3 / 260 * 60)
    assert terse.seconds_to_type("x" * 180) == pytest.approx(60.0)
    assert learner.seconds_to_read("one two three") > 2 * terse.seconds_to_read("one two three")
