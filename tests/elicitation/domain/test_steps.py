"""The steps of a session, and the header that shows them."""

import itertools

import pytest

from apps.elicitation.domain import steps
from apps.elicitation.domain.protocol import Item, Protocol, Question, SurveyItem
from apps.elicitation.domain.steps import Step

QUESTIONS = tuple(Question(key=key, title={"en": key}, text={"en": key}) for key in ("work", "home"))
ABOUT = (Item(key="age", label={"en": "Age"}),)
SURVEY = (SurveyItem(key="enjoyed", text={"en": "It was good."}),)
SHORT = (Step.CONSENT, Step.INTERVIEW, Step.CARD, Step.VOTES, Step.RESULT, Step.DONE)


@pytest.mark.parametrize(
    ("protocol", "way"),
    [
        (Protocol(questions=QUESTIONS[:1]), SHORT),
        (Protocol(questions=QUESTIONS, question_choice="assigned"), SHORT),
        (Protocol(questions=QUESTIONS[:1], question_choice="chosen"), SHORT),
        (
            Protocol(questions=QUESTIONS, question_choice="chosen"),
            (Step.CONSENT, Step.QUESTION, *SHORT[1:]),
        ),
        (Protocol(questions=QUESTIONS[:1], votes_each=0), (*SHORT[:3], *SHORT[4:])),
        (
            Protocol(
                questions=QUESTIONS, question_choice="chosen", about=ABOUT, wise_values=True, survey=SURVEY
            ),
            steps.LONGEST_WAY,
        ),
    ],
)
def test_the_way_holds_what_a_study_asks_for(protocol: Protocol, way: tuple[Step, ...]) -> None:
    assert steps.way_of(protocol) == way


@pytest.mark.parametrize("way", [SHORT, steps.LONGEST_WAY])
def test_the_way_goes_forward_step_by_step(way: tuple[Step, ...]) -> None:
    for now, then in itertools.pairwise(way):
        steps.check(now=now, then=then, way=way)
        assert steps.next_of(now=now, way=way) == then


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (Step.INTERVIEW, Step.VOTES),
        (Step.VOTES, Step.CARD),
        (Step.DONE, Step.RESULT),
        (Step.WITHDRAWN, Step.INTERVIEW),
        (Step.WITHDRAWN, Step.WITHDRAWN),
        (Step.INELIGIBLE, Step.INTERVIEW),
        (Step.INTERVIEW, Step.SCREENED_OUT),
        (Step.SCREENED_OUT, Step.INTERVIEW),
        (Step.DONE, Step.FAILED),
    ],
)
def test_no_step_is_skipped_or_taken_back(now: Step, then: Step) -> None:
    with pytest.raises(steps.StepError):
        steps.check(now=now, then=then, way=SHORT)


def test_one_can_go_back_from_the_card_to_the_interview_and_out_from_the_questions_about_oneself() -> None:
    steps.check(now=Step.CARD, then=Step.INTERVIEW, way=SHORT)
    steps.check(now=Step.ABOUT, then=Step.SCREENED_OUT, way=steps.LONGEST_WAY)
    steps.check(now=Step.ABOUT, then=Step.OVER_QUOTA, way=steps.LONGEST_WAY)


@pytest.mark.parametrize("now", steps.LONGEST_WAY)
def test_withdrawal_is_open_from_everywhere(now: Step) -> None:
    steps.check(now=now, then=Step.WITHDRAWN, way=steps.LONGEST_WAY)


def test_the_minutes_left_only_fall() -> None:
    left = [steps.minutes_left(now=step, way=SHORT, minutes=15) for step in SHORT]

    # The shares of the five steps add up to 1: 15 * (1, .9, .4, .25, .05, 0), at least one before the end.
    assert left == [15, 14, 6, 4, 1, 0]


def test_what_others_took_counts_more_than_what_was_announced() -> None:
    medians = {Step.INTERVIEW: 20.0, Step.VOTES: 6.0}

    # 20 + 15 * .15 for the card + 6 + 15 * .05 for the result.
    assert steps.minutes_left(now=Step.INTERVIEW, way=SHORT, minutes=15, medians=medians) == 29


def test_the_header_marks_what_is_done_and_where_one_is() -> None:
    marks = steps.marks(now=Step.CARD, way=SHORT)

    assert [mark.done for mark in marks] == [True, True, False, False, False]
    assert [mark.current for mark in marks] == [False, False, True, False, False]
