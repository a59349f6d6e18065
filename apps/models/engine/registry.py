"""From an installation's settings to an engine."""

from apps.models.engine.base import ChatModel, EngineRefused
from apps.models.engine.remote import RemoteChatModel


def chat_model(*, url: str, model: str, key: str = "") -> ChatModel:
    """Return a new engine for a server and a model's name; one engine serves one answer at a time.

    Raises EngineRefused where the server or the model is not named.
    """
    if not url or not model:
        raise EngineRefused("No language model is set up: LLM_URL and LLM_MODEL name one.")
    return RemoteChatModel(url=url, key=key)
