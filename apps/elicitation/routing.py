"""Sockets."""

websocket_urlpatterns: list = []
