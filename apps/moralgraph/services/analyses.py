"""Answers that take long: given at once where they are there, else worked out by a job."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from django.db import transaction

from apps.moralgraph import selectors
from apps.moralgraph.domain import rules
from apps.moralgraph.selectors import GraphView, analyses
from apps.moralgraph.selectors.analyses import Question
from apps.moralgraph.selectors.people import EVERYBODY, People
from apps.moralgraph.services import changes
from apps.shared.models import Job, Study
from apps.shared.services import jobs

TASK = "moralgraph.work_out"
_LIVE = (Job.State.QUEUED, Job.State.RUNNING)


@dataclass(frozen=True)
class Answer:
    """An answer for the votes as they are now, or the job that works on it and why it failed."""

    state: Literal["ready", "computing", "failed"]
    found: Any = None
    job: str | None = None
    message: str = ""


@transaction.atomic
def ask(*, study: Study, question: Question) -> Answer:
    """Return the answer where it is known; else let one job work it out. Raises Missing, Invalid.

    A job that failed on these very votes is not tried again.
    """
    name, found = analyses.ready(study=study, question=question)
    if found is not None:
        return Answer("ready", found)
    subject = f"graph/{question.kind}/{name[:24]}"
    # The study's row is the lock: two people who ask at once get one job.
    Study.objects.select_for_update().get(pk=study.pk)
    job = Job.objects.filter(study=study, task=TASK, subject=subject).order_by("-queued_at").first()
    if job is not None and job.state == Job.State.FAILED:
        return Answer("failed", job=str(job.pk), message=job.message)
    if job is None or job.state not in _LIVE:
        job = jobs.enqueue(study=study, task=TASK, subject=subject, config=question.to_json(), data_hash=name)
    return Answer("computing", job=str(job.pk))


def graph(
    *,
    study: Study,
    context: int | None = None,
    rule: str = "touchstone",
    parameters: Mapping[str, Any] | None = None,
    people: People = EVERYBODY,
    balance: str = "",
) -> GraphView:
    """Return the graph at once; where it is too large to be resampled at once, a job does that and tells.

    Raises Missing and Invalid.
    """
    shown = selectors.graph(
        study=study, context=context, rule=rule, parameters=parameters, people=people, balance=balance
    )
    if shown.parameters["draws"] == 0 and rules.complete(rule=rule, given=parameters)["draws"]:
        ask(study=study, question=Question("ranking", context, rule, balance=balance, **asdict(people)))
    return shown


def work_out(*, job: Job) -> None:
    """Work out what a job asks, for the votes as they are when it runs."""
    question = Question(**job.config)
    analyses.work_out(study=job.study, question=question)
    if question.kind == "ranking":
        changes.announce(study=job.study)
