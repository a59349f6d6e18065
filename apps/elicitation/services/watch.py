"""Telling the live room how a participant stands, as it changes."""

import datetime
import threading
import uuid
from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.events import RoomParticipant, RoomStep, RoomSteps
from apps.elicitation.models import Participant
from apps.shared.events import Event
from apps.shared.models import Study
from apps.shared.services import streams

SEEN_EVERY = datetime.timedelta(seconds=15)


class _Soon:
    """Gathers what changed and tells it together after a while, so that nobody's reply waits for the room."""

    def __init__(self, *, setting: str, tell: Callable[[Study, set[uuid.UUID]], None]) -> None:
        self._setting, self._tell = setting, tell
        self._lock = threading.Lock()
        self._people: dict[int, set[uuid.UUID]] = {}

    def add(self, *, study_id: int, participant_id: uuid.UUID) -> None:
        """Note a change, and tell it soon together with those that follow."""
        seconds = getattr(settings, self._setting)
        with self._lock:
            first = not self._people
            self._people.setdefault(study_id, set()).add(participant_id)
        if not seconds:
            self.tell()
        elif first:
            timer = threading.Timer(seconds, self._tell_alone)
            timer.daemon = True
            timer.start()

    def tell(self) -> None:
        """Tell what has changed until now."""
        with self._lock:
            people, self._people = self._people, {}
        for study in Study.objects.filter(pk__in=people):
            self._tell(study, people[study.pk])

    def _tell_alone(self) -> None:
        try:
            self.tell()
        finally:
            connection.close()


def _tell_people(study: Study, ids: set[uuid.UUID]) -> None:
    rows = selectors.room_rows(study=study, participant_ids=ids, limit=len(ids))
    _publish(study, [RoomParticipant(**row) for row in rows])


def _tell_steps(study: Study, _ids: set[uuid.UUID]) -> None:
    steps = [RoomStep(**row) for row in selectors.room_steps(study=study)]
    _publish(study, [RoomSteps(steps=steps)])


def _publish(study: Study, events: Sequence[Event]) -> None:
    streams.publish_all(stream=streams.stream_of(study=study, path="room"), events=events)


_changed = _Soon(setting="ROOM_SECONDS", tell=_tell_people)
_moved = _Soon(setting="ROOM_STEPS_SECONDS", tell=_tell_steps)


def tell(*, participant: Participant, moved: bool = False) -> None:
    """Tell those who watch the room how this participant stands, soon after the change is committed.

    ``moved``: they went to another step, so that how far people come changed as well.
    """
    study_id, pk = participant.study_id, participant.pk
    transaction.on_commit(lambda: _changed.add(study_id=study_id, participant_id=pk))
    if moved:
        transaction.on_commit(lambda: _moved.add(study_id=study_id, participant_id=pk))


def see(*, participant: Participant) -> None:
    """Note that a participant's page is open; written at most every 15 seconds."""
    now = timezone.now()
    stale = Q(last_seen_at__isnull=True) | Q(last_seen_at__lt=now - SEEN_EVERY)
    if Participant.objects.filter(stale, pk=participant.pk).update(last_seen_at=now):
        tell(participant=participant)
