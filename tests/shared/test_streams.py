"""A browser that watches gets every event once and in order, however often it comes back."""

from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from apps.shared import selectors
from apps.shared.consumers import RIGHTS_ENDED, SIGNED_OUT, StreamConsumer
from apps.shared.events import JobChanged
from apps.shared.models import Role, Study
from apps.shared.services import streams, studies
from tests.factories.shared import StudyFactory, member

pytestmark = pytest.mark.django_db(transaction=True)


def _event(number: int) -> JobChanged:
    return JobChanged(
        job=str(number),
        task="t",
        subject="",
        state="running",
        progress=0.0,
        message="",
        attempts=1,
        stop_requested=False,
    )


def _publish(study: Study, *numbers: int) -> str:
    stream = streams.stream_of(study=study, path="run/1")
    for number in numbers:
        streams.publish(stream=stream, event=_event(number))
    return stream


async def _connect(user: Any) -> tuple[WebsocketCommunicator, bool]:
    socket = WebsocketCommunicator(StreamConsumer.as_asgi(), "/ws/streams/")
    socket.scope["user"] = user
    accepted, _ = await socket.connect()
    return socket, accepted


async def _receive_until(socket: WebsocketCommunicator, kind: str) -> list[dict[str, Any]]:
    messages = []
    while True:
        messages.append(await socket.receive_json_from(timeout=5))
        if messages[-1]["type"] == kind:
            return messages


@database_sync_to_async
def _watcher() -> tuple[Study, Any]:
    study = StudyFactory()
    return study, member(study=study, role=Role.AUDITOR)


def test_numbers_grow_by_one_inside_a_stream_and_streams_do_not_mix() -> None:
    study = StudyFactory()

    stream = _publish(study, 1, 2, 3)
    other = streams.publish(stream="study/x/run/2", event=_event(9))

    assert [event["seq"] for event in selectors.events_after(stream=stream, last=1)] == [2, 3]
    assert selectors.last_seq(stream=stream) == 3
    assert other == 1


def test_an_event_with_an_undeclared_field_fails_when_it_is_built() -> None:
    with pytest.raises(ValueError, match="extra"):
        JobChanged(**_event(1).model_dump(), surprise=1)


async def test_a_client_that_comes_back_gets_the_rest_and_nothing_twice() -> None:
    study, user = await _watcher()
    stream = await database_sync_to_async(_publish)(study, 1, 2, 3)
    socket, accepted = await _connect(user)
    assert accepted

    await socket.send_json_to({"type": "subscribe", "stream": stream, "last": 1})
    first = await _receive_until(socket, "subscribed")
    await database_sync_to_async(_publish)(study, 4)
    live = await socket.receive_json_from(timeout=5)

    assert [message.get("seq") for message in first] == [2, 3, None]
    assert live["seq"] == 4
    assert await socket.receive_nothing()
    await socket.disconnect()


async def test_a_client_that_was_long_away_gets_all_of_it_though_nothing_more_happens() -> None:
    study, user = await _watcher()
    stream = streams.stream_of(study=study, path="run/1")
    missed = selectors.MOST_EVENTS + 5
    await database_sync_to_async(streams.publish_all)(
        stream=stream, events=[_event(number) for number in range(missed)]
    )
    socket, _ = await _connect(user)

    await socket.send_json_to({"type": "subscribe", "stream": stream, "last": 0})
    received = await _receive_until(socket, "subscribed")

    assert [message["seq"] for message in received[:-1]] == list(range(1, missed + 1))
    assert received[-1]["last"] == missed
    await socket.disconnect()


async def test_a_client_that_can_read_anew_is_told_that_it_is_behind_and_then_goes_on_from_there() -> None:
    study, user = await _watcher()
    stream = await database_sync_to_async(_publish)(study, 1, 2, 3, 4)
    socket, _ = await _connect(user)

    await socket.send_json_to({"type": "subscribe", "stream": stream, "last": 1, "most": 2})
    first = await socket.receive_json_from(timeout=5)
    await socket.send_json_to({"type": "subscribe", "stream": stream, "last": 2, "most": 2})
    second = await _receive_until(socket, "subscribed")

    assert first == {"type": "behind", "stream": stream}
    assert [message.get("seq") for message in second] == [3, 4, None]
    await socket.disconnect()


