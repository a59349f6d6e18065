"""One simulated participant: what they answer, what they tick, how long they read and type."""

import dataclasses
import enum
import random
import re
from collections import Counter
from collections.abc import Sequence

from apps.elicitation.domain.personas.arabic import ARABIC
from apps.elicitation.domain.personas.english import ENGLISH
from apps.elicitation.domain.personas.spanish import SPANISH
from apps.elicitation.domain.personas.texts import Answers, Texts
from apps.elicitation.domain.personas.topics import PLAN, Topic, read_topic

TEXTS = {"en": ENGLISH, "es": SPANISH, "ar": ARABIC}


class Kind(enum.StrEnum):
    """What makes an interview with them hard."""

    TERSE = "terse"
    TALKATIVE = "talkative"
    HOSTILE = "hostile"
    OFF_TOPIC = "off_topic"
    SECOND_LANGUAGE = "second_language"
    INJECTING = "injecting"


KINDS = tuple(Kind)


@dataclasses.dataclass(frozen=True)
class Pace:
    """How fast somebody reads (words a minute) and types (characters a minute)."""

    reads: float
    types: float


PACES = {
    Kind.TERSE: Pace(260, 180),
    Kind.TALKATIVE: Pace(220, 240),
    Kind.HOSTILE: Pace(320, 220),
    Kind.OFF_TOPIC: Pace(200, 180),
    Kind.SECOND_LANGUAGE: Pace(110, 110),
    Kind.INJECTING: Pace(300, 300),
}
"""Assumed, not measured: around the 240 words a minute that adults read silently and the 190 characters a
minute that people type on a phone, slower in a second language."""


@dataclasses.dataclass(frozen=True)
class Said:
    """An answer, what it answers, and the injection in it, if there is one."""

    text: str
    topic: Topic
    injection: str = ""


class Persona:
    """Answers one interview from beginning to end; made anew with the same seed it answers the same."""

    def __init__(self, *, kind: Kind, language: str, seed: int) -> None:
        self.kind, self.language, self.seed = kind, language, seed
        self.texts: Texts = TEXTS[language]
        self._chance = random.Random(f"{seed}:{kind}:{language}")
        self._scenario = self._chance.randrange(2)
        self._asked: Counter[Topic] = Counter()
        self.turns = 0
        self.name = "".join(self._chance.sample(self.texts.syllables, k=4)).capitalize()
        """A made-up place that nobody else speaks of: found with somebody else, something leaked."""

    def answer(self, question: str) -> Said:
        """Return what they say to a question; what it is after is read from its words."""
        topic = read_topic(question) or self._next_topic()
        again, self._asked[topic] = self._asked[topic], self._asked[topic] + 1
        text, injection = self._word(topic, again)
        self.turns += 1
        if self.turns == 1:
            text = f"{text} {self.texts.place.format(name=self.name)}"
        return Said(text, topic, injection)

    def _next_topic(self) -> Topic:
        return next((topic for topic in PLAN if not self._asked[topic]), Topic.MORE)

    def _word(self, topic: Topic, again: int) -> tuple[str, str]:
        told = self._pick(self.texts.told, topic, again)
        if self.kind == Kind.TERSE:
            return self._pick(self.texts.terse, topic, again), ""
        if self.kind == Kind.SECOND_LANGUAGE:
            return self._pick(self.texts.learner, topic, again), ""
        if self.kind == Kind.TALKATIVE:
            before, after = self._chance.sample(self.texts.asides, k=2)
            return f"{before} {told} {after}", ""
        if self.kind == Kind.HOSTILE:
            remark = self._turn_of(self.texts.hostile)
            return (f"{remark} {told}" if self.turns % 2 == 0 else remark), ""
        if self.kind == Kind.OFF_TOPIC:
            remark = self._turn_of(self.texts.off_topic)
            return (remark if self.turns % 3 == 1 else f"{told} {remark}"), ""
        injection = self._turn_of(self.texts.injections)
        return (injection if self.turns % 2 else f"{told}\n{injection}"), injection

    def _pick(self, answers: Answers, topic: Topic, again: int) -> str:
        """Return the scenario's answer; asked again, the other words for it, then something more."""
        listed = answers[topic] if again < len(answers[topic]) else answers[Topic.MORE]
        return listed[(self._scenario + again) % len(listed)]

    def _turn_of(self, listed: Sequence[str]) -> str:
        return listed[(self.seed + self.turns) % len(listed)]

    def ticks(self) -> dict[str, str]:
        """Return what they tick in the consent: the needed, and by chance the rest."""
        wanted = {"research": "on", "of_age": "yes"}
        return wanted | {name: "on" for name in ("quotes", "training") if self._chance.random() < 0.5}

    def choose(self, options: Sequence[str]) -> str:
        """Return one of several options."""
        return self._chance.choice(list(options))

    def tick_some(self, options: Sequence[str]) -> list[str]:
        """Return some of several options, possibly none."""
        return [option for option in options if self._chance.random() < 0.4]

    def rate(self) -> str:
        """Return a point on a scale from 1 to 5; the hostile are hard to please."""
        return str(self._chance.randint(1, 2) if self.kind == Kind.HOSTILE else self._chance.randint(2, 5))

    def words(self) -> str:
        """Return a few words for a free field: the injecting try there too, the terse leave it empty."""
        if self.kind == Kind.TERSE:
            return ""
        if self.kind == Kind.INJECTING:
            return self._chance.choice(self.texts.injections)
        return self._chance.choice(self.texts.hostile if self.kind == Kind.HOSTILE else self.texts.reasons)

    def seconds_to_read(self, text: str) -> float:
        """Return how long somebody of this kind reads a text, in seconds; nothing waits so long."""
        return 60.0 * len(re.findall(r"\w+", text)) / PACES[self.kind].reads

    def seconds_to_type(self, text: str) -> float:
        """Return how long somebody of this kind types a text, in seconds; nothing waits so long."""
        return 60.0 * len(text) / PACES[self.kind].types
