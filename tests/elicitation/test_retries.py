"""Asking again over the socket: the wish is kept for the worker, and the answer stays."""

from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator

from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.routing import websocket_urlpatterns
from apps.elicitation.services.participants import Session
from tests.factories.elicitation import enrol

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]


@database_sync_to_async
def _waiting_for_a_reply(*, reply: bool) -> Session:
    """Return somebody who was answered, or who waits for a model's reply."""
    session = enrol()
    interview = Interview.objects.get(participant=session.participant)
    Turn.objects.create(interview=interview, position=1, speaker="person", text="It rained.")
    if reply:
        Turn.objects.create(interview=interview, position=2, speaker="interviewer", state="writing")
        Interview.objects.filter(pk=interview.pk).update(phase="replying", interviewer="llm")
    return session


async def _hear(socket: WebsocketCommunicator, kind: str) -> dict[str, Any]:
    while True:
        message: dict[str, Any] = await socket.receive_json_from(timeout=5)
        if message["type"] == kind:
            return message


async def _ask_again(session: Session, *, times: int) -> WebsocketCommunicator:
    socket = WebsocketCommunicator(URLRouter(websocket_urlpatterns), f"/ws/interview/{session.token}/")
    await socket.connect()
    await _hear(socket, "state")
    for _ in range(times):
        await socket.send_json_to({"type": "retry"})
    return socket


async def test_asking_again_is_kept_for_the_worker() -> None:
    session = await _waiting_for_a_reply(reply=True)

    socket = await _ask_again(session, times=4)
    error = await _hear(socket, "error")

    assert "asked for again already" in error["message"]
    interview = await Interview.objects.aget(participant=session.participant)
    assert (interview.state["again"]["position"], interview.state["again"]["count"]) == (2, 3)
    assert (await Turn.objects.aget(interview=interview, position=1)).text == "It rained."
    await socket.disconnect()


async def test_where_no_reply_is_on_its_way_there_is_nothing_to_ask_for() -> None:
    session = await _waiting_for_a_reply(reply=False)

    socket = await _ask_again(session, times=1)
    error = await _hear(socket, "error")

    assert "no reply on its way" in error["message"]
    await socket.disconnect()


async def test_what_is_refused_is_said_in_the_persons_language() -> None:
    session = await _waiting_for_a_reply(reply=False)
    await Participant.objects.filter(pk=session.participant.pk).aupdate(language="es")

    socket = await _ask_again(session, times=1)
    error = await _hear(socket, "error")

    assert error["message"] == "No hay ninguna respuesta en camino que se pueda pedir otra vez."
    await socket.disconnect()
