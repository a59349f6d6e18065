"""The interview's socket: nothing typed is lost, nothing is said twice, nobody else gets in."""

import uuid
from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator

from apps.elicitation import consumers
from apps.elicitation.consumers import NO_SUCH_SESSION, SESSION_ENDED
from apps.elicitation.models import Interview, Turn
from apps.elicitation.routing import websocket_urlpatterns
from apps.elicitation.services import frames, interviews, withdrawals
from apps.elicitation.services.participants import Session
from apps.models.engine.fake import FakeChatModel
from tests.factories.elicitation import RICH, enrol, talk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]
STORY = RICH[0]


async def _open(token: str) -> tuple[WebsocketCommunicator, dict[str, Any]]:
    """Open the page's socket and return it with the first thing it says."""
    socket = WebsocketCommunicator(URLRouter(websocket_urlpatterns), f"/ws/interview/{token}/")
    accepted, _ = await socket.connect()
    assert accepted
    return socket, await socket.receive_json_from(timeout=5)


async def _until(socket: WebsocketCommunicator, kind: str) -> list[dict[str, Any]]:
    heard = []
    while not heard or heard[-1]["type"] != kind:
        heard.append(await socket.receive_json_from(timeout=5))
    return heard


@database_sync_to_async
def _enrolled() -> Session:
    return enrol()


@database_sync_to_async
def _said(session: Session) -> list[str]:
    turns = Turn.objects.filter(interview__participant=session.participant, speaker="person")
    return list(turns.order_by("position").values_list("text", flat=True))


@database_sync_to_async
def _half_written(session: Session, *, text: str, saved: str) -> int:
    """Leave a model's reply half written, as a worker that is at it would, and return the interview."""
    interview = Interview.objects.get(participant=session.participant)
    Turn.objects.create(interview=interview, position=1, speaker="person", text="It rained.")
    Turn.objects.create(interview=interview, position=2, speaker="interviewer", text=saved, state="writing")
    Interview.objects.filter(pk=interview.pk).update(phase="replying", interviewer="llm")
    frames.put(interview_id=interview.pk, position=2, attempt=1, text=text, told="")
    return int(interview.pk)


def _say(text: Any, client_id: str | None = None) -> dict[str, Any]:
    return {"type": "say", "text": text, "client_id": client_id or str(uuid.uuid4())}


async def test_opening_the_link_shows_everything_as_it_stands() -> None:
    session = await _enrolled()
    await database_sync_to_async(interviews.save_draft)(participant=session.participant, text="It was in")

    socket, state = await _open(session.token)

    assert state["type"] == "state"
    assert [turn["speaker"] for turn in state["turns"]] == ["interviewer"]
    assert state["draft"] == "It was in"
    assert state["phase"] == "listening"
    assert state["may_finish"] is False
    assert "card_url" not in state
    await socket.disconnect()


async def test_an_answer_is_kept_and_its_reply_comes_whole_and_once() -> None:
    session = await _enrolled()
    socket, _ = await _open(session.token)

    await socket.send_json_to(_say(STORY))
    heard = await _until(socket, "done")

    assert [message["type"] for message in heard if message["type"] in {"turn", "replying", "done"}] == [
        "turn",
        "replying",
        "done",
    ]
    assert "What did you pay attention to?" in heard[-1]["text"]
    assert await _said(session) == [STORY]
    await socket.disconnect()


async def test_a_models_reply_comes_in_pieces_that_make_the_whole(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.LLM_URL, settings.LLM_MODEL = "http://127.0.0.1:9", "scripted"
    fake = FakeChatModel(["What did you notice in her voice?"])
    monkeypatch.setattr("apps.models.engine.registry.chat_model", lambda **_: fake)
    socket, _ = await _open((await _enrolled()).token)

    await socket.send_json_to(_say(STORY))
    heard = await _until(socket, "done")

    pieces = [message["text"] for message in heard if message["type"] == "frame"]
    assert "".join(pieces) == heard[-1]["text"] == "What did you notice in her voice?"
    await socket.disconnect()


async def test_a_page_that_comes_back_finds_the_reply_of_a_process_that_died() -> None:
    session = await _enrolled()
    interview = await Interview.objects.aget(participant=session.participant)
    await Turn.objects.acreate(interview=interview, position=1, speaker="person", text=STORY)
    await Turn.objects.acreate(interview=interview, position=2, speaker="interviewer", state="pending")
    await Interview.objects.filter(pk=interview.pk).aupdate(phase="replying")

    socket, state = await _open(session.token)

    assert state["phase"] == "listening"
    assert "What did you pay attention to?" in state["turns"][-1]["text"]
    await socket.disconnect()


async def test_sending_twice_with_one_id_says_it_once() -> None:
    session = await _enrolled()
    socket, _ = await _open(session.token)
    message = _say(STORY)

    await socket.send_json_to(message)
    await _until(socket, "standing")
    await socket.send_json_to(message)
    heard = await _until(socket, "turn")

    assert heard[-1]["turn"]["text"] == STORY
    assert await _said(session) == [STORY]
    await socket.disconnect()


async def test_a_page_that_comes_back_gets_just_what_it_lacks_of_a_reply() -> None:
    session = await _enrolled()
    await _half_written(session, text="What did you see there?", saved="What did")

    socket, state = await _open(session.token)
    await socket.send_json_to({"type": "rejoin", "position": 2, "offset": 9})
    (frame,) = await _until(socket, "frame")

    # The store is ahead of the database, and the page has the first nine characters.
    assert state["turns"][-1]["text"] == "What did you see there?"
    assert (frame["offset"], frame["text"]) == (9, "you see there?")
    await socket.disconnect()


async def test_a_page_that_comes_back_after_the_reply_gets_it_finished() -> None:
    session = await _enrolled()
    await database_sync_to_async(talk)(session=session, answers=[STORY])
    socket, state = await _open(session.token)

    await socket.send_json_to({"type": "rejoin", "position": 2, "offset": 5})
    (done,) = await _until(socket, "done")

    assert done["text"] == state["turns"][2]["text"]
    await socket.disconnect()


async def test_a_page_finds_the_end_of_a_reply_that_nothing_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "LOOK_AGAIN_SECONDS", 0.05)
    session = await _enrolled()
    interview = await _half_written(session, text="What did you see", saved="What did")
    socket, _ = await _open(session.token)

    # As a worker does whose word nobody passes on: the store is down.
    await Turn.objects.filter(interview_id=interview, position=2).aupdate(
        text="What did you see there?", state="complete"
    )
    await Interview.objects.filter(pk=interview).aupdate(phase="listening")
    (state,) = await _until(socket, "state")

    assert (state["phase"], state["turns"][-1]["text"]) == ("listening", "What did you see there?")
    assert await socket.receive_nothing(timeout=0.3)  # It is said once.
    await socket.disconnect()


