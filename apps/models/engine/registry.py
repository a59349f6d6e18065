"""From a server's address to an engine."""

import threading

from apps.models.engine.base import ChatModel, EngineRefused, Offers
from apps.models.engine.remote import Patience, RemoteChatModel

_gates: dict[tuple[str, int], threading.BoundedSemaphore] = {}
_lock = threading.Lock()


def chat_model(
    *,
    url: str,
    model: str,
    key: str = "",
    at_once: int = 0,
    reads: int = 0,
    offers: Offers | None = None,
    patience: Patience | None = None,
) -> ChatModel:
    """Return a new engine for a server and a model's name; one engine serves one answer at a time.

    ``reads`` bounds a chat for a server that does not refuse what is too long. With ``at_once``, no more
    answers than that are written at a time by this process on that server. Raises EngineRefused where the
    server or the model is not named.
    """
    if not url or not model:
        raise EngineRefused("No language model is set up: LLM_URL and LLM_MODEL name one.")
    gate = _gate(url, at_once) if at_once else None
    return RemoteChatModel(url=url, key=key, gate=gate, reads=reads, offers=offers, patience=patience)


def _gate(url: str, at_once: int) -> threading.BoundedSemaphore:
    with _lock:
        return _gates.setdefault((url.rstrip("/"), at_once), threading.BoundedSemaphore(at_once))
