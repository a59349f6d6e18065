"""The studio's socket."""

from django.urls import path

from apps.shared.consumers import StreamConsumer

websocket_urlpatterns = [
    path("ws/streams/", StreamConsumer.as_asgi()),  # type: ignore[arg-type]  # channels reuses path() for sockets
]
