"""The run's log of numbered lines, which whoever follows the run reads from where they stopped.

A line is a point ``{"n", "step", "name", "value"}`` or an event ``{"n", "event", ...}``. Events:
``preparing`` (what: ``libraries``, ``data``, ``model`` or ``answers`` of the base, before the first step),
``reading`` (done, total), ``too_long`` (train, held_out, max_length), ``started`` (total_steps, train,
held_out), ``resumed`` (step: points of later steps no longer count), ``saved`` (step), ``sampled`` (step: new
lines in ``samples.jsonl``), ``alert`` (kind, step, message, lines), ``over`` (kind of an alert that is),
``stopped`` (step), ``finished`` (step).
"""

import json
import math
import os
from pathlib import Path
from typing import Any


class MetricsLog:
    """Appends numbered lines; goes on counting where a former process stopped."""

    def __init__(self, path: Path) -> None:
        self._number = _repair(path)
        self._file = path.open("a", encoding="utf-8")

    def point(self, *, step: int, name: str, value: float) -> None:
        """Write one point of a chart; what is not a finite number is no point."""
        if math.isfinite(value):
            self._write({"step": step, "name": name, "value": value})

    def event(self, event: str, **fields: Any) -> None:
        """Write what happened."""
        self._write({"event": event, **fields})

    def sync(self) -> None:
        """Make sure that the lines survive a power cut: a checkpoint must not be newer than its points."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """End the log."""
        self._file.close()

    def _write(self, content: dict[str, Any]) -> None:
        self._number += 1
        self._file.write(json.dumps({"n": self._number, **content}) + "\n")
        self._file.flush()


def _repair(path: Path) -> int:
    """Cut off a line that a killed process left unfinished; return the number of the last whole line."""
    if not path.exists():
        return 0
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    lines = whole.splitlines()
    return int(json.loads(lines[-1])["n"]) if lines else 0
