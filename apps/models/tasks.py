"""Tasks of this app."""

from celery import shared_task

from apps.models.services import trainer
from apps.shared.services import jobs


@shared_task(name="models.train")
def train(job_id: str) -> None:
    """Train a run."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            trainer.train(job=job)
