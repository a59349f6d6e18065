"""Have a checkpoint measured: on its held-out pairs, beside its base, and on control pairs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.models import selectors
from apps.models.domain import splits
from apps.models.domain.handover import figures
from apps.models.models import Checkpoint, DataSet
from apps.models.services import checkpoints, processes
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Job
from apps.shared.services import audit, jobs

TASK = "models.measure"
MOST_CONTROLS = 400
OWN_CONTROLS = "the project's own control pairs"


@transaction.atomic
def begin(*, checkpoint: Checkpoint, control: DataSet | None, by: AbstractBaseUser) -> Job:
    """Queue the measuring of a checkpoint, with another data set as control where one is given.

    Raises Invalid where that is the one it was trained on.
    """
    if control is not None and control.pk == checkpoint.run.data_set_id:
        sentence = "This checkpoint was trained on these pairs: choose others, or the project's own."
        raise Invalid(sentence, fields={"control": [sentence]})
    study = checkpoint.run.study
    subject = f"checkpoint/{checkpoint.pk}"
    audit.record(study=study, actor=by, action="measured a checkpoint", subject=subject)
    config = {"checkpoint": str(checkpoint.pk), "control": str(control.pk) if control else None}
    return jobs.enqueue(study=study, task=TASK, subject=subject, config=config, created_by=by)


def work(*, job: Job) -> None:
    """Measure the checkpoint of a job. Raises Missing and Conflict."""
    checkpoint = selectors.checkpoint(study=job.study, checkpoint_id=job.config["checkpoint"])
    chosen = job.config["control"]
    control = selectors.data_set(study=job.study, data_set_id=chosen) if chosen else None
    jobs.report(job=job, progress=0.1, message="Judging held-out pairs and control pairs.")
    measure(checkpoint=checkpoint, control=control, tick=lambda: jobs.stop_requested(job=job))


def measure(*, checkpoint: Checkpoint, tick: Callable[[], bool], control: DataSet | None = None) -> None:
    """Run every suite in a process of its own and record what each found.

    Raises Conflict where the process ends without figures.
    """
    run = checkpoint.run
    with processes.folder_for(work="measuring") as folder:
        out = folder / "figures.json"
        arguments = {
            "--model": checkpoint.folder,
            "--pairs": run.folder / "held_out.jsonl",
            "--trained-on": run.folder / "train.jsonl",
            "--out": out,
        }
        if control is not None:
            arguments["--control"] = _written(control, checkpoint, folder)
        code = processes.watch(
            module="apps.models.evaluation",
            arguments=["suites", *(str(part) for pair in arguments.items() for part in pair)],
            log=run.folder / "log.txt",
            tick=tick,
            threads=run.config.get("threads", 1),
        )
        if not out.is_file():
            raise Conflict(f"The measuring ended with code {code}; the run's log says why.")
        _record(checkpoint, json.loads(out.read_text()), control)


def take_in(*, checkpoint: Checkpoint) -> bool:
    """Record what the machine that trained a checkpoint measured; return whether it did."""
    path = checkpoint.run.folder / "figures.json"
    if not path.is_file():
        return False
    sha256, found = figures.read(path.read_text("utf-8"))
    if sha256 != checkpoint.hash:
        return False
    _record(checkpoint, found, None)
    return True


def _written(control: DataSet, checkpoint: Checkpoint, folder: Path) -> Path:
    """Write the control pairs to a file, without any that the checkpoint was trained on."""
    known = {example.id for example in selectors.examples(data_set=checkpoint.run.data_set, side="train")}
    others = [
        example
        for side in ("train", "held_out")
        for example in selectors.examples(data_set=control, side=side)
        if example.id not in known
    ]
    path = folder / "control.jsonl"
    kept = splits.sample(others, limit=MOST_CONTROLS, seed=0)
    path.write_text("".join(example.to_json() + "\n" for example in kept), encoding="utf-8")
    return path


@transaction.atomic
def _record(checkpoint: Checkpoint, found: dict[str, Any], control: DataSet | None) -> None:
    set_of = {
        "set": control.name if control else OWN_CONTROLS,
        "data_set": str(control.pk) if control else None,
    }
    if checkpoint.run.data_set.held_out_count:
        checkpoints.record_figures(checkpoint_id=checkpoint.pk, suite="held_out", figures=found["held_out"])
    checkpoints.record_figures(
        checkpoint_id=checkpoint.pk, suite="control", figures=found["control"] | set_of
    )
