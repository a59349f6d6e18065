"""Starts the processes in order, keeps them alive, and ends them all."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from config.launcher.child import DEATHS_WINDOW_S, Child
from config.launcher.environment import ROOT
from config.launcher.errors import LaunchError
from config.launcher.folder import DataFolder, read_tail
from config.launcher.guard import Guard
from config.launcher.program import Program

LOOK_EVERY_S = 0.05
END_GRACE_S = 10.0
SAVE_GRACE_S = 5.0
STILL_WAITING_S = 20.0
INSISTING_AFTER_S = 1.0


class StopAskedError(Exception):
    """Somebody pressed Ctrl-C or sent a signal; not a failure."""


class Supervisor:
    """All children of one installation."""

    def __init__(self, *, folder: DataFolder, guard: Guard, say: Callable[[str], None]) -> None:
        """Hold no children yet."""
        self._folder = folder
        self._guard = guard
        self._say = say
        self._children: dict[str, Child] = {}
        self._signals = 0
        self._last_signal = -INSISTING_AFTER_S

    def listen_to_signals(self) -> None:
        """Take Ctrl-C, TERM and a closed terminal as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note_signal)

    def start(self, program: Program, *, variables: Mapping[str, str]) -> None:
        """Start a program that is to stay alive."""
        child = Child(program, log=self._folder.log(program.name), variables=variables, guard=self._guard)
        self._children[program.name] = child
        child.start()
        self._write_processes()

    def run_once(self, *, name: str, command: Sequence[str], variables: Mapping[str, str]) -> None:
        """Run a command to its end, and surface what it said where it failed."""
        log = self._folder.log(name)
        with log.open("ab") as file:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=dict(variables),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        self._guard.add(process.pid)
        try:
            while process.poll() is None:
                self.watch()
        finally:
            process.kill()
            process.wait()
            self._guard.drop(process.pid)
        if process.returncode != 0:
            raise LaunchError(_explain_failure(f"`{name}` failed", log=log))

    def wait_until_ready(self, names: Sequence[str]) -> dict[str, float]:
        """Wait until processes show that they are ready; return how many seconds each took."""
        reminder = time.monotonic() + STILL_WAITING_S
        while waiting := [name for name in names if not self._children[name].has_been_ready]:
            if time.monotonic() > reminder:
                self._say(f"Still waiting for {', '.join(waiting)} (logs in {self._folder.logs}).")
                reminder += STILL_WAITING_S
            self.watch()
        return {name: self._children[name].ready_after for name in names}

    def watch(self) -> None:
        """Look at every child once, then rest for a moment."""
        for child in self._children.values():
            status = child.notice_death()
            if status is not None:
                self._report_death(child, status)
            elif child.restart_when_due():
                self._write_processes()
            child.notice_ready()
        self._guard.renew()
        if self._signals:
            raise StopAskedError
        time.sleep(LOOK_EVERY_S)

    def stop(self) -> None:
        """End every child: those that others write to last, and by force where asking does not help."""
        asked = self._signals
        for last in (False, True):
            self._stop(
                [child for child in self._children.values() if child.program.ends_last is last], asked=asked
            )
        self._folder.forget_processes()

    def _stop(self, children: Sequence[Child], *, asked: int) -> None:
        """Ask, then insist, then leave what they started a moment to save, then end that too."""
        for child in children:
            child.ask_to_end()
        self._wait(lambda: all(child.has_ended() for child in children), seconds=END_GRACE_S, asked=asked)
        for child in children:
            child.kill()
        self._wait(
            lambda: all(child.has_left_nothing() for child in children), seconds=SAVE_GRACE_S, asked=asked
        )
        for child in children:
            child.kill_group()

    def _wait(self, over: Callable[[], bool], *, seconds: float, asked: int) -> None:
        """Wait until something is over, unless the wish to stop is repeated."""
        deadline = time.monotonic() + seconds
        while not over() and time.monotonic() < deadline and self._signals <= asked:
            time.sleep(LOOK_EVERY_S)

    def _report_death(self, child: Child, status: int) -> None:
        """Say that a process ended, or give up on one that keeps doing so."""
        name = child.program.name
        if child.keeps_dying:
            how = f"within {DEATHS_WINDOW_S:.0f} s" if child.has_been_ready else "before it was ready"
            raise LaunchError(
                _explain_failure(f"The {name} process ended again and again {how}", log=child.log)
            )
        self._say(
            f"The {name} process ended ({_describe_status(status)}); it starts again in {child.pause:.1f} s."
        )
        self._write_processes()

    def _write_processes(self) -> None:
        self._folder.write_processes(
            {
                name: {"pid": child.pid, "restarts": child.restarts}
                for name, child in self._children.items()
                if child.pid is not None
            }
        )

    def _note_signal(self, number: int, frame: object) -> None:
        # One closed terminal can send several signals at once; a person who insists comes back later.
        now = time.monotonic()
        if now - self._last_signal > INSISTING_AFTER_S:
            self._signals += 1
        self._last_signal = now


def _describe_status(status: int) -> str:
    """Return an exit status in words."""
    if status < 0:
        return f"signal {signal.Signals(-status).name}"
    return f"exit status {status}"


def _explain_failure(what: str, *, log: Path) -> str:
    """Return one sentence that names the log, with the log's last lines below it."""
    tail = "".join(f"\n    {line}" for line in read_tail(log, lines=8))
    return f"{what}: {log} says why." + tail
