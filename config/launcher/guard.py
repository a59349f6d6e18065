"""Ends every child when the launcher dies without a chance to do so itself.

The launcher writes "+group" and "-group" lines into the guard's standard input. When that pipe closes,
the launcher is gone, however it went, and the guard kills the process groups that are left. It runs in a
session of its own, by path and with the standard library alone: it starts in milliseconds, and nothing that
happens to the others reaches it.
"""

import contextlib
import os
import signal
import subprocess
import sys


class Guard:
    """The launcher's side: tells the guard which groups live."""

    def __init__(self, *, lock: int) -> None:
        """Start the guard; it inherits the folder's lock, which is free only once all children are gone."""
        self._lock = lock
        self._groups: set[int] = set()
        self._process = self._start()

    @property
    def pid(self) -> int:
        """Return the number of the guard's process."""
        return self._process.pid

    def add(self, group: int) -> None:
        """Have a group killed if the launcher dies."""
        self._groups.add(group)
        self._tell(f"+{group}\n")

    def drop(self, group: int) -> None:
        """Leave a group that has ended alone: its number may be given to somebody else."""
        self._groups.discard(group)
        self._tell(f"-{group}\n")

    def renew(self) -> None:
        """Start another guard where somebody ended this one."""
        if self._process.poll() is not None:
            self.close()
            self._process = self._start()
            for group in self._groups:
                self._tell(f"+{group}\n")

    def close(self) -> None:
        """End the guard, and with it every group that is still named."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the guard's process."""
        return subprocess.Popen(
            [sys.executable, "-I", "-S", __file__],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(self._lock,),
            start_new_session=True,
        )

    def _tell(self, line: str) -> None:
        """Write one line; a guard that died is renewed by the next look at it."""
        pipe = self._process.stdin
        if pipe and not pipe.closed:
            with contextlib.suppress(OSError):
                pipe.write(line.encode())


def watch_launcher() -> None:
    """Read the launcher's lines until it is gone, then kill what is left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        if line.startswith("+"):
            groups.add(group)
        else:
            groups.discard(group)
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    watch_launcher()
