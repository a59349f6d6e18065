"""What is told reaches every socket once: here without the store, elsewhere through it."""

import asyncio
from typing import Any

import pytest
import redis

from apps.shared import layers
from apps.shared.layers import LocalFirstChannelLayer


def _process(store: str) -> Any:
    """Return a layer as another process has one."""
    return LocalFirstChannelLayer(hosts=[{"address": store, "socket_timeout": None}])


async def _join(layer: Any) -> str:
    channel: str = await layer.new_channel()
    await layer.group_add("interview.7", channel)
    return channel


async def _hears(layer: Any, channel: str) -> dict[str, Any]:
    async with asyncio.timeout(5):
        message: dict[str, Any] = await layer.receive(channel)
    return message


async def test_every_socket_hears_everything_once_and_in_order_wherever_it_is(store: str) -> None:
    here, there = _process(store), _process(store)
    mine, second, theirs = await _join(here), await _join(here), await _join(there)

    await here.group_send("interview.7", {"type": "one"})
    await here.group_send("interview.8", {"type": "another interview"})
    await there.group_send("interview.7", {"type": "two"})

    # What comes twice would stand between one and two.
    for layer, channel in ((here, mine), (here, second), (there, theirs)):
        heard = {(await _hears(layer, channel))["type"], (await _hears(layer, channel))["type"]}
        assert heard == {"one", "two"}
    await here.flush()
    await there.flush()


async def test_the_own_sockets_hear_what_a_thread_with_another_loop_tells(store: str) -> None:
    here = _process(store)
    mine = await _join(here)

    await asyncio.to_thread(asyncio.run, here.group_send("interview.7", {"type": "one"}))

    assert await _hears(here, mine) == {"type": "one"}
    await here.flush()


async def test_the_own_sockets_hear_it_while_the_store_is_down(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = _process(store)
    mine = await _join(here)

    async def refuse(*_: Any) -> None:
        raise redis.ConnectionError("Nobody is there.")

    monkeypatch.setattr(here._get_layer()._shards[0], "publish", refuse)
    with pytest.raises(redis.ConnectionError):
        await here.group_send("interview.7", {"type": "one"})

    assert await _hears(here, mine) == {"type": "one"}
    await here.flush()


async def test_a_socket_opens_while_the_store_is_away_and_hears_of_others_once_it_is_back(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layers, "ASK_AGAIN_SECONDS", 0.05)
    here, there = _process(store), _process(store)
    shard = here._get_layer()._shards[0]
    shard._ensure_redis()
    with monkeypatch.context() as away:

        async def refuse(*_: Any) -> None:
            raise redis.ConnectionError("Nobody is there.")

        away.setattr(shard._pubsub, "subscribe", refuse)
        away.setattr(shard, "publish", refuse)
        mine = await _join(here)
        with pytest.raises(redis.ConnectionError):
            await here.group_send("interview.7", {"type": "one"})
        assert await _hears(here, mine) == {"type": "one"}

    async with asyncio.timeout(5):
        while shard._missing:
            await asyncio.sleep(0.05)
    await there.group_send("interview.7", {"type": "two"})
    assert await _hears(here, mine) == {"type": "two"}
    await here.flush()
    await there.flush()


async def test_a_message_to_one_socket_arrives_as_it_was_sent(store: str) -> None:
    here, there = _process(store), _process(store)
    theirs = await _join(there)

    await here.send(theirs, {"type": "one", "text": "ساعة"})

    assert await _hears(there, theirs) == {"type": "one", "text": "ساعة"}
    await here.flush()
    await there.flush()
