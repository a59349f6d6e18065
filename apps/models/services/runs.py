"""Launch, stop, resume and clone training runs, and tell those who watch."""

import dataclasses
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.models import selectors
from apps.models.domain import estimates, recipes, rows
from apps.models.events import RunChanged
from apps.models.models import DataSet, LanguageModel, Run
from apps.models.selectors import language_models
from apps.models.services import checking, data_sets
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Job, Study
from apps.shared.services import audit, jobs, streams

TASK = "models.train"
REWARDS = ("reward_model", "reward_lm")


@transaction.atomic
def launch(
    *,
    study: Study,
    data_set: DataSet,
    method: str = "reward_model",
    config: dict[str, Any],
    created_by: AbstractBaseUser,
    size: str = "",
    name: str = "",
    cloned_from: Run | None = None,
) -> Run:
    """Make a run and queue it. Raises Invalid for a configuration or a data set that cannot be trained on."""
    frozen = _validated(method=method, config=config)
    if data_set.study_id != study.pk:
        raise Invalid("The data set has no pairs to train on.", fields={"data_set": ["Needs two pairs."]})
    if objection := selectors.objection(data_set=data_set, method=method):
        raise Invalid(objection, fields={"data_set": [objection]})
    data_sets.verify(data_set=data_set)
    Study.objects.select_for_update().get(pk=study.pk)
    number = (Run.objects.filter(study=study).aggregate(last=Max("number"))["last"] or 0) + 1
    run = Run.objects.create(
        study=study,
        number=number,
        name=(name or f"Run {number}")[:150],
        data_set=data_set,
        method=method,
        size=size,
        config=frozen,
        cloned_from=cloned_from,
        created_by_id=created_by.pk,
    )
    run.job = jobs.enqueue(
        study=study,
        task=TASK,
        subject=f"run/{run.pk}",
        config=frozen,
        data_hash=data_set.hash,
        created_by=created_by,
    )
    run.save(update_fields=["job"])
    audit.record(study=study, actor=created_by, action="launched a training run", subject=f"run/{run.pk}")
    announce(run=run)
    return run


@transaction.atomic
def launch_choice(
    *,
    study: Study,
    data_set: DataSet,
    choice: recipes.Choice,
    created_by: AbstractBaseUser,
    name: str = "",
    cloned_from: Run | None = None,
) -> Run:
    """Launch a run of what a person chose, from scratch or from what another was. Raises Invalid."""
    return launch(
        study=study,
        data_set=data_set,
        method=choice.method,
        config=configuration(study=study, choice=choice),
        created_by=created_by,
        size=choice.size,
        name=name,
        cloned_from=cloned_from,
    )


def configuration(*, study: Study, choice: recipes.Choice) -> dict[str, Any]:
    """Return the whole configuration of what a person chose in a study. Raises Invalid or Missing.

    A language model is chosen by its row, a reward model by its checkpoint.
    """
    if choice.base:
        choice = dataclasses.replace(choice, base=_base(study=study, language_model=choice.base))
    if choice.reward:
        checkpoint = selectors.checkpoint(study=study, checkpoint_id=choice.reward)
        if checkpoint.run.method not in REWARDS:
            raise Invalid(
                "This checkpoint is no reward model.", fields={"reward": ["Choose a reward model."]}
            )
        choice = dataclasses.replace(choice, reward=str(checkpoint.folder))
    try:
        return recipes.configure(choice).model_dump()
    except recipes.BadRecipe as error:
        raise Invalid(str(error), fields=error.fields) from error


def _base(*, study: Study, language_model: str) -> str:
    row = language_models.language_model(study=study, language_model_id=language_model)
    if row.source == LanguageModel.Source.ENDPOINT:
        sentence = "A model behind a server cannot be trained: choose one in a folder."
        raise Invalid(sentence, fields={"base": [sentence]})
    if row.state != LanguageModel.State.USABLE:
        sentence = "This language model is not usable yet: its page says why."
        raise Invalid(sentence, fields={"base": [sentence]})
    return str(checking.folder_of(language_model=row))


@dataclasses.dataclass(frozen=True)
class Preview:
    """What a launch would do, or why there can be none; ``fields`` says of what the trouble is."""

    config: dict[str, Any]
    objection: str
    reads: str
    estimate: estimates.Estimate | None = None
    sentence: str = ""
    fields: dict[str, list[str]] = dataclasses.field(default_factory=dict)


