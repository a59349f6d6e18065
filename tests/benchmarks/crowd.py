"""A crowd of participants: each with their own cookies, socket, thinking time and words."""

import asyncio
import hashlib
import math
import random
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from apps.elicitation.services.talks import Saying, Talk, TalkFailed
from apps.elicitation.services.visits import Page, VisitFailed, Visitor

STUDY = "asking-for-advice"
SPREAD = 0.6
ARRIVE_AT_ONCE = 6
# Eleven, so long that the card is not drafted before the last of them.
ANSWERS = (
    "Last winter my sister called me because she did not know whether to leave her job. They expect one to "
    "give an answer at once, my father said so. I listened.",
    "Her pauses.",
    "She went quiet whenever somebody mentioned money. You should always listen first.",
    "It was about how she talked of her team. I felt calm.",
    "The pauses before she answered.",
    "Honesty.",
    "I don't know.",
    "Because she could only hear herself when nobody hurried her.",
    "It would have been another evening.",
    "With a friend who was thinking about a divorce, and it was much the same.",
    "Give them time.",
)


@dataclass
class Person:
    """One participant."""

    number: int
    visitor: Visitor
    token: str
    talk: Talk
    said: list[Saying] = field(default_factory=list)
    failure: str = ""

    async def say(self, *, patience: float) -> None:
        """Say the next thing; a failure is kept, and the rest of the crowd goes on."""
        if self.failure:
            return
        turn = len(self.said)
        text = f"{ANSWERS[turn % len(ANSWERS)]} (Person {self.number}, answer {turn + 1}.)"
        try:
            self.said.append(await self.talk.say(text, patience=patience))
        except TalkFailed as failed:
            self.failure = f"person {self.number}, answer {turn + 1}: {failed}"


class Crowd:
    """People who are in the interview at the same time."""

    def __init__(self, *, address: str, patience: float = 120.0, seed: int = 1, first: int = 0) -> None:
        self.address, self.patience = address.replace("localhost", "127.0.0.1"), patience
        self.people: list[Person] = []
        self.rng, self.first = random.Random(seed), first
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Crowd":
        """Open nothing yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let everybody go."""
        await self._stack.aclose()
        await asyncio.gather(*(person.visitor.close() for person in self.people))

    async def grow(self, size: int) -> None:
        """Let people arrive until the crowd has this size: consent, forms, and the interview's socket."""
        gate = asyncio.Semaphore(ARRIVE_AT_ONCE)

        async def arrive(number: int) -> Person:
            async with gate:
                return await self._arrive(number)

        new = await asyncio.gather(*(arrive(number) for number in range(len(self.people), size)))
        self.people += new
        for person in new:
            await self._stack.enter_async_context(person.talk.joined())
        for person in new:
            await person.talk.wait(
                lambda p=person: p.talk.phase != "", patience=self.patience, what="the state"
            )

    async def _arrive(self, number: int) -> Person:
        # Every person comes from an address of their own: one address may only enrol so many.
        number += self.first
        source = f"127.1.{number // 250}.{number % 250 + 1}"
        visitor = Visitor(address=self.address, source=source)
        page = await visitor.open(f"/s/{STUDY}/")
        form = page.form_with("research")
        page = await visitor.send(page, form, {"research": "on", "quotes": "on", "of_age": "yes"})
        if page.step != "receipt":
            raise VisitFailed(f"The consent led to {page.url}.")
        token = page.url.rstrip("/").split("/")[-2]
        page = await self._walk_to_interview(visitor, await visitor.open(f"/p/{token}/"))
        socket = self.address.replace("http", "ws", 1) + f"/ws/interview/{token}/"
        return Person(number, visitor, token, Talk(url=socket, origin=self.address))

    async def _walk_to_interview(self, visitor: Visitor, page: Page) -> Page:
        for _ in range(4):
            if page.step == "interview":
                return page
            form = page.own_forms[0]
            asked = [name for name in form.names("radio") if name == "question"]
            page = await visitor.send(page, form, {name: form.options(name)[0] for name in asked})
        raise VisitFailed(f"The way to the interview ended at {page.url}.")

    async def converse(self, *, messages: int, median: float) -> None:
        """Let everybody think and say something, so many times; each at their own pace."""

        async def one(person: Person) -> None:
            await asyncio.sleep(self.rng.uniform(0, 2 * median))
            for turn in range(messages):
                if turn:
                    await asyncio.sleep(self.rng.lognormvariate(math.log(median), SPREAD) if median else 0)
                await person.say(patience=self.patience)

        await asyncio.gather(*(one(person) for person in self.people))

    async def finish(self, *, median: float) -> None:
        """Let everybody talk until their card is there."""

        async def one(person: Person) -> None:
            while not person.failure and person.talk.phase != "card_ready":
                await asyncio.sleep(self.rng.lognormvariate(math.log(median), SPREAD))
                await person.say(patience=self.patience)

        await asyncio.gather(*(one(person) for person in self.people))

    async def burst(self, *, within: float = 1.0) -> None:
        """Let everybody say something within a second."""

        async def one(person: Person) -> None:
            await asyncio.sleep(self.rng.uniform(0, within))
            await person.say(patience=self.patience)

        await asyncio.gather(*(one(person) for person in self.people))

    async def settle(self) -> None:
        """Wait a little, so that whatever would come twice has come."""
        await asyncio.sleep(2.0)

    def latencies(self, *, since: float = 0.0) -> list[float]:
        """Return the seconds from message to first words of the reply, of what was said since then."""
        return sorted(
            saying.first_at - saying.sent_at
            for person in self.people
            for saying in person.said
            if saying.first_at is not None and saying.sent_at >= since
        )


