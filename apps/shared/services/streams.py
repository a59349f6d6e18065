"""Events that somebody may be watching: numbered in the database, told after commit."""

from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.db.models import F

from apps.shared.events import Event
from apps.shared.models import Stream, StreamEvent, Study


def stream_of(*, study: Study, path: str) -> str:
    """Return the name of a study's stream, such as ``study/tea/run/7`` for the path ``run/7``."""
    return f"study/{study.slug}/{path}"


def group_of(*, stream: str) -> str:
    """Return the channel group that carries a stream (groups allow no slash)."""
    return "stream." + stream.replace("/", ".")


@transaction.atomic
def publish(*, stream: str, event: Event) -> int:
    """Append an event to a stream and tell those who watch once it is committed; return its number."""
    Stream.objects.get_or_create(pk=stream)
    Stream.objects.filter(pk=stream).update(last_seq=F("last_seq") + 1)
    seq = Stream.objects.values_list("last_seq", flat=True).get(pk=stream)
    data = event.model_dump(mode="json")
    StreamEvent.objects.create(stream_id=stream, seq=seq, kind=event.kind, data=data)
    message = {"stream": stream, "seq": seq, "kind": event.kind, "data": data}
    transaction.on_commit(
        lambda: tell(group=group_of(stream=stream), message={"type": "stream.event", "event": message})
    )
    return seq


def tell(*, group: str, message: dict[str, Any]) -> None:
    """Send a message to a channel group; what matters must be in the database already."""
    layer = get_channel_layer()
    if layer is not None:
        async_to_sync(layer.group_send)(group, message)
