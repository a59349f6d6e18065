"""Reads of instant reward models."""

from typing import Any

from apps.discretion.models import Audit, InstantModel
from apps.shared import selectors as shared
from apps.shared.models import Study
from apps.shared.services import streams

STREAM = "instant-models"


def instant_models(*, study: Study) -> dict[str, Any]:
    """Return a study's instant models and the audits without one; the event's number is read first."""
    seq = shared.last_seq(stream=streams.stream_of(study=study, path=STREAM))
    kept = InstantModel.objects.filter(audit__study=study).select_related("audit", "job")
    without = Audit.objects.filter(study=study, instant_model__isnull=True)
    return {"kept": list(kept), "without": list(without), "seq": seq}
