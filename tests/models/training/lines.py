"""Reads of a run's metrics file."""

import json
from typing import Any

from apps.models.training.folder import RunFolder


def lines_of(folder: RunFolder) -> list[dict[str, Any]]:
    """Return every line of the run so far."""
    return [json.loads(line) for line in folder.metrics.read_text().splitlines()]


def points_of(folder: RunFolder, name: str = "loss") -> dict[int, float]:
    """Return the points that count, by step (a resume voids later ones). Fails on a doubled point."""
    points: dict[int, float] = {}
    for line in lines_of(folder):
        if line.get("event") == "resumed":
            points = {step: value for step, value in points.items() if step <= line["step"]}
        elif line.get("name") == name:
            assert line["step"] not in points, f"step {line['step']} is there twice"
            points[line["step"]] = line["value"]
    return points


def events_of(folder: RunFolder, event: str) -> list[dict[str, Any]]:
    """Return the events of one sort."""
    return [line for line in lines_of(folder) if line.get("event") == event]
