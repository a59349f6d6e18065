"""How often one address may try: bounded for each thing and address, never a reason to shut people out."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from apps.elicitation.models import Participant
from apps.elicitation.services import limits, participants
from tests.factories.elicitation import AGREED, ProtocolFactory

SOMEBODY, NEIGHBOUR = "10.0.0.1", "10.0.0.2"


def _count(*, what: str = "return", address: str = SOMEBODY, at_most: int = 3) -> None:
    limits.count(what=what, address=address, at_most=at_most)


def test_so_many_tries_pass_and_the_next_is_told_to_wait() -> None:
    for _ in range(3):
        _count()

    with pytest.raises(limits.TooOften, match="ten minutes") as refused:
        _count()

    assert (refused.value.status, refused.value.code) == (429, "too_often")


def test_another_address_and_another_thing_are_counted_apart() -> None:
    for _ in range(3):
        _count()

    _count(address=NEIGHBOUR)
    _count(what="enrol")
    with pytest.raises(limits.TooOften):
        _count()


def test_no_address_is_kept() -> None:
    _count()

    kept = cache._cache  # What the in-memory cache holds.
    assert kept
    assert SOMEBODY not in str(kept)


@pytest.mark.django_db
def test_a_script_that_enrols_without_end_is_stopped_and_a_neighbour_is_not() -> None:
    version = ProtocolFactory().current
    for _ in range(limits.ENROLMENTS):
        _count(what=f"enrol:{version.study_id}", at_most=limits.ENROLMENTS)

    with pytest.raises(limits.TooOften):
        participants.enrol(version=version, ticks=AGREED, address=SOMEBODY)
    with pytest.raises(limits.TooOften):
        participants.note_ineligible(version=version, address=SOMEBODY)
    assert not Participant.objects.exists()

    participants.enrol(version=version, ticks=AGREED, address=NEIGHBOUR)
    assert Participant.objects.count() == 1


def test_a_store_that_is_down_stops_nobody(settings: Any, tmp_path: Path) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"unix://{tmp_path}/nobody-listens",
        }
    }

    for _ in range(5):
        _count()
