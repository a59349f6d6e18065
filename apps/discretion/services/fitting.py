"""Fit an audit's instant model from the verdicts of those who may be heard, until no new ones have come."""

import time
from typing import Any

from apps.discretion.models import InstantModel
from apps.discretion.services import data_sets, instant_models
from apps.discretion.services.targeting import Asked
from apps.models.services import instant
from apps.shared.errors import TouchstoneError
from apps.shared.models import Job
from apps.shared.services import jobs

SETTLE_SECONDS = 0.5
"""How long a fit waits for more verdicts before it goes round once more."""


def fit(*, job: Job) -> None:
    """Fit the instant model of a job, again while verdicts arrive; nothing where it was dropped."""
    rows = InstantModel.objects.select_related("audit__study")
    row = rows.filter(pk=job.config["instant_model"]).first()
    while row is not None and not jobs.stop_requested(job=job):
        if not instant_models.note(row=row, wanted=row.wanted, found=_found(row, job)):
            return
        time.sleep(SETTLE_SECONDS)
        row = rows.filter(pk=row.pk).first()


def _found(row: InstantModel, job: Job) -> dict[str, Any]:
    """Return what a fit found; a sentence where nothing could be fitted, and then no older figures."""
    began = time.monotonic()
    try:
        examples, rule = data_sets.examples_now(audit=row.audit, asked=Asked(**row.asked))
        fitted = instant.fit(study=row.audit.study, examples=examples, job=job)
    except TouchstoneError as error:
        nothing = {"train_count": 0, "held_out_count": 0, "left_out": {}, "read": 0, "rule": {}}
        return nothing | {"figures": None, "message": str(error)[:300], "seconds": 0.0}
    return {
        "figures": fitted.figures,
        "train_count": fitted.train_count,
        "held_out_count": fitted.held_out_count,
        "left_out": fitted.left_out,
        "read": fitted.read,
        "rule": rule,
        "message": "",
        "seconds": round(time.monotonic() - began, 3),
    }
