"""Work that the moral graph leaves to the worker."""

from typing import Protocol

from celery import shared_task

from apps.moralgraph.services import analyses, context_search, graph_imports, graphs, tale_proposals
from apps.moralgraph.services.merging import finding, judging
from apps.shared.models import Job
from apps.shared.services import jobs


class _Work(Protocol):
    def __call__(self, *, job: Job) -> object: ...


def _hold(job_id: str, work: _Work) -> None:
    """Do a job's work unless another worker holds the job."""
    with jobs.hold(job_id=job_id) as job:
        if job is not None:
            work(job=job)


@shared_task(name=analyses.TASK)
def work_out(*, job_id: str) -> None:
    """Work out an answer that takes long."""
    _hold(job_id, analyses.work_out)


@shared_task(name=graphs.TASK)
def complete_snapshot(*, job_id: str) -> None:
    """Work out how sure the scores of a large snapshot are."""
    _hold(job_id, graphs.complete)


@shared_task(name=finding.TASK)
def find_merges(*, job_id: str) -> None:
    """Find which cards may say the same."""
    _hold(job_id, finding.find)


@shared_task(name=context_search.TASK)
def find_contexts(*, job_id: str) -> None:
    """Find which contexts may say the same."""
    _hold(job_id, context_search.find)


@shared_task(name=tale_proposals.TASK)
def propose_stories(*, job_id: str) -> None:
    """Have a language model write stories for pairs that lack them."""
    _hold(job_id, tale_proposals.propose)


@shared_task(name=tale_proposals.TASK_WITH_WEIGHTS)
def propose_stories_with_weights(*, job_id: str) -> None:
    """The same by a model whose weights are loaded for it."""
    _hold(job_id, tale_proposals.propose)


@shared_task(name=judging.TASK_WITH_WEIGHTS)
def judge_merges_with_weights(*, job_id: str) -> None:
    """Ask a language model about pairs that may be the same, whose weights are loaded for it."""
    _hold(job_id, judging.judge)


@shared_task(name=judging.TASK)
def judge_merges(*, job_id: str) -> None:
    """Ask a language model about pairs that may be the same."""
    _hold(job_id, judging.judge)


@shared_task(name=graph_imports.TASK)
def import_graph(*, job_id: str) -> None:
    """Bring the files of another graph in, or look at them."""
    _hold(job_id, graph_imports.read)
