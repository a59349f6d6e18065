"""From the first start to the last process: nothing is lost, nothing stays behind; and what holds meanwhile.

One installation for all of it, since a start takes long: its first start and end, then its second start, on
which the tests look and which they break, and at last the end by a kill.
"""

import http.client
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from tests.launcher.installation import ROOT, Installation, find_processes, free_port, is_alive, wait_for

pytestmark = pytest.mark.timeout(240)


@dataclass(frozen=True, kw_only=True)
class FirstLife:
    """What was seen of an installation from its first start to its end by Ctrl-C."""

    installation: Installation
    printed: str
    key: str
    key_mode: int
    sign_ins: str
    processes: int
    status: int
    left: list[int]
    is_told_of: bool


@pytest.fixture(scope="module")
def first_life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirstLife]:
    """Start an installation on an empty folder, look at it, and press Ctrl-C."""
    made = Installation(tmp_path_factory.mktemp("running") / "data")
    made.start()
    try:
        made.wait_until_ready()
        key = made.folder / "secret_key"
        processes = len(find_processes(made.folder))
        status = made.signal(signal.SIGINT)
        yield FirstLife(
            installation=made,
            printed=made.output(),
            key=key.read_text(),
            key_mode=stat.S_IMODE(key.stat().st_mode),
            sign_ins=(made.folder / "demo-sign-ins.txt").read_text(),
            processes=processes,
            status=status,
            left=find_processes(made.folder),
            is_told_of=(made.folder / "processes.json").exists(),
        )
    finally:
        made.close()


@pytest.fixture(scope="module")
def running(first_life: FirstLife) -> Installation:
    """Return the same installation, started again and ready."""
    first_life.installation.start()
    first_life.installation.wait_until_ready()
    return first_life.installation


def test_a_first_start_makes_key_and_sign_ins_and_prints_where_and_as_whom(first_life: FirstLife) -> None:
    """A newcomer sees where to go; the key is its owner's alone."""
    assert f"http://127.0.0.1:{first_life.installation.port}" in first_life.printed
    assert len(first_life.sign_ins.splitlines()) >= 4
    for line in first_life.sign_ins.splitlines():
        assert line in first_life.printed
    assert first_life.key_mode == 0o600
    assert first_life.processes >= 7  # launcher, guard, store, web and three workers


def test_ctrl_c_ends_all(first_life: FirstLife) -> None:
    """Nothing runs on, and nothing says that it did."""
    assert first_life.status == 0
    assert first_life.left == []
    assert not first_life.is_told_of


def test_a_second_start_finds_key_and_sign_ins(running: Installation, first_life: FirstLife) -> None:
    """Links and passwords that were given out go on working."""
    assert first_life.sign_ins.strip() in running.output()
    assert (running.folder / "secret_key").read_text() == first_life.key


def ask(port: int, path: str) -> http.client.HTTPResponse:
    """Return the web process's answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    return answer


def is_listening(port: int) -> bool:
    """Say whether the web process answers."""
    try:
        return ask(port, "/healthz").status == 200
    except OSError:
        return False


def test_the_web_process_answers_and_says_little_about_itself(running: Installation) -> None:
    """The health check works, and no header names the server."""
    answer = ask(running.port, "/healthz")
    assert answer.status == 200
    assert answer.getheader("Server") is None


def test_it_listens_on_this_machine_only(running: Installation) -> None:
    """The port is open at the machine's own name for itself and at no other of its addresses."""
    assert ask(running.port, "/healthz").status == 200
    call = f"import socket; socket.create_connection(('127.0.0.2', {running.port}), timeout=2)"
    refused = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True)
    assert refused.returncode == 1
    assert re.search(r"refused|unreachable|timed out|assign", refused.stderr)


