"""Errors that carry what to tell the person; ``config.api`` turns them into HTTP.

TouchstoneError
├── Invalid     400  the request does not make sense
├── Forbidden   403  the person may not do this
├── Missing     404  there is no such thing, or the person may not know of it
├── Conflict    409  it cannot be done in the present state
└── TooLarge    413  an upload is over its limit
"""

from collections.abc import Mapping, Sequence


class TouchstoneError(Exception):
    """An error with a stable code, a sentence for the person, and the fields it concerns."""

    code = "error"
    status = 500

    def __init__(self, message: str, *, fields: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(message)
        self.fields = {name: list(texts) for name, texts in (fields or {}).items()}


class Invalid(TouchstoneError):
    """The request does not make sense."""

    code = "invalid"
    status = 400


class Forbidden(TouchstoneError):
    """The person may not do this."""

    code = "forbidden"
    status = 403


class Missing(TouchstoneError):
    """There is no such thing, or the person may not know that there is."""

    code = "not_found"
    status = 404


class Conflict(TouchstoneError):
    """It cannot be done in the present state."""

    code = "conflict"
    status = 409


class TooLarge(TouchstoneError):
    """An upload is over its limit."""

    code = "too_large"
    status = 413
