"""What scores responses, whatever it was trained from."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

Asked = Sequence[tuple[str, str]]
"""Prompts with responses."""


class Scorer(Protocol):
    """Scores responses to prompts; only the order and the differences of scores mean something."""

    def fits(self, *, prompt: str, response: str) -> bool:
        """Say whether a prompt and a response can be read whole."""

    def scores(self, asked: Asked) -> list[float | None]:
        """Return a score each, None for a response that is empty or does not fit."""


LoadScorer = Callable[[Path], Scorer]