def preview(*, study: Study, data_set: DataSet, choice: recipes.Choice) -> Preview:
    """Return what launching a choice would do; an objection where it cannot be launched. Raises Missing."""
    reads = rows.SENTENCES[recipes.find(choice.method).reads]
    objection = selectors.objection(data_set=data_set, method=choice.method)
    try:
        config = configuration(study=study, choice=choice)
    except Invalid as error:
        return Preview(config={}, objection=objection or str(error), reads=reads, fields=error.fields)
    found = selectors.estimate(data_set=data_set, config=recipes.parse(config))
    return Preview(
        config=config,
        objection=objection,
        reads=reads,
        estimate=found,
        sentence=estimates.sentence(found),
    )


@transaction.atomic
def stop(*, run: Run, by: AbstractBaseUser) -> Run:
    """Ask a run to save and stop. Raises Conflict where it has ended."""
    job = job_of(run=run)
    if job.ended:
        raise Conflict("This run has ended already.")
    jobs.request_stop(job=job)
    audit.record(study=run.study, actor=by, action="stopped a training run", subject=f"run/{run.pk}")
    announce(run=run)
    return run


@transaction.atomic
def put_first(*, run: Run, by: AbstractBaseUser) -> Run:
    """Have a run that waits trained before all others that wait. Raises Conflict where it does not wait."""
    if job_of(run=run).state != Job.State.QUEUED:
        raise Conflict("Only a run that waits can be put first.")
    first = selectors.queue().exclude(pk=run.pk).first()
    if first is not None and first.queued_at <= run.queued_at:
        run.queued_at = first.queued_at - timedelta(milliseconds=1)
        run.save(update_fields=["queued_at"])
    audit.record(study=run.study, actor=by, action="put a training run first", subject=f"run/{run.pk}")
    announce(run=run)
    return run


@transaction.atomic
def resume(*, run: Run, by: AbstractBaseUser) -> Run:
    """Queue a stopped or failed run again; it goes on from its checkpoint. Raises Conflict otherwise."""
    if run.away_since is not None:
        raise Conflict("This run trains on another machine: bring it back, or call it back, first.")
    job = job_of(run=run)
    if job.state not in {Job.State.CANCELLED, Job.State.FAILED}:
        raise Conflict("Only a run that was stopped or has failed can be resumed.")
    jobs.requeue(job=job)
    run.queued_at = timezone.now()
    run.save(update_fields=["queued_at"])
    audit.record(study=run.study, actor=by, action="resumed a training run", subject=f"run/{run.pk}")
    announce(run=run)
    return run


@transaction.atomic
def clone(*, run: Run, created_by: AbstractBaseUser) -> Run:
    """Launch a new run with the same configuration and data."""
    return launch(
        study=run.study,
        data_set=run.data_set,
        method=run.method,
        config=run.config,
        created_by=created_by,
        size=run.size,
        name=selectors.name_of_repeat(run=run, how="again"),
        cloned_from=run,
    )


def stream(*, run: Run) -> str:
    """Return the name of the run's stream."""
    return streams.stream_of(study=run.study, path=f"run/{run.pk}")


def announce(*, run: Run) -> None:
    """Tell those who watch where the run stands."""
    job = job_of(run=run)
    event = RunChanged(
        run=str(run.pk),
        state=job.state,  # type: ignore[arg-type]
        message=job.message or run.message,
        step=run.step,
        total_steps=run.total_steps,
        too_long=run.too_long,
        progress=job.progress,
        away_since=run.away_since,
        stopping=job.stopping,
    )
    streams.publish(stream=stream(run=run), event=event)


def job_of(*, run: Run) -> Job:
    """Return the run's job as it is now. Raises Conflict where it is gone."""
    if run.job is None:
        raise Conflict("This run's job is gone, so nothing can be done with it; clone the run instead.")
    run.job.refresh_from_db()
    return run.job


def _validated(*, method: str, config: dict[str, Any]) -> dict[str, Any]:
    try:
        return recipes.parse(config | {"method": method}).model_dump()
    except recipes.BadRecipe as error:
        raise Invalid(str(error), fields=error.fields) from error
