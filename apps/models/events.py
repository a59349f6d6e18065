"""What people who watch a run are told."""

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


class RunChanged(Event):
    """A run moved: another state, another step, another message."""

    kind = "run.changed"

    run: str
    state: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    message: str
    step: int
    total_steps: int
    too_long: dict[str, int]
    progress: float
