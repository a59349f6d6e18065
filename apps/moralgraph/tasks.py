"""Work that the moral graph leaves to the worker."""

from celery import shared_task

from apps.moralgraph.services import analyses, context_search, graphs, tale_proposals
from apps.moralgraph.services.merging import finding, judging
from apps.shared.services import jobs


@shared_task(name=analyses.TASK)
def work_out(*, job_id: str) -> None:
    """Work out an answer that takes long."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            analyses.work_out(job=job)


@shared_task(name=graphs.TASK)
def complete_snapshot(*, job_id: str) -> None:
    """Work out how sure the scores of a large snapshot are."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            graphs.complete(job=job)


@shared_task(name=finding.TASK)
def find_merges(*, job_id: str) -> None:
    """Find which cards may say the same."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            finding.find(job=job)


@shared_task(name=context_search.TASK)
def find_contexts(*, job_id: str) -> None:
    """Find which contexts may say the same."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            context_search.find(job=job)


@shared_task(name=tale_proposals.TASK)
def propose_stories(*, job_id: str) -> None:
    """Have a language model write stories for pairs that lack them."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            tale_proposals.propose(job=job)


@shared_task(name=judging.TASK)
def judge_merges(*, job_id: str) -> None:
    """Ask a language model about pairs that may be the same."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            judging.judge(job=job)
