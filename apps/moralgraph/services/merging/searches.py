"""One job for each state of what is compared, whoever asks for it."""

from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from apps.shared.models import Job, Study
from apps.shared.services import jobs

_LIVE = (Job.State.QUEUED, Job.State.RUNNING)


@dataclass(frozen=True)
class Search:
    """Whether all was compared as it is now, or the job that does it and why it failed."""

    state: Literal["ready", "computing", "failed"]
    job: str | None = None
    message: str = ""


@transaction.atomic
def ensure(*, study: Study, task: str, kind: str, name: str, again: bool) -> Search:
    """Have a job compare what has the fingerprint ``name``; ``again`` begins one more after a failure."""
    # The study's row is the lock: two people who look at once get one job.
    Study.objects.select_for_update().get(pk=study.pk)
    subject = f"{kind}/{name[:24]}"
    job = Job.objects.filter(study=study, task=task, subject=subject).order_by("-queued_at").first()
    if job is not None and job.state == Job.State.SUCCEEDED:
        return Search("ready")
    ended = job is not None and job.state not in _LIVE
    if job is not None and ended and not again:
        return Search("failed", job=str(job.pk), message=job.message)
    if job is None or ended:
        job = jobs.enqueue(study=study, task=task, subject=subject, data_hash=name)
    return Search("computing", job=str(job.pk))
