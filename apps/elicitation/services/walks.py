"""One simulated participant's way through a study: the same pages, forms and socket as a person's browser."""

import dataclasses
import re
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from apps.elicitation.domain import effects
from apps.elicitation.domain.forms import Form
from apps.elicitation.domain.personas import Persona
from apps.elicitation.domain.personas.persona import Said
from apps.elicitation.services.talks import Talk, TalkFailed
from apps.elicitation.services.visits import Page, VisitFailed, Visitor

MOST_PAGES = 60
MOST_ANSWERS = 24
PATIENCE_SECONDS = 180.0
_HIDDEN = re.compile(r"<(script|style|template|noscript)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_NOTICE = re.compile(r'class="notice is-error"[^>]*>(.*?)</div>', re.DOTALL)

Answer = Callable[[str], Awaitable[Said]]


@dataclasses.dataclass
class Record:
    """What a walk was like; seconds throughout. Waiting was measured, reading and typing are assumed."""

    steps: list[str] = dataclasses.field(default_factory=list)
    waited: float = 0.0
    read: float = 0.0
    typed: float = 0.0
    turns: int = 0
    first_replies: list[float] = dataclasses.field(default_factory=list)
    reconnects: int = 0
    problems: list[str] = dataclasses.field(default_factory=list)
    interviewer: str = ""
    injections: int = 0
    effects: list[str] = dataclasses.field(default_factory=list)
    failure: dict[str, str] = dataclasses.field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the record as it is stored."""
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a walker knows of the study: which answers end it, the codes and names that nobody may tell it."""

    screening: Collection[tuple[str, str]] = ()
    codes: Collection[str] = ()
    names: Collection[str] = ()


class Walker:
    """Walks from the door to the completion code; what goes wrong is kept, and never raised."""

    def __init__(
        self,
        *,
        persona: Persona,
        visitor: Visitor,
        around: Surroundings,
        answer: Answer | None = None,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.persona, self.visitor, self.around = persona, visitor, around
        self.record, self.patience = Record(), patience
        self._answer = answer
        self._where = "door"
        self._known: set[str] = set()

    async def walk(self, door: str) -> Record:
        """Walk; return the record, with where and why it ended if it did not arrive."""
        try:
            page = await self._enter(door)
            await self._go_on(page)
        except (VisitFailed, TalkFailed) as error:
            self.record.failure = {"where": self._where, "what": str(error)[:300]}
        except Exception as error:  # noqa: BLE001  (one walk that breaks must not end the others)
            what = f"The walk itself broke: {type(error).__name__}: {error}"
            self.record.failure = {"where": self._where, "what": what[:300]}
        return self.record

    async def _enter(self, door: str) -> Page:
        page = await self._open(door)
        if page.status != 200:
            raise VisitFailed(f"The door answered with {page.status}.")
        page = await self._send(page, page.form_with("research"), self.persona.ticks())
        if page.step != "receipt":
            raise VisitFailed(_complaint(page) or f"The consent led to {page.step}.")
        return await self._open(urlsplit(page.url).path.rsplit("/", 1)[0] + "/")

    async def _go_on(self, page: Page) -> None:
        for _ in range(MOST_PAGES):
            self._note(page)
            if page.step == "done":
                return
            handle = {
                "about": self._about, "question": self._question, "interview": self._interview,
                "card": self._card, "wise": self._wise, "votes": self._votes, "survey": self._survey,
                "result": self._result,
            }.get(page.step)  # fmt: skip
            if handle is None:
                raise VisitFailed(f"The way led out of the study, to {page.step}.")
            if page.status >= 400:
                raise VisitFailed(_complaint(page) or f"The page answered with {page.status}.")
            page = await handle(page)
        raise VisitFailed(f"No end after {MOST_PAGES} pages.")

    def _note(self, page: Page) -> None:
        self._where = page.step
        if not self.record.steps or self.record.steps[-1] != page.step:
            self.record.steps.append(page.step)

    async def _open(self, path: str) -> Page:
        return self._seen(await self._timed(self.visitor.open(path)))

    async def _send(
        self, page: Page, form: Form, changes: Mapping[str, str | Sequence[str]] | None = None
    ) -> Page:
        for name, value in (changes or {}).items():
            if isinstance(value, str) and name in form.names("textarea", "text"):
                self.record.typed += self.persona.seconds_to_type(value)
        return self._seen(await self._timed(self.visitor.send(page, form, changes)))

    async def _timed(self, visit: Awaitable[Page]) -> Page:
        began = time.monotonic()
        try:
            return await visit
        finally:
            self.record.waited += time.monotonic() - began

    def _seen(self, page: Page) -> Page:
        main = _MAIN.search(page.html)
        text = _TAG.sub("\n", _HIDDEN.sub(" ", main.group() if main else ""))
        self._read(line for line in text.splitlines() if line.strip())
        return page

    def _read(self, lines: Iterable[str]) -> None:
        """Count what they have not read before: nobody reads the same line on every page."""
        for line in lines:
            if line not in self._known:
                self._known.add(line)
                self.record.read += self.persona.seconds_to_read(line)

    async def _about(self, page: Page) -> Page:
        form, given = page.own_forms[0], {}
        for name in form.names("radio"):
            item = name.removeprefix("about-")
            free = [
                option for option in form.options(name)
                if option and (item, option) not in self.around.screening
            ]  # fmt: skip
            given[name] = self.persona.choose(free) if free else ""
        return await self._send(page, form, given | self._fill(form, at_most=80))

    def _fill(self, form: Form, *, at_most: int = 2000) -> dict[str, str]:
        return {name: self.persona.words()[:at_most] for name in form.names("text", "textarea")}

    async def _question(self, page: Page) -> Page:
        form = page.form_with("question")
        return await self._send(page, form, {"question": self.persona.choose(form.options("question"))})

    async def _interview(self, page: Page) -> Page:
        token = urlsplit(page.url).path.strip("/").split("/")[1]
        address = self.visitor.address
        talk = Talk(url=address.replace("http", "ws", 1) + f"/ws/interview/{token}/", origin=address)
        try:
            async with talk.joined():
                await self._converse(talk)
        finally:
            self.record.reconnects = max(talk.reconnects, 0)
            self.record.problems += talk.problems
            self.record.interviewer = talk.interviewer or self.record.interviewer
        return await self._open(f"/p/{token}/")

    async def _converse(self, talk: Talk) -> None:
        await talk.wait(lambda: talk.phase != "", patience=self.patience, what="the interview to open")
        self._read([talk.last_question])
        for _ in range(MOST_ANSWERS):
            if talk.phase == "card_ready":
                return
            said = await self._word(talk.last_question)
            self.record.typed += self.persona.seconds_to_type(said.text)
            saying = await talk.say(said.text, patience=self.patience)
            self.record.turns += 1
            self._keep(sent=saying.sent_at, first=saying.first_at, done=saying.done_at)
            self._look(talk.last_question, said)
        raise TalkFailed(f"The interview did not end after {MOST_ANSWERS} answers.")

    async def _word(self, question: str) -> Said:
        written = self.persona.answer(question)
        return written if self._answer is None else await self._answer(question)

    def _keep(self, *, sent: float, first: float | None, done: float | None) -> None:
        if first is not None:
            self.record.first_replies.append(round(max(first - sent, 0.0), 4))
        if done is not None:
            self.record.waited += max(done - sent, 0.0)

    def _look(self, reply: str, said: Said) -> None:
        self._read([reply])
        self.record.injections += bool(said.injection)
        self.record.effects += effects.find(
            reply=reply, own_name=self.persona.name, names=self.around.names, codes=self.around.codes
        )

    async def _card(self, page: Page) -> Page:
        form = page.form_with("title")
        words = self.persona.words()
        if words and self.persona.kind in {"talkative", "injecting"}:
            page = await self._send(page, form, {"action": "save", "summary": words[:500]})
            form = page.form_with("title")
        page = await self._send(page, form, {"action": "accept"})
        if page.step == "card":
            raise VisitFailed(_complaint(page) or "The card could not be accepted.")
        return page

    async def _wise(self, page: Page) -> Page:
        form = page.own_forms[0]
        return await self._send(page, form, {"value": self.persona.tick_some(form.options("value"))})

    async def _votes(self, page: Page) -> Page:
        story = next((form for form in page.own_forms if form.has("transition")), None)
        if story is not None:
            answer = self.persona.choose(story.options("answer"))
            return await self._send(page, story, {"answer": answer, **self._fill(story)})
        last = next((form for form in page.own_forms if "finish" in form.options("action")), None)
        if last is None:
            raise VisitFailed("The stories have no way on.")
        return await self._send(page, last, {"action": "finish"})

    async def _survey(self, page: Page) -> Page:
        form = page.own_forms[0]
        rated = {name: self.persona.rate() for name in form.names("radio")}
        return await self._send(page, form, rated | self._fill(form))

    async def _result(self, page: Page) -> Page:
        return await self._send(page, page.own_forms[0])


def _complaint(page: Page) -> str:
    """Return what a page says went wrong, as text."""
    found = _NOTICE.search(page.html)
    return " ".join(_TAG.sub(" ", found.group(1)).split())[:300] if found else ""
