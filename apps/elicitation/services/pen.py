"""Writing a reply where people can watch it: frames to the store, the text to the database each second."""

import time

from apps.elicitation.domain.interview import TurnState
from apps.elicitation.models import Turn
from apps.elicitation.services import frames
from apps.shared.models import Job
from apps.shared.services import jobs

FRAME_SECONDS = 0.05
SAVE_SECONDS = 1.0


class Pen:
    """Holds the text of one reply while it grows.

    A worker that lost its lease finds out when it saves (``jobs.LeaseLost``) and writes no more.
    """

    def __init__(self, *, turn: Turn, job: Job) -> None:
        self.turn, self.job = turn, job
        self.attempt, self.text = turn.attempt, ""
        self._told, self._framed, self._saved = "", 0.0, time.monotonic()

    def take_up(self, *, text: str) -> None:
        """Go on from a text that pages already have."""
        self.text = self._told = text

    def restart(self) -> None:
        """Begin the reply once more; pages replace what they have."""
        self.attempt += 1
        self.text = self._told = ""
        self.save()

    def show(self, text: str) -> None:
        """Let the reply grow to this text."""
        if len(text) <= len(self.text):
            return
        self.text = text
        now = time.monotonic()
        if now - self._framed >= FRAME_SECONDS:
            self.flush()
            self._framed = now
        if now - self._saved >= SAVE_SECONDS:
            self.save()

    def flush(self) -> None:
        """Tell what is not told yet."""
        if self.text != self._told:
            frames.put(
                interview_id=self.turn.interview_id,
                position=self.turn.position,
                attempt=self.attempt,
                text=self.text,
                told=self._told,
            )
            self._told = self.text

    def save(self) -> None:
        """Keep the text so far in the database, if the reply is still ours to write."""
        jobs.renew(job_id=str(self.job.pk), owner=self.job.lease_owner)
        living = Turn.objects.filter(pk=self.turn.pk, interview__participant__withdrawn_at__isnull=True)
        living.exclude(state=TurnState.COMPLETE).update(
            text=self.text, attempt=self.attempt, state=TurnState.WRITING
        )
        self._saved = time.monotonic()
