"""Small graphs that many tests start from."""

import uuid
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from apps.moralgraph.models import Context, Value, Vote
from apps.shared.models import Study
from tests.factories.moralgraph import ContextFactory, ValueFactory, vote


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
    votes = []
    for number in range(5):
        person = uuid.UUID(int=number)
        votes.append(vote(low, middle, first, participant_id=person, reason=f"Reason {number}"))
        votes.append(vote(middle, high, first, participant_id=person))
        votes.append(vote(low, high, second, participant_id=person, answer="not_wiser"))
    return World(study, low, middle, high, first, second, votes)
