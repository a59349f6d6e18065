"""The interview's socket."""

from django.urls import path

from apps.elicitation.consumers import InterviewConsumer

websocket_urlpatterns = [
    path("ws/interview/<str:token>/", InterviewConsumer.as_asgi()),  # type: ignore[arg-type]  # channels reuses path() for sockets
]
