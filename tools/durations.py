"""How long each check and each test took: noted in one file by all of them, and told at the end.

It is a plugin of pytest as well (`-p tools.durations`). The last of several runs tells, so that what pytest
itself says at its end stays the last of all.
"""

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

NOTES = "TOUCHSTONE_DURATIONS"
"""The variable that names the file; without it nothing is noted."""
STEP = "TOUCHSTONE_STEP"
TELLS = "TOUCHSTONE_TELLS_DURATIONS"
SLOWEST = 12


@dataclass(frozen=True, kw_only=True)
class Duration:
    """How long something took, in seconds: a step, or a test of a step."""

    step: str
    seconds: float
    test: str = ""


def begin(*, notes: Path) -> None:
    """Begin a file of notes: now is when everything began."""
    notes.write_text(f"{time.time()}\n")


def note(*, notes: Path, durations: Iterable[Duration]) -> None:
    """Add to the notes in one stroke: checks that run side by side do the same."""
    lines = "".join(json.dumps(asdict(duration)) + "\n" for duration in durations)
    with notes.open("a") as file:
        file.write(lines)


def read(*, notes: Path) -> tuple[float, list[Duration]]:
    """Return when everything began, and what was noted."""
    began, *lines = notes.read_text().splitlines()
    return float(began), [Duration(**json.loads(line)) for line in lines]


def tell(*, began: float, now: float, durations: Iterable[Duration]) -> Iterator[str]:
    """Yield the lines that say what took how long: the steps in their order, the slowest tests, the whole."""
    listed = list(durations)
    yield "=== Durations"
    for step in listed:
        if not step.test:
            yield f"{step.seconds:7.1f} s  {step.step}"
    tests = sorted((item for item in listed if item.test), key=lambda item: -item.seconds)[:SLOWEST]
    if tests:
        yield f"The {len(tests)} slowest tests:"
    for test in tests:
        yield f"{test.seconds:7.1f} s  {test.test} ({test.step})"
    yield f"{(now - began) / 60:7.1f} min in all"


class Listener:
    """Adds up what each test of a run takes: its preparation, itself, and what is cleared away after it."""

    def __init__(self, *, notes: Path, step: str, tells: bool) -> None:
        self._notes, self._step, self._tells = notes, step, tells
        self._began = time.monotonic()
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add one part of a test."""
        self._seconds[report.nodeid] += report.duration

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Note the tests; tell everything where this run is the last."""
        found = [
            Duration(step=self._step, seconds=seconds, test=test) for test, seconds in self._seconds.items()
        ]
        if self._tells:
            found.append(Duration(step=self._step, seconds=time.monotonic() - self._began))
        note(notes=self._notes, durations=found)
        if self._tells:
            began, durations = read(notes=self._notes)
            terminalreporter.write_line("")
            for line in tell(began=began, now=time.time(), durations=durations):
                terminalreporter.write_line(line)


def pytest_configure(config: pytest.Config) -> None:
    """Listen where notes are wanted; the processes of a run side by side report to their one listener."""
    path = os.environ.get(NOTES)
    if path and not hasattr(config, "workerinput"):
        listener = Listener(
            notes=Path(path), step=os.environ.get(STEP, ""), tells=os.environ.get(TELLS) == "1"
        )
        config.pluginmanager.register(listener, "durations of the suite")
