"""Tasks of elicitation."""

from celery import shared_task

from apps.elicitation.services import piloting, previews, replies
from apps.shared.services import jobs


@shared_task(name="elicitation.reply")
def reply(*, job_id: str) -> None:
    """Write one reply of an interviewer."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            replies.write(job=job)


@shared_task(name="elicitation.pilot")
def pilot(*, job_id: str) -> None:
    """Let simulated participants walk through a study."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            piloting.walk(job=job)


@shared_task(name="elicitation.forget_previews", expires=600.0)
def forget_previews() -> None:
    """Remove previews that are a day old."""
    previews.forget()
