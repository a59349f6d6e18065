"""Errors of a training process that a person can do something about."""

from collections.abc import Sequence

from apps.models.domain.alerts import Kind


class TrainingError(Exception):
    """Training cannot go on; the message says what to do."""

    def __init__(self, message: str, *, kind: Kind = "failure", lines: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.kind: Kind = kind
        self.lines = list(lines)


class Full(TrainingError):
    """The disk takes no more."""
