"""One running process: started, looked at, started again with growing pauses, ended."""

import contextlib
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path

from config.launcher.environment import ROOT
from config.launcher.guard import Guard
from config.launcher.program import Program

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 10.0
DEATHS_ALLOWED = 5
DEATHS_WINDOW_S = 30.0
FAILED_STARTS_ALLOWED = 3


class Child:
    """Keeps one program running in a process group of its own."""

    def __init__(self, program: Program, *, log: Path, variables: Mapping[str, str], guard: Guard) -> None:
        """Name the program; nothing is started yet."""
        self.program = program
        self.log = log
        self.restarts = 0
        self.ready_after = 0.0
        self.has_been_ready = False
        self._started = 0.0
        self._died = -DEATHS_WINDOW_S
        self._variables = {**variables, **program.variables}
        self._guard = guard
        self._process: subprocess.Popen[bytes] | None = None
        self._groups: set[int] = set()
        self._deaths: deque[float] = deque(maxlen=DEATHS_ALLOWED)
        self._due: float | None = None
        self._pause = FIRST_PAUSE_S

    @property
    def pid(self) -> int | None:
        """Return the number of the living process."""
        return self._process.pid if self._process else None

    @property
    def keeps_dying(self) -> bool:
        """Say whether starting it again has stopped making sense.

        A process that was never ready has something wrong with it, however slowly it finds out. One that was
        ready and is killed has not: somebody or the system wanted it gone, and it starts anew however often.
        """
        if not self.has_been_ready and len(self._deaths) == FAILED_STARTS_ALLOWED:
            return True
        return len(self._deaths) == DEATHS_ALLOWED and self._deaths[-1] - self._deaths[0] <= DEATHS_WINDOW_S

    def start(self) -> None:
        """Start the process; what it prints goes to its log."""
        self._due = None
        self._started = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.program.command,
                cwd=ROOT,
                env=self._variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._groups.add(self._process.pid)
        self._guard.add(self._process.pid)

    def notice_ready(self) -> None:
        """See whether the process shows for the first time that it is ready."""
        if self._process and not self.has_been_ready and self.program.ready():
            self.ready_after = time.monotonic() - self._started
            self.has_been_ready = True

    def notice_death(self) -> int | None:
        """Return the exit status where the process has just ended, and plan the next start."""
        if self._process is None or self._process.poll() is None:
            return None
        status = self._process.returncode
        if not self.program.children_outlive_it:
            self._signal_groups(signal.SIGKILL)
        self._process = None
        now = time.monotonic()
        if now - self._died > DEATHS_WINDOW_S:
            self._pause = FIRST_PAUSE_S
        self._died = now
        if status != -signal.SIGKILL or not self.has_been_ready:
            self._deaths.append(now)
        self._due = now + self._pause
        return status

    def restart_when_due(self) -> bool:
        """Start the process again once its pause is over."""
        self.forget_ended_groups()
        if self._due is None or time.monotonic() < self._due:
            return False
        self._pause = min(self._pause * 2, LONGEST_PAUSE_S)
        self.restarts += 1
        self.start()
        return True

    @property
    def pause(self) -> float:
        """Return how long the next start waits."""
        return self._pause

    def ask_to_end(self) -> None:
        """Ask the process alone; it knows best how to end its own children."""
        self._due = None
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def has_ended(self) -> bool:
        """Say whether the process itself is gone."""
        if self._process and self._process.poll() is not None:
            self._process = None
        return self._process is None

    def has_left_nothing(self) -> bool:
        """Say whether everything that the process started is gone as well."""
        self.forget_ended_groups()
        return self.has_ended() and not self._groups

    def kill(self) -> None:
        """End the process now; its children follow by themselves or by `kill_group`."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def kill_group(self) -> None:
        """End the process and everything that it started now."""
        self._signal_groups(signal.SIGKILL)
        if self._process:
            self._process.wait()
            self._process = None
        for group in list(self._groups):
            self._drop(group)

    def forget_ended_groups(self) -> None:
        """Drop the groups of earlier starts in which nobody is left."""
        for group in list(self._groups):
            if self._process and group == self._process.pid:
                continue
            try:
                os.killpg(group, 0)
            except OSError:
                self._drop(group)

    def _drop(self, group: int) -> None:
        self._groups.discard(group)
        self._guard.drop(group)

    def _signal_groups(self, number: signal.Signals) -> None:
        for group in self._groups:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, number)