async def test_words_sent_while_a_reply_is_written_are_kept_as_the_draft() -> None:
    session = await _enrolled()
    await _half_written(session, text="What", saved="")
    socket, _ = await _open(session.token)

    await socket.send_json_to(_say("And another thing."))
    (error,) = await _until(socket, "error")

    assert "kept as a draft" in error["message"]
    interview = await Interview.objects.aget(participant=session.participant)
    assert interview.draft == "And another thing."
    await socket.disconnect()


async def test_a_draft_is_saved_and_said_so() -> None:
    session = await _enrolled()
    socket, _ = await _open(session.token)

    await socket.send_json_to({"type": "draft", "text": "I was at my"})
    await _until(socket, "saved")

    assert (await Interview.objects.aget(participant=session.participant)).draft == "I was at my"
    await socket.disconnect()


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ({"type": "dance"}, "no kind that is known"),
        ({"text": "hello"}, "no kind that is known"),
        ([], "no kind that is known"),
        (_say(None), "needs a text"),
        (_say("  "), "Write something first"),
        (_say("x" * 9000), "two parts"),
        ({"type": "say", "text": "hello", "client_id": "7"}, "id of its own"),
        ({"type": "rejoin", "position": "one", "offset": 0}, "where you stand"),
        ({"type": "rejoin", "position": 99, "offset": 0}, "no turn at this position"),
        ({"type": "card_now"}, "A little more is needed"),
    ],
)
async def test_a_message_that_cannot_be_taken_is_answered_and_changes_nothing(
    message: Any, says: str
) -> None:
    session = await _enrolled()
    socket, _ = await _open(session.token)

    await socket.send_json_to(message)
    (error,) = await _until(socket, "error")

    assert says in error["message"]
    assert await _said(session) == []
    await socket.disconnect()


async def test_a_forged_link_is_told_so_and_closed() -> None:
    session = await _enrolled()
    socket, error = await _open(session.token[:-3] + "abc")

    assert "opens no session" in error["message"]
    assert (await socket.receive_output(timeout=5))["code"] == NO_SUCH_SESSION
    assert session.token not in str(error)


async def test_an_interview_ends_with_the_address_of_its_card() -> None:
    session = await _enrolled()
    await database_sync_to_async(talk)(session=session, answers=RICH[:4])
    socket, state = await _open(session.token)
    assert state["may_finish"] is True

    await socket.send_json_to({"type": "card_now"})
    heard = await _until(socket, "card_ready")

    assert heard[-1]["url"].endswith(f"{session.token}/card")
    last = next(message for message in heard if message["type"] == "standing")
    assert last["phase"] == "card_ready"
    assert last["card_url"] == heard[-1]["url"]
    await socket.disconnect()


async def test_a_withdrawal_closes_every_open_page() -> None:
    session = await _enrolled()
    socket, _ = await _open(session.token)

    await database_sync_to_async(withdrawals.withdraw)(participant=session.participant)

    assert (await socket.receive_output(timeout=5))["code"] == SESSION_ENDED
    again, error = await _open(session.token)
    assert "withdrew" in error["message"]
    assert (await again.receive_output(timeout=5))["code"] == NO_SUCH_SESSION


async def test_one_persons_page_hears_nothing_of_another_persons_interview() -> None:
    mine, other = await _enrolled(), await _enrolled()
    socket, _ = await _open(mine.token)

    await database_sync_to_async(talk)(session=other, answers=["A secret of somebody else."])

    assert await socket.receive_nothing(timeout=0.2)
    assert get_channel_layer() is not None
    await socket.disconnect()
