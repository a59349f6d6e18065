"""Saying, drafting, asking for the card, and talking on."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import cards, interviews, way
from apps.elicitation.services.participants import Session
from apps.moralgraph import selectors as moralgraph
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Job
from apps.shared.services import jobs
from tests.factories.elicitation import RICH, at_the_card, enrol, talk
from tests.factories.replies import leave_unanswered

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(store: str) -> Session:
    """Return somebody at the beginning of the interview."""
    return enrol()


@pytest.fixture
def answered(session: Session, django_capture_on_commit_callbacks: Any) -> Callable[..., None]:
    """Return a function that says answers, each with its reply."""

    def _talk(*answers: str) -> None:
        for text in answers:
            with django_capture_on_commit_callbacks(execute=True):
                talk(session=session, answers=[text])

    return _talk


def _say(session: Session, text: str, client_id: uuid.UUID | None = None) -> interviews.Said:
    return interviews.say(participant=session.participant, text=text, client_id=client_id or uuid.uuid4())


def _last_turn(me: Participant) -> Turn:
    return Turn.objects.filter(interview__participant=me).latest("position")


def _me(session: Session) -> Participant:
    return Participant.objects.get(pk=session.participant.pk)


def test_an_answer_takes_the_draft_with_it(session: Session) -> None:
    interviews.save_draft(participant=session.participant, text="It was")

    _say(session, "  It was on a Monday.  ")

    interview = Interview.objects.get(participant=session.participant)
    said, reply = interview.turns.filter(position__gt=0)
    assert (interview.draft, interview.phase) == ("", "listening")
    assert (said.text, said.state) == ("It was on a Monday.", "complete")
    assert reply.state == "complete"
    assert reply.text.endswith("?")


def test_the_same_sending_twice_is_one_answer_and_one_reply(session: Session) -> None:
    once = uuid.uuid4()

    first, second = _say(session, "Yes.", once), _say(session, "Yes.", once)

    assert (first.again, second.again) == (False, True)
    assert first.turn.pk == second.turn.pk
    assert Turn.objects.filter(interview__participant=session.participant).count() == 3


@pytest.mark.parametrize("text", ["", "   ", "x" * 8001])
def test_an_empty_or_endless_answer_is_refused_with_its_field(session: Session, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        _say(session, text)

    assert "text" in refused.value.fields


def test_the_card_needs_three_answers(session: Session, answered: Callable[..., None]) -> None:
    answered(*RICH[:2])
    with pytest.raises(Conflict, match="at least three answers"):
        interviews.ask_for_card(participant=session.participant)

    answered(RICH[2])
    interviews.ask_for_card(participant=session.participant)

    assert moralgraph.card_of(participant_id=session.participant.pk) is not None
    assert _me(session).step == "card"


def test_the_card_cannot_be_asked_for_while_a_reply_comes(session: Session) -> None:
    leave_unanswered(session=session, text="It rained.")

    with pytest.raises(Conflict, match="on its way"):
        interviews.ask_for_card(participant=session.participant)


def test_whoever_withdrew_says_nothing_more(session: Session) -> None:
    Participant.objects.filter(pk=session.participant.pk).update(withdrawn_at="2026-01-01T00:00Z")

    with pytest.raises((Conflict, Missing, Invalid)):
        _say(session, "Still here.")

    assert not Turn.objects.filter(interview__participant=session.participant, speaker="person").exists()


def test_talking_on_keeps_the_card_as_the_person_left_it(
    session: Session, answered: Callable[..., None], django_capture_on_commit_callbacks: Any
) -> None:
    answered(*RICH[:4])
    with django_capture_on_commit_callbacks(execute=True):
        interviews.ask_for_card(participant=session.participant)
    me = _me(session)
    before = moralgraph.card_of(participant_id=me.pk)
    assert before is not None
    mine = [policy.to_json() for policy in before.policies]
    cards.save(participant=me, title="Mine", summary="In my words.", policies=mine)

    interviews.talk_on(participant=me)
    answered("I also watched how he held the cup.")
    with django_capture_on_commit_callbacks(execute=True):
        interviews.ask_for_card(participant=session.participant)

    after = moralgraph.card_of(participant_id=me.pk)
    assert after is not None
    assert (after.title, after.summary) == ("Mine", "In my words.")
    assert [policy.to_json() for policy in after.policies] == mine
    offered = moralgraph.proposal_to(participant_id=me.pk)
    assert offered is not None
    assert any("cup" in policy.quote for policy in offered.policies)


def test_an_accepted_card_is_not_talked_about_again() -> None:
    me = cards.accept(participant=at_the_card().participant)

    with pytest.raises(Conflict, match="accepted this card already"):
        interviews.talk_on(participant=me)

    assert _last_turn(me).move != "missing"


def test_pressing_talk_on_twice_asks_once_and_interrupts_nothing() -> None:
    session = at_the_card()
    me = session.participant
    interviews.talk_on(participant=me)
    asked = _last_turn(me)
    interviews.talk_on(participant=me)
    assert _last_turn(me).pk == asked.pk
    leave_unanswered(session=session, text="I also watched his hands.")

    interviews.talk_on(participant=me)

    assert Interview.objects.get(participant=me).phase == "replying"
    assert _last_turn(me).state == "pending"


def test_nobody_talks_on_before_there_is_a_card() -> None:
    me = enrol().participant

    interviews.talk_on(participant=me)

    assert _last_turn(me).position == 0


def test_where_no_question_is_left_the_card_stays_open() -> None:
    me = at_the_card().participant
    interview = Interview.objects.get(participant=me)
    Turn.objects.bulk_create(
        Turn(interview=interview, position=100 + number, speaker="interviewer", text="And?", move="noticed")
        for number in range(12)
    )

    with pytest.raises(Conflict, match="All questions of this interview are used"):
        interviews.talk_on(participant=me)

    assert Participant.objects.get(pk=me.pk).step == "card"
    assert Interview.objects.get(participant=me).phase == "card_ready"


def _pause(me: Participant) -> None:
    Participant.objects.filter(pk=me.pk).update(paused_at="2026-01-01T00:00Z")


def test_a_paused_person_neither_speaks_nor_ends_and_keeps_their_words(
    session: Session, answered: Callable[..., None]
) -> None:
    answered(*RICH[:3])
    _pause(session.participant)

    with pytest.raises(Conflict, match="paused"):
        _say(session, "And one thing more.")
    with pytest.raises(Conflict, match="paused"):
        interviews.ask_for_card(participant=session.participant)

    interview = Interview.objects.get(participant=session.participant)
    assert (interview.draft, interview.phase) == ("And one thing more.", "listening")


def test_after_a_release_the_interview_is_over_and_typed_words_are_kept(
    session: Session, answered: Callable[..., None]
) -> None:
    answered(*RICH[:3])
    way.release(participant=session.participant)

    with pytest.raises(Conflict, match="interview is over"):
        _say(session, "And one thing more.")
    with pytest.raises(Conflict):
        interviews.ask_for_card(participant=session.participant)

    assert Interview.objects.get(participant=session.participant).draft == "And one thing more."
    assert _last_turn(session.participant).state == "complete"


def test_a_draft_that_is_too_long_is_refused_and_the_last_one_stays(session: Session) -> None:
    interviews.save_draft(participant=session.participant, text="It was in")

    with pytest.raises(Invalid, match="8000"):
        interviews.save_draft(participant=session.participant, text="x" * 8001)

    assert Interview.objects.get(participant=session.participant).draft == "It was in"


def test_a_reply_whose_job_ended_without_it_is_asked_for_again(
    session: Session, django_capture_on_commit_callbacks: Any
) -> None:
    turn = leave_unanswered(session=session, text=RICH[0])
    study, config = session.participant.study, {"turn": turn.pk, "card_now": False}
    turn.job_id = jobs.enqueue(study=study, task="elicitation.reply", config=config).pk
    turn.save(update_fields=["job_id"])
    Job.objects.filter(pk=turn.job_id).update(state="failed")

    with django_capture_on_commit_callbacks(execute=True):
        interviews.revive(participant=session.participant)

    turn.refresh_from_db()
    assert turn.state == "complete"
    assert turn.text
