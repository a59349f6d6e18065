"""What servers do on the wire: letters in two packets, dates to wait until, sockets that close."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from typing import Any

import pytest

from apps.models.engine import registry, wire
from apps.models.engine.asking import ask_json
from apps.models.engine.base import (
    AnswerUnreadable,
    ChatSettings,
    ContextTooLong,
    EngineBroken,
    EngineOverloaded,
    EngineRefused,
    Message,
    Usage,
)
from apps.models.engine.remote import RETRIES, Patience, RemoteChatModel, context_of
from tests.models.misbehaving import Behaviour, Handler, ScriptedServer, running, status, well

ASK = [Message("user", "Hello")]
SETTINGS = ChatSettings(model="m", max_tokens=9)
Start = Callable[..., ScriptedServer]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that starts a server with a script."""
    with contextlib.ExitStack() as servers:
        yield lambda *script: servers.enter_context(running(*script))


def engine(server: ScriptedServer, pauses: list[float] | None = None, **more: Any) -> RemoteChatModel:
    """Return an engine that notes its pauses instead of making them."""
    noted = pauses if pauses is not None else []
    patience = more.pop("patience", Patience(connect=2.0, silence=5.0))
    return RemoteChatModel(url=server.url, patience=patience, pause=noted.append, **more)


def refusal(code: int, text: str) -> Behaviour:
    """Refuse with these words."""

    def behave(handler: Handler) -> None:
        handler.send_response(code)
        handler.end_headers()
        handler.raw(text)

    return behave


def closed(handler: Handler) -> None:
    """Close the connection without a word."""


def test_letters_that_come_in_two_packets_are_put_together(start: Start) -> None:
    text = "Grüße, 日本 🙂"
    line = f"data: {json.dumps({'choices': [{'delta': {'content': text}}]}, ensure_ascii=False)}\n\n".encode()

    def torn(handler: Handler) -> None:
        handler.begin()
        for place in range(len(line)):
            handler.wfile.write(line[place : place + 1])
            handler.wfile.flush()
        handler.raw("data: [DONE]\n\n")

    assert "".join(engine(start(torn)).stream(ASK, SETTINGS)) == text


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c"])
def test_a_letter_that_ends_a_line_elsewhere_stands_in_a_text_as_it_is(start: Start, odd: str) -> None:
    text = f"one{odd}two"

    # JSON writes the lower control letters as numbers; those above stand as they are.
    told = json.dumps(text, ensure_ascii=False)

    def raw(handler: Handler) -> None:
        handler.begin()
        handler.raw(f'data: {{"choices": [{{"delta": {{"content": {told}}}}}]}}\r\n\r\n')
        handler.raw("data: [DONE]\r\n\r\n")

    assert "".join(engine(start(raw)).stream(ASK, SETTINGS)) == text


def test_a_server_that_closes_the_connection_before_it_answers_is_asked_again(start: Start) -> None:
    server, pauses = start(closed, closed, well), []

    assert "".join(engine(server, pauses).stream(ASK, SETTINGS)) == "Hello"
    assert (len(server.bodies), len(pauses)) == (3, 2)


def test_an_answer_that_ends_before_its_first_word_is_asked_for_again(start: Start) -> None:
    server = start(Handler.begin, well)

    assert "".join(engine(server).stream(ASK, SETTINGS)) == "Hello"
    assert len(server.bodies) == 2


def test_a_connection_that_is_torn_down_in_the_middle_is_no_server_out_of_reach(start: Start) -> None:
    def torn(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.piece("Hel")

    answer = engine(start(torn, well)).stream(ASK, SETTINGS)

    assert next(answer) == "Hel"
    with pytest.raises(EngineBroken, match="cut its answer off"):
        next(answer)


def test_a_failure_that_the_server_tells_in_the_middle_is_passed_on(start: Start) -> None:
    def failing(handler: Handler) -> None:
        handler.begin()
        handler.piece("Hel")
        handler.raw('data: {"error": {"message": "CUDA out of memory", "code": 500}}\n\n')

    with pytest.raises(EngineBroken, match=r"failed in the middle.*CUDA out of memory"):
        list(engine(start(failing)).stream(ASK, SETTINGS))


def test_a_first_token_that_is_slow_is_waited_for(start: Start) -> None:
    def slow(handler: Handler) -> None:
        handler.begin()
        for _ in range(6):
            handler.raw(": still reading\n\n")
            time.sleep(0.1)
        well_said(handler)

    def well_said(handler: Handler) -> None:
        handler.piece("Hello", finish_reason="stop")
        handler.raw("data: [DONE]\n\n")

    patient = Patience(connect=2.0, silence=0.4, begin=5.0)

    assert "".join(engine(start(slow), patience=patient).stream(ASK, SETTINGS)) == "Hello"


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [(lambda: "2.5", 2.5, 2.5), (lambda: formatdate(time.time() + 7, usegmt=True), 0.1, 7.0)],
)
def test_a_wait_is_obeyed_in_seconds_or_until_a_date(
    start: Start, asked: Callable[[], str], least: float, most: float
) -> None:
    server, pauses = start(status(429, Retry_After=asked()), well), []

    assert "".join(engine(server, pauses).stream(ASK, SETTINGS)) == "Hello"
    assert least <= pauses[0] <= most


