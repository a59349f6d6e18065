"""Events that somebody may be watching: numbered in the database, told after commit."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import redis
from asgiref.sync import SyncToAsync, async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.db.models import F

from apps.shared.events import Event
from apps.shared.models import Stream, StreamEvent, Study

logger = logging.getLogger(__name__)

FORGOTTEN_AT_ONCE = 500


def stream_of(*, study: Study, path: str) -> str:
    """Return the name of a study's stream, such as ``study/tea/run/7`` for the path ``run/7``."""
    return f"study/{study.slug}/{path}"


def group_of(*, stream: str) -> str:
    """Return the channel group that carries a stream (groups allow no slash)."""
    return "stream." + stream.replace("/", ".")


def publish(*, stream: str, event: Event) -> int:
    """Append an event to a stream and tell those who watch once it is committed; return its number."""
    return publish_all(stream=stream, events=[event])


@transaction.atomic
def publish_all(*, stream: str, events: Sequence[Event]) -> int:
    """Append events to a stream, in order, and tell those who watch; return the last number."""
    Stream.objects.get_or_create(pk=stream)
    Stream.objects.filter(pk=stream).update(last_seq=F("last_seq") + len(events))
    last = Stream.objects.values_list("last_seq", flat=True).get(pk=stream)
    rows = [
        StreamEvent(stream_id=stream, seq=seq, kind=event.kind, data=event.model_dump(mode="json"))
        for seq, event in enumerate(events, start=last - len(events) + 1)
    ]
    StreamEvent.objects.bulk_create(rows)
    messages = [
        {
            "type": "stream.event",
            "event": {"stream": stream, "seq": row.seq, "kind": row.kind, "data": row.data},
        }
        for row in rows
    ]
    transaction.on_commit(lambda: tell(group=group_of(stream=stream), messages=messages))
    return last


def forget(*, names: Sequence[str]) -> int:
    """Delete all events of streams but the newest of each; return how many.

    Only for streams whose watchers can read the whole anew, or want nothing but the newest.
    """
    old = StreamEvent.objects.filter(stream__in=names, seq__lt=F("stream__last_seq")).order_by()
    count = 0
    # In pieces: one that takes long would keep everybody else from writing.
    while pks := list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]):
        count += StreamEvent.objects.filter(pk__in=pks).delete()[0]
    return count


def last_event(*, stream: str, kind: str) -> dict[str, Any] | None:
    """Return what the newest event of a stream said where it is of this kind, and hold the stream.

    Until the transaction ends nobody else appends to it, so that what is told next may build on this.
    """
    held = Stream.objects.select_for_update().filter(pk=stream).first()
    newest = held and StreamEvent.objects.filter(stream=held, seq=held.last_seq, kind=kind).first()
    return newest.data if newest else None


def tell(*, group: str, messages: Sequence[dict[str, Any]]) -> None:
    """Send messages to a channel group; what matters must be in the database already.

    In a thread of a process with an event loop nobody waits: the loop sends, in the order of the calls.
    """
    layer = get_channel_layer()
    if layer is None:
        return
    loop: asyncio.AbstractEventLoop | None = getattr(SyncToAsync.threadlocal, "main_event_loop", None)
    if loop is not None and loop.is_running():
        asyncio.run_coroutine_threadsafe(_send_quietly(layer, group, messages), loop)
    else:
        async_to_sync(_send)(layer, group, messages)


async def _send(layer: Any, group: str, messages: Sequence[dict[str, Any]]) -> None:
    for message in messages:
        await layer.group_send(group, message)


async def _send_quietly(layer: Any, group: str, messages: Sequence[dict[str, Any]]) -> None:
    try:
        await _send(layer, group, messages)
    except (redis.RedisError, OSError) as error:
        logger.warning("Nobody was told: %s", error)
