"""Take over what a training process writes: points, steps, messages, each once and in order."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.models.domain import phases
from apps.models.events import ChartPoint, RunPoints, RunSampled
from apps.models.models import Run, RunPoint
from apps.models.services import alerts, runs
from apps.shared.services import streams

Line = dict[str, Any]
BATCH = 5000
PIECE = 1 << 22
"""As many bytes are read in one look: a worker that takes up a long run must not hold all of it at once."""


class MetricsTail:
    """Reads the whole lines that were added to a metrics file since the last look."""

    def __init__(self, path: Path) -> None:
        self._path, self._offset, self._read = path, 0, 0

    def has_grown(self) -> bool:
        """Say whether there is something to read; asks the file's size alone."""
        return self._path.exists() and self._path.stat().st_size > self._offset

    def read(self) -> list[Line]:
        """Return the next of the new lines, the same ones again until they are accepted.

        One that is still being written waits for the next look.
        """
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            # A line that a killed process left unfinished is cut off by the next one.
            file.seek(self._offset)
            whole, newline, _ = file.read(PIECE).rpartition(b"\n")
        self._read = self._offset + len(whole) + len(newline)
        return [json.loads(line) for line in whole.splitlines() if line]

    def accept(self) -> None:
        """Note that the lines just read are kept elsewhere now."""
        self._offset = self._read


def catch_up(*, run: Run) -> None:
    """Take over everything that a run's folder holds by now, so much at a time as an event can carry."""
    tail = MetricsTail(run.folder / "metrics.jsonl")
    while lines := tail.read():
        for start in range(0, len(lines), BATCH):
            take_over(run=run, lines=lines[start : start + BATCH])
        tail.accept()


@transaction.atomic
def take_over(*, run: Run, lines: Sequence[Line]) -> bool:
    """Write new lines into the run and tell those who watch; return whether there was anything new.

    Lines already taken over, by their number, are passed by, so that a worker that starts again doubles
    nothing. A resume voids the points of later steps.
    """
    run.refresh_from_db()
    fresh = [line for line in lines if line["n"] > run.last_line]
    if not fresh:
        return False
    points, superseded = _points(fresh)
    if superseded is not None:
        void, _ = RunPoint.objects.filter(run=run, step__gt=superseded).delete()
        superseded = superseded if void else None
    RunPoint.objects.bulk_create(
        [RunPoint(run=run, step=step, name=name, value=value) for (step, name), value in points.items()],
        update_conflicts=True,
        unique_fields=["run", "step", "name"],
        update_fields=["value"],
    )
    for line in fresh:
        _note(run=run, line=line)
    run.last_line = fresh[-1]["n"]
    run.save(update_fields=["step", "total_steps", "too_long", "message", "last_line"])
    if points or superseded is not None:
        _publish(run=run, points=points, superseded=superseded)
    for line in fresh:
        _tell(run=run, line=line)
    return True


def _tell(*, run: Run, line: Line) -> None:
    """Tell those who watch of what is no point: new answers, an alert that began or is over."""
    event = line.get("event")
    if event == "sampled":
        streams.publish(stream=runs.stream(run=run), event=RunSampled(run=str(run.pk), sampled=line["step"]))
    elif event == "alert":
        alerts.raise_alert(run=run, kind=line["kind"], message=line["message"], lines=line["lines"])
    elif event == "over":
        alerts.end(run=run, kinds=[line["kind"]])


def _points(lines: Sequence[Line]) -> tuple[dict[tuple[int, str], float], int | None]:
    """Return the points that count, keyed by step and name, and the lowest step that was resumed from."""
    points: dict[tuple[int, str], float] = {}
    superseded: int | None = None
    for line in lines:
        if line.get("event") == "resumed":
            step = line["step"]
            points = {key: value for key, value in points.items() if key[0] <= step}
            superseded = step if superseded is None else min(superseded, step)
        elif "name" in line:
            points[line["step"], line["name"]] = line["value"]
    return points, superseded


def _publish(*, run: Run, points: dict[tuple[int, str], float], superseded: int | None) -> None:
    event = RunPoints(
        run=str(run.pk),
        points=[ChartPoint(step=step, name=name, value=value) for (step, name), value in points.items()],
        superseded_after=superseded,
    )
    streams.publish(stream=runs.stream(run=run), event=event)


def _note(*, run: Run, line: Line) -> None:
    """Carry one line over into the run's own fields."""
    event = line.get("event")
    if event is None:
        run.step = line["step"]
        run.message = f"Step {run.step} of {run.total_steps}."
    elif event == "too_long":
        run.too_long = {side: line[side] for side in ("train", "held_out")}
    elif event == "preparing":
        run.message = phases.SENTENCES[line["what"]]
    elif event == "reading":
        run.message = f"Reading the responses: {line['done']} of {line['total']}."
    elif event == "started":
        run.total_steps = line["total_steps"]
    elif event == "resumed":
        run.step = line["step"]
        run.message = f"Going on from step {line['step']}." if line["step"] else "Starting."
    elif event in {"stopped", "finished"}:
        run.step = line["step"]
        run.message = f"{event.capitalize()} at step {line['step']}."