@pytest.mark.parametrize("name", ["replies", "trainer", "web"])
def test_a_killed_process_starts_again(running: Installation, name: str) -> None:
    """A process that is killed comes back by itself, and that is said."""
    before = running.processes()[name]
    os.kill(before["pid"], signal.SIGKILL)
    wait_for(
        lambda: running.processes().get(name, before)["pid"] != before["pid"],
        seconds=10,
        what=f"a new {name}",
    )
    after = running.processes()[name]
    assert after["restarts"] == before["restarts"] + 1
    assert is_alive(after["pid"])
    assert f"The {name} process ended (signal SIGKILL); it starts again in 0.2 s." in running.output()


def test_a_killed_store_keeps_what_it_held(running: Installation) -> None:
    """Queued work survives the store's death: it is in the append-only file."""
    client = redis.Redis.from_url(f"unix://{find_socket(running)}")
    client.rpush("touchstone-test", *range(100))
    time.sleep(1.2)  # the file is synced once a second
    before = running.processes()["store"]["pid"]
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: running.processes().get("store", {}).get("pid", before) != before, what="a new store")
    wait_for(lambda: answers(client), what="the new store's answer")
    assert client.llen("touchstone-test") == 100
    client.close()


def find_socket(running: Installation) -> str:
    """Return the socket that the workers were told to use."""
    log = (running.folder / "logs" / "replies.log").read_text()
    return log.rpartition("redis+socket://")[2].split()[0]


def answers(client: "redis.Redis[bytes]") -> bool:
    """Say whether the store answers yet."""
    try:
        return bool(client.ping())
    except redis.exceptions.ConnectionError:
        return False


def test_a_second_start_on_the_same_folder_is_refused(running: Installation) -> None:
    """Two launchers would fight over one database."""
    second = subprocess.run(
        [sys.executable, "-m", "config.launcher"],
        cwd=ROOT,
        env={**running.variables, "PORT": str(free_port())},
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert running.process
    assert second.stderr.count("\n") == 1
    assert f"already runs on {running.folder} (process {running.process.pid})" in second.stderr


def test_a_taken_port_is_one_sentence(running: Installation, tmp_path: Path) -> None:
    """A second installation on the same port is told which variable to change."""
    wait_for(lambda: is_listening(running.port), what="the web process that an earlier test killed")
    second = subprocess.run(
        [sys.executable, "-m", "config.launcher"],
        cwd=ROOT,
        env={**running.variables, "DATA_DIR": str(tmp_path / "other")},
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert f"Port {running.port} on 127.0.0.1 is taken" in second.stderr
    assert f"PORT={running.port + 1}" in second.stderr


def test_a_restore_is_refused_while_it_runs(running: Installation, tmp_path: Path) -> None:
    """A copy can be made while it runs; bringing one back cannot."""
    archive = tmp_path / "copy.tar.gz"
    tool = [sys.executable, "tools/backup.py"]
    saved = subprocess.run(
        [*tool, "save", str(archive)], cwd=ROOT, env=running.variables, capture_output=True, text=True
    )
    assert saved.returncode == 0, saved.stderr
    back = subprocess.run(
        [*tool, "restore", str(archive)], cwd=ROOT, env=running.variables, capture_output=True, text=True
    )
    assert back.returncode == 1
    wait_for(lambda: is_listening(running.port), what="the web process that an earlier test killed")
    assert back.stderr == f"Touchstone runs on {running.folder}: stop it first, then restore.\n"
    assert ask(running.port, "/healthz").status == 200


def test_a_killed_launcher_leaves_nothing(running: Installation) -> None:
    """The last test of the installation: whatever ends the launcher, its guard ends the rest."""
    assert running.signal(signal.SIGKILL) == -signal.SIGKILL
    wait_for(lambda: not find_processes(running.folder), seconds=5, what="every child to end")


def test_a_stop_during_the_start_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C while the database is being prepared ends the start."""
    made = Installation(tmp_path / "data")
    made.start()
    try:
        wait_for(lambda: (made.folder / "logs" / "prepare.log").exists(), what="the start to begin")
        assert made.signal(signal.SIGTERM) == 0
        assert find_processes(made.folder) == []
    finally:
        made.close()
