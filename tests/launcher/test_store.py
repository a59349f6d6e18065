"""Where the store listens."""

import stat
from pathlib import Path

import pytest

from config.launcher import store
from config.launcher.errors import LaunchError
from config.launcher.store import check_store, choose_socket
from tests.launcher.installation import free_port


def test_a_short_path_is_used_as_it_is() -> None:
    """The socket lies in the data folder where it can."""
    assert choose_socket(folder=Path("/srv/touchstone/store")) == Path("/srv/touchstone/store/store.sock")


@pytest.mark.parametrize("name", ["x" * 100, "a folder", "données"])
def test_another_path_gets_a_short_private_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A path that is too long, or that URLs write differently, is replaced by the same one at every start."""
    monkeypatch.setattr(store.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = Path("/srv") / name / "store"
    path = choose_socket(folder=folder)
    assert path.parent.parent == tmp_path
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert choose_socket(folder=folder) == path


def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can lay out a folder beforehand and read the queues."""
    monkeypatch.setattr(store.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = Path("/srv") / ("x" * 100)
    choose_socket(folder=folder).parent.chmod(0o755)
    with pytest.raises(LaunchError, match="is not private to this account"):
        choose_socket(folder=folder)


def test_a_store_elsewhere_is_asked_first(store_url: str) -> None:
    """A server that answers will do; one that does not is named without its password."""
    check_store(url=store_url)
    port = free_port()
    with pytest.raises(LaunchError) as raised:
        check_store(url=f"redis://:hidden@127.0.0.1:{port}/0")
    assert str(raised.value).startswith(f"REDIS_URL names 127.0.0.1:{port}/0, which does not answer")
    assert "hidden" not in str(raised.value)
    with pytest.raises(LaunchError, match="unset REDIS_URL"):
        check_store(url="localhost:6379")
