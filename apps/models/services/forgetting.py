"""Forget what was told while runs were watched: their points, alerts and answers are kept elsewhere."""

from datetime import timedelta

from django.utils import timezone

from apps.models.models import Run
from apps.models.services import runs
from apps.shared.services import streams

KEPT = timedelta(days=1)
"""Who comes back later than so long after a run's end reads its page anew anyway."""
STREAMS_AT_ONCE = 400


def forget_events() -> int:
    """Delete the events of runs that ended a day ago, and of their jobs; return how many."""
    ended = Run.objects.filter(job__finished_at__lt=timezone.now() - KEPT).select_related("study")
    names = [
        name
        for run in ended
        for name in (
            runs.stream(run=run),
            streams.stream_of(study=run.study, path=f"job/{run.job_id}"),
        )
    ]
    batches = (names[at : at + STREAMS_AT_ONCE] for at in range(0, len(names), STREAMS_AT_ONCE))
    return sum(streams.forget(names=batch) for batch in batches)
