"""What all tests of elicitation share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from apps.models.engine.base import ChatModel, EngineError
from apps.models.engine.fake import FakeChatModel


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Let nobody be refused for what another test tried: study ids and addresses repeat."""
    cache.clear()


@pytest.fixture
def put_behind(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[[ChatModel], None]:
    """Return a function that puts an engine behind the interviews of this test."""

    def _put(engine: ChatModel) -> None:
        settings.LLM_URL, settings.LLM_MODEL = "http://127.0.0.1:9/v1", "scripted"
        settings.LLM_API_KEY = "key-of-the-installation"
        monkeypatch.setattr("apps.models.engine.registry.chat_model", lambda **_: engine)

    return _put


@pytest.fixture
def model(put_behind: Callable[[ChatModel], None]) -> Callable[..., FakeChatModel]:
    """Return a function that puts a scripted model behind the interviews."""

    def _use(*script: str | EngineError) -> FakeChatModel:
        fake = FakeChatModel(list(script))
        put_behind(fake)
        return fake

    return _use
