"""How each process shows that it is ready, asked for as cheaply as can be."""

import http.client
import json
import socket
import threading
from pathlib import Path

from config.launcher.program import Probe

PATIENCE_S, FIRST_WORD_S = 1.0, 60.0


def answers_http(*, host: str, port: int, path: str) -> Probe:
    """Return a probe that asks a web server for one page."""

    def probe() -> bool:
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_S)
        try:
            connection.request("GET", path, headers={"Host": "localhost"})
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return probe


def answers_chat(*, host: str, port: int, model: str) -> Probe:
    """Return a probe that asks a language model for one word at temperature 0, and looks whether it came.

    The first word may take long; whoever looks after all processes does not wait for it.
    """
    said: list[bool] = []
    asking: list[threading.Thread] = []

    def ask() -> None:
        connection = http.client.HTTPConnection(host, port, timeout=FIRST_WORD_S)
        wish = {"messages": [{"role": "user", "content": "Hello"}], "temperature": 0, "max_tokens": 1}
        try:
            headers = {"Host": "localhost", "Content-Type": "application/json"}
            connection.request("POST", "/v1/chat/completions", json.dumps({"model": model} | wish), headers)
            said.append(connection.getresponse().status == http.HTTPStatus.OK)
        except (OSError, http.client.HTTPException):
            said.append(False)
        finally:
            connection.close()

    def probe() -> bool:
        if not asking:
            asking.append(threading.Thread(target=ask, daemon=True, name="a first word"))
            asking[0].start()
        if not said:
            return False
        asking.clear()
        return said.pop()

    return probe


def answers_ping(*, path: Path) -> Probe:
    """Return a probe that pings a store over its socket; one that still reads its file says so instead."""

    def probe() -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PATIENCE_S)
            try:
                connection.connect(str(path))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
            except OSError:
                return False

    return probe


def writes_line(*, log: Path, ending: str) -> Probe:
    """Return a probe that waits for a line in a log.

    Asking a Celery worker over its broker takes a second or more; its log says the same at once.
    """
    read = 0

    def probe() -> bool:
        nonlocal read
        if not log.exists():
            return False
        with log.open("rb") as file:
            file.seek(read)
            chunk = file.read()
        complete = chunk[: chunk.rfind(b"\n") + 1]
        read += len(complete)
        return any(line.rstrip().endswith(ending.encode()) for line in complete.splitlines())

    return probe
