"""Tasks of this app."""

from celery import shared_task

from apps.models import selectors
from apps.models.models import LanguageModel
from apps.models.services import checking, counterfactuals, forgetting, measuring, trainer
from apps.shared.services import jobs


@shared_task(name="models.train")
def train(job_id: str) -> None:
    """Train the run that is next, which need not be the one whose message this is."""
    for turn in selectors.turns(job_id=job_id):
        with jobs.hold(job_id=turn) as job:
            if job is not None:
                trainer.train(job=job)
                return


@shared_task(name="models.check_language_model")
def check_language_model(job_id: str) -> None:
    """Check a language model that somebody registered."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            row = LanguageModel.objects.select_related("study", "checkpoint__run").get(
                pk=job.config["language_model"]
            )
            checking.check(language_model=row, job=job)


@shared_task(name=measuring.TASK)
def measure(job_id: str) -> None:
    """Measure a checkpoint."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            measuring.work(job=job)


@shared_task(name=counterfactuals.TASK)
def compare_targets(job_id: str) -> None:
    """Find where two checkpoints part."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            counterfactuals.compare(job=job)


@shared_task(name="models.forget_events", expires=600.0)
def forget_events() -> None:
    """Delete what nobody will be told any more about runs that ended."""
    forgetting.forget_events()
