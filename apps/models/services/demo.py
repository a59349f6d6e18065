"""The demo study's models."""

from typing import Any


def load(**_: Any) -> None:
    """Add nothing: a run takes a minute, and the tour of the demo is to start one."""
