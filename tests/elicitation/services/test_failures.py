"""A real engine and a server that is slow, cuts off, sends nonsense or is too busy: the interview goes on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from apps.elicitation.domain import notices
from apps.elicitation.domain.tongues.english import wording
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import frames, replies, retries
from apps.elicitation.services.asking import Waiting
from apps.shared.errors import Conflict
from tests.factories.elicitation import RICH, enrol
from tests.factories.replies import PATIENT, SHORT, reply_to, wait_for_reply
from tests.models.misbehaving import Behaviour, Handler, ScriptedServer, cut, line, running, status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
QUESTION = "What did you notice in her voice?"
SOON_TOLD = Waiting(slow=0.05, silence=20.0, whole=20.0, look=0.01)


@pytest.fixture
def serve(settings: Any) -> Iterator[Callable[..., ScriptedServer]]:
    """Return a function that puts a scripted server behind the interviews."""
    running_now = []

    def _serve(*script: Behaviour) -> ScriptedServer:
        context = running(*script)
        running_now.append(context)
        server = context.__enter__()
        settings.LLM_URL, settings.LLM_MODEL = server.url, "scripted"
        return server

    yield _serve
    for context in running_now:
        context.__exit__(None, None, None)


@pytest.fixture
def notices_told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return the list of notices that open pages are told."""
    told: list[dict[str, Any]] = []
    tell = frames.tell

    def _tell(*, interview_id: int, message: dict[str, Any]) -> None:
        listed = message["messages"] if message["type"] == "interview.several" else [message]
        told.extend(one for one in listed if one["type"] == "interview.notice")
        tell(interview_id=interview_id, message=message)

    monkeypatch.setattr(frames, "tell", _tell)
    return told


def well(handler: Handler) -> None:
    """Ask a question."""
    handler.begin()
    for word in QUESTION.split(" "):
        handler.piece(f"{word} ")
    handler.piece("", finish_reason="stop")


def once(condition: Callable[[], object], then: Behaviour, *, after: str = "") -> Behaviour:
    """Begin, say nothing until something has happened, and go on."""

    def behave(handler: Handler) -> None:
        handler.begin()
        if after:
            handler.piece(after)
        handler.server.wait(condition)
        then(handler)

    return behave


def rest(handler: Handler) -> None:
    """Say the rest of the question on a stream that has begun."""
    handler.piece(QUESTION.partition(" ")[2], finish_reason="stop")


def nothing(handler: Handler) -> None:
    """End at once, as a stream that holds nothing."""
    handler.begin()
    handler.piece("", finish_reason="stop")


def test_a_slow_model_is_said_to_be_slow_and_its_reply_is_taken(
    serve: Callable[..., ScriptedServer], notices_told: list[dict[str, Any]]
) -> None:
    serve(once(lambda: notices_told, rest, after="What "))

    written = reply_to(session=enrol(), text=RICH[0], waiting=SOON_TOLD)

    assert written.text == QUESTION
    assert [(item["code"], item["message"]) for item in notices_told] == [("slow", notices.SLOW["en"])]
    assert (written.attempt, written.engine["interviewer"]) == (1, "llm")


