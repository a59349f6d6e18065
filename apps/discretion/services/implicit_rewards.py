"""A trained language model judges by its implicit reward: how much likelier it makes each response."""

import itertools
from collections.abc import Sequence

from django.db import transaction

from apps.discretion.domain.judging import implicit
from apps.discretion.domain.preferences import answer_of, preference_of
from apps.discretion.models import Comparison, Judging, Reply, Verdict
from apps.discretion.selectors import judgings as selectors
from apps.discretion.services.judges import Run
from apps.models.engine.base import EngineError, Message
from apps.models.engine.local.client import LocalEngine
from apps.models.selectors import language_models
from apps.models.services import engines
from apps.shared.errors import Conflict
from apps.shared.models import Job

PARTS = ("policy", "reference")
BATCH = 16


def judge(*, judging: Judging, job: Job) -> bool:
    """Take each response's log-probability from both models; return False where somebody asked it to stop.

    One model is loaded at a time, and what one has said is kept. Raises Conflict where one cannot be loaded.
    """
    run = Run(judging=judging, job=job)
    waiting = {part: _waiting(judging, part) for part in PARTS}
    done = sum(Reply.objects.filter(judging=judging, part=part).count() for part in PARTS)
    run.begin(to_ask=done + sum(len(rows) for rows in waiting.values()))
    study = judging.annotator.audit.study
    for part, model_id in zip(PARTS, (judging.language_model, judging.reference_model), strict=True):
        if waiting[part] and not run.look():
            model = language_models.usable(study=study, language_model_id=model_id)
            with engines.loaded(model=model) as engine:
                _score(run, engine, part, waiting[part])
    run.end()
    return not run.stopping


def _waiting(judging: Judging, part: str) -> list[Comparison]:
    """Return the pairs that a model has not read."""
    return [row for row, _, _ in selectors.unanswered(judging=judging, parts=[part], principles=[None])]


def _score(run: Run, engine: LocalEngine, part: str, rows: Sequence[Comparison]) -> None:
    left = iter(rows)
    while (batch := list(itertools.islice(left, BATCH))) and not run.look():
        asked = [
            ([Message("user", row.prompt)], response)
            for row in batch
            for response in (row.response_a, row.response_b)
        ]
        try:
            found = engine.likelihoods(asked)
        except EngineError as error:
            raise Conflict(f"The model stopped: {error} What was judged so far is kept.") from error
        for place, row in enumerate(batch):
            a, b = found[2 * place : 2 * place + 2]
            why = a.skipped_reason or b.skipped_reason
            _keep(run.judging, row, part, [a.logprob, b.logprob], a.tokens + b.tokens, why)
        run.told_of(len(batch), tokens=sum(item.tokens for item in found))


@transaction.atomic
def _keep(
    judging: Judging, row: Comparison, part: str, logprobs: list[float | None], tokens: int, why: str
) -> None:
    """Keep what one model says of a pair, and the verdict once both have spoken."""
    reply = Reply(
        judging=judging, comparison=row, part=part, text=why, prompt_tokens=tokens,
        numbers={} if why else {"logprobs": logprobs}, answer=Verdict.Answer.SKIP if why else "",
    )  # fmt: skip
    Reply.objects.bulk_create([reply], ignore_conflicts=True)
    said = {item.part: item for item in Reply.objects.filter(judging=judging, comparison=row)}
    if len(said) < len(PARTS):
        return
    answer, confidence = Verdict.Answer.SKIP.value, None
    if all("logprobs" in item.numbers for item in said.values()):
        policy, reference = (said[name].numbers["logprobs"] for name in PARTS)
        beta = judging.config["beta"]
        found = implicit.margin(policy=tuple(policy), reference=tuple(reference), beta=beta)
        answer, confidence = answer_of(found.preference), found.confidence
    verdict = Verdict(
        comparison=row,
        annotator=judging.annotator,
        preference=preference_of(answer),
        answer=answer,
        confidence=confidence,
        reason=next((item.text for item in said.values() if item.text), ""),
    )
    Verdict.objects.bulk_create([verdict], ignore_conflicts=True)
