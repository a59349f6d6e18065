"""Which consumer answers which socket."""

from apps.elicitation.routing import websocket_urlpatterns as elicitation
from apps.shared.routing import websocket_urlpatterns as shared

websocket_urlpatterns = [*elicitation, *shared]
