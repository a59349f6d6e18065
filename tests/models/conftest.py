"""A tiny encoder for every test that trains."""

from pathlib import Path

import pytest

from tests.factories.models import kind_world


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny encoder that knows the words of the kind world."""
    from tests.models.tiny_encoder import build_tiny_encoder  # loads torch, which few runs of tests need

    texts = [text for e in kind_world(count=200) for text in (e.prompt, e.response_a, e.response_b)]
    return build_tiny_encoder(folder=tmp_path_factory.mktemp("encoder"), texts=texts)
