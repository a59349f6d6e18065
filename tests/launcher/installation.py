"""A real installation in a temporary folder, for tests that start it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROC = Path("/proc")
ROOT = Path(__file__).resolve().parents[2]
SET_BY_TESTS = {
    "DATA_DIR",
    "SECRET_KEY",
    "DJANGO_SETTINGS_MODULE",
    "REDIS_URL",
    "DATABASE_URL",
    "LLM_URL",
    "PORT",
}


def wait_for(condition: Callable[[], object], *, seconds: float = 30.0, what: str) -> None:
    """Wait until something holds, or fail with what was waited for."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.02)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def is_alive(pid: int) -> bool:
    """Say whether a process runs; one that waits to be collected does not."""
    return pid in _list_processes()


def find_processes(folder: Path) -> list[int]:
    """Return all processes whose environment names the data folder: the launcher, its children, theirs."""
    wanted = f"DATA_DIR={folder}"
    return [pid for pid, environment in _list_processes().items() if wanted in environment.split(" ")]


def _list_processes() -> dict[int, str]:
    """Return the environment of every living process that may be looked at."""
    if not PROC.is_dir():
        ps = ["/bin/ps", "axeww", "-o", "pid=,stat=,command="]
        lines = [line.split(maxsplit=2) for line in subprocess.check_output(ps, text=True).splitlines()]
        return {int(pid): rest for pid, state, rest in lines if not state.startswith("Z")}
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            with contextlib.suppress(OSError):
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
                if state not in "ZX":
                    environment = (folder / "environ").read_bytes().decode(errors="replace")
                    found[int(folder.name)] = environment.replace("\0", " ")
    return found


class Installation:
    """What `make run` starts, on a folder of its own."""

    def __init__(self, folder: Path, *, port: int | None = None, **variables: str) -> None:
        """Choose the folder and the port; nothing is started yet."""
        self.folder = folder
        self.port = port or free_port()
        self.said = folder.with_name(folder.name + "-said.txt")
        inherited = {name: value for name, value in os.environ.items() if name not in SET_BY_TESTS}
        self.variables = {**inherited, "DATA_DIR": str(folder), "PORT": str(self.port), **variables}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it without waiting."""
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.launcher"],
                cwd=ROOT,
                env=self.variables,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Wait for the address to be printed."""
        wait_for(
            lambda: "Ctrl-C stops" in self.output() or self.ended(), seconds=100, what="a ready installation"
        )
        assert not self.ended(), self.output()

    def ended(self) -> bool:
        """Say whether the launcher is gone."""
        return self.process is None or self.process.poll() is not None

    def output(self) -> str:
        """Return everything that it has printed."""
        return self.said.read_text()

    def signal(self, number: signal.Signals) -> int:
        """Send the launcher a signal and wait for its end."""
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(timeout=40)

    def processes(self) -> dict[str, dict[str, int]]:
        """Return which process is which."""
        found: dict[str, dict[str, int]] = json.loads((self.folder / "processes.json").read_text())
        return found

    def close(self) -> None:
        """Leave nothing behind, whatever the test did."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        wait_for(lambda: not find_processes(self.folder), what="the guard's work")
