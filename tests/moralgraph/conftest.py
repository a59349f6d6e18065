"""Small graphs that many tests start from."""

import uuid
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from apps.moralgraph.models import Context, Value, Vote
from apps.shared.models import Study
from tests.factories.moralgraph import ContextFactory, ValueFactory, VoteFactory, step


@dataclass
class World:
    """A study of three values, "High" above "Middle" above "Low", in two contexts."""

    study: Study
    low: Value
    middle: Value
    high: Value
    first: Context
    second: Context
    votes: list[Vote]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Let no test read what another one ranked."""
    cache.clear()


@pytest.fixture
def world(study: Study) -> World:
    """Return a graph of two contexts with five voters; what they say in the second closes a circle."""
    low, middle, high = (ValueFactory(study=study, title=title) for title in ("Low", "Middle", "High"))
    first, second = ContextFactory(study=study), ContextFactory(study=study)
    steps = step(low, middle), step(middle, high), step(low, high)
    votes = []
    for number in range(5):
        person = uuid.UUID(int=number)
        votes += [
            VoteFactory.build(
                transition=steps[0], context=first, participant_id=person, reason=f"Reason {number}"
            ),
            VoteFactory.build(transition=steps[1], context=first, participant_id=person),
            VoteFactory.build(transition=steps[2], context=second, participant_id=person, answer="not_wiser"),
        ]
    # At one stroke: many tests begin here.
    return World(study, low, middle, high, first, second, Vote.objects.bulk_create(votes))
