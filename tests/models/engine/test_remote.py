"""A server that misbehaves in every way that servers do, and what the engine makes of it."""

import contextlib
import itertools
import threading
from collections.abc import Callable, Iterator
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
from tests.models.misbehaving import (
    Behaviour,
    Handler,
    ScriptedServer,
    cut,
    line,
    running,
    silent,
    silent_later,
    status,
    well,
    without_instructions,
)

ASK = [Message("user", "Hello")]
SETTINGS = ChatSettings(model="m", temperature=0.5, max_tokens=9, seed=3)
Start = Callable[..., ScriptedServer]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that starts a server with a script."""
    with contextlib.ExitStack() as servers:
        yield lambda *script: servers.enter_context(running(*script))


def engine(
    server: ScriptedServer, pauses: list[float] | None = None, *, silence: float = 20.0, **more: Any
) -> RemoteChatModel:
    """Return an engine that notes its pauses instead of making them; ``silence`` is how long it waits."""
    noted = pauses if pauses is not None else []
    patience = Patience(connect=20.0, silence=silence)
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


def test_no_further_attempt_begins_after_people_would_have_stopped_waiting(start: Start) -> None:
    server, pauses = start(status(429, Retry_After="8"), well), []
    times = iter([0.0, 23.0])
    model = engine(server, pauses, clock=lambda: next(times))

    with pytest.raises(EngineOverloaded):
        list(model.stream(ASK, SETTINGS))

    assert (len(server.bodies), pauses) == (1, [])


@pytest.mark.parametrize("asked", ["soon", "", "-5", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_wait_that_is_no_number_is_replaced_by_our_own(start: Start, asked: str) -> None:
    server, pauses = start(status(429, Retry_After=asked), well), []

    assert "".join(engine(server, pauses).stream(ASK, SETTINGS)) == "Hello"

    assert 0.25 <= pauses[0] <= 0.5


def test_counts_that_are_no_numbers_are_no_failure_of_the_answer(start: Start) -> None:
    def odd(handler: Handler) -> None:
        handler.begin()
        handler.piece("Hello", finish_reason="stop")
        handler.raw(
            'data: {"choices": [], "usage": {"prompt_tokens": "many", "completion_tokens": null}}\n\n'
        )
        handler.raw("data: [DONE]\n\n")

    model = engine(start(odd))

    assert list(model.stream(ASK, SETTINGS)) == ["Hello"]
    assert model.usage == Usage(prompt_tokens=0, completion_tokens=0)


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
        (line('{"choices": "none"}'), "without an answer"),
        (line('{"choices": [7]}'), "without an answer"),
        (line('{"choices": [{"delta": {"content": ["a"]}}]}'), "no text"),
        (line("[" * 100_000), "not JSON"),
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
        list(engine(server, silence=0.2).stream(ASK, SETTINGS))

    assert len(server.bodies) == RETRIES + 1


def test_silence_in_the_middle_is_an_error_at_once(start: Start) -> None:
    server = start(silent_later, well)
    answer = engine(server, silence=0.5).stream(ASK, SETTINGS)

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


ALL = ChatSettings(model="m", max_tokens=9, schema={"type": "object"}, top_logprobs=3)


def test_a_schema_and_probabilities_are_asked_for_and_the_first_tokens_are_kept(start: Start) -> None:
    def with_logprobs(handler: Handler) -> None:
        handler.begin()
        listed = [{"token": "A", "logprob": -0.25}, {"token": "B", "logprob": -1.5}]
        first = {"token": "A", "logprob": -0.25, "top_logprobs": listed}
        handler.piece("", logprobs=None)
        handler.piece("A", logprobs={"content": [first]})
        handler.piece(".", logprobs={"content": [{"token": ".", "logprob": -0.1}]}, finish_reason="stop")
        handler.raw("data: [DONE]\n\n")

    server = start(with_logprobs)
    model = engine(server)

    assert "".join(model.stream(ASK, ALL)) == "A."

    assert model.first == {"A": -0.25, "B": -1.5}
    assert model.offers.logprobs is True
    assert server.bodies[0]["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert (server.bodies[0]["logprobs"], server.bodies[0]["top_logprobs"]) == (True, 3)


@pytest.mark.parametrize("odd", [7, {"content": []}, {"content": [{"token": "A"}]}, {"content": "A"}])
def test_probabilities_that_make_no_sense_are_none(start: Start, odd: Any) -> None:
    def behave(handler: Handler) -> None:
        handler.begin()
        handler.piece("A", logprobs=odd, finish_reason="stop")
        handler.raw("data: [DONE]\n\n")

    model = engine(start(behave))

    assert "".join(model.stream(ASK, ALL)) == "A"
    assert (model.first, model.offers.logprobs) == ({}, False)


@pytest.mark.parametrize("code", [400, 422])
def test_a_server_that_refuses_what_it_does_not_know_is_asked_without_it_from_then_on(
    start: Start, code: int
) -> None:
    server = start(status(code), well)
    model = engine(server)

    said = ["".join(model.stream(ASK, ALL)) for _ in range(2)]

    assert said == ["Hello", "Hello"]
    assert [sorted({"response_format", "logprobs"} & set(body)) for body in server.bodies] == [
        ["logprobs", "response_format"],
        [],
        [],
    ]
    assert (model.offers.schema, model.offers.logprobs) == (False, False)


def test_instructions_begin_the_first_message_where_a_models_template_has_no_place_for_them(
    start: Start,
) -> None:
    server = start(without_instructions)
    model = engine(server)
    told = [Message("system", "You listen."), *ASK, Message("assistant", "Hi"), Message("user", "Well")]

    assert [list(model.stream(told, SETTINGS)) for _ in range(2)] == [["Hel", "lo"]] * 2

    shown = [{"role": "user", "content": "You listen.\n\nHello"}]
    shown += [{"role": "assistant", "content": "Hi"}, {"role": "user", "content": "Well"}]
    # Refused once, and remembered.
    assert [body["messages"] == shown for body in server.bodies] == [False, True, True]
    assert model.offers.system is False


def test_a_refusal_for_another_reason_teaches_nothing_about_the_server(start: Start) -> None:
    model = engine(start(status(400), status(400), well))

    with pytest.raises(EngineRefused):
        list(model.stream(ASK, ALL))

    assert (model.offers.schema, model.offers.logprobs) == (None, None)


def test_a_key_that_a_server_repeats_is_not_repeated_by_us(start: Start) -> None:
    def tattling(handler: Handler) -> None:
        handler.send_response(401)
        handler.end_headers()
        handler.raw("Incorrect API key provided: sk-very-secret.")

    with pytest.raises(EngineRefused, match=r"provided: \[the key\]") as caught:
        list(engine(start(tattling), key="sk-very-secret").stream(ASK, SETTINGS))

    assert "sk-very-secret" not in repr(caught.value)


def test_no_more_answers_are_written_at_a_time_than_the_gate_lets_through(start: Start) -> None:
    server = start(well)
    gate = threading.BoundedSemaphore(1)
    first, second = (engine(server, gate=gate).stream(ASK, SETTINGS) for _ in range(2))

    next(first)
    waiting = threading.Thread(target=lambda: list(second), daemon=True)
    waiting.start()
    waiting.join(timeout=0.2)
    alone = len(server.bodies)
    list(first)
    waiting.join(timeout=20)

    assert (alone, len(server.bodies)) == (1, 2)


def test_an_answer_that_goes_on_and_on_is_given_up(start: Start) -> None:
    times = itertools.chain([0.0, 0.0, 1.0], itertools.repeat(700.0))
    model = engine(start(well), clock=lambda: next(times))

    with pytest.raises(EngineTimeout, match="not done after 600 seconds"):
        list(model.stream(ASK, SETTINGS))
