"""Counterfactuals and where they stand."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.models import selectors
from apps.models.domain import naming
from apps.models.domain.examples import PreferenceExample
from apps.models.models import Checkpoint, Counterfactual, Run
from apps.shared import selectors as shared
from apps.shared.errors import Missing
from apps.shared.models import Job, Study

MOST = 60
"""So many comparisons on which two checkpoints part are shown with their texts."""

STATES = ("training", "comparing", "compared", "failed")


@dataclass(frozen=True)
class Parted:
    """A comparison on which two checkpoints part, with its texts and what each target and each says of it."""

    example: PreferenceExample
    found: dict[str, Any]


def counterfactuals(*, study: Study) -> QuerySet[Counterfactual]:
    """Return a study's counterfactuals, newest first."""
    parts = [f"{run}__{part}" for run in ("first", "second", "floor") for part in ("job", "data_set")]
    return Counterfactual.objects.filter(study=study).select_related("job", "study", *parts)


def counterfactual(*, study: Study, counterfactual_id: UUID | str) -> Counterfactual:
    """Return one counterfactual of a study. Raises Missing."""
    found = counterfactuals(study=study).filter(pk=counterfactual_id).first()
    if found is None:
        raise Missing("There is no such counterfactual in this study.")
    return found


def runs_of(*, counterfactual: Counterfactual) -> list[Run]:
    """Return the two runs, and the repeated one where there is one."""
    every = (counterfactual.first, counterfactual.second, counterfactual.floor)
    return [run for run in every if run is not None]


def runs_shown(*, counterfactual: Counterfactual) -> list[Run]:
    """Return the same runs with what a list shows of them, read at once."""
    wanted = [run.pk for run in runs_of(counterfactual=counterfactual)]
    found = selectors.runs(study=counterfactual.study).in_bulk(wanted)
    return [found[pk] for pk in wanted]


def trained(*, counterfactual: Counterfactual) -> bool:
    """Say whether every run has a checkpoint."""
    wanted = [run.pk for run in runs_of(counterfactual=counterfactual)]
    return Checkpoint.objects.filter(run__in=wanted).values("run").distinct().count() == len(wanted)


def newest(*, run: Run) -> Checkpoint:
    """Return a run's newest checkpoint. Raises Missing."""
    found = Checkpoint.objects.filter(run=run).select_related("run").order_by("-step").first()
    if found is None:
        raise Missing("A run of this counterfactual has no checkpoint yet.")
    return found


def state(*, counterfactual: Counterfactual) -> str:
    """Return one of ``STATES``: what it waits for, or that there are figures."""
    job = counterfactual.job
    if job is not None and job.state in {Job.State.QUEUED, Job.State.RUNNING}:
        return "comparing"
    if job is not None and job.state in {Job.State.FAILED, Job.State.CANCELLED}:
        return "failed"
    return "compared" if counterfactual.figures is not None else "training"


def parted(*, counterfactual: Counterfactual) -> list[Parted]:
    """Return the comparisons on which the checkpoints part, the surest first, at most ``MOST``."""
    rows = (counterfactual.figures or {}).get("parted", [])[:MOST]
    wanted = {row["id"] for row in rows}
    held_out = selectors.examples(data_set=counterfactual.first.data_set, side="held_out")
    texts = {example.id: example for example in held_out if example.id in wanted} if wanted else {}
    names = shared.names(study=counterfactual.study) if texts else {}
    return [Parted(texts[row["id"]], naming.source(row, names)) for row in rows if row["id"] in texts]


def figures(*, counterfactual: Counterfactual) -> dict[str, Any] | None:
    """Return where the checkpoints part, with what its tables speak of by name; None until that is known."""
    if counterfactual.figures is None:
        return None
    return naming.figures(counterfactual.figures, shared.names(study=counterfactual.study))
