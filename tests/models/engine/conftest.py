"""A tiny model that knows the scripted interviews, and a real server for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.models.engine.local.client import LocalEngine, Weights
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


@pytest.fixture(scope="session")
def local_engine(tiny_lm: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalEngine]:
    """Return a process of ours with that model."""
    log = tmp_path_factory.mktemp("local") / "log.txt"
    with LocalEngine(Weights(folder=tiny_lm), log=log, batch=3) as engine:
        yield engine
