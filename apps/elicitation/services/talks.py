"""An interview's socket as the participants' script uses it: said again until it is there, joined again."""

import asyncio
import contextlib
import json
import random
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin

FIRST_REFUSAL, LAST_REFUSAL = 4400, 4499
LONGEST_WAIT = 15.0


class TalkFailed(Exception):
    """The interview could not go on."""


@dataclass
class Saying:
    """Something that was said, and when its reply began and ended (seconds of a steady clock)."""

    text: str
    after: int
    client_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    sent_at: float = field(default_factory=time.monotonic)
    first_at: float | None = None
    done_at: float | None = None
    there: bool = False


class Talk:
    """One person's side of an interview."""

    def __init__(self, *, url: str, origin: str) -> None:
        self.url, self.origin = url, origin
        self.turns: dict[int, dict[str, Any]] = {}
        self.phase = ""
        self.interviewer = ""
        self.sayings: list[Saying] = []
        self.problems: list[str] = []
        self.reconnects = 0
        self._line: ClientConnection | None = None
        self._changed = asyncio.Condition()
        self._refused = ""
        self._asked_from = ""

    @contextlib.asynccontextmanager
    async def joined(self) -> AsyncIterator["Talk"]:
        """Stay connected for the length of the block, whatever happens to the line."""
        task = asyncio.create_task(self._stay())
        try:
            yield self
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def say(self, text: str, *, patience: float) -> Saying:
        """Say something and wait for the whole reply. Raises TalkFailed."""
        await self.wait(lambda: self.phase not in {"", "replying"}, patience=patience, what="to be asked")
        if self.phase == "card_ready":
            raise TalkFailed("The interview is over already.")
        saying = Saying(text, after=max(self.turns, default=-1))
        self.sayings.append(saying)
        await self._send({"type": "say", "text": text, "client_id": saying.client_id})
        await self.wait(
            lambda: saying.done_at is not None and self.phase != "replying",
            patience=patience,
            what="the reply",
        )
        return saying

    async def wait(self, condition: Any, *, patience: float, what: str) -> None:
        """Wait until something holds of what was heard. Raises TalkFailed."""
        try:
            async with asyncio.timeout(patience), self._changed:
                await self._changed.wait_for(lambda: bool(self._refused) or condition())
        except TimeoutError as error:
            raise TalkFailed(f"Waited {patience:.0f} s for {what}.") from error
        if self._refused:
            raise TalkFailed(self._refused)

    @property
    def last_question(self) -> str:
        """What the interviewer said last."""
        asked = [turn["text"] for _, turn in sorted(self.turns.items()) if turn["speaker"] == "interviewer"]
        return str(asked[-1]) if asked else ""

    async def _stay(self) -> None:
        failures = 0
        while not self._refused:
            try:
                async with self._connect() as line:
                    failures, self._line = 0, line
                    await self._listen(line)
            except ConnectionClosed as error:
                code = error.rcvd.code if error.rcvd else 0
                if FIRST_REFUSAL <= code <= LAST_REFUSAL:
                    await self._refuse(f"The server closed the interview ({code}).")
            except (OSError, InvalidHandshake, TimeoutError):
                failures += 1
            self._line = None
            self.reconnects += 1
            jitter = 0.67 + random.random() * 0.33
            await asyncio.sleep(min(LONGEST_WAIT, 0.5 * 2**failures) * jitter)

    def _connect(self) -> connect:
        origin = Origin(self.origin)
        return connect(
            self.url, origin=origin, ping_interval=None, open_timeout=30, close_timeout=1, proxy=None
        )

    async def _listen(self, line: ClientConnection) -> None:
        meeting = True
        while True:
            message = json.loads(await line.recv())
            async with self._changed:
                self._take(message)
                self._changed.notify_all()
            if message["type"] == "state" and meeting:
                meeting = False
                for saying in self.sayings:
                    if not saying.there:
                        await self._send({"type": "say", "text": saying.text, "client_id": saying.client_id})
            elif message["type"] == "frame":
                await self._ask_for_missing(message)

    async def _refuse(self, why: str) -> None:
        async with self._changed:
            self._refused = why
            self._changed.notify_all()

    async def _send(self, message: dict[str, Any]) -> None:
        if self._line is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._line.send(json.dumps(message))

    def _take(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "state":
            self.turns = {}
            for turn in message["turns"]:
                self._put(turn)
            self.phase, self.interviewer = message["phase"], message["interviewer"]
        elif kind == "standing":
            self.phase, self.interviewer = message["phase"], message["interviewer"]
        elif kind == "turn":
            self._put(message["turn"])
        elif kind == "replying":
            self.phase = "replying"
            self._begin(message["position"])
        elif kind == "frame":
            self._grow(message)
        elif kind == "done":
            self._finish(message)
        elif kind == "error":
            self.problems.append(str(message["message"]))

    def _put(self, turn: dict[str, Any]) -> None:
        self.turns[turn["position"]] = dict(turn)
        if turn["speaker"] == "person":
            for saying in self.sayings:
                saying.there = saying.there or (
                    turn["position"] > saying.after and turn["text"].strip() == saying.text.strip()
                )
        elif turn["text"]:
            self._heard(turn["position"], whole=turn["state"] == "complete")

    def _begin(self, position: int) -> dict[str, Any]:
        fresh = {"position": position, "speaker": "interviewer", "text": "", "attempt": 0, "state": "writing"}
        return self.turns.setdefault(position, fresh)

    def _grow(self, frame: dict[str, Any]) -> None:
        turn = self._begin(frame["position"])
        if turn["state"] == "complete" or frame["attempt"] < turn["attempt"]:
            return
        if frame["attempt"] > turn["attempt"]:
            turn |= {"attempt": frame["attempt"], "text": ""}
        if frame["offset"] <= len(turn["text"]):
            turn["text"] += frame["text"][len(turn["text"]) - frame["offset"] :]
        if turn["text"]:
            self._heard(frame["position"], whole=False)

    async def _ask_for_missing(self, frame: dict[str, Any]) -> None:
        turn = self.turns[frame["position"]]
        have = len(turn["text"])
        asked = f"{frame['position']}/{frame['attempt']}/{have}"
        if frame["offset"] > have and turn["state"] != "complete" and asked != self._asked_from:
            self._asked_from = asked
            await self._send({"type": "rejoin", "position": frame["position"], "offset": have})

    def _finish(self, message: dict[str, Any]) -> None:
        turn = self._begin(message["position"])
        if turn["text"] and not message["text"].startswith(turn["text"]):
            self.problems.append(f"What was shown of turn {message['position']} is not how it ends.")
        turn |= {"text": message["text"], "state": "complete"}
        self._heard(message["position"], whole=True)

    def _heard(self, position: int, *, whole: bool) -> None:
        now = time.monotonic()
        for saying in self.sayings:
            if position > saying.after:
                saying.first_at = saying.first_at or now
                if whole:
                    saying.done_at = saying.done_at or now
