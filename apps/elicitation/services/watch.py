"""Telling the live room how a participant stands, as it changes."""

import datetime
import threading
import uuid

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.events import RoomParticipant
from apps.elicitation.models import Participant
from apps.shared.models import Study
from apps.shared.services import streams

SEEN_EVERY = datetime.timedelta(seconds=15)


class _Changed:
    """Who changed since the room was told last; told together, so that nobody's reply waits for the room."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._people: dict[int, set[uuid.UUID]] = {}

    def add(self, *, study_id: int, participant_id: uuid.UUID) -> None:
        """Note a change, and tell it soon together with those that follow."""
        with self._lock:
            first = not self._people
            self._people.setdefault(study_id, set()).add(participant_id)
        if not settings.ROOM_SECONDS:
            self.tell()
        elif first:
            timer = threading.Timer(settings.ROOM_SECONDS, self._tell_alone)
            timer.daemon = True
            timer.start()

    def tell(self) -> None:
        """Tell what has changed until now."""
        with self._lock:
            people, self._people = self._people, {}
        for study in Study.objects.filter(pk__in=people):
            ids = people[study.pk]
            rows = selectors.room_rows(study=study, participant_ids=ids, limit=len(ids))
            stream = streams.stream_of(study=study, path="room")
            streams.publish_all(stream=stream, events=[RoomParticipant(**row) for row in rows])

    def _tell_alone(self) -> None:
        try:
            self.tell()
        finally:
            connection.close()


_changed = _Changed()


def tell(*, participant: Participant) -> None:
    """Tell those who watch the room how this participant stands, soon after the change is committed."""
    study_id, pk = participant.study_id, participant.pk
    transaction.on_commit(lambda: _changed.add(study_id=study_id, participant_id=pk))


def see(*, participant: Participant) -> None:
    """Note that a participant's page is open; written at most every 15 seconds."""
    now = timezone.now()
    stale = Q(last_seen_at__isnull=True) | Q(last_seen_at__lt=now - SEEN_EVERY)
    if Participant.objects.filter(stale, pk=participant.pk).update(last_seen_at=now):
        tell(participant=participant)