def test_an_empty_answer_is_an_answer_and_no_json(start: Start) -> None:
    def empty(handler: Handler) -> None:
        handler.begin()
        handler.piece("", finish_reason="stop")
        handler.raw("data: [DONE]\n\n")

    server = start(empty)

    assert list(engine(server).stream(ASK, SETTINGS)) == []
    with pytest.raises(AnswerUnreadable, match="no JSON"):
        ask_json(model=engine(server), messages=ASK, settings=SETTINGS, schema={"type": "object"}, attempts=2)
    assert len(server.bodies) == 3


def test_a_server_that_does_not_stream_is_read_whole(start: Start) -> None:
    def whole(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json; charset=utf-8")
        handler.end_headers()
        handler.raw(
            '{"choices": [{"message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}],'
            ' "usage": {"prompt_tokens": 3, "completion_tokens": 1}}'
        )

    model = engine(start(whole))

    assert list(model.stream(ASK, SETTINGS)) == ["Hello"]
    assert model.usage == Usage(prompt_tokens=3, completion_tokens=1)


@pytest.mark.parametrize(
    ("code", "said", "limit"),
    [
        (400, "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens", 4096),
        (400, "The input (5000 tokens) is longer than the model's context length (2,048 tokens).", 2048),
        (400, '{"error":{"message":"the request exceeds the available context size (2048 tokens)"}}', 2048),
        (422, "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096.", 4096),
        (500, "context length exceeded", 0),
        (413, "Payload too large", 0),
    ],
)
def test_a_request_that_is_too_long_says_which_limit_it_passes_and_is_not_sent_again(
    start: Start, code: int, said: str, limit: int
) -> None:
    server = start(refusal(code, said), well)
    settings = ChatSettings(model="m", max_tokens=9, schema={"type": "object"})

    with pytest.raises(
        ContextTooLong, match=f"reads {limit:,} tokens" if limit else "does not say"
    ) as caught:
        list(engine(server).stream(ASK, settings))

    assert (caught.value.limit, len(server.bodies)) == (limit, 1)


def test_a_rate_limit_that_speaks_of_tokens_is_no_request_that_is_too_long(start: Start) -> None:
    said = "Rate limit reached: the maximum context length per minute is 30000 tokens"
    server = start(refusal(429, said), well)

    assert "".join(engine(server).stream(ASK, SETTINGS)) == "Hello"


def test_whoever_leaves_in_the_middle_frees_the_place(start: Start) -> None:
    gone = threading.Event()

    def endless(handler: Handler) -> None:
        handler.begin()
        try:
            for _ in range(2000):
                handler.piece("and on ")
                time.sleep(0.005)
        except OSError:
            gone.set()

    server, gate = start(endless, well), threading.BoundedSemaphore(1)
    first = engine(server, gate=gate).stream(ASK, SETTINGS)
    next(first)
    first.close()  # type: ignore[attr-defined]

    assert "".join(engine(server, gate=gate).stream(ASK, SETTINGS)) == "Hello"
    assert gone.wait(timeout=20)  # The server was told: its own place is free as well.


def test_who_finds_no_place_in_time_is_told_so_and_asks_nothing(start: Start) -> None:
    server, gate = start(well), threading.BoundedSemaphore(1)
    first = engine(server, gate=gate).stream(ASK, SETTINGS)
    next(first)

    with pytest.raises(EngineOverloaded, match="at a time"):
        list(engine(server, gate=gate, patience=Patience(begin=0.05)).stream(ASK, SETTINGS))

    assert len(server.bodies) == 1


def test_many_requests_at_once_are_limited_on_one_server(start: Start) -> None:
    lock, now, most = threading.Lock(), 0, 0

    def counted(handler: Handler) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with lock:
            now -= 1
        well(handler)

    server = start(counted)
    said: list[str] = []

    def ask() -> None:
        model = registry.chat_model(url=server.url, model="m", at_once=3)
        said.append("".join(model.stream(ASK, SETTINGS)))

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert said == ["Hello"] * 24
    assert 1 <= most <= 3


def test_a_server_that_stays_closed_is_given_up(start: Start) -> None:
    server = start(closed)

    with pytest.raises(EngineOverloaded, match="cannot be reached"):
        list(engine(server).stream(ASK, SETTINGS))

    assert len(server.bodies) == RETRIES + 1


def test_a_refused_key_is_no_long_request(start: Start) -> None:
    with pytest.raises(EngineRefused) as caught:
        list(engine(start(refusal(401, "no key"))).stream(ASK, SETTINGS))

    assert not isinstance(caught.value, ContextTooLong)


@pytest.mark.parametrize(
    ("listed", "reads"),
    [
        ({"id": "m", "max_model_len": 4096}, 4096),
        ({"id": "m", "meta": {"n_ctx": 2048}}, 2048),
        ({"id": "another", "max_model_len": 4096}, 0),
        ({"id": "m", "max_model_len": "long"}, 0),
    ],
)
def test_what_a_model_reads_at_once_is_read_off_the_servers_list(listed: dict[str, Any], reads: int) -> None:
    assert wire.context_of({"data": [listed]}, model="m") == reads


def test_a_server_without_a_list_says_nothing_of_what_a_model_reads(start: Start) -> None:
    assert context_of(url=start(well).url, model="m") == 0
