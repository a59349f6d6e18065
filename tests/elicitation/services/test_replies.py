"""A reply is written once, goes on where a dead worker left it, and a model's failure is said aloud."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from apps.elicitation.domain import wording
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import frames, interviews, replies, withdrawals, writers
from apps.elicitation.services.participants import Session
from apps.models.engine.base import EngineError
from apps.models.engine.fake import FakeChatModel
from apps.shared.models import Job
from apps.shared.services import jobs
from tests.factories.elicitation import RICH, enrol, talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def _waiting(session: Session, text: str = RICH[0]) -> tuple[Turn, Job]:
    """Say something and return the reply that is to come, with its claimed job."""
    interviews.say(participant=session.participant, text=text, client_id=uuid.uuid4())
    turn = Turn.objects.select_related("interview__participant__study").get(
        interview__participant=session.participant, state="pending"
    )
    if turn.job_id is None:  # The guided interviewer needs no job, but must finish one of an earlier release.
        config = {"turn": turn.pk, "card_now": False}
        study = turn.interview.participant.study
        turn.job_id = jobs.enqueue(study=study, task="elicitation.reply", config=config).pk
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
