"""One socket for everything that staff watch: named streams, resumed from the last number a client has."""

import time
from typing import Any

from asgiref.sync import SyncToAsync
from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth.models import AnonymousUser
from django.db import connections

from apps.shared import access, selectors
from apps.shared.errors import TouchstoneError
from apps.shared.services import streams, studies

RECHECK_SECONDS = 10.0
SIGNED_OUT = 4401
RIGHTS_ENDED = 4403


class DatabaseWork(SyncToAsync[Any, Any]):
    """Does a socket's database work in the one thread that all sockets share.

    Channels' own closes the connection after each piece of work, and every message would then open SQLite and
    read its schema anew. In this thread it stays open; a connection from a pool goes back there.
    """

    def thread_handler(self, loop: Any, *args: Any, **kwargs: Any) -> Any:
        """Do the work, then see to the connections."""
        try:
            return super().thread_handler(loop, *args, **kwargs)  # type: ignore[no-untyped-call]
        finally:
            for connection in connections.all(initialized_only=True):
                if connection.vendor == "sqlite":
                    connection.close_at = None
                connection.close_if_unusable_or_obsolete()


in_database = DatabaseWork


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """A socket whose messages reach their handlers at once.

    Channels tidies up database connections before every handler, in the one thread that all sockets share:
    a reply would wait there behind everybody else's queries. ``in_database`` tidies up by itself.
    """

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Hand a message to its handler."""
        handler = getattr(self, get_handler_name(message), None)
        if handler is None:
            raise ValueError(f"Nothing here handles {message['type']}.")
        await handler(message)


class StreamConsumer(LiveConsumer):
    """Forwards events in order, without a gap and without a repeat.

    The client says ``{"type": "subscribe", "stream": name, "last": seq}`` and gets what came after that
    number, then what comes. One that can read the whole anew adds ``"most": n``: where it missed more than n
    events, or some that were forgotten since, it is told ``{"type": "behind"}`` and none of them, and
    subscribes again from what it has read.
    """

    async def connect(self) -> None:
        """Accept people who are signed in."""
        self.sent: dict[str, int] = {}
        self.checked = time.monotonic()
        user = self.scope["user"]
        if user is None or not user.is_authenticated:
            await self.close(code=SIGNED_OUT)
            return
        self.rights = studies.rights_group(user_id=user.pk)
        await self.channel_layer.group_add(self.rights, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave every group."""
        for stream in getattr(self, "sent", {}):
            await self.channel_layer.group_discard(streams.group_of(stream=stream), self.channel_name)
        if hasattr(self, "rights"):
            await self.channel_layer.group_discard(self.rights, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Answer subscribe and unsubscribe."""
        if not isinstance(content, dict) or not isinstance(content.get("stream"), str):
            await self.send_json(
                {"type": "error", "code": "invalid", "message": "Name a stream to subscribe to."}
            )
        elif content.get("type") == "subscribe" and isinstance(content.get("last", 0), int):
            most = content.get("most")
            await self._subscribe(
                stream=content["stream"],
                last=max(content.get("last", 0), 0),
                most=most if isinstance(most, int) else None,
            )
        elif content.get("type") == "unsubscribe":
            self.sent.pop(content["stream"], None)
            await self.channel_layer.group_discard(
                streams.group_of(stream=content["stream"]), self.channel_name
            )

    async def _subscribe(self, *, stream: str, last: int, most: int | None) -> None:
        if not await self._allowed(stream=stream):
            message = "There is no such stream, or you may not watch it."
            await self.send_json({"type": "error", "code": "not_found", "stream": stream, "message": message})
            return
        behind = in_database(selectors.is_behind)
        if most is not None and await behind(stream=stream, last=last, most=most):
            await self.send_json({"type": "behind", "stream": stream})
            return
        # Join first, read second: what is committed in between arrives twice and is dropped by its number.
        await self.channel_layer.group_add(streams.group_of(stream=stream), self.channel_name)
        self.sent[stream] = last
        await self._catch_up(stream=stream)
        await self.send_json({"type": "subscribed", "stream": stream, "last": self.sent[stream]})

    async def _catch_up(self, *, stream: str) -> None:
        read = in_database(selectors.events_after)
        more = True
        while more:
            events = await read(stream=stream, last=self.sent[stream])
            for event in events:
                await self._forward(event)
            more = len(events) == selectors.MOST_EVENTS

    async def _forward(self, event: dict[str, Any]) -> None:
        if event["seq"] > self.sent[event["stream"]]:
            self.sent[event["stream"]] = event["seq"]
            await self.send_json({"type": "event", **event})

    async def stream_event(self, message: dict[str, Any]) -> None:
        """Forward a live event, reading from the database first where numbers are missing."""
        event = message["event"]
        stream = event["stream"]
        if stream not in self.sent or event["seq"] <= self.sent[stream]:
            return
        if time.monotonic() - self.checked > RECHECK_SECONDS:
            await self.rights_changed({})
        if event["seq"] > self.sent[stream] + 1:
            await self._catch_up(stream=stream)
        await self._forward(event)

    async def rights_changed(self, message: dict[str, Any]) -> None:
        """Close where the person may no longer watch one of the streams."""
        self.checked = time.monotonic()
        for stream in list(self.sent):
            if not await self._allowed(stream=stream):
                await self.close(code=RIGHTS_ENDED)
                return

    @in_database
    def _allowed(self, *, stream: str) -> bool:
        prefix, _, rest = stream.partition("/")
        slug = rest.partition("/")[0]
        if prefix != "study" or not slug or len(stream) > 120:
            return False
        try:
            user = self.scope["user"] or AnonymousUser()
            access.require(user=user, slug=slug, capability=access.Capability.READ)
        except TouchstoneError:
            return False
        return True
