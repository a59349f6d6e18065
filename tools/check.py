"""Every check and every test, the cheapest first; stops at the first failure."""

import os
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path.insert(0, str(ROOT))

from tools.chromium import ensure_chromium  # noqa: E402  (needs the path above)
from tools.stamps import SetupError  # noqa: E402

PYTEST = (sys.executable, "-m", "pytest", "-q")
# Two processes at most: each holds a store, and some tests start a trainer or a whole installation.
SIDE_BY_SIDE = ("-n", str(min(os.cpu_count() or 1, 2)), "--dist", "worksteal")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One check: what it is called, what runs, and where."""

    title: str
    command: Sequence[str]
    folder: Path = ROOT
    variables: dict[str, str] = field(default_factory=dict)


def list_checks() -> list[Step]:
    """Return the checks that need no browser."""
    tool, concise = Path(sys.executable).with_name, ["--output-format", "concise"]
    front = ROOT / "frontend"
    return [
        Step(title="Python format", command=[str(tool("ruff")), "format", "--check", *concise, "."]),
        Step(title="Python lint", command=[str(tool("ruff")), "check", *concise, "."]),
        Step(title="Python types", command=[str(tool("mypy"))]),
        Step(title="Import contracts", command=[str(tool("lint-imports"))]),
        Step(title="Front-end lint", command=["npm", "run", "--silent", "lint"], folder=front),
        Step(title="Front-end types", command=["npm", "run", "--silent", "check"], folder=front),
        Step(title="Front-end tests", command=["npm", "run", "--silent", "test"], folder=front),
        Step(
            title="Front-end build and size budget", command=["npm", "run", "--silent", "build"], folder=front
        ),
        Step(title="Python tests", command=[*PYTEST, *SIDE_BY_SIDE, "--ignore=tests/benchmarks"]),
        *list_service_checks(),
    ]


def list_service_checks() -> list[Step]:
    """Return the same tests on PostgreSQL and Redis, where both answer on this machine.

    Left out is what cannot differ there: training knows no database, the launcher has its own tests of both.
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
    left_out = ["--ignore=tests/benchmarks", "--ignore=tests/launcher", "--ignore=tests/architecture"]
    marks = ["-m", "not browser and not training"]
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
    durations: list[tuple[str, float]] = []
    for step in list_checks():
        status = run_step(step, durations)
        if status != 0:
            return status
    began = time.monotonic()
    try:
        browser = ensure_chromium()
    except SetupError as error:
        print(f"\n=== Browser: failed\n{error}", file=sys.stderr, flush=True)
        return 1
    durations.append(("Browser", time.monotonic() - began))
    print(
        "\n=== Durations\n" + "\n".join(f"{seconds:7.1f} s  {title}" for title, seconds in durations),
        flush=True,
    )
    journey = Step(
        title="Browser journey",
        # A run of its own: Playwright's event loop and the asynchronous tests' cannot share a process.
        command=[*PYTEST, *SIDE_BY_SIDE, "-m", "browser"],
        variables={"CHROMIUM": str(browser)} if browser else {},
    )
    return run_step(journey, durations, report=False)


def run_step(step: Step, durations: list[tuple[str, float]], *, report: bool = True) -> int:
    """Run one check under a heading; its own output says what is wrong."""
    print(f"\n=== {step.title}", flush=True)
    began = time.monotonic()
    status = subprocess.run(step.command, cwd=step.folder, env={**os.environ, **step.variables}).returncode
    took = time.monotonic() - began
    durations.append((step.title, took))
    if report:
        outcome = "passed" if status == 0 else "FAILED: the lines above say why"
        print(f"=== {step.title}: {outcome} ({took:.1f} s)", flush=True)
    return status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
