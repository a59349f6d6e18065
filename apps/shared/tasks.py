"""Tasks of the ground floor."""

from celery import shared_task

from apps.shared.services import jobs


@shared_task(name="shared.reap", expires=2.0)
def reap() -> None:
    """Give the jobs of dead workers back to the queue."""
    jobs.reap()
