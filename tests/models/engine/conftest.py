"""A tiny model that knows the scripted interviews, and a real server for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models import scripts
from tests.models.serving import served
from tests.models.tiny_lm import cached_tiny_lm

QUESTION = "What do you attend to when somebody asks you for advice?"


@pytest.fixture(scope="session")
def tiny_lm() -> Path:
    """Return the folder of a model that knows the scripted interviews by heart."""
    return cached_tiny_lm(chats=scripts.chats(question=QUESTION))


@pytest.fixture(scope="session")
def llm_url(tiny_lm: Path) -> Iterator[str]:
    """Return the address of a real server for that model."""
    with served(tiny_lm) as url:
        yield url
