"""One process for pages, REST and WebSockets."""

import os
import sqlite3

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
http = get_asgi_application()

from config.routing import websocket_urlpatterns  # noqa: E402  (models load only after Django is set up)


def _keep_open() -> sqlite3.Connection | None:
    """Hold one connection to SQLite for as long as this process lives, and never ask it anything.

    Whoever closes the last connection writes SQLite's whole log back into the database and waits for the
    disk. Requests and messages close theirs at their end, so that without this one nearly each of them would.
    """
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return None
    connection = sqlite3.connect(database["NAME"])
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


kept_open = _keep_open()
sockets = URLRouter(websocket_urlpatterns)  # type: ignore[arg-type]  # channels reuses path() for sockets
application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AllowedHostsOriginValidator(sockets),
    }
)