@dataclass(frozen=True)
class Balance:
    """What was said, beside what is kept and what people saw."""

    said: int
    lost: int
    doubled: int
    unanswered: int
    seen_otherwise: int

    @property
    def clean(self) -> bool:
        """Whether every message is there once and every reply was seen as it is kept."""
        return not (self.lost or self.doubled or self.unanswered or self.seen_otherwise)


def compare(crowd: Crowd, *, database: Path) -> Balance:
    """Compare what people said and saw with the database."""
    kept = _read(database)
    texts = Counter(text for turns in kept.values() for speaker, text, _ in turns if speaker == "person")
    said = [saying.text for person in crowd.people for saying in person.talk.sayings]
    unanswered = seen_otherwise = 0
    known = {_hash(person.token): person for person in crowd.people}
    for token, turns in kept.items():
        person = known.get(token)
        if person is None:
            continue
        unanswered += sum(
            1 for speaker, _, state in turns if speaker == "interviewer" and state != "complete"
        )
        seen = [(turn["speaker"], turn["text"]) for _, turn in sorted(person.talk.turns.items())]
        seen_otherwise += seen != [(speaker, text) for speaker, text, _ in turns]
    return Balance(
        said=len(said),
        lost=sum(1 for text in said if texts[text] == 0),
        doubled=sum(1 for text in said if texts[text] > 1),
        unanswered=unanswered,
        seen_otherwise=seen_otherwise,
    )


def _read(database: Path) -> dict[str, list[tuple[str, str, str]]]:
    query = (
        "select p.token_hash, t.speaker, t.text, t.state from elicitation_turn t "
        "join elicitation_interview i on i.id = t.interview_id "
        "join elicitation_participant p on p.id = i.participant_id order by t.interview_id, t.position"
    )
    found: dict[str, list[tuple[str, str, str]]] = {}
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        for token, speaker, text, state in connection.execute(query):
            found.setdefault(token, []).append((speaker, text, state))
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def percentiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Return median, 95th percentile and maximum."""
    if not values:
        return (math.nan,) * 3
    listed = sorted(values)
    return listed[len(listed) // 2], listed[math.ceil(0.95 * len(listed)) - 1], listed[-1]


def row(what: str, people: int, values: Sequence[float]) -> str:
    """Return one row of the table of latencies."""
    p50, p95, most = percentiles(values)
    return f"{what:34} {people:6} {len(values):8} {1000 * p50:8.0f} {1000 * p95:8.0f} {1000 * most:8.0f}"


HEADER = f"{'phase':34} {'people':>6} {'messages':>8} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}"
