"""The studio's socket."""

from channels.auth import AuthMiddlewareStack
from django.urls import path

from apps.shared.consumers import StreamConsumer

# Staff alone sign in: a participant's socket needs no session, neither to open nor with each thing it sends.
websocket_urlpatterns = [
    path("ws/streams/", AuthMiddlewareStack(StreamConsumer.as_asgi())),  # type: ignore[arg-type]  # channels reuses path() for sockets
]
