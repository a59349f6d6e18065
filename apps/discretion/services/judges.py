"""A language model judges: every answer is kept as it comes, and a verdict follows once it is whole."""

import time
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F

from apps.discretion.domain.judging import asking, reading
from apps.discretion.domain.preferences import Order, preference_of
from apps.discretion.events import JudgingMoved
from apps.discretion.models import Comparison, Judging, Principle, Reply, Verdict
from apps.discretion.selectors import audits as audit_selectors
from apps.discretion.selectors import judgings as selectors
from apps.discretion.services import audits, judgings
from apps.models.engine.base import Answer, Answered, ChatSettings, Question, RequestUnfit, with_words
from apps.models.services import engines
from apps.shared.errors import Conflict
from apps.shared.models import Job
from apps.shared.services import jobs, streams

TELL_SECONDS, TOUCH_SECONDS = 0.5, 5.0
MOST_FAILURES = 10
"""So many questions in a row without an answer mean that the model is not there."""
LONGEST_KEPT = 20_000
Key = tuple[Comparison, Principle | None, Order]


def judge(*, judging: Judging, job: Job) -> bool:
    """Have the model answer what it has not answered; return False where somebody asked it to stop.

    Raises Conflict where the model does not answer; what it said so far is kept, and asked no more.
    """
    run = Run(judging=judging, job=job)
    run.begin(to_ask=_to_ask(judging))
    model = judgings.model_of(
        study=judging.annotator.audit.study, language_model_id=judging.language_model or None
    )
    with engines.answering(model=model) as engine:
        for answered in engine.answers(_questions(run), _settings(judging, model.name)):
            run.take(answered)
    run.end()
    return not run.stopping


def _to_ask(judging: Judging) -> int:
    orders = 2 if judging.config["orders"] == asking.BOTH else 1
    pairs = selectors.to_judge(
        audit=judging.annotator.audit,
        limit=judging.config["limit"],
        checkpoint_id=judging.annotator.checkpoint_id,
    )
    return pairs * orders * max(len(judging.config["principles"]), 1)


def _settings(judging: Judging, name: str) -> ChatSettings:
    """Return how it is asked, as it was planned; what is asked once more gets another seed."""
    config = judging.config
    letter = config["style"] == asking.LETTER
    return ChatSettings(
        model=name,
        temperature=config["temperature"],
        max_tokens=config["max_tokens"],
        seed=config["seed"] + judging.asked_again,
        schema=None if letter else asking.SCHEMA,
        top_logprobs=asking.ALTERNATIVES if letter else 0,
    )


def _questions(run: "Run") -> Iterator[Question]:
    """Yield what is to be asked; none after a request to stop, so that what is on its way still comes."""
    judging = run.judging
    about = _about(judging)
    for comparison, principle, part in selectors.unanswered(
        judging=judging, parts=_parts(judging), principles=about
    ):
        order: Order = "ba" if _order(judging, comparison, part) == "ba" else "ab"
        if run.look():
            return
        yield Question((comparison, principle, order), _messages(judging, comparison, principle, order))


def _parts(judging: Judging) -> tuple[str, ...]:
    return ("ab", "ba") if judging.config["orders"] == asking.BOTH else ("one",)


def _order(judging: Judging, comparison: Comparison, part: str) -> str:
    """Return how the responses stand: as the part says, or, asked once, by a coin for each pair."""
    return part if part != "one" else ("ab" if comparison.pk.int % 2 else "ba")


def _about(judging: Judging) -> list[Principle | None]:
    chosen = set(judging.config["principles"])
    rows = [row for row in audit_selectors.principles(audit=judging.annotator.audit) if row.pk in chosen]
    return [*rows] if chosen else [None]


def _messages(judging: Judging, comparison: Comparison, principle: Principle | None, order: Order) -> Any:
    pair = asking.Pair(comparison.prompt, comparison.response_a, comparison.response_b)
    statement = principle.statement if principle else ""
    asked = asking.messages(pair=pair, order=order, style=judging.config["style"], principle=statement)
    return with_words(asked, judging.config.get("words", ""))


