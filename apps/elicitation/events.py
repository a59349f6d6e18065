"""What people who watch a study's live room are told."""

import datetime

from pydantic import BaseModel, ConfigDict

from apps.shared.events import Event


class RoomParticipant(Event):
    """One participant as they stand now; comes whenever something about them changed."""

    kind = "room.participant"

    id: str
    step: str
    exit: str
    simulated: bool
    persona: str
    language: str
    question: str
    answers: int
    reply_seconds: list[float]
    waiting: bool
    paused: bool
    extra_turns: int
    started_at: datetime.datetime
    last_said_at: datetime.datetime | None
    last_seen_at: datetime.datetime | None
    completed_at: datetime.datetime | None
    withdrawn_at: datetime.datetime | None


class RoomStep(BaseModel):
    """How many people reached a step, and how long it took half of them at most; nothing while few did."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    step: str
    reached: int
    median_minutes: float | None


class RoomSteps(Event):
    """How far people come; comes a moment after somebody went to another step."""

    kind = "room.steps"

    steps: list[RoomStep]
