"""Asking a language model what it thinks of pairs that wait; it suggests, and a researcher decides."""

import logging
from typing import Any

from django.db import transaction

from apps.models.engine.base import EngineError
from apps.models.selectors import language_models
from apps.moralgraph import selectors
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.merging import judgement
from apps.moralgraph.models import MergeOpinion, Value
from apps.moralgraph.selectors.merging import Near
from apps.moralgraph.selectors.views import ValueView, view_of_value
from apps.moralgraph.services import answers, changes
from apps.moralgraph.services.answers import Writer
from apps.shared.access import Person
from apps.shared.errors import Conflict
from apps.shared.models import Job, Study
from apps.shared.services import audit, jobs

logger = logging.getLogger(__name__)
TASK, TASK_WITH_WEIGHTS = "moralgraph.judge_merges", "moralgraph.judge_merges_with_weights"
"""The second has a queue in which one job at a time has the machine's accelerator."""
SUBJECT = "merges/judge"
MOST_AT_ONCE = 100
"""So many pairs are sent at one time, the nearest first: a model costs money."""
ROLE = "merging"
_LIVE = (Job.State.QUEUED, Job.State.RUNNING)


@transaction.atomic
def ask(*, study: Study, actor: Person) -> Job:
    """Have the model judge the nearest pairs that wait without an opinion; one job at a time.

    Raises Conflict where no model is set up, or nothing waits for one.
    """
    if language_models.model_for(study=study, role=ROLE) is None:
        raise Conflict("No language model is set up, so you decide by the rubric alone.")
    Study.objects.select_for_update().get(pk=study.pk)
    running = Job.objects.filter(study=study, task__in=(TASK, TASK_WITH_WEIGHTS), state__in=_LIVE).first()
    if running is not None:
        return running
    if not _unjudged(study):
        raise Conflict("Every pair that waits has an opinion already.")
    task = TASK_WITH_WEIGHTS if answers.needs_weights(study=study, role=ROLE) else TASK
    job = jobs.enqueue(study=study, task=task, subject=SUBJECT)
    audit.record(study=study, actor=actor, action="merge.judge", subject=f"job/{job.pk}")
    return job


def judge(*, job: Job) -> None:
    """Ask about each pair and keep the answer as it came.

    Raises Conflict where the model does not answer, or where no answer of it can be read.
    """
    waiting = _unjudged(job.study)[:MOST_AT_ONCE]
    faults: list[str] = []
    with answers.writing(study=job.study, role=ROLE) as writer:
        for done, near in enumerate(waiting):
            if jobs.stop_requested(job=job):
                return
            jobs.report(job=job, progress=done / len(waiting), message=f"{done} of {len(waiting)} judged.")
            fault = _judge(study=job.study, near=near, writer=writer)
            faults += [fault] if fault else []
    changes.announce(study=job.study)
    _tell(job=job, faults=faults, asked=len(waiting))


def _tell(*, job: Job, faults: list[str], asked: int) -> None:
    """Say how many answers could not be read. Raises Conflict where that is all of them."""
    if not faults:
        return
    said = f"{len(faults)} of {asked} answers could not be read. They are kept, and can be asked for again."
    if len(faults) == asked:
        raise Conflict(said)
    jobs.finish(job=job, state=Job.State.SUCCEEDED, message=said)


def _unjudged(study: Study) -> list[Near]:
    judged = set(MergeOpinion.objects.filter(study=study, fault="").values_list("low", "high"))
    return [near for near in selectors.merging.open_pairs(study=study) if (near.low, near.high) not in judged]


def _judge(*, study: Study, near: Near, writer: Writer) -> str:
    """Return why an answer cannot be read, empty where it can or nothing was asked."""
    values = _values(study, near)
    if values is None:
        return ""
    low, high = values
    try:
        answer, made = _answer(writer=writer, low=low, high=high, language=near.language)
    except EngineError as error:
        logger.warning("A model did not judge a merge: %s", type(error).__name__)
        raise Conflict(f"The language model did not answer: {error}") from error
    parts, fault = {}, ""
    try:
        parts = judgement.read_opinion(answer)
    except judgement.OpinionUnreadable as error:
        fault = str(error)[:300]
    _keep(study=study, near=near, told=values, parts=parts, answer=answer, made=made, fault=fault)
    return fault


@transaction.atomic
def _keep(*, study: Study, near: Near, told: tuple[ValueView, ValueView], **fields: Any) -> None:
    """Keep an opinion, unless the words that it is about were withdrawn while the model wrote."""
    if _values(study, near) == told:
        MergeOpinion.objects.create(study=study, low_id=near.low, high_id=near.high, **fields)


def _values(study: Study, near: Near) -> tuple[ValueView, ValueView] | None:
    rows = Value.objects.filter(study=study, pk__in=[near.low, near.high], erased_at__isnull=True).in_bulk()
    if len(rows) != 2:
        return None
    return view_of_value(rows[near.low]), view_of_value(rows[near.high])


def _answer(*, writer: Writer, low: ValueView, high: ValueView, language: str) -> tuple[str, dict[str, Any]]:
    return writer.ask(
        prompt=judgement.VERSION,
        messages=judgement.messages(low=_card(low), high=_card(high), language=language),
        most_tokens=judgement.MOST_TOKENS,
        longest=judgement.LONGEST_ANSWER,
    )


def _card(value: ValueView) -> ValuesCard:
    return ValuesCard(value.title, value.summary, value.policies)
