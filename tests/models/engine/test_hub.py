"""A model comes from a hub whole, or not at all."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from apps.models.engine import hub
from apps.models.engine.inspection import inspect
from tests.models.folders import model_folder

NAME, REVISION = "somebody/small", "0123abc"


class Hub(ThreadingHTTPServer):
    """A hub with one model, whose files are those of a folder."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), HubHandler)
        self.folder = folder
        self.spoilt: set[str] = set()
        self.given: list[str] = []

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def listing(self) -> dict[str, Any]:
        """Return what it says of the model."""
        files = [
            {
                "rfilename": path.name,
                "size": path.stat().st_size,
                "lfs": {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()},
            }
            for path in sorted(self.folder.iterdir())
        ]
        return {"sha": REVISION, "siblings": files}


class HubHandler(BaseHTTPRequestHandler):
    """Answers as a hub does."""

    server: Hub

    def do_GET(self) -> None:
        """Give the list, or a file."""
        path = self.path.split("?")[0]
        if path == f"/api/models/{NAME}":
            self._give(json.dumps(self.server.listing()).encode())
        elif path.startswith(f"/{NAME}/resolve/{REVISION}/"):
            name = path.rsplit("/", 1)[1]
            self.server.given.append(name)
            content = (self.server.folder / name).read_bytes()
            self._give(content[::-1] if name in self.server.spoilt else content)
        else:
            self.send_error(404)

    def _give(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Hub]:
    folder = model_folder(tmp_path / "there")
    (folder / "modeling_mine.py").write_text("raise SystemExit")
    (folder / "pytorch_model.bin").write_bytes(b"a pickle")
    running = Hub(folder)
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


def test_a_model_comes_over_without_its_code_and_its_pickles(server: Hub, tmp_path: Path) -> None:
    listing = hub.look(hub=server.url, name=NAME)
    told: list[int] = []

    hub.bring(hub=server.url, listing=listing, folder=tmp_path / "here", tick=told.append)

    assert listing.revision == REVISION
    assert {path.name for path in (tmp_path / "here").iterdir()} == {
        "README.md", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json",
    }  # fmt: skip
    assert inspect(folder=tmp_path / "here").problems == ()
    assert told[-1] == listing.size == sum(path.stat().st_size for path in (tmp_path / "here").iterdir())


def test_what_is_here_already_is_not_asked_for_again(server: Hub, tmp_path: Path) -> None:
    listing = hub.look(hub=server.url, name=NAME)
    hub.bring(hub=server.url, listing=listing, folder=tmp_path / "here")
    (tmp_path / "here" / "config.json").unlink()
    server.given.clear()

    hub.bring(hub=server.url, listing=listing, folder=tmp_path / "here")

    assert server.given == ["config.json"]


def test_a_file_that_is_not_what_the_list_says_is_refused_and_not_kept(server: Hub, tmp_path: Path) -> None:
    server.spoilt = {"config.json"}
    listing = hub.look(hub=server.url, name=NAME)

    with pytest.raises(hub.HubError, match=r"config\.json is not what the hub's list says"):
        hub.bring(hub=server.url, listing=listing, folder=tmp_path / "here")

    assert not (tmp_path / "here" / "config.json").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("small", "two parts"),
        ("../etc/passwd", "two parts"),
        ("a/b/c", "two parts"),
        ("somebody/else", "no model somebody/else"),
    ],
)
def test_a_name_that_is_none_is_refused(server: Hub, name: str, said: str) -> None:
    with pytest.raises(hub.HubError, match=said):
        hub.look(hub=server.url, name=name)


def test_a_hub_that_is_not_there_says_to_register_a_folder() -> None:
    with pytest.raises(hub.HubError, match="register a folder instead"):
        hub.look(hub="http://127.0.0.1:9", name=NAME)
