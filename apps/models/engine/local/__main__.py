"""The process: ``python -m apps.models.engine.local --model FOLDER`` reads and writes lines of JSON."""

import argparse
import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Line = dict[str, Any]


class Requests:
    """Reads requests in a thread of its own, so that a cancelled one is noticed while it is worked on.

    When standard input ends, whoever started the process is gone, and so is the process.
    """

    def __init__(self) -> None:
        self._lines: queue.Queue[Line] = queue.Queue()
        self._cancelled: set[int] = set()
        threading.Thread(target=self._read, daemon=True, name="requests").start()

    def _read(self) -> None:
        for raw in sys.stdin.buffer:
            line = json.loads(raw)
            if line["do"] == "cancel":
                self._cancelled.add(line["id"])
            else:
                self._lines.put(line)
        os._exit(0)

    def next(self) -> Line:
        """Return the next request that somebody still waits for."""
        while (line := self._lines.get())["id"] in self._cancelled:
            continue
        return line

    def cancelled(self, number: int) -> bool:
        """Say whether nobody waits for this request any longer."""
        return number in self._cancelled


def main() -> None:
    """Load the model, then answer requests until standard input ends."""
    parser = argparse.ArgumentParser(
        prog="python -m apps.models.engine.local", description="Serve one model."
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    # What a library prints must not come between the lines.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(line: Line) -> None:
        out.write(json.dumps(line) + "\n")
        out.flush()

    requests = Requests()
    model = _load(options.model, threads=options.threads, say=say)
    say({"ready": True, "device": model.device})
    while True:
        _answer(model, requests, say)


def _load(folder: Path, *, threads: int, say: Callable[[Line], None]) -> Any:
    from apps.models.engine.local import loading  # loads torch: --help must not wait for it

    try:
        return loading.load(folder=folder, threads=threads)
    except Exception as error:  # noqa: BLE001  (the edge of a process: whoever started it is told)
        say({"error": f"{type(error).__name__}: {error}"[:300]})
        sys.exit(2)


def _answer(model: Any, requests: Requests, say: Callable[[Line], None]) -> None:
    request = requests.next()
    number = request["id"]
    try:
        for line in _lines(model, request, lambda: requests.cancelled(number)):
            say({"id": number, **line})
        say({"id": number, "done": True})
    except Exception as error:  # noqa: BLE001  (the edge of a process: whoever asked is told)
        say({"id": number, "error": f"{type(error).__name__}: {error}"[:300]})


def _lines(model: Any, request: Line, cancelled: Callable[[], bool]) -> Iterator[Line]:
    from apps.models.engine.local import generation, likelihood

    if request["do"] == "chat":
        return generation.chat(model=model, request=request, cancelled=cancelled)
    if request["do"] == "likelihoods":
        return likelihood.score(model=model, rows=request["rows"], cancelled=cancelled)
    return likelihood.embed(model=model, texts=request["rows"], cancelled=cancelled)


if __name__ == "__main__":
    main()
