"""What people who watch a run are told."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from apps.shared.events import Event


class ChartPoint(BaseModel):
    """One point of a chart."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    step: int
    name: str
    value: float


class RunPoints(Event):
    """New points of a run; older points of steps after ``superseded_after`` are void."""

    kind = "run.points"

    run: str
    points: list[ChartPoint]
    superseded_after: int | None


class RunSampled(Event):
    """The model of a step has answered the run's prompts."""

    kind = "run.sampled"

    run: str
    sampled: int


class Alert(BaseModel):
    """Something about a run that somebody must hear; ``ended_at`` is None while it lasts.

    ``settings`` are those with which it is worth another try, if any are.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    kind: Literal["nan", "divergence", "stall", "disk", "lost_worker", "failure"]
    step: int
    message: str
    lines: list[str]
    settings: dict[str, float]
    raised_at: datetime
    ended_at: datetime | None


class RunAlerted(Event):
    """An alert about a run began or ended."""

    kind = "run.alerted"

    run: str
    alert: Alert


class RunChanged(Event):
    """A run moved: another state, another step, another message; or it was asked to save and stop."""

    kind = "run.changed"

    run: str
    state: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    message: str
    step: int
    total_steps: int
    too_long: dict[str, int]
    progress: float
    away_since: datetime | None
    stopping: bool
