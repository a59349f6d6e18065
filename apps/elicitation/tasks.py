"""Tasks of elicitation."""

from celery import shared_task

from apps.elicitation.services import replies
from apps.shared.services import jobs


@shared_task(name="elicitation.reply")
def reply(*, job_id: str) -> None:
    """Write one reply of an interviewer."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            replies.write(job=job)
