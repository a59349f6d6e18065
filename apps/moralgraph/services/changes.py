"""Tells those who watch a study's graph that it changed."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import Count

from apps.moralgraph import selectors
from apps.moralgraph.events import GraphChanged
from apps.shared.models import Study
from apps.shared.services import streams


def announce(*, study: Study) -> None:
    """Publish how many votes and people the graph now rests on, all of them counted."""
    streams.publish(stream=_stream(study), event=counts(study=study))


def counts(*, study: Study) -> GraphChanged:
    """Count how many votes and people the graph rests on."""
    found = selectors.live_votes(study=study).aggregate(
        votes=Count("pk"), participants=Count("participant_id", distinct=True)
    )
    return GraphChanged(**found)


@transaction.atomic
def announce_of(
    *,
    study: Study,
    participant_id: uuid.UUID,
    cast: Collection[int] = (),
    undone: Collection[int] = (),
) -> None:
    """Publish the same where nothing changed but that one person cast some votes and undid others.

    Only that person's votes are counted, as they are and as they were, and added to what was told last: in a
    large study counting everybody's takes a hundred times as long as keeping a vote.
    """
    stream = _stream(study)
    told = streams.last_event(stream=stream, kind=GraphChanged.kind)
    if told is None:
        announce(study=study)
        return
    before, after = selectors.votes_of_before_and_after(
        study=study, participant_id=participant_id, cast=cast, undone=undone
    )
    votes = told["votes"] + after - before
    people = told["participants"] + (after > 0) - (before > 0)
    streams.publish(stream=stream, event=GraphChanged(votes=votes, participants=people))


def _stream(study: Study) -> str:
    return streams.stream_of(study=study, path="graph")
