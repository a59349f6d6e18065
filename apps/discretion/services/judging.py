"""An algorithm judges: a checkpoint on held-out pairs, a null on all of them, a language model when asked."""

import dataclasses
import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from apps.discretion.domain.preferences import answer_of, preference_of
from apps.discretion.models import Annotator, Comparison, Judging, Verdict
from apps.discretion.selectors import judgings as selectors
from apps.discretion.selectors import standings
from apps.discretion.services import audits, implicit_rewards, judges
from apps.models.domain.scores import PairScore, ScorablePair
from apps.models.services import checkpoints, scoring
from apps.shared.errors import Conflict, Missing
from apps.shared.models import Job, Study
from apps.shared.services import audit, jobs

BATCH = 2000
PAUSED = "Paused; what was judged is kept."
BY_LANGUAGE_MODEL = {
    Judging.Method.JUDGE.value: judges.judge,
    Judging.Method.IMPLICIT_REWARD.value: implicit_rewards.judge,
}


@dataclasses.dataclass(frozen=True)
class _Said:
    """What an algorithm said of one comparison."""

    comparison: Any
    answer: str
    reason: str = ""


def judge(*, annotator: Annotator, job: Job) -> None:
    """Have the annotator judge what it has not judged yet. Raises Conflict where it cannot."""
    plan = Judging.objects.filter(annotator=annotator).select_related("annotator__audit__study").first()
    if plan is not None and plan.method in BY_LANGUAGE_MODEL:
        if not BY_LANGUAGE_MODEL[plan.method](judging=plan, job=job):
            jobs.finish(job=job, state=Job.State.CANCELLED, message=PAUSED)
        elif annotator.checkpoint_id and plan.method == Judging.Method.IMPLICIT_REWARD:
            # What it says when it is asked in words stands in the audit; a release looks at what it learned.
            record(annotator=annotator)
        return
    try:
        _judge_at_once(annotator, job)
    except Conflict:
        if not jobs.stop_requested(job=job):
            raise
        jobs.finish(job=job, state=Job.State.CANCELLED, message=PAUSED)
    if plan is not None:
        _count(plan)


def judge_null(*, annotator: Annotator) -> None:
    """Have a null judge a few pairs here and now, without a job."""
    plan = Judging.objects.create(annotator=annotator, method=Judging.Method.NULL)
    _write_null(annotator, Comparison.objects.filter(audit=annotator.audit).order_by("place"), None)
    _count(plan)


def _count(plan: Judging) -> None:
    said = Verdict.objects.filter(annotator=plan.annotator, superseded_at__isnull=True).count()
    plan.asked = plan.to_ask = said
    plan.save(update_fields=["asked", "to_ask"])
    judges.announce(judging=plan)


def _judge_at_once(annotator: Annotator, job: Job) -> None:
    judged = Verdict.objects.filter(annotator=annotator, superseded_at__isnull=True).values("comparison")
    waiting = Comparison.objects.filter(audit=annotator.audit).exclude(pk__in=judged).order_by("place")
    if annotator.checkpoint_id:
        _write(annotator, _by_checkpoint(annotator, waiting, job))
        record(annotator=annotator)
    else:
        _write_null(annotator, waiting, job)


def _by_checkpoint(annotator: Annotator, waiting: QuerySet[Comparison], job: Job) -> list[_Said]:
    allowed = selectors.held_out(audit=annotator.audit, checkpoint_id=annotator.checkpoint_id)
    rows = waiting.values_list("pk", "prompt", "response_a", "response_b")
    pairs = [ScorablePair(str(pk), *texts) for pk, *texts in rows if str(pk) in allowed]
    scores = scoring.score(checkpoint_id=annotator.checkpoint_id, pairs=pairs, job=job)
    return [_said(score) for score in scores]


def _said(score: PairScore) -> _Said:
    """Turn two scores into an answer; a pair that could not be scored is skipped and says why."""
    if score.preference is None:
        return _Said(score.id, Verdict.Answer.SKIP, score.skipped_reason)
    return _Said(score.id, answer_of(score.preference))


def _write_null(annotator: Annotator, waiting: QuerySet[Comparison], job: Job | None) -> None:
    total, done, batch = waiting.count(), 0, list[_Said]()
    rows = waiting.values_list("pk", "external_id", "response_a", "response_b")
    for pk, name, response_a, response_b in list(rows):
        batch.append(_null(annotator, pk, name, response_a, response_b))
        if len(batch) == BATCH and job is not None:
            if jobs.stop_requested(job=job):
                raise Conflict("Stopped; what was judged so far is kept.")
            _write(annotator, batch)
            done, batch = done + BATCH, []
            jobs.report(job=job, progress=done / total, message=f"{done:,} of {total:,} pairs")
    _write(annotator, batch)


def _null(annotator: Annotator, pk: Any, name: str, response_a: str, response_b: str) -> _Said:
    if annotator.metadata.get("null") == "longer":
        return _Said(pk, answer_of((len(response_a) > len(response_b)) - (len(response_a) < len(response_b))))
    # The coin falls once for each pair, by its seed, so that running the job again changes nothing.
    thrown = (
        f"{annotator.metadata['seed']}|{name}" if "seed" in annotator.metadata else f"{annotator.pk}|{pk}"
    )
    heads = hashlib.sha256(f"coin|{thrown}".encode()).digest()[0] % 2
    return _Said(pk, "a" if heads else "b")


@transaction.atomic
def _write(annotator: Annotator, said: Iterable[_Said]) -> None:
    Verdict.objects.bulk_create(
        [
            Verdict(
                comparison_id=item.comparison,
                annotator=annotator,
                preference=preference_of(item.answer),
                answer=item.answer,
                reason=item.reason,
            )
            for item in said
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )
    audits.touch(audit=annotator.audit, what="verdicts", annotators=[annotator.pk])


@transaction.atomic
def record_anew(*, study: Study, checkpoint_id: UUID, annotator_id: int, by: AbstractBaseUser) -> None:
    """Record it where people have judged since the checkpoint did. Raises Missing."""
    rows = standings.annotators_of(study=study, checkpoint_id=checkpoint_id)
    annotator = rows.filter(pk=annotator_id).first()
    if annotator is None:
        raise Missing("This checkpoint is no such annotator.")
    record(annotator=annotator)
    audit.record(
        study=study,
        actor=by,
        action="recorded how a checkpoint stands",
        subject=f"checkpoint/{checkpoint_id}",
    )


def record(*, annotator: Annotator) -> None:
    """Record on the checkpoint what the audit says of it now, where release decisions are made."""
    found = standings.standing(annotator=annotator)
    if found is None:
        return
    figures = {"audit": annotator.audit.pk, "title": annotator.audit.title} | found.to_dict()
    checkpoints.record_figures(checkpoint_id=annotator.checkpoint_id, suite=standings.SUITE, figures=figures)
