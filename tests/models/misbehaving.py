"""A local server that does what its script says: answers well, slowly, in part, wrongly, or not at all."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Does what the next behaviour of the server's script says."""

    server: "ScriptedServer"
    body: dict[str, Any]

    def do_POST(self) -> None:
        """Note the request and misbehave."""
        length = int(self.headers.get("Content-Length", 0))
        self.body = json.loads(self.rfile.read(length))
        self.server.bodies.append(self.body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        script = self.server.script
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            script[min(len(self.server.bodies), len(script)) - 1](self)

    def do_GET(self) -> None:
        """Send the list of models."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.raw(json.dumps({"data": [{"id": name} for name in self.server.models]}))

    def begin(self) -> None:
        """Begin a stream that ends when the connection does."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def raw(self, text: str) -> None:
        """Send text at once."""
        self.wfile.write(text.encode())
        self.wfile.flush()

    def piece(self, text: str, **more: Any) -> None:
        """Send one piece of an answer."""
        self.raw(f"data: {json.dumps({'choices': [{'delta': {'content': text}, **more}]})}\n\n")

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


class ScriptedServer(ThreadingHTTPServer):
    """A server with a list of behaviours; the last one is repeated."""

    daemon_threads = True

    def __init__(self, script: list[Behaviour]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.ended = threading.Event()
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.models: list[str] = []

    def wait(self, condition: Callable[[], object], *, seconds: float = 5.0) -> None:
        """Let a behaviour wait for something; at most so long, and not beyond the end of the test."""
        latest = time.monotonic() + seconds
        while not condition() and not self.ended.is_set() and time.monotonic() < latest:
            self.ended.wait(0.005)

    @property
    def url(self) -> str:
        """Return the address of its API."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextlib.contextmanager
def running(*script: Behaviour) -> Iterator[ScriptedServer]:
    """Run a server with this script for the length of the block."""
    server = ScriptedServer(list(script))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()


def well(handler: Handler) -> None:
    """Answer as one should."""
    handler.begin()
    handler.raw(": a comment\n\n")
    handler.piece("Hel")
    handler.piece("lo", finish_reason="stop")
    handler.raw('data: {"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2}}\n\n')
    handler.raw("data: [DONE]\n\n")


def status(code: int, **headers: str) -> Behaviour:
    """Answer with a status."""

    def behave(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.raw("because")

    return behave


def web_page(handler: Handler) -> None:
    """Answer with a page for people."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.end_headers()
    handler.raw("<html><body>Welcome</body></html>")


def without_instructions(handler: Handler) -> None:
    """Refuse a chat that begins with instructions, as the templates of some models do."""
    if handler.server.bodies[-1]["messages"][0]["role"] != "system":
        well(handler)
        return
    handler.send_response(400)
    handler.end_headers()
    handler.raw('{"error": {"message": "System role not supported"}}')


def cut(handler: Handler) -> None:
    """End the connection in the middle of an answer."""
    handler.begin()
    handler.piece("Hel")


def silent(handler: Handler) -> None:
    """Say nothing."""
    handler.begin()
    time.sleep(1.0)


def silent_later(handler: Handler) -> None:
    """Begin and say nothing more."""
    handler.begin()
    handler.piece("Hel")
    time.sleep(1.0)


def line(text: str) -> Behaviour:
    """Send one line of data that is no piece of an answer."""

    def behave(handler: Handler) -> None:
        handler.begin()
        handler.piece("Hel")
        handler.raw(f"data: {text}\n\n")

    return behave