async def test_a_client_that_lacks_what_was_forgotten_reads_anew_and_others_get_the_newest() -> None:
    study, user = await _watcher()
    stream = await database_sync_to_async(_publish)(study, 1, 2, 3, 4)
    assert await database_sync_to_async(streams.forget)(names=[stream]) == 3
    socket, _ = await _connect(user)

    await socket.send_json_to({"type": "subscribe", "stream": stream, "last": 1, "most": 200})
    first = await socket.receive_json_from(timeout=5)
    await socket.send_json_to({"type": "subscribe", "stream": stream, "last": 0})
    second = await _receive_until(socket, "subscribed")

    assert first == {"type": "behind", "stream": stream}
    assert [message.get("seq") for message in second] == [4, None]
    await socket.disconnect()


async def test_a_live_event_that_skips_numbers_is_preceded_by_those_it_skipped() -> None:
    study, user = await _watcher()
    stream = await database_sync_to_async(_publish)(study, 1)
    socket, _ = await _connect(user)
    await socket.send_json_to({"type": "subscribe", "stream": stream, "last": 1})
    await _receive_until(socket, "subscribed")
    group, lost = streams.group_of(stream=stream), StreamConsumer.stream_event

    async def drop_the_first(consumer: Any, message: dict[str, Any]) -> None:
        if message["event"]["seq"] != 2:
            await lost(consumer, message)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StreamConsumer, "stream_event", drop_the_first)
        await database_sync_to_async(_publish)(study, 2, 3)
        received = [(await socket.receive_json_from(timeout=5))["seq"] for _ in range(2)]

    assert group
    assert received == [2, 3]
    await socket.disconnect()


async def test_somebody_who_is_not_signed_in_is_refused() -> None:
    socket = WebsocketCommunicator(StreamConsumer.as_asgi(), "/ws/streams/")
    socket.scope["user"] = AnonymousUser()

    accepted, code = await socket.connect()

    assert (accepted, code) == (False, SIGNED_OUT)


@pytest.mark.parametrize("stream", ["study/other/run/1", "nonsense", "study//x", "study/" + "x" * 200])
async def test_a_stream_of_a_study_that_one_is_no_member_of_does_not_exist(stream: str) -> None:
    _, user = await _watcher()
    await database_sync_to_async(StudyFactory)(slug="other")
    socket, _ = await _connect(user)

    await socket.send_json_to({"type": "subscribe", "stream": stream, "last": 0})

    answer = await socket.receive_json_from(timeout=5)
    assert (answer["type"], answer["code"]) == ("error", "not_found")
    await socket.disconnect()


async def test_an_annotator_may_not_watch_what_researchers_watch() -> None:
    study, _ = await _watcher()
    annotator = await database_sync_to_async(member)(study=study, role=Role.ANNOTATOR)
    socket, _ = await _connect(annotator)

    await socket.send_json_to({"type": "subscribe", "stream": f"study/{study.slug}/graph", "last": 0})

    assert (await socket.receive_json_from(timeout=5))["type"] == "error"
    await socket.disconnect()


async def test_the_socket_closes_when_rights_end() -> None:
    study, user = await _watcher()
    stream = await database_sync_to_async(_publish)(study, 1)
    socket, _ = await _connect(user)
    await socket.send_json_to({"type": "subscribe", "stream": stream, "last": 1})
    await _receive_until(socket, "subscribed")

    await database_sync_to_async(studies.remove_member)(study=study, user=user)

    closing = await socket.receive_output(timeout=5)
    assert (closing["type"], closing["code"]) == ("websocket.close", RIGHTS_ENDED)


async def test_nonsense_is_answered_and_the_socket_lives_on() -> None:
    study, user = await _watcher()
    socket, _ = await _connect(user)

    await socket.send_json_to(["what"])

    assert (await socket.receive_json_from(timeout=5))["code"] == "invalid"
    await socket.send_json_to({"type": "subscribe", "stream": f"study/{study.slug}/graph", "last": 0})
    assert (await socket.receive_json_from(timeout=5))["type"] == "subscribed"
    await socket.disconnect()
