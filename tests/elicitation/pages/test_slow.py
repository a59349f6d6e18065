"""The interview's page without JavaScript where a model is slow, or a program goes on for it."""

import datetime
import html
import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from apps.elicitation.domain import distress
from apps.elicitation.domain.moves import Move
from apps.elicitation.models import Interview, Turn
from apps.elicitation.services import interviews, replies
from apps.elicitation.services.participants import Session
from apps.models.engine.fake import FakeChatModel
from apps.shared.services import jobs
from tests.factories.elicitation import ProtocolFactory, content, enrol
from tests.factories.replies import reply_to, wait_for_reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def _shown(session: Session) -> str:
    return html.unescape(Client().get(f"/p/{session.token}/interview").content.decode())


def test_whoever_goes_on_with_a_model_gets_a_planned_question_and_then_the_model_again(
    model: Callable[..., FakeChatModel],
) -> None:
    fake = model("[[distress]]", "What did you notice then?")
    session = enrol()
    reply_to(session=session, text="I felt that nothing was left.")

    Client().post(f"/p/{session.token}/interview", {"action": "go_on"})
    planned = _write_waiting(session)

    assert planned.move not in {"", distress.MOVE, Move.CLOSE}
    assert len(fake.asked) == 1
    assert reply_to(session=session, text="I looked at the door.").text == "What did you notice then?"
    page = _shown(session)
    names = re.findall(r'<span class="turn-who">([^<]*)</span>', page)
    ai, program = "AI (a language model)", "Guided interview (a program without AI)"
    assert names == [ai, "You", program, program, "You", ai]


def _write_waiting(session: Session) -> Turn:
    turn = Turn.objects.get(interview__participant=session.participant, state="pending")
    job = jobs.claim(job_id=str(turn.job_id), owner="one")
    assert job is not None
    replies.write(job=job)
    turn.refresh_from_db()
    return turn


def _wait_for(session: Session, *, seconds: float) -> Interview:
    """Let the last reply have been asked for so long ago."""
    interview = Interview.objects.get(participant=session.participant)
    then = timezone.now() - datetime.timedelta(seconds=seconds)
    Turn.objects.filter(interview=interview, state="pending").update(at=then)
    return interview


def _slow(page: str) -> bool:
    return "data-slow hidden" not in page


def test_without_javascript_one_is_told_after_ten_seconds_and_asks_again(
    model: Callable[..., FakeChatModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    model("Hm?")
    session = enrol()
    wait_for_reply(session=session, text="I looked at the door.")
    _wait_for(session, seconds=8)
    assert not _slow(_shown(session))
    interview = _wait_for(session, seconds=11)

    page = _shown(session)
    assert _slow(page)
    assert "Your answer is kept." in page
    assert "I looked at the door." in page
    Client().post(f"/p/{session.token}/interview", {"action": "retry"})

    interview.refresh_from_db()
    assert interview.state["again"]["count"] == 1
    assert not _slow(_shown(session)), "Asked again just now, it is not slow yet."


def test_a_reply_that_has_begun_is_not_called_slow(model: Callable[..., FakeChatModel]) -> None:
    model("Hm?")
    session = enrol()
    turn, _ = wait_for_reply(session=session, text="I looked at the door.")
    _wait_for(session, seconds=20)
    Turn.objects.filter(pk=turn.pk).update(text="What did")

    assert not _slow(_shown(session))


def test_a_protocol_without_a_model_says_nothing_of_waiting() -> None:
    session = enrol(study=ProtocolFactory(draft=content(interviewer="guided").to_json()).study)
    interviews.say(participant=session.participant, text="It rained.", client_id=uuid.uuid4())
    Turn.objects.update(at=timezone.now() - datetime.timedelta(seconds=60))

    assert not _slow(_shown(session))
