"""Work that audits leave to the worker."""

from celery import shared_task

from apps.discretion.models import Annotator, Import
from apps.discretion.services import fitting, judging, reading
from apps.shared.services import jobs


@shared_task(name="discretion.import")
def read_import(*, job_id: str) -> None:
    """Read a file of comparisons or verdicts."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            item = Import.objects.select_related("audit__study").get(pk=job.config["import"])
            reading.read(item=item, job=job)


@shared_task(name="discretion.judge")
def judge(*, job_id: str) -> None:
    """Let a checkpoint, a null annotator or a model behind a server judge."""
    _judge(job_id)


@shared_task(name="discretion.judge_with_weights")
def judge_with_weights(*, job_id: str) -> None:
    """Let a language model judge whose weights are loaded for it."""
    _judge(job_id)


def _judge(job_id: str) -> None:
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            annotator = Annotator.objects.select_related("audit__study").get(pk=job.config["annotator"])
            judging.judge(annotator=annotator, job=job)


@shared_task(name="discretion.fit_instant_model")
def fit_instant_model(*, job_id: str) -> None:
    """Fit an audit's instant reward model."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            fitting.fit(job=job)
