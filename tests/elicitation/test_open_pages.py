"""Open pages of one interview: damaged messages, several pages at once, and what they are told unasked."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator

from apps.elicitation.domain.tongues.english import wording
from apps.elicitation.models import Interview, Turn
from apps.elicitation.routing import websocket_urlpatterns
from apps.elicitation.services import frames, participants, room
from apps.elicitation.services.participants import Session
from apps.models.engine.base import EngineError
from apps.models.engine.fake import FakeChatModel
from tests.factories.elicitation import RICH, enrol
from tests.factories.shared import UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]


async def _open(token: str) -> WebsocketCommunicator:
    socket = WebsocketCommunicator(URLRouter(websocket_urlpatterns), f"/ws/interview/{token}/")
    assert (await socket.connect())[0]
    assert (await socket.receive_json_from(timeout=5))["type"] == "state"
    return socket


async def _until(socket: WebsocketCommunicator, kind: str) -> list[dict[str, Any]]:
    heard = []
    while not heard or heard[-1]["type"] != kind:
        heard.append(await socket.receive_json_from(timeout=5))
    return heard


@database_sync_to_async
def _enrolled() -> Session:
    return enrol()


def _say(text: str) -> dict[str, Any]:
    return {"type": "say", "text": text, "client_id": str(uuid.uuid4())}


@pytest.mark.parametrize(
    "frame",
    [{"text_data": "{"}, {"text_data": "hello"}, {"text_data": "NaN"}, {"bytes_data": b"\x00\xff"}],
    ids=["half a message", "no JSON", "a number that is none", "bytes"],
)
async def test_a_line_that_is_no_message_is_answered_and_the_page_goes_on(frame: dict[str, Any]) -> None:
    socket = await _open((await _enrolled()).token)

    await socket.send_to(**frame)
    (error,) = await _until(socket, "error")
    await socket.send_json_to({"type": "draft", "text": "I was at"})
    await _until(socket, "saved")

    assert "no kind that is known" in error["message"]
    await socket.disconnect()


@pytest.mark.parametrize("half", ["\\ud83d", "\\u0000"], ids=["half an emoji", "a null"])
async def test_a_character_that_cannot_be_kept_costs_no_other_word(half: str) -> None:
    socket = await _open((await _enrolled()).token)
    before, after = RICH[0].split(". ", 1)

    await socket.send_to(
        text_data=f'{{"type": "say", "text": "{before}. {half} {after}", "client_id": "{uuid.uuid4()}"}}'
    )
    heard = await _until(socket, "done")

    (said,) = [message["turn"]["text"] for message in heard if message["type"] == "turn"]
    assert said.startswith(before)
    assert said.endswith(after)
    assert "\0" not in said
    assert (await Turn.objects.aget(speaker="person")).text == said
    await socket.disconnect()


async def test_both_pages_of_one_person_hear_what_is_said_on_one_of_them() -> None:
    session = await _enrolled()
    again = await database_sync_to_async(participants.come_back)(
        study=session.participant.study, short_code=session.participant.short_code, address="127.0.0.1"
    )
    first, second = await _open(session.token), await _open(again.token)

    await first.send_json_to(_say(RICH[0]))
    here, there = await _until(first, "done"), await _until(second, "done")

    assert here[-1] == there[-1]
    assert [message["turn"] for message in here if message["type"] == "turn"] == [
        message["turn"] for message in there if message["type"] == "turn"
    ]
    await first.disconnect()
    await second.disconnect()


async def test_a_page_is_told_when_a_program_takes_over_from_the_model(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.LLM_URL, settings.LLM_MODEL = "http://127.0.0.1:9", "scripted"
    fake = FakeChatModel([EngineError("The server is full.")])
    monkeypatch.setattr("apps.models.engine.registry.chat_model", lambda **_: fake)
    socket = await _open((await _enrolled()).token)

    await socket.send_json_to(_say(RICH[0]))
    heard = await _until(socket, "notice")

    assert (heard[-1]["code"], "without AI" in heard[-1]["message"]) == ("guided", True)
    (done,) = [message for message in heard if message["type"] == "done"]
    assert done["text"].startswith(wording.TAKES_OVER)
    assert (await Interview.objects.aget()).interviewer == "guided"
    await socket.disconnect()


@pytest.mark.parametrize(
    ("act", "code"), [(room.pause, "paused"), (room.let_go_on, "go_on"), (room.release, "released")]
)
async def test_a_page_is_told_what_staff_do_for_its_person(act: Callable[..., None], code: str) -> None:
    session = await _enrolled()
    staff = await database_sync_to_async(UserFactory)()
    mine, other = await _open(session.token), await _open((await _enrolled()).token)

    await database_sync_to_async(act)(
        study=session.participant.study, participant_id=session.participant.pk, actor=staff
    )

    assert (await _until(mine, "notice"))[-1]["code"] == code
    assert await other.receive_nothing(timeout=0.05)
    await mine.disconnect()
    await other.disconnect()


@database_sync_to_async
def _half_written(session: Session) -> None:
    """Leave the beginning of a reply in the store, as a worker that is at it would."""
    interview = Interview.objects.get(participant=session.participant)
    Interview.objects.filter(pk=interview.pk).update(phase="replying", interviewer="llm")
    Turn.objects.create(interview=interview, position=1, speaker="interviewer", state="writing", attempt=2)
    frames.put(interview_id=interview.pk, position=1, attempt=2, text="What did you", told="")


@pytest.mark.parametrize(("offset", "rest"), [(-5, "What did you"), (0, "What did you"), (12, ""), (99, "")])
async def test_a_page_that_lost_count_gets_what_there_is(offset: int, rest: str) -> None:
    session = await _enrolled()
    await _half_written(session)
    socket = await _open(session.token)

    await socket.send_json_to({"type": "rejoin", "position": 1, "offset": offset})
    (frame,) = await _until(socket, "frame")

    assert (frame["text"], frame["attempt"]) == (rest, 2)
    await socket.disconnect()
