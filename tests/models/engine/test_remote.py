"""A server that misbehaves in every way that servers do, and what the engine makes of it."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from apps.models.engine.base import (
    ChatSettings,
    EngineBroken,
    EngineOverloaded,
    EngineRefused,
    EngineTimeout,
    Message,
    Usage,
)
from apps.models.engine.remote import RETRIES, Patience, RemoteChatModel

ASK = [Message("user", "Hello")]
SETTINGS = ChatSettings(model="m", temperature=0.5, max_tokens=9, seed=3)
Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Does what the next behaviour of the server's script says."""

    server: "ScriptedServer"

    def do_POST(self) -> None:
        """Note the request and misbehave."""
        length = int(self.headers.get("Content-Length", 0))
        self.server.bodies.append(json.loads(self.rfile.read(length)))
        self.server.keys.append(self.headers.get("Authorization", ""))
        script = self.server.script
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            script[min(len(self.server.bodies), len(script)) - 1](self)

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
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str] = []

    @property
    def url(self) -> str:
        """Return the address of its API."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


Start = Callable[..., ScriptedServer]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that starts a server with a script."""
    servers: list[ScriptedServer] = []

    def _start(*script: Behaviour) -> ScriptedServer:
        server = ScriptedServer(list(script))
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return server

    yield _start
    for server in servers:
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


def engine(server: ScriptedServer, pauses: list[float] | None = None, **more: Any) -> RemoteChatModel:
    """Return an engine with little patience that notes its pauses instead of making them."""
    noted = pauses if pauses is not None else []
    patience = Patience(connect=2.0, silence=0.2)
    return RemoteChatModel(url=server.url, patience=patience, pause=noted.append, **more)


def test_a_good_answer_is_streamed_counted_and_asked_for_once(start: Start) -> None:
    server = start(well)
    model = engine(server, key="secret")

    assert list(model.stream(ASK, SETTINGS)) == ["Hel", "lo"]

    assert model.usage == Usage(prompt_tokens=5, completion_tokens=2)
    assert server.keys == ["Bearer secret"]
    assert server.bodies == [
        {
            "model": "m",
            "messages": [{"role": "user", "content": "Hello"}],
            "temperature": 0.5,
            "max_tokens": 9,
            "stream": True,
            "seed": 3,
        }
    ]


@pytest.mark.parametrize("code", [429, 500, 502, 503])
def test_a_busy_server_is_asked_again(start: Start, code: int) -> None:
    server, pauses = start(status(code), status(code), well), []

    assert "".join(engine(server, pauses).stream(ASK, SETTINGS)) == "Hello"

    assert len(server.bodies) == 3
    assert 0.25 <= pauses[0] <= 0.5 <= pauses[1] <= 1.0


def test_a_server_that_says_how_long_to_wait_is_obeyed_within_reason(start: Start) -> None:
    server, pauses = start(status(429, Retry_After="2"), status(429, Retry_After="9999"), well), []

    assert "".join(engine(server, pauses).stream(ASK, SETTINGS)) == "Hello"

    assert pauses == [2.0, 8.0]


def test_a_server_that_stays_busy_is_given_up(start: Start) -> None:
    server = start(status(429))

    with pytest.raises(EngineOverloaded, match="status 429"):
        list(engine(server).stream(ASK, SETTINGS))

    assert len(server.bodies) == RETRIES + 1


@pytest.mark.parametrize("code", [400, 401, 404, 422])
def test_a_refusal_is_final_and_says_why(start: Start, code: int) -> None:
    server = start(status(code))

    with pytest.raises(EngineRefused, match=f"status {code}.*because"):
        list(engine(server).stream(ASK, SETTINGS))

    assert len(server.bodies) == 1


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        (cut, "ended before its answer did"),
        (line("{nonsense"), "not JSON"),
        (line("[1, 2]"), "not a message"),
        (line('{"error": {"message": "out of memory"}}'), "out of memory"),
    ],
)
def test_a_broken_answer_is_an_error_after_what_came_and_is_not_asked_for_again(
    start: Start, behaviour: Behaviour, message: str
) -> None:
    server = start(behaviour, well)
    answer = engine(server).stream(ASK, SETTINGS)

    assert next(answer) == "Hel"
    with pytest.raises(EngineBroken, match=message):
        next(answer)
    assert len(server.bodies) == 1


def test_silence_before_the_first_token_is_tried_again_and_then_given_up(start: Start) -> None:
    server = start(silent)

    with pytest.raises(EngineTimeout, match=r"silent for 0\.2 seconds"):
        list(engine(server).stream(ASK, SETTINGS))

    assert len(server.bodies) == RETRIES + 1


def test_silence_in_the_middle_is_an_error_at_once(start: Start) -> None:
    server = start(silent_later, well)
    answer = engine(server).stream(ASK, SETTINGS)

    assert next(answer) == "Hel"
    with pytest.raises(EngineTimeout):
        next(answer)
    assert len(server.bodies) == 1


def test_pieces_without_text_are_passed_over(start: Start) -> None:
    def odd(handler: Handler) -> None:
        handler.begin()
        for text in ('{"choices": []}', '{"choices": [{"delta": null}]}', '{"choices": [{"delta": {}}]}'):
            handler.raw(f"data: {text}\n\n")
        handler.piece("Hello")
        handler.raw("data: [DONE]\n\n")

    assert list(engine(start(odd)).stream(ASK, SETTINGS)) == ["Hello"]


def test_a_server_that_is_not_there_is_given_up_after_the_retries() -> None:
    pauses: list[float] = []
    nobody = RemoteChatModel(url="http://127.0.0.1:9/v1", pause=pauses.append)

    with pytest.raises(EngineOverloaded, match="cannot be reached"):
        list(nobody.stream(ASK, SETTINGS))

    assert len(pauses) == RETRIES
