"""Every check and every test, the cheapest first; stops at the first failure."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path.insert(0, str(ROOT))

from tools import durations
from tools.chromium import ensure_chromium
from tools.durations import Duration
from tools.stamps import SetupError

AT_ONCE = 2
"""Checks side by side: the longest keeps one core busy."""
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "tools.durations")
CORES = os.cpu_count() or 1
# Two processes at most: each holds a store, and some tests start a trainer or a whole installation.
SIDE_BY_SIDE = ("-n", str(min(CORES, 2)), "--dist", "worksteal")
# Whoever drives a browser waits more than works: one more than cores.
IN_BROWSERS = ("-n", str(min(CORES + 1, 3)), "--dist", "worksteal")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One check: what it is called, what runs, and where."""

    title: str
    command: Sequence[str]
    folder: Path = ROOT
    variables: dict[str, str] = field(default_factory=dict)


def list_checks() -> list[Step]:
    """Return the checks that start nothing: the one that takes as long as most others together, then the
    cheapest first.
    """
    tool, concise = Path(sys.executable).with_name, ["--output-format", "concise"]
    front = ROOT / "frontend"
    return [
        Step(title="Python types", command=[str(tool("mypy"))]),
        Step(title="Python format", command=[str(tool("ruff")), "format", "--check", *concise, "."]),
        Step(title="Python lint", command=[str(tool("ruff")), "check", *concise, "."]),
        Step(title="Import contracts", command=[str(tool("lint-imports"))]),
        Step(title="Front-end lint", command=["npm", "run", "--silent", "lint"], folder=front),
        Step(title="Front-end types", command=["npm", "run", "--silent", "check"], folder=front),
        Step(title="Front-end tests", command=["npm", "run", "--silent", "test"], folder=front),
        Step(
            title="Front-end build and size budget", command=["npm", "run", "--silent", "build"], folder=front
        ),
    ]


def list_tests() -> list[Step]:
    """Return the tests that need no browser: one run after the other, since each keeps both cores busy."""
    # Tables straight from the models: that migrations lead to the same is tested, and PostgreSQL runs them.
    command = [*PYTEST, *SIDE_BY_SIDE, "--no-migrations", "--ignore=tests/benchmarks"]
    return [Step(title="Python tests", command=command), *list_service_checks()]


def list_service_checks() -> list[Step]:
    """Return the tests that keep something, on PostgreSQL and Redis, where both answer on this machine.

    Left out is what cannot differ there: training knows no database, the launcher has its own tests of both,
    and what tests/order.py lists was shown once.
    """
    servers = {
        "DATABASE_URL": os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"),
        "REDIS_URL": os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/15"),
    }
    if not all(_answers(url) for url in servers.values()):
        print(
            "PostgreSQL and Redis do not both answer here: the tests run on the defaults alone.", flush=True
        )
        return []
    # Folders in which nothing is kept, so that they are not even read.
    folders = (
        "benchmarks",
        "launcher",
        "architecture",
        "journeys",
        "models/engine",
        "models/training",
        "*/domain",
    )
    left_out = [f"--ignore-glob={ROOT}/tests/{folder}" for folder in folders]
    marks = ["-m", "keeps and not browser and not training and not shown_once"]
    return [
        Step(
            title="Python tests on PostgreSQL and Redis",
            command=[*PYTEST, *SIDE_BY_SIDE, *left_out, *marks],
            variables=servers,
        )
    ]


def _answers(url: str) -> bool:
    """Say whether something listens where the address points."""
    parts = urllib.parse.urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=1).close()
    except OSError:
        return False
    return True


def main() -> int:
    """Run everything; return the first failure's exit status."""
    with tempfile.TemporaryDirectory(prefix="touchstone-check-") as folder:
        notes = Path(folder) / "durations.jsonl"
        durations.begin(notes=notes)
        status = run_side_by_side(list_checks(), notes=notes)
        for step in list_tests():
            status = status or run_step(step, notes=notes)
        return status or run_browsers(notes=notes)


def run_browsers(*, notes: Path) -> int:
    """Run the tests in browsers, the last of all: at their end it is told what took how long."""
    began = time.monotonic()
    try:
        browser = ensure_chromium()
    except SetupError as error:
        print(f"\n=== Browser: failed\n{error}", file=sys.stderr, flush=True)
        return 1
    durations.note(notes=notes, durations=[Duration(step="Browser", seconds=time.monotonic() - began)])
    journey = Step(
        title="Browser journey",
        # A run of its own: Playwright's event loop and the asynchronous tests' cannot share a process.
        # None of its processes needs what makes up requests, which is slow to load.
        command=[*PYTEST, *IN_BROWSERS, "-p", "no:schemathesis", "-m", "browser", "tests/browser"],
        variables={durations.TELLS: "1", **({"CHROMIUM": str(browser)} if browser else {})},
    )
    return run_step(journey, notes=notes, report=False)


def run_side_by_side(steps: Sequence[Step], *, notes: Path) -> int:
    """Run checks two at a time, in their order; after a failure nothing new begins."""
    failed = threading.Event()
    print(f"\n... {', '.join(step.title for step in steps)}", flush=True)

    def run(step: Step) -> int:
        if failed.is_set():
            return 0
        status = run_step(step, notes=notes, gather=True)
        if status != 0:
            failed.set()
        return status

    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        return next((status for status in pool.map(run, steps) if status), 0)


def run_step(step: Step, *, notes: Path, report: bool = True, gather: bool = False) -> int:
    """Run one check under a heading; its own output says what is wrong.

    ``gather``: print it when the check is over, so that checks side by side do not mix their lines.
    """
    heading = f"\n=== {step.title}"
    if not gather:
        print(heading, flush=True)
    began = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=step.folder,
        env={
            # Compiled once, not by each of the many processes that the tests start.
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            **step.variables,
            durations.NOTES: str(notes),
            durations.STEP: step.title,
        },
        stdout=subprocess.PIPE if gather else None,
        stderr=subprocess.STDOUT if gather else None,
        text=True,
    )
    took = time.monotonic() - began
    if report:
        durations.note(notes=notes, durations=[Duration(step=step.title, seconds=took)])
    lines = [heading, *(done.stdout or "").splitlines()] if gather else []
    if report:
        outcome = "passed" if done.returncode == 0 else "FAILED: the lines above say why"
        lines.append(f"=== {step.title}: {outcome} ({took:.1f} s)")
    if lines:
        print("\n".join(lines), flush=True)
    return done.returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
