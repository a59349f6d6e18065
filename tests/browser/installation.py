"""An installation as `make run` starts it, for tests to open, to watch and to break."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tools.backup import restore, save
from tools.databases import find_database

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """The launcher with all its children, on a data folder of its own."""

    def __init__(self, *, data_dir: Path, variables: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir
        self.port = _free_port()
        self.address = f"http://localhost:{self.port}"
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DJANGO_", "LLM_", "PYTEST_")) and name not in {"DATA_DIR", "SECRET_KEY"}
        }
        self.environment = {
            **inherited,
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            **(variables or {}),
        }
        self.log = data_dir.parent / f"{data_dir.name}-launcher.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start everything and wait until the launcher says that it is ready."""
        self.begin()
        self.wait_until_ready()

    def begin(self) -> None:
        """Start everything without waiting."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.launcher"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    def wait_until_ready(self) -> None:
        """Wait until the launcher says that everything is ready, and the web process answers."""
        wait_until(self._ready, seconds=120, what="the launcher is ready", detail=self._tail)

    def wait_until_prepared(self) -> None:
        """Wait until the database is there, with the demo in it."""
        wait_until(self._prepared, seconds=120, what="the database is prepared", detail=self._tail)

    def _prepared(self) -> bool:
        self._has_not_ended()
        return (self.data_dir / "prepared").exists()

    def _has_not_ended(self) -> None:
        if self.process is not None and self.process.poll() is not None:
            raise AssertionError(f"The launcher ended by itself:\n{self._tail()}")

    def _ready(self) -> bool:
        self._has_not_ended()
        if "Ready after" not in self._tail(100_000):
            return False
        with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:  # noqa: S310  (our own)
            return bool(answer.status == 200)

    def _tail(self, size: int = 4000) -> str:
        return self.log.read_text(errors="replace")[-size:] if self.log.exists() else ""

    def is_alive(self) -> bool:
        """Say whether the launcher still runs."""
        return self.process is not None and self.process.poll() is None

    def told(self) -> str:
        """Return the end of what the launcher said."""
        return self._tail()

    def stop(self) -> None:
        """Press Ctrl-C and wait until every child is gone."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=40)
        finally:
            if self.process.poll() is None:
                self.process.kill()
            self.process = None

    def processes(self) -> dict[str, dict[str, int]]:
        """Return the name, process id and number of restarts of every child."""
        table: dict[str, dict[str, int]] = json.loads((self.data_dir / "processes.json").read_text())
        return table

    def kill(self, name: str) -> None:
        """Kill one child with -9 and wait until the launcher has started it again."""
        before = self.processes()[name]["pid"]
        os.kill(before, signal.SIGKILL)

        def restarted() -> bool:
            after = self.processes().get(name, {}).get("pid", before)
            return after not in {before, 0}

        wait_until(restarted, seconds=20, what=f"{name} is started again", detail=self._tail)

    def sign_ins(self) -> dict[str, str]:
        """Return the demo's account names and passwords."""
        lines = (self.data_dir / "demo-sign-ins.txt").read_text().splitlines()
        return dict(line.split() for line in lines if line.strip())

    def log_of(self, name: str) -> str:
        """Return the end of a child's log."""
        path = self.data_dir / "logs" / f"{name}.log"
        return path.read_text(errors="replace")[-6000:] if path.exists() else ""


def start_beside_others(installation: Installation, *, shared: Path) -> None:
    """Start an installation: the first of a run on an empty folder, as a newcomer would.

    The others begin with a copy of what that one prepared, which lies in the folder that all test processes
    share: migrating and loading the demo is the longest part of a start.
    """
    copy = shared / "prepared.tar"
    with _alone(shared / "preparing.lock"):
        is_first = not copy.exists()
        if not is_first:
            _move(restore, installation, archive=copy)
        installation.begin()
        if is_first:
            installation.wait_until_prepared()
            _move(save, installation, archive=copy)
    installation.wait_until_ready()


def _move(verb: Callable[..., None], installation: Installation, *, archive: Path) -> None:
    """Save or restore an installation as the backup tool does, which works while Touchstone runs."""
    folder = installation.data_dir
    verb(data_dir=folder, database=find_database(url="", data_dir=folder), archive=archive)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep the other test processes waiting meanwhile."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def wait_until(
    condition: Callable[[], bool], *, seconds: float, what: str, detail: Callable[[], str] = str
) -> None:
    """Wait for something outside the browser; fail with what was awaited and what was seen."""
    deadline = time.monotonic() + seconds
    last: Exception | None = None
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except (OSError, ValueError, KeyError) as error:
            last = error
        time.sleep(0.1)
    raise AssertionError(f"After {seconds:.0f} s, not yet: {what}. {last or ''}\n{detail()}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
