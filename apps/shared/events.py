"""Every message that the server sends to a browser that watches has a type here or in its app.

An undeclared field is a mistake in the schema: building the event fails at once.
"""

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

EVENTS: dict[str, type["Event"]] = {}


class Event(BaseModel):
    """Base of all events: frozen, closed, and known by its kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str] = ""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if cls.kind:
            EVENTS[cls.kind] = cls


JobState = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class JobChanged(Event):
    """A job moved: another state, or further on."""

    kind = "job.changed"

    job: str
    task: str
    subject: str
    state: JobState
    progress: float
    message: str
    attempts: int
    stop_requested: bool
