"""From the first start to the last process: nothing is lost, nothing stays behind."""

import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launcher.installation import Installation, find_processes, wait_for


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Return an installation that has never been started."""
    made = Installation(tmp_path / "data")
    yield made
    made.close()


def test_two_starts_and_two_ends(installation: Installation) -> None:
    """Key and sign-ins are made once, Ctrl-C ends all, the second start finds both, a kill leaves nothing."""
    installation.start()
    installation.wait_until_ready()
    key, sign_ins = installation.folder / "secret_key", installation.folder / "demo-sign-ins.txt"
    first_key, first_sign_ins = key.read_text(), sign_ins.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(find_processes(installation.folder)) >= 7  # launcher, guard, store, web and three workers
    assert installation.signal(signal.SIGINT) == 0
    assert find_processes(installation.folder) == []
    assert not (installation.folder / "processes.json").exists()

    installation.start()
    installation.wait_until_ready()
    assert first_sign_ins.strip() in installation.output()
    assert key.read_text() == first_key
    assert installation.signal(signal.SIGKILL) == -signal.SIGKILL
    wait_for(lambda: not find_processes(installation.folder), seconds=5, what="every child to end")


def test_a_stop_during_the_start_leaves_nothing(installation: Installation) -> None:
    """Ctrl-C while the database is being prepared ends the start."""
    installation.start()
    wait_for(lambda: (installation.folder / "logs" / "prepare.log").exists(), what="the start to begin")
    assert installation.signal(signal.SIGTERM) == 0
    assert find_processes(installation.folder) == []