@pytest.mark.parametrize("language", ["es", "ar"])
def test_notices_are_in_the_persons_language(
    serve: Callable[..., ScriptedServer],
    notices_told: list[dict[str, Any]],
    language: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    serve(once(lambda: False, rest))
    session = enrol()
    Participant.objects.filter(pk=session.participant.pk).update(language=language)

    _, job = wait_for_reply(session=session, text=RICH[0])
    with django_capture_on_commit_callbacks(execute=True):
        replies.write(job=job, waiting=SHORT)

    assert [item["message"] for item in notices_told] == [
        notices.SLOW[language],
        notices.TAKEN_OVER[language],
    ]


def test_a_model_that_stays_silent_is_followed_by_the_guided_interviewer(
    serve: Callable[..., ScriptedServer],
) -> None:
    serve(once(lambda: False, rest, after="What "))

    written = reply_to(session=enrol(), text=RICH[0], waiting=SHORT)

    assert written.text.startswith(wording.TAKES_OVER)
    assert written.engine["failed"]["error"].startswith("EngineTimeout")
    assert written.engine["failed"]["first_token_seconds"] >= 0
    assert written.interview.interviewer == "guided"


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (cut, "EngineBroken"),
        (line("{nonsense"), "EngineBroken"),
        (line('{"choices": 3}'), "EngineBroken"),
        (line('{"error": {"message": "out of memory"}}'), "EngineBroken"),
        (nothing, "EngineBroken"),
        (status(401), "EngineRefused"),
        (status(429, Retry_After="60"), "EngineTimeout"),
        (status(503), "EngineTimeout"),
    ],
    ids=["cut", "malformed", "no piece", "an error inside", "empty", "401", "429", "503"],
)
def test_whatever_goes_wrong_the_guided_interviewer_goes_on_and_says_so(
    serve: Callable[..., ScriptedServer], behaviour: Behaviour, error: str
) -> None:
    serve(behaviour)
    session = enrol()

    written = reply_to(session=session, text=RICH[0], waiting=SHORT if error == "EngineTimeout" else PATIENT)

    assert written.text.startswith(wording.TAKES_OVER)
    assert "What did you pay attention to?" in written.text
    assert written.engine["failed"]["error"].startswith(error)
    assert written.interview.phase == "listening"
    said = Turn.objects.filter(interview=written.interview, speaker="person")
    assert [turn.text for turn in said] == [RICH[0]]


def test_a_reply_that_never_ends_is_given_up(serve: Callable[..., ScriptedServer]) -> None:
    def drip(handler: Handler) -> None:
        handler.begin()
        while True:
            handler.piece("a")
            handler.server.wait(lambda: False, seconds=0.01)

    serve(drip)

    written = reply_to(
        session=enrol(), text=RICH[0], waiting=Waiting(slow=5, silence=5, whole=0.1, look=0.01)
    )

    assert "was not done after" in written.engine["failed"]["error"]


def test_who_asks_again_in_a_silence_gets_a_new_attempt_and_keeps_the_answer(
    serve: Callable[..., ScriptedServer], monkeypatch: pytest.MonkeyPatch, notices_told: list[dict[str, Any]]
) -> None:
    server = serve(once(lambda: False, rest, after="What "), well)
    session = enrol()
    tell = frames.tell

    asked = []

    def _ask_again(*, interview_id: int, message: dict[str, Any]) -> None:
        tell(interview_id=interview_id, message=message)
        # Once: on a busy machine the second attempt can be slow too, and the person waits for it.
        if message.get("code") == "slow" and not asked:
            asked.append(message)
            retries.retry(participant=session.participant)

    monkeypatch.setattr(frames, "tell", _ask_again)

    written = reply_to(session=session, text=RICH[0], waiting=SOON_TOLD)

    assert written.text.strip() == QUESTION
    assert (written.attempt, written.engine["retries"]) == (2, 1)
    assert len(server.bodies) == 2
    assert server.bodies[0] == server.bodies[1]
    said = Turn.objects.filter(interview=written.interview, speaker="person")
    assert [turn.text for turn in said] == [RICH[0]]
    assert "again" not in written.interview.state


def test_asking_again_ends_after_three_times(serve: Callable[..., ScriptedServer]) -> None:
    serve(well)
    session = enrol()
    wait_for_reply(session=session, text=RICH[0])
    for _ in range(retries.MOST_RETRIES):
        retries.retry(participant=session.participant)

    with pytest.raises(Conflict, match="again already"):
        retries.retry(participant=session.participant)


def test_there_is_nothing_to_ask_again_for_while_nobody_writes(serve: Callable[..., ScriptedServer]) -> None:
    serve(well)
    session = enrol()

    with pytest.raises(Conflict, match="no reply on its way"):
        retries.retry(participant=session.participant)

    assert Interview.objects.get(participant=session.participant).state == {}
