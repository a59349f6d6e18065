"""The data folder: who holds it, and where logs and the list of processes lie in it."""

import fcntl
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from config.launcher.errors import LaunchError

KEPT_LOGS = 3


class DataFolder:
    """One installation's folder, held by at most one launcher."""

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is made yet."""
        self.path = path
        self.logs = path / "logs"
        self.store = path / "store"
        self.processes = path / "processes.json"
        self.sign_ins = path / "demo-sign-ins.txt"
        self._lock: IO[str] | None = None

    def claim(self) -> int:
        """Hold the folder until this process and its guard end; return the lock's descriptor."""
        for folder in (self.path, self.logs, self.store, self.path / "hub"):
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise LaunchError(
                    f"{folder} cannot be made ({error.strerror}): set DATA_DIR to a folder of yours."
                ) from error
        lock = (self.path / "launcher.lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise LaunchError(
                f"Touchstone already runs on {self.path} (process {holder}): "
                "stop it, or set DATA_DIR to another folder."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock
        return lock.fileno()

    def release(self) -> None:
        """Let go of the folder; it is free once the guard has let go as well."""
        if self._lock:
            self._lock.close()
            self._lock = None

    def log(self, name: str) -> Path:
        """Return where a process writes what it has to say."""
        return self.logs / f"{name}.log"

    def rotate_logs(self) -> None:
        """Set the last start's logs aside and forget the oldest."""
        for log in self.logs.glob("*.log"):
            if log.stem.rpartition(".")[2].isdecimal():
                continue
            for number in range(KEPT_LOGS, 0, -1):
                older = self.logs / f"{log.stem}.{number - 1}.log" if number > 1 else log
                if older.exists():
                    older.replace(self.logs / f"{log.stem}.{number}.log")

    def write_processes(self, processes: Mapping[str, Mapping[str, int]]) -> None:
        """Say which process is which, at one stroke, so that a reader never sees half a file."""
        draft = self.processes.with_suffix(".draft")
        draft.write_text(json.dumps(processes, indent=1))
        draft.replace(self.processes)

    def forget_processes(self) -> None:
        """Take the list of processes away once none runs."""
        self.processes.unlink(missing_ok=True)


def read_tail(path: Path, *, lines: int) -> list[str]:
    """Return the last lines of a log that are not blank."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 16_384))
        text = file.read().decode(errors="replace")
    return [line for line in text.splitlines() if line.strip()][-lines:]
