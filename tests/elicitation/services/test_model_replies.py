"""A model's reply, cut off by a failure, a dead worker or a withdrawal: nothing is doubled or left."""

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from apps.elicitation.domain.tongues.english import wording
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import frames, interviews, replies, withdrawals
from apps.elicitation.services.participants import Session
from apps.models.engine.base import ChatSettings, EngineBroken, EngineError, Message
from apps.models.engine.fake import FakeChatModel
from apps.moralgraph import selectors as moralgraph
from apps.shared.models import Job
from apps.shared.services import jobs
from tests.factories.elicitation import RICH, enrol
from tests.factories.replies import SHORT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
ASKS = "What did you notice in her voice?"


def _waiting(session: Session, text: str = RICH[0]) -> tuple[Turn, Job]:
    """Say something and return the reply that is to come, with its claimed job."""
    interviews.say(participant=session.participant, text=text, client_id=uuid.uuid4())
    return _claimed(session)


def _claimed(session: Session) -> tuple[Turn, Job]:
    turn = Turn.objects.get(interview__participant=session.participant, state="pending")
    job = jobs.claim(job_id=str(turn.job_id), owner="one")
    assert job is not None
    return turn, job


def _fresh(turn: Turn) -> Turn:
    return Turn.objects.select_related("interview__participant").get(pk=turn.pk)


def _in_the_store(turn: Turn) -> tuple[int, str] | None:
    return frames.get(interview_id=turn.interview_id, position=turn.position)


