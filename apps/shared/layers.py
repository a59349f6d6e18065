"""Channels over the store, where what is told inside a process reaches its own sockets without the store.

A reply that this process wrote is on the page of the person whom it answers at once, also while the store is
down. Other processes hear of it through the store; the own echo is dropped, so that nobody hears it twice.
"""

import asyncio
import uuid
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer, RedisPubSubLoopLayer, RedisSingleShardConnection
from channels_redis.utils import _wrap_close, decode_hosts


class LocalFirstChannelLayer(RedisPubSubChannelLayer):  # type: ignore[misc]  # channels_redis has no types
    """The publish-subscribe layer of channels_redis, with a short way inside the process."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.origin = uuid.uuid4().bytes

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
        self._shards = [_Shard(host, self) for host in decode_hosts(hosts)]

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Hand a message to the group's sockets here, then send it to those elsewhere."""
        name = self._get_group_channel_name(group)
        packed = self.channel_layer.serialize(message)
        for channel in self.groups.get(name, ()):
            if channel in self.channels:
                self.channels[channel].put_nowait(packed)
        await self._get_shard(name).publish(name, self.channel_layer.origin + packed)


class _Shard(RedisSingleShardConnection):  # type: ignore[misc]
    def _receive_message(self, message: dict[str, Any] | None) -> None:
        """Take what another process sent; what came from here was handed on already."""
        if message is None:
            return
        layer, data = self.channel_layer, message["data"]
        if message["channel"].decode() in layer.groups:
            origin = layer.channel_layer.origin
            if data.startswith(origin):
                return
            data = data[len(origin) :]
        super()._receive_message({**message, "data": data})