class Run:
    """One job's way through a judging: keeps answers, makes verdicts, tells those who watch."""

    def __init__(self, *, judging: Judging, job: Job) -> None:
        self.judging, self._job = judging, job
        self.stopping = False
        self._looked = self._told = self._touched = 0.0
        self._failures = self._unanswered = 0
        self._last_failure = ""

    def begin(self, *, to_ask: int) -> None:
        """Set what is kept of the counts right, also after a worker that died, and say where it stands."""
        counted = selectors.heard(judging=self.judging)
        Judging.objects.filter(pk=self.judging.pk).update(to_ask=to_ask, **counted)
        self._tell(force=True)

    def end(self) -> None:
        """Say where it stands. Raises Conflict where questions got no answer."""
        self._touch()
        self._tell(force=True)
        if self._unanswered and not self.stopping:
            raise Conflict(
                f"{self._unanswered:,} questions got no answer ({self._last_failure}) "
                "What was judged is kept; let it go on to ask them again."
            )

    def look(self) -> bool:
        """Keep the lease, and say whether somebody wants it to stop. Raises LeaseLost."""
        now = time.monotonic()
        if now - self._looked > TELL_SECONDS:
            self._looked = now
            jobs.renew(job_id=str(self._job.pk), owner=self._job.lease_owner)
            self.stopping = self.stopping or jobs.stop_requested(job=self._job)
        return self.stopping

    def take(self, answered: Answered) -> None:
        """Keep what became of one question. Raises Conflict where the model answers no more."""
        comparison, principle, order = answered.key
        if answered.answer is not None:
            self._failures = 0
            self._keep(comparison, principle, order, answered.answer)
        elif isinstance(answered.error, RequestUnfit):
            self._failures += 1
            self._pass_over(comparison, principle, order, str(answered.error))
        else:
            self._failures += 1
            self._unanswered += 1
            self._last_failure = str(answered.error)
        if self._failures >= MOST_FAILURES:
            self.end_early(str(answered.error))
        self.look()
        self._tell()

    def told_of(self, answers: int, *, tokens: int) -> None:
        """Count answers that were kept elsewhere."""
        counted = {"asked": F("asked") + answers, "prompt_tokens": F("prompt_tokens") + tokens}
        Judging.objects.filter(pk=self.judging.pk).update(**counted)
        self._tell()

    def end_early(self, why: str) -> None:
        """Give up. Raises Conflict."""
        self._touch()
        self._tell(force=True)
        raise Conflict(f"The language model does not answer: {why} What was judged so far is kept.")

    def _keep(self, comparison: Comparison, principle: Principle | None, order: Order, said: Answer) -> None:
        found = reading.read(text=said.text, first=said.first, style=self.judging.config["style"])
        answer = reading.answer_in(side=found.side, order=order, by_principle=principle is not None)
        numbers = {**found.probabilities} | (
            {"confidence": found.confidence} if found.confidence is not None else {}
        )
        self._write(
            Reply(
                judging=self.judging,
                comparison=comparison,
                principle=principle,
                part=order if self._both else "one",
                answer=answer,
                text=said.text[:LONGEST_KEPT],
                numbers=numbers | {"order": order},
                prompt_tokens=said.usage.prompt_tokens if said.usage else 0,
                completion_tokens=said.usage.completion_tokens if said.usage else 0,
                seconds=said.seconds,
            )
        )

    def _pass_over(self, comparison: Comparison, principle: Principle | None, order: Order, why: str) -> None:
        part = order if self._both else "one"
        self._write(
            Reply(
                judging=self.judging, comparison=comparison, principle=principle, part=part,
                answer=Verdict.Answer.SKIP, text=why[:LONGEST_KEPT], numbers={"order": order},
            )
        )  # fmt: skip

    @property
    def _both(self) -> bool:
        return bool(self.judging.config["orders"] == asking.BOTH)

    @transaction.atomic
    def _write(self, reply: Reply) -> None:
        """Keep an answer, and the verdict that it makes whole, at one stroke."""
        Reply.objects.bulk_create([reply], ignore_conflicts=True)
        rows = {
            row.part: row
            for row in selectors.live(judging=self.judging).filter(
                comparison=reply.comparison, principle=reply.principle
            )
        }
        counted: dict[str, Any] = {
            "asked": F("asked") + 1,
            "prompt_tokens": F("prompt_tokens") + reply.prompt_tokens,
            "completion_tokens": F("completion_tokens") + reply.completion_tokens,
        }
        if len(rows) == len(_parts(self.judging)):
            said = self._verdict(rows)
            for name in (Verdict.Answer.UNPARSABLE, Verdict.Answer.ORDER_DECIDED):
                if said.answer == name:
                    counted[str(name)] = F(str(name)) + 1
        Judging.objects.filter(pk=self.judging.pk).update(**counted)

    def _verdict(self, rows: dict[str, Reply]) -> reading.Said:
        first = rows.get("ab") or rows["one"]
        second = rows.get("ba")
        said = reading.combine(
            first=(first.answer, first.numbers.get("confidence")),
            second=(second.answer, second.numbers.get("confidence")) if second else None,
        )
        why = next((row.text for row in rows.values() if row.answer == Verdict.Answer.SKIP), "")
        verdict = Verdict(
            comparison=first.comparison,
            annotator=self.judging.annotator,
            principle=first.principle,
            preference=preference_of(said.answer),
            answer=said.answer,
            order=first.numbers["order"],
            confidence=said.confidence,
            swapped=said.swapped,
            reason=why[:1000],
        )
        Verdict.objects.bulk_create([verdict], ignore_conflicts=True)
        return said

    def _touch(self) -> None:
        annotator = self.judging.annotator
        audits.touch(audit=annotator.audit, what="verdicts", annotators=[annotator.pk])

    def _tell(self, *, force: bool = False) -> None:
        """Say how far it is, to those who watch it often and to those who watch the audit more rarely."""
        now = time.monotonic()
        if not force and now - self._told < TELL_SECONDS:
            return
        self._told = now
        self.judging.refresh_from_db(
            fields=["asked", "to_ask", "unparsable", "order_decided", "prompt_tokens", "completion_tokens"]
        )
        row = self.judging
        with transaction.atomic():
            progress = min(row.asked / row.to_ask, 0.999) if row.to_ask else 0.0
            jobs.report(job=self._job, progress=progress, message=f"{row.asked:,} of {row.to_ask:,} answers")
            announce(judging=row)
            if now - self._touched > TOUCH_SECONDS:
                self._touched = now
                self._touch()


def announce(*, judging: Judging) -> None:
    """Tell those who watch the algorithms of an audit."""
    audit = judging.annotator.audit
    streams.publish(
        stream=f"{audits.stream_of(audit=audit)}/annotators",
        event=JudgingMoved(
            annotator=judging.annotator_id,
            asked=judging.asked,
            to_ask=judging.to_ask,
            unparsable=judging.unparsable,
            order_decided=judging.order_decided,
        ),
    )
