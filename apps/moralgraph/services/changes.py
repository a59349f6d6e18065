"""Tells those who watch a study's graph that it changed."""

from django.db.models import Count

from apps.moralgraph import selectors
from apps.moralgraph.events import GraphChanged
from apps.shared.models import Study
from apps.shared.services import streams


def announce(*, study: Study) -> None:
    """Publish how many votes and people the graph now rests on."""
    counts = selectors.live_votes(study=study).aggregate(
        votes=Count("pk"), participants=Count("participant_id", distinct=True)
    )
    stream = streams.stream_of(study=study, path="graph")
    streams.publish(stream=stream, event=GraphChanged(**counts))
