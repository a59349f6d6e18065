"""Runs that train on a machine that is none of ours: let them go, hand their files out, call them back."""

import dataclasses
from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from apps.models.domain import handover, recipes
from apps.models.domain.handover import Origin
from apps.models.domain.weights import fingerprint
from apps.models.models import DataSet, LanguageModel, Run
from apps.models.selectors import packages
from apps.models.services import checking, data_sets, runs
from apps.shared.downloads import Packed
from apps.shared.errors import Conflict
from apps.shared.models import Study
from apps.shared.services import audit, jobs

AWAY = "It trains on another machine."


def launch(
    *,
    study: Study,
    data_set: DataSet,
    choice: recipes.Choice,
    created_by: AbstractBaseUser,
    name: str = "",
    cloned_from: Run | None = None,
) -> Run:
    """Make a run that another machine trains. Raises Invalid and Conflict."""
    config = runs.configuration(study=study, choice=choice)
    # Reading the weights takes long for a large model: no transaction waits for it.
    origins = _origins(study=study, config=recipes.parse(config))
    with transaction.atomic():
        run = runs.launch_choice(
            study=study,
            data_set=data_set,
            choice=choice,
            created_by=created_by,
            name=name,
            cloned_from=cloned_from,
        )
        return _send(run=run, origins=origins, by=created_by)


def send_away(*, run: Run, by: AbstractBaseUser) -> Run:
    """Let another machine train a run that waits, was stopped or has failed. Raises Conflict."""
    return _send(run=run, origins=_origins(study=run.study, config=recipes.parse(run.config)), by=by)


@transaction.atomic
def _send(*, run: Run, origins: dict[str, Origin], by: AbstractBaseUser) -> Run:
    run = locked(run=run)
    if run.away_since is not None:
        raise Conflict("This run trains on another machine already.")
    if not jobs.set_aside(job=runs.job_of(run=run), message=AWAY):
        raise Conflict("Only a run that waits, was stopped or has failed can train elsewhere: stop it first.")
    run.away_since = timezone.now()
    run.elsewhere = {"origins": {place: dataclasses.asdict(origin) for place, origin in origins.items()}}
    run.save(update_fields=["away_since", "elsewhere"])
    audit.record(study=run.study, actor=by, action="let a run train elsewhere", subject=f"run/{run.pk}")
    runs.announce(run=run)
    return run


def _origins(*, study: Study, config: recipes.TrainingConfig) -> dict[str, Origin]:
    """Return what a run starts from, as another machine can know it. Raises Conflict."""
    found = {}
    for place, folder in handover.places(config).items():
        its = fingerprint(folder)
        if not its:
            raise Conflict(f"There are no weights in {folder} by which another machine could know them.")
        found[place] = Origin(_called(study=study, folder=folder), its)
    return found


def _called(*, study: Study, folder: str) -> str:
    """Return what a person needs to find the same weights elsewhere."""
    rows = LanguageModel.objects.filter(study=study, source=LanguageModel.Source.HUB)
    for row in rows:
        if str(checking.folder_of(language_model=row)) == folder:
            return f"{row.address} (revision {row.facts.get('revision', 'main')})"
    return folder


def hand_out(*, run: Run, by: AbstractBaseUser) -> Iterator[Packed]:
    """Return the files that another machine needs. Raises Conflict where the run does not train elsewhere."""
    must_be_away(run=run)
    data_sets.verify(data_set=run.data_set)
    subject, people = f"run/{run.pk}", run.data_set.withdrawals
    audit.record(
        study=run.study, actor=by, action="downloaded a run to train elsewhere", subject=subject,
        detail={"withdrawals": people},
    )  # fmt: skip
    return packages.to_train(run=run)


def download_whole(*, run: Run, by: AbstractBaseUser) -> Iterator[Packed]:
    """Return everything in a run's folder. Raises Conflict while it trains, or where there is nothing yet."""
    if not runs.job_of(run=run).ended or not run.folder.is_dir():
        raise Conflict("There is nothing to download yet: wait until the run has ended, or stop it.")
    audit.record(study=run.study, actor=by, action="downloaded a run's folder", subject=f"run/{run.pk}")
    return packages.whole(run=run)


@transaction.atomic
def call_back(*, run: Run, by: AbstractBaseUser) -> Run:
    """Wait no longer for another machine: the run can be resumed as it stood here. Raises Conflict."""
    run = locked(run=run)
    must_be_away(run=run)
    run.away_since, run.elsewhere = None, {}
    run.save(update_fields=["away_since", "elsewhere"])
    jobs.set_aside(job=runs.job_of(run=run), message=stopped(run=run))
    audit.record(study=run.study, actor=by, action="called a run back", subject=f"run/{run.pk}")
    runs.announce(run=run)
    return run


def locked(*, run: Run) -> Run:
    """Return a run as it is now; nobody else moves it until the transaction ends."""
    return (
        Run.objects.select_for_update(of=("self",)).select_related("study", "job", "data_set").get(pk=run.pk)
    )


def must_be_away(*, run: Run) -> None:
    """Refuse what is done with runs that train elsewhere alone. Raises Conflict."""
    if run.away_since is None:
        raise Conflict("This run does not train on another machine.")


def stopped(*, run: Run) -> str:
    """Return the sentence of a run that stands where it was stopped."""
    return f"Stopped at step {run.step}; it can be resumed." if run.step else "Stopped before it began."