def _at_the_first_frame(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Have something happen once a page can see the beginning of the reply."""
    put, waiting = frames.put, [act]

    def _put(**frame: Any) -> None:
        put(**frame)
        if waiting:
            waiting.pop()()

    monkeypatch.setattr(frames, "put", _put)


class _CutOff(FakeChatModel):
    """Says its first lines, then fails or falls silent."""

    def __init__(self, begins: str, then: Callable[[], Any]) -> None:
        super().__init__([begins])
        self._then = then

    def stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        yield from super().stream(messages, settings)
        self._then()


def _break() -> None:
    raise EngineBroken("The line was cut.")


def test_a_model_that_breaks_in_the_middle_leaves_no_half_question(
    model: Callable[..., FakeChatModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    model()
    monkeypatch.setattr("apps.models.engine.registry.chat_model", lambda **_: _CutOff("What did", _break))
    turn, job = _waiting(enrol())

    replies.write(job=job)

    written = _fresh(turn)
    assert written.text.startswith(wording.TAKES_OVER)
    assert "What did you pay attention to?" in written.text.removeprefix(wording.TAKES_OVER)
    assert written.attempt == 2  # Pages replace what they have.
    assert written.engine["failed"]["error"] == "EngineBroken: The line was cut."


def test_a_model_that_falls_silent_in_the_middle_is_not_waited_for(
    model: Callable[..., FakeChatModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    never = threading.Event()
    silent = _CutOff("What did", lambda: never.wait(30))
    model()
    monkeypatch.setattr("apps.models.engine.registry.chat_model", lambda **_: silent)
    turn, job = _waiting(enrol())

    replies.write(job=job, waiting=SHORT)
    never.set()

    assert _fresh(turn).text.startswith(wording.TAKES_OVER)
    assert _fresh(turn).engine["failed"]["error"].startswith("EngineTimeout")


def test_after_the_guided_interviewer_took_over_the_model_is_not_asked_again(
    model: Callable[..., FakeChatModel], django_capture_on_commit_callbacks: Any
) -> None:
    fake = model(EngineError("The server is full."))
    session = enrol()
    _, job = _waiting(session)
    replies.write(job=job)

    with django_capture_on_commit_callbacks(execute=True):
        interviews.say(participant=session.participant, text=RICH[1], client_id=uuid.uuid4())

    last = Turn.objects.filter(interview__participant=session.participant).latest("position")
    assert (last.state, last.engine["interviewer"]) == ("complete", "guided")
    assert not last.text.startswith(wording.TAKES_OVER)  # It is said once.
    assert len(fake.asked) == 1


def test_a_second_worker_asks_the_model_anew_and_pages_replace_the_half(
    model: Callable[..., FakeChatModel],
) -> None:
    model(ASKS)
    turn, job = _waiting(enrol())
    half = "Could you tell me"
    Turn.objects.filter(pk=turn.pk).update(text=half[:5], state="writing")
    frames.put(interview_id=turn.interview_id, position=turn.position, attempt=1, text=half, told="")

    replies.write(job=job)

    assert (_fresh(turn).text, _fresh(turn).attempt) == (ASKS, 2)


def test_a_worker_that_loses_its_lease_in_the_middle_finishes_nothing(
    model: Callable[..., FakeChatModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    model(ASKS)
    turn, job = _waiting(enrol())
    _at_the_first_frame(monkeypatch, lambda: Job.objects.filter(pk=job.pk).update(lease_owner="two"))

    with pytest.raises(jobs.LeaseLost):
        replies.write(job=job)

    left = _fresh(turn)
    assert left.state != "complete"
    assert left.interview.phase == "replying"
    other = Job.objects.get(pk=job.pk)
    model(ASKS)
    replies.write(job=other)
    assert (_fresh(turn).text, _fresh(turn).state) == (ASKS, "complete")


def test_a_withdrawal_in_the_middle_of_a_reply_leaves_nothing_of_it(
    model: Callable[..., FakeChatModel],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    model("You said that she went quiet. What did you notice then?")
    session = enrol()
    turn, job = _waiting(session)

    def _withdraw() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            withdrawals.withdraw(participant=session.participant)

    _at_the_first_frame(monkeypatch, _withdraw)

    replies.write(job=job)

    assert _fresh(turn).text == ""
    assert _fresh(turn).engine == {}
    assert _in_the_store(turn) is None


def test_a_store_that_is_down_loses_no_reply(
    model: Callable[..., FakeChatModel], settings: Any, tmp_path: Any
) -> None:
    model(ASKS)
    turn, job = _waiting(enrol())
    settings.STORE_URL = f"unix://{tmp_path}/nobody-listens"

    replies.write(job=job)

    assert (_fresh(turn).text, _fresh(turn).state) == (ASKS, "complete")


def test_the_card_that_a_person_asks_for_is_drafted_where_the_model_writes_none(
    model: Callable[..., FakeChatModel],
) -> None:
    model(*[ASKS] * 3, "Thank you for telling me.")
    session = enrol()
    for text in RICH[:3]:
        _, job = _waiting(session, text)
        replies.write(job=job)
    interviews.ask_for_card(participant=session.participant)
    turn, job = _claimed(session)

    replies.write(job=job)

    closing = _fresh(turn)
    assert closing.text == f"Thank you for telling me.\n\n{wording.CLOSING}"
    assert closing.engine["card"] == "guided"
    assert closing.interview.participant.step == "card"
    card = moralgraph.card_of(participant_id=session.participant.pk)
    assert card is not None
    assert all(any(policy.quote in said for said in RICH[:3]) for policy in card.policies)


def test_opening_a_page_asks_for_no_second_reply_while_the_first_is_on_its_way(
    model: Callable[..., FakeChatModel],
) -> None:
    fake = model(ASKS)
    session = enrol()
    _, job = _waiting(session)

    interviews.revive(participant=Participant.objects.get(pk=session.participant.pk))

    assert (Job.objects.get().pk, Job.objects.get().state) == (job.pk, "running")
    assert fake.asked == []
    assert Interview.objects.get().turns.filter(state="pending").count() == 1


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_opening_a_page_asks_again_where_the_reply_was_given_up(
    model: Callable[..., FakeChatModel], django_capture_on_commit_callbacks: Any, state: str
) -> None:
    model(ASKS)
    session = enrol()
    turn, job = _waiting(session)
    Job.objects.filter(pk=job.pk).update(state=state)

    with django_capture_on_commit_callbacks(execute=True):
        interviews.revive(participant=Participant.objects.get(pk=session.participant.pk))

    assert (_fresh(turn).text, _fresh(turn).state) == (ASKS, "complete")
