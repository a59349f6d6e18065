"""Tasks of elicitation."""

from celery import shared_task

from apps.elicitation.models import Export
from apps.elicitation.services import moments, piloting, previews, replies
from apps.elicitation.services.exports import making
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


@shared_task(name=moments.TASK)
def propose_moment(*, job_id: str) -> None:
    """Have a model say in what kind of moment a person's story was."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            moments.propose(job=job)


@shared_task(name="elicitation.export")
def export(*, job_id: str) -> None:
    """Write an export."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            making.make(export=Export.objects.select_related("study").get(pk=job.config["export"]), job=job)


@shared_task(name="elicitation.forget_previews", expires=600.0)
def forget_previews() -> None:
    """Remove previews that are a day old."""
    previews.forget()
