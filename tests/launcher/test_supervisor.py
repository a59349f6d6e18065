"""Keeping small programs alive and ending them, with real processes."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.launcher import child as keeping
from config.launcher import supervisor as supervising
from config.launcher.errors import LaunchError
from config.launcher.folder import DataFolder
from config.launcher.guard import Guard
from config.launcher.program import Program
from config.launcher.supervisor import Supervisor
from tests.launcher.installation import is_alive, wait_for

SLEEP = "import time; time.sleep(60)"
IGNORES_TERM = (
    "import signal, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "print('up', flush=True)\n"
    "time.sleep(60)"
)


class Scene:
    """A supervisor on an empty folder, and what it said."""

    def __init__(self, folder: Path) -> None:
        """Claim the folder as a launcher does."""
        self.folder = DataFolder(folder)
        self.guard = Guard(lock=self.folder.claim())
        self.said: list[str] = []
        self.supervisor = Supervisor(folder=self.folder, guard=self.guard, say=self.said.append)

    def start(self, name: str, code: str, **sort: Any) -> None:
        """Start a few lines of Python under supervision."""
        program = Program(name=name, command=[sys.executable, "-I", "-S", "-c", code], **sort)
        self.supervisor.start(program, variables={})

    def log(self, name: str) -> str:
        """Return what a program printed."""
        return self.folder.log(name).read_text()

    def watch_until(self, condition: object) -> None:
        """Let the supervisor look around until something holds."""
        assert callable(condition)

        def look() -> bool:
            self.supervisor.watch()
            return bool(condition())

        wait_for(look, seconds=10, what="the supervisor")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """Return a supervisor that is stopped after the test."""
    made = Scene(tmp_path / "data")
    yield made
    made.supervisor.stop()
    made.guard.close()
    made.folder.release()


def test_a_program_that_keeps_dying_stops_everything(scene: Scene) -> None:
    """The sentence names the log, and the log's last lines come with it."""
    scene.start("broken", "import sys; sys.exit('no such setting')")
    scene.supervisor.wait_until_ready(["broken"])
    began = time.monotonic()
    with pytest.raises(LaunchError, match="ended again and again within 30 s") as raised:
        scene.watch_until(lambda: False)
    assert str(scene.folder.log("broken")) in str(raised.value)
    assert str(raised.value).endswith("no such setting")
    assert len(scene.said) == 4
    assert scene.said[0] == "The broken process ended (exit status 1); it starts again in 0.2 s."
    assert scene.said[-1].endswith("in 1.6 s.")
    assert time.monotonic() - began >= 0.2 + 0.4 + 0.8 + 1.6


def test_a_program_that_is_never_ready_stops_the_start_sooner(scene: Scene) -> None:
    """Whoever waits for the address is not kept waiting for something that cannot work."""
    scene.start("broken", "import sys; sys.exit('no such module')", ready=lambda: False)
    with pytest.raises(LaunchError, match="The broken process ended again and again before it was ready"):
        scene.supervisor.wait_until_ready(["broken"])
    assert len(scene.said) == 2


def test_a_program_that_is_killed_from_outside_is_started_however_often(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Being killed says nothing about the program; the pauses between its starts keep the machine free."""
    monkeypatch.setattr(keeping, "LONGEST_PAUSE_S", 0.2)
    scene.start("store", SLEEP)
    scene.supervisor.wait_until_ready(["store"])
    for number in range(1, 8):
        os.kill(read_pid(scene, "store"), signal.SIGKILL)
        scene.watch_until(lambda n=number: has_started(scene, "store", again=n))
    assert len(scene.said) == 7
    assert "signal SIGKILL" in scene.said[-1]


def test_a_program_that_does_not_listen_is_ended_by_force(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TERM comes first; after the grace period nothing is asked any more."""
    monkeypatch.setattr(supervising, "END_GRACE_S", 0.3)
    scene.start("deaf", IGNORES_TERM)
    wait_for(lambda: "up" in scene.log("deaf"), what="the program")
    pid = read_pid(scene, "deaf")
    began = time.monotonic()
    scene.supervisor.stop()
    assert time.monotonic() - began >= 0.3
    assert not is_alive(pid)


def test_what_a_dead_process_started_is_ended_too(scene: Scene) -> None:
    """A worker's own children do not work on beside its next start."""
    scene.start("worker", starts_a_child(then="time.sleep(0.3)"))
    wait_for(lambda: "child" in scene.log("worker"), what="the child")
    child = int(scene.log("worker").split()[1])
    assert is_alive(child)
    scene.watch_until(lambda: scene.said)
    wait_for(lambda: not is_alive(child), seconds=3, what="the child's end")


def test_a_trainer_leaves_its_job_time_to_save(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job of a trainer that died may end by itself; at the latest it ends with everything else."""
    monkeypatch.setattr(supervising, "SAVE_GRACE_S", 0.3)
    scene.start("trainer", starts_a_child(then="time.sleep(0.3)"), children_outlive_it=True)
    wait_for(lambda: "child" in scene.log("trainer"), what="the job")
    job = int(scene.log("trainer").split()[1])
    scene.watch_until(lambda: scene.said)
    assert is_alive(job)
    scene.supervisor.stop()
    wait_for(lambda: not is_alive(job), seconds=3, what="the job's end")


def test_the_store_ends_after_those_who_write_to_it(scene: Scene) -> None:
    """While a worker still ends, the store is there."""
    slow_end = (
        "import signal, sys, time\n"
        "def end(*_):\n    time.sleep(0.3)\n    print('ended', time.time())\n    sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "print('up', flush=True)\n"
        "time.sleep(60)"
    )
    scene.start("store", slow_end, ends_last=True)
    scene.start("worker", slow_end)
    wait_for(lambda: "up" in scene.log("store") and "up" in scene.log("worker"), what="both")
    scene.supervisor.stop()
    ended = {name: float(scene.log(name).split()[-1]) for name in ("store", "worker")}
    assert ended["worker"] + 0.3 <= ended["store"] + 0.01


def test_a_failed_command_says_what_it_said(scene: Scene) -> None:
    """A database that cannot be prepared stops the start with its own words."""
    command = [sys.executable, "-c", "import sys; sys.exit('the disk is full')"]
    with pytest.raises(LaunchError, match="`prepare` failed") as raised:
        scene.supervisor.run_once(name="prepare", command=command, variables={})
    assert str(raised.value).endswith("the disk is full")


def test_a_guard_that_was_ended_is_replaced(scene: Scene) -> None:
    """The promise that nothing stays behind outlives the guard."""
    scene.start("worker", SLEEP)
    pid = read_pid(scene, "worker")
    first = scene.guard.pid
    os.kill(first, signal.SIGKILL)
    scene.watch_until(lambda: scene.guard.pid != first)
    scene.guard.close()  # as when the launcher dies: the pipe closes
    wait_for(lambda: not is_alive(pid), seconds=3, what="the worker's end")


def has_started(scene: Scene, name: str, *, again: int) -> bool:
    """Say whether a program was started again so many times."""
    row = json.loads(scene.folder.processes.read_text()).get(name)
    return row is not None and row["restarts"] == again


def read_pid(scene: Scene, name: str) -> int:
    """Return a process's number as the folder tells it."""
    return int(json.loads(scene.folder.processes.read_text())[name]["pid"])


def starts_a_child(*, then: str) -> str:
    """Return a program that starts a long-lived child and ends after a while."""
    return (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-I', '-S', '-c', {SLEEP!r}])\n"
        f"print('child', child.pid, flush=True)\n{then}"
    )
