"""Work that the moral graph leaves to the worker."""

from celery import shared_task

from apps.moralgraph.services import analyses
from apps.shared.services import jobs


@shared_task(name=analyses.TASK)
def work_out(*, job_id: str) -> None:
    """Work out an answer that takes long."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            analyses.work_out(job=job)
