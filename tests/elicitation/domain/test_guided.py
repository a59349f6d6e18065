"""The guided interviewer: one question at a time, within its budget, answering to how things were said."""

import pytest

from apps.elicitation.domain import demo, guided
from apps.elicitation.domain.budget import AT_LEAST, AT_MOST
from apps.elicitation.domain.moves import Move
from apps.elicitation.domain.tongues.english import wording
from apps.elicitation.domain.transcript import Speaker, Turn, asked
from tests.factories.elicitation import QUESTION, RICH, transcript

STORY = "Last year my friend asked me whether he should move, and we walked along the river for an hour."


def _answer(*said: str) -> guided.Reply:
    """Return the reply to the last of these answers."""
    turns = [Turn(0, Speaker.INTERVIEWER, guided.begin(question=QUESTION).text, Move.STORY)]
    for text in said[:-1]:
        turns.append(Turn(len(turns), Speaker.PERSON, text))
        reply = guided.reply(turns=turns)
        turns.append(Turn(len(turns), Speaker.INTERVIEWER, reply.text, reply.move))
    return guided.reply(turns=[*turns, Turn(len(turns), Speaker.PERSON, said[-1])])


def test_it_says_that_it_is_a_program_without_ai_and_asks_for_a_story() -> None:
    opening = guided.begin(question=QUESTION)

    assert "program without AI" in opening.text
    assert QUESTION in opening.text
    assert opening.text.endswith("What happened?")


@pytest.mark.parametrize("answers", [RICH, *demo.ANSWERS])
def test_an_interview_keeps_its_budget_and_ends_by_itself(answers: tuple[str, ...]) -> None:
    turns = transcript([*answers, *["The way he looked at the floor."] * 12])

    assert turns[-1].move == Move.CLOSE
    assert AT_LEAST <= asked(turns=turns) <= AT_MOST


@pytest.mark.parametrize(
    "said", ["ok", "I don't know", "You should.", "Respect.", "My parents expect it of me."]
)
def test_even_one_answer_said_over_and_over_ends_within_the_budget(said: str) -> None:
    turns = transcript([said] * 30)

    assert turns[-1].move == Move.CLOSE
    assert asked(turns=turns) <= AT_MOST


@pytest.mark.parametrize(
    ("said", "move"),
    [
        (STORY, Move.ATTENTION),
        ("He wanted to go.", Move.MORE),
        (
            "People come to me when they do not see a way forward and then I listen to what they tell me.",
            Move.PARTICULAR,
        ),
        ("I don't know", Move.STUCK),
        ("Honesty is what counts.", Move.SLOGAN),
    ],
)
def test_a_story_that_is_none_is_asked_for_again(said: str, move: Move) -> None:
    assert _answer(said).move == move


@pytest.mark.parametrize(
    ("said", "move"),
    [
        ("I noticed how slowly he walked and where he looked.", Move.CONCRETE),
        ("his hands", Move.MORE),
        ("No idea.", Move.STUCK),
        ("Respect and honesty.", Move.SLOGAN),
        ("I looked at what one should do, because you should always tell the truth to people.", Move.NORM),
        ("I looked at him, because my parents always expected me to look people in the eye.", Move.OTHERS),
        ("I looked at the water and noticed that I was afraid.", Move.FEELING),
    ],
)
def test_follow_ups_answer_to_how_something_was_said(said: str, move: Move) -> None:
    assert _answer(STORY, said).move == move


def test_a_follow_up_is_not_asked_twice() -> None:
    first, second = _answer(STORY, "his hands"), _answer(STORY, "his hands", "his feet")

    assert first.move == Move.MORE
    assert second.move != Move.MORE


def test_it_quotes_the_persons_words_back_word_for_word() -> None:
    reply = _answer(STORY, "It rained. I noticed how slowly he walked. We had no umbrella with us that day.")

    assert "“I noticed how slowly he walked”" in reply.text


@pytest.mark.parametrize("answers", [RICH, *demo.ANSWERS, ("no",) * 12])
def test_it_asks_one_thing_at_a_time_and_does_not_praise(answers: tuple[str, ...]) -> None:
    for turn in transcript(answers):
        if turn.speaker == Speaker.INTERVIEWER:
            assert "!" not in turn.text
            assert not any(
                word in turn.text.lower() for word in ("great", "wonderful", "interesting", "thank you for")
            )
            assert turn.text.count("?") <= 2


def test_the_same_answers_get_the_same_questions() -> None:
    assert transcript(RICH) == transcript(RICH)


def test_a_card_can_be_had_early_once_something_was_said() -> None:
    turns = transcript(RICH)

    assert not guided.may_finish(turns=turns[:2])
    assert guided.may_finish(turns=turns[:7])


def test_it_goes_on_from_an_interview_that_a_model_began() -> None:
    turns = [
        Turn(0, Speaker.INTERVIEWER, wording.OPENING_AI.format(question=QUESTION)),
        Turn(1, Speaker.PERSON, STORY),
        Turn(2, Speaker.INTERVIEWER, "What did you look at?"),
        Turn(3, Speaker.PERSON, "I noticed how slowly he walked and where he looked."),
    ]

    assert guided.reply(turns=turns).move == Move.CONCRETE
