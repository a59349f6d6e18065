"""Launch, stop, resume and clone training runs, and tell those who watch."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from pydantic import ValidationError

from apps.models.domain import recipes
from apps.models.events import RunChanged
from apps.models.models import DataSet, Run
from apps.models.services import data_sets
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Job, Study
from apps.shared.services import audit, jobs, streams

TASK = "models.train"


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
    if data_set.study_id != study.pk or data_set.train_count < 2:
        raise Invalid("The data set has no pairs to train on.", fields={"data_set": ["Needs two pairs."]})
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
def launch_size(
    *,
    study: Study,
    data_set: DataSet,
    method: str,
    size: recipes.Size,
    created_by: AbstractBaseUser,
    name: str = "",
    seed: int = 0,
    limit: int | None = None,
) -> Run:
    """Launch a run of one of the sizes that a person chooses from."""
    config = recipes.recipe(size=size, seed=seed, limit=limit).model_dump()
    return launch(
        study=study,
        data_set=data_set,
        method=method,
        config=config,
        created_by=created_by,
        size=size,
        name=name,
    )


@transaction.atomic
def stop(*, run: Run, by: AbstractBaseUser) -> Run:
    """Ask a run to save and stop. Raises Conflict where it has ended."""
    job = _job(run=run)
    if job.ended:
        raise Conflict("This run has ended already.")
    jobs.request_stop(job=job)
    audit.record(study=run.study, actor=by, action="stopped a training run", subject=f"run/{run.pk}")
    announce(run=run)
    return run


@transaction.atomic
def resume(*, run: Run, by: AbstractBaseUser) -> Run:
    """Queue a stopped or failed run again; it goes on from its checkpoint. Raises Conflict otherwise."""
    job = _job(run=run)
    if job.state not in {Job.State.CANCELLED, Job.State.FAILED}:
        raise Conflict("Only a run that was stopped or has failed can be resumed.")
    jobs.requeue(job=job)
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
        name=f"{run.name[:140]}, again",
        cloned_from=run,
    )


def stream(*, run: Run) -> str:
    """Return the name of the run's stream."""
    return streams.stream_of(study=run.study, path=f"run/{run.pk}")


def announce(*, run: Run) -> None:
    """Tell those who watch where the run stands."""
    job = _job(run=run)
    event = RunChanged(
        run=str(run.pk),
        state=job.state,  # type: ignore[arg-type]
        message=job.message or run.message,
        step=run.step,
        total_steps=run.total_steps,
        too_long=run.too_long,
        progress=job.progress,
    )
    streams.publish(stream=stream(run=run), event=event)


def _job(*, run: Run) -> Job:
    """Return the run's job as it is now."""
    if run.job is None:
        raise Conflict("This run's job is gone, so nothing can be done with it; clone the run instead.")
    run.job.refresh_from_db()
    return run.job


def _validated(*, method: str, config: dict[str, Any]) -> dict[str, Any]:
    if method not in recipes.METHODS:
        raise Invalid(f"There is no method {method}.", fields={"method": ["Not a known method."]})
    try:
        return recipes.RewardConfig.model_validate(config).model_dump()
    except ValidationError as error:
        fields = {".".join(str(part) for part in item["loc"]): [item["msg"]] for item in error.errors()}
        raise Invalid("The configuration is not valid.", fields=fields) from error
