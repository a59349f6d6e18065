"""Channels over the store, where what is told inside a process reaches its own sockets without the store.

A reply that this process wrote is on the page of the person whom it answers at once, also while the store is
down. Other processes hear of it through the store; the own echo is dropped, so that nobody hears it twice.
"""

import asyncio
import logging
import uuid
from typing import Any

import redis
from channels_redis.pubsub import RedisPubSubChannelLayer, RedisPubSubLoopLayer, RedisSingleShardConnection
from channels_redis.utils import _wrap_close, decode_hosts

logger = logging.getLogger(__name__)
ASK_AGAIN_SECONDS = 1.0
UNREACHABLE = (redis.RedisError, OSError)


class LocalFirstChannelLayer(RedisPubSubChannelLayer):  # type: ignore[misc]  # channels_redis has no types
    """The publish-subscribe layer of channels_redis, with a short way inside the process."""

    def _get_layer(self) -> "_LoopLayer":
        loop = asyncio.get_running_loop()
        if loop not in self._layers:
            self._layers[loop] = _LoopLayer(*self._args, **self._kwargs, channel_layer=self)
            _wrap_close(self, loop)
        layer: _LoopLayer = self._layers[loop]
        return layer


class _LoopLayer(RedisPubSubLoopLayer):  # type: ignore[misc]
    def __init__(self, hosts: Any = None, **kwargs: Any) -> None:
        super().__init__(hosts=hosts, **kwargs)
        # One for each loop: what another loop of this process sends was not handed on here.
        self.origin = uuid.uuid4().bytes
        self._shards = [_Shard(host, self) for host in decode_hosts(hosts)]

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Hand a message to the group's sockets here, then send it to those elsewhere."""
        name = self._get_group_channel_name(group)
        packed = self.channel_layer.serialize(message)
        for channel in self.groups.get(name, ()):
            if channel in self.channels:
                self.channels[channel].put_nowait(packed)
        await self._get_shard(name).publish(name, self.origin + packed)


class _Shard(RedisSingleShardConnection):  # type: ignore[misc]
    def __init__(self, host: Any, channel_layer: _LoopLayer) -> None:
        super().__init__(host, channel_layer)
        self._missing: set[str] = set()
        self._asking: asyncio.Task[None] | None = None

    async def subscribe(self, channel: str) -> None:
        """Subscribe now, or as soon as the store is back: a page opens without it."""
        try:
            await super().subscribe(channel)
        except UNREACHABLE as error:
            logger.warning("The store is away (%s); other processes are heard once it is back.", error)
            self._missing.add(channel)
            if self._asking is None or self._asking.done():
                self._asking = asyncio.create_task(self._ask_again())

    async def unsubscribe(self, channel: str) -> None:
        """Hear no more of a channel; what is not subscribed needs nothing."""
        self._missing.discard(channel)
        try:
            await super().unsubscribe(channel)
        except UNREACHABLE as error:
            logger.warning("The store is away (%s); a channel is left when it is back.", error)

    async def _ask_again(self) -> None:
        while self._missing:
            await asyncio.sleep(ASK_AGAIN_SECONDS)
            for channel in list(self._missing):
                try:
                    await super().subscribe(channel)
                except UNREACHABLE:
                    break
                self._missing.discard(channel)

    async def flush(self) -> None:
        """Forget everything."""
        self._missing.clear()
        if self._asking is not None:
            self._asking.cancel()
        await super().flush()

    def _receive_message(self, message: dict[str, Any] | None) -> None:
        """Take what another process sent; what came from here was handed on already."""
        if message is None:
            return
        layer, data = self.channel_layer, message["data"]
        if message["channel"].decode() in layer.groups:
            origin = layer.origin
            if data.startswith(origin):
                return
            data = data[len(origin) :]
        super()._receive_message({**message, "data": data})
