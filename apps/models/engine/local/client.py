"""Start a model's process, ask it, and see it gone."""

import contextlib
import dataclasses
import itertools
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from apps.models.engine.base import (
    Answer,
    Answered,
    ChatSettings,
    ContextTooLong,
    EngineBroken,
    EngineRefused,
    EngineTimeout,
    Likelihood,
    Message,
    Offers,
    Question,
    Usage,
)

ROOT = Path(__file__).resolve().parents[4]
ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_WAIT_POLICY": "passive",
    "PYTHONUNBUFFERED": "1",
}
START_SECONDS = 900.0
"""Weights of tens of gigabytes from a slow disk take minutes."""
SILENCE_SECONDS = 600.0
END_SECONDS = 10.0
BATCH = 16

Line = dict[str, Any]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Weights:
    """What to load: a folder, or a checkpoint's; ``threads`` matters on a CPU only."""

    folder: Path
    threads: int = 1


class LocalEngine:
    """A model's process for the length of a block: chats, many answers, likelihoods, embeddings.

    Its log goes to ``log``; the process ends with this one, however this one ends, because its standard
    input closes.
    """

    def __init__(self, weights: Weights, *, log: Path, batch: int = BATCH) -> None:
        self._weights, self._log, self._batch = weights, log, batch
        self._numbers = itertools.count(1)
        self._waiting: dict[int, queue.Queue[Line | None]] = {}
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._ready: queue.Queue[Line | None] = queue.Queue()
        self._over = False
        self.device = ""

    def __enter__(self) -> "LocalEngine":
        """Start the process and wait until the weights are loaded. Raises EngineError."""
        command = [sys.executable, "-m", "apps.models.engine.local"]
        command += ["--model", str(self._weights.folder), "--threads", str(self._weights.threads)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                env=os.environ | ENVIRONMENT | {"OMP_NUM_THREADS": str(self._weights.threads)},
            )
        threading.Thread(target=self._read, daemon=True, name="a model's process").start()
        try:
            self._wait_until_ready()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._end()

    def chat_model(self) -> "LocalChatModel":
        """Return a chat model on this process."""
        return LocalChatModel(self)

    def answers(self, questions: Iterator[Question], settings: ChatSettings) -> Iterator[Answered]:
        """Yield what became of each question; a batch is written at a time."""
        while batch := list(itertools.islice(questions, self._batch)):
            began = time.monotonic()
            rows = [_plain(question.messages) for question in batch]
            texts = [""] * len(batch)
            for line in self.ask(_chat(rows, settings)):
                row = line["row"]
                texts[row] += line.get("piece", "")
                if "fault" in line:
                    yield Answered(batch[row].key, None, _unfit(line))
                elif line.get("end"):
                    seconds = (time.monotonic() - began) / len(batch)
                    yield Answered(batch[row].key, _answer(texts[row], line, seconds))

    def likelihoods(self, asked: Sequence[tuple[Sequence[Message], str]]) -> list[Likelihood]:
        """Return log p(completion | chat) for each, the end of the turn included."""
        rows = [[_plain(messages), completion] for messages, completion in asked]
        found: list[Likelihood] = [Likelihood(None, 0, "not scored")] * len(rows)
        for line in self.ask({"do": "likelihoods", "rows": rows}):
            skipped = line.get("skipped", "")
            found[line["row"]] = Likelihood(line.get("logprob"), line.get("tokens", 0), skipped)
        return found

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector of length 1 for each text: the mean over its tokens."""
        found: list[list[float]] = [[]] * len(texts)
        for line in self.ask({"do": "embed", "rows": list(texts)}):
            found[line["row"]] = line["vector"]
        return found

    def ask(self, request: Mapping[str, Any]) -> Iterator[Line]:
        """Send one request and yield the lines that answer it. Raises EngineError."""
        number = next(self._numbers)
        lines: queue.Queue[Line | None] = queue.Queue()
        with self._lock:
            # Whoever comes after the last line would wait for another in vain.
            if self._over:
                raise EngineBroken(f"The model's process ended: {self._last_words()}")
            self._waiting[number] = lines
        ended = False
        try:
            self._send({"id": number, **request})
            while True:
                line = self._take(lines)
                if "error" in line:
                    ended = True
                    raise EngineBroken(f"The model's process failed: {line['error']}")
                if line.get("done"):
                    ended = True
                    return
                yield line
        finally:
            with self._lock:
                self._waiting.pop(number, None)
            if not ended and self._process.poll() is None:
                self._send({"id": number, "do": "cancel"})

    def _take(self, lines: "queue.Queue[Line | None]") -> Line:
        try:
            line = lines.get(timeout=SILENCE_SECONDS)
        except queue.Empty as error:
            raise EngineTimeout(f"The model's process was silent for {SILENCE_SECONDS:g} seconds.") from error
        if line is None:
            raise EngineBroken(f"The model's process ended: {self._last_words()}")
        return line

    def _send(self, line: Line) -> None:
        stdin = self._process.stdin
        try:
            if stdin is not None:
                with self._writing:
                    stdin.write(json.dumps(line).encode() + b"\n")
                    stdin.flush()
        except (OSError, ValueError) as error:
            raise EngineBroken(f"The model's process ended: {self._last_words()}") from error

    def _wait_until_ready(self) -> None:
        try:
            line = self._ready.get(timeout=START_SECONDS)
        except queue.Empty as error:
            raise EngineTimeout(f"The model was not loaded after {START_SECONDS:g} seconds.") from error
        if line is None or "error" in line:
            said = line["error"] if line else self._last_words()
            raise EngineRefused(f"The model could not be loaded: {said}")
        self.device = line["device"]

    def _read(self) -> None:
        """Hand each line to whoever waits for it; at the end wake everybody."""
        stdout = self._process.stdout
        if stdout is not None:
            for raw in stdout:
                line = json.loads(raw)
                with self._lock:
                    target = self._waiting.get(line["id"]) if line.get("id") else self._ready
                if target is not None:
                    target.put(line)
        self._ready.put(None)
        with self._lock:
            self._over = True
            for lines in self._waiting.values():
                lines.put(None)

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines() if self._log.exists() else []
        return lines[-1][:300] if lines else "it gave no reason"

    def _end(self) -> None:
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


class LocalChatModel:
    """One chat at a time on a model's process."""

    def __init__(self, engine: LocalEngine) -> None:
        self.usage: Usage | None = None
        self.first: Mapping[str, float] = {}
        self.offers = Offers(schema=False, logprobs=True)
        self._engine = engine

    def stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        """Yield the answer piece by piece."""
        self.usage, self.first = None, {}
        for line in self._engine.ask(_chat([_plain(messages)], settings)):
            if "fault" in line:
                raise _unfit(line)
            if piece := line.get("piece", ""):
                yield piece
            if line.get("end"):
                found = _answer("", line, 0.0)
                self.usage, self.first = found.usage, found.first


def _unfit(line: Line) -> ContextTooLong:
    return ContextTooLong(limit=line["limit"], said=line["fault"])


def _plain(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [dataclasses.asdict(message) for message in messages]


def _chat(rows: list[list[dict[str, str]]], settings: ChatSettings) -> Line:
    names = ("temperature", "max_tokens", "seed", "top_logprobs")
    return {"do": "chat", "rows": rows} | {name: getattr(settings, name) for name in names}


def _answer(text: str, line: Line, seconds: float) -> Answer:
    usage = Usage(prompt_tokens=line["read"], completion_tokens=line["written"])
    return Answer(text=text, first=line["first"], usage=usage, seconds=round(seconds, 3))
