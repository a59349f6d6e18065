"""A reply is written once, goes on where a dead worker left it, and a model's failure is said aloud."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from apps.elicitation.domain.tongues.english import wording
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import drafts, frames, interviews, replies, withdrawals, writers
from apps.elicitation.services.participants import Session
from apps.models.engine.base import EngineError
from apps.models.engine.fake import FakeChatModel
from apps.shared.models import Job
from apps.shared.services import jobs
from tests.factories.elicitation import RICH, enrol, talk
from tests.factories.replies import leave_unanswered, wait_for_reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def _waiting(session: Session, text: str = RICH[0]) -> tuple[Turn, Job]:
    """Say something and return the reply that is to come, with its claimed job."""
    interview = Interview.objects.select_related("participant__study").get(participant=session.participant)
    if interview.interviewer == Interview.Interviewer.LLM:
        return wait_for_reply(session=session, text=text)
    # The guided interviewer needs no job, but must finish one of an earlier release.
    turn = leave_unanswered(session=session, text=text)
    config = {"turn": turn.pk, "card_now": False}
    turn.job_id = jobs.enqueue(study=interview.participant.study, task="elicitation.reply", config=config).pk
    turn.save(update_fields=["job_id"])
    job = jobs.claim(job_id=str(turn.job_id), owner="one")
    assert job is not None
    return turn, job


def _fresh(turn: Turn) -> Turn:
    return Turn.objects.select_related("interview").get(pk=turn.pk)


def test_a_reply_is_written_whole_and_forgotten_by_the_store(
    django_capture_on_commit_callbacks: Any,
) -> None:
    turn, job = _waiting(enrol())

    with django_capture_on_commit_callbacks(execute=True):
        replies.write(job=job)

    written = _fresh(turn)
    assert (written.state, written.attempt) == ("complete", 1)
    assert "What did you pay attention to?" in written.text
    assert frames.get(interview_id=turn.interview_id, position=turn.position) is None
    assert written.engine["interviewer"] == "guided"
    assert written.interview.phase == "listening"


def test_a_second_worker_goes_on_where_the_first_one_died() -> None:
    session = enrol()
    turn, job = _waiting(session)
    whole = writers.guided.reply(
        turns=replies.selectors.transcript(interview=turn.interview, before=turn.position)
    ).text
    frames.put(interview_id=turn.interview_id, position=turn.position, attempt=1, text=whole[:20], told="")
    Turn.objects.filter(pk=turn.pk).update(text=whole[:8], state="writing")

    replies.write(job=job)

    written = _fresh(turn)
    assert written.text == whole
    assert written.attempt == 1  # Nothing was begun again: pages keep what they have.


def test_a_reply_that_is_complete_is_left_alone() -> None:
    turn, job = _waiting(enrol())
    Turn.objects.filter(pk=turn.pk).update(state="complete", text="Already said.")

    replies.write(job=job)

    assert _fresh(turn).text == "Already said."


def test_a_worker_that_lost_its_lease_writes_nothing_more() -> None:
    turn, job = _waiting(enrol())
    Job.objects.filter(pk=job.pk).update(lease_owner="two")

    with pytest.raises(jobs.LeaseLost):
        replies.write(job=job)

    assert _fresh(turn).state == "pending"


def test_nothing_is_written_to_somebody_who_withdrew() -> None:
    session = enrol()
    turn, job = _waiting(session)
    withdrawals.withdraw(participant=session.participant)

    replies.write(job=job)

    assert _fresh(turn).text == ""


@pytest.mark.parametrize("failure", [EngineError("The server is full."), "", "   "])
def test_a_model_that_fails_is_followed_by_the_guided_interviewer_who_says_so(
    model: Callable[..., FakeChatModel], failure: str | EngineError
) -> None:
    model(failure)
    turn, job = _waiting(enrol())

    replies.write(job=job)

    written = _fresh(turn)
    assert written.text.startswith(wording.TAKES_OVER)
    assert "What did you pay attention to?" in written.text
    assert written.attempt == 2
    assert written.engine["failed"]["model"] == "scripted"
    assert written.interview.interviewer == "guided"


def test_a_finished_interview_moves_its_person_to_the_card(django_capture_on_commit_callbacks: Any) -> None:
    session = enrol()
    for text in RICH[:3]:
        with django_capture_on_commit_callbacks(execute=True):
            talk(session=session, answers=[text])
    with django_capture_on_commit_callbacks(execute=True):
        interviews.ask_for_card(participant=session.participant)

    assert Participant.objects.get(pk=session.participant.pk).step == "card"
    assert Interview.objects.get(participant=session.participant).ended_at is not None


def _break(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("Something nobody thought of.")

    monkeypatch.setattr(where, name, fail)


def test_a_fault_in_the_guided_interviewer_costs_no_word_and_the_next_look_brings_the_reply(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = enrol()
    with monkeypatch.context() as broken:
        _break(broken, writers, "answer")
        interviews.say(participant=session.participant, text=RICH[0], client_id=uuid.uuid4())
    said, reply = Turn.objects.filter(interview__participant=session.participant, position__gt=0)
    assert (said.text, said.state, reply.text, reply.state) == (RICH[0], "complete", "", "pending")

    interviews.revive(participant=session.participant)

    assert "What did you pay attention to?" in _fresh(reply).text
    assert Turn.objects.filter(interview__participant=session.participant).count() == 3
    assert _fresh(reply).interview.phase == "listening"


def test_a_fault_in_keeping_the_card_costs_no_word_and_the_next_look_brings_the_card(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = enrol()
    talk(session=session, answers=RICH[:3])
    with monkeypatch.context() as broken:
        _break(broken, drafts, "keep")
        interviews.ask_for_card(participant=session.participant)
    reply = Turn.objects.filter(interview__participant=session.participant).latest("position")
    assert (reply.state, _fresh(reply).interview.phase) == ("pending", "replying")

    interviews.revive(participant=session.participant)

    assert (_fresh(reply).state, _fresh(reply).interview.phase) == ("complete", "card_ready")
    assert Participant.objects.get(pk=session.participant.pk).step == "card"


def test_an_answer_and_its_reply_are_kept_in_few_statements(django_assert_num_queries: Any) -> None:
    session = enrol()
    talk(session=session, answers=RICH[:2])

    # A savepoint, the person, the interview, its turns, both new turns, the interview's phase, a release.
    with django_assert_num_queries(7):
        talk(session=session, answers=[RICH[2]])
