"""One process for pages, REST and WebSockets."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
http = get_asgi_application()

from config.routing import websocket_urlpatterns  # noqa: E402  (models load only after Django is set up)

sockets = URLRouter(websocket_urlpatterns)  # type: ignore[arg-type]  # channels reuses path() for sockets
application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(sockets)),
    }
)
