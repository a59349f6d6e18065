"""What researchers note on transcripts, and what a pilot with simulated people showed."""

from django.conf import settings
from django.db import models

from apps.elicitation.models.interviews import Turn
from apps.elicitation.models.participants import Participant
from apps.elicitation.models.studies import ProtocolVersion


class Code(models.Model):
    """A name that researchers give to passages of transcripts."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="codes")
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=500, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["study", "name"], name="one_code_a_name")]

    def __str__(self) -> str:
        return self.name


class Passage(models.Model):
    """A passage of a turn with a code, a memo, or both; deleted with the words on withdrawal.

    Personal data: the memo may speak of a person; the account of who wrote it.
    """

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField(help_text="First character, counted from 0.")
    end = models.PositiveIntegerField(help_text="One past the last character.")
    code = models.ForeignKey(Code, null=True, blank=True, on_delete=models.PROTECT, related_name="passages")
    memo = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["turn", "start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="a_passage_has_length"
            ),
            models.CheckConstraint(
                condition=models.Q(code__isnull=False) | ~models.Q(memo=""), name="a_passage_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"passage {self.pk} of turn {self.turn_id}"


class PilotRun(models.Model):
    """Simulated participants who walk through a study. Personal data: the account of who began it."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="pilot_runs")
    version = models.ForeignKey(
        ProtocolVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="pilot_runs",
        help_text="What was piloted: an opened version, or the draft as it was then, with the number 0.",
    )  # fmt: skip
    revision = models.PositiveIntegerField(null=True, blank=True, help_text="Of the draft that was piloted.")
    voice = models.CharField(max_length=10, default="written", help_text="Who answers: written, or model.")
    seed = models.PositiveIntegerField(default=0)
    checks = models.JSONField(default=dict, help_text="What was looked at before and after, by participant.")
    job_id = models.UUIDField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"pilot run {self.pk}"


class PilotWalk(models.Model):
    """One simulated participant of a pilot: who walks, how far they are, and what the walk was like.

    The record is written once, at the end; a walk that was interrupted begins anew, as somebody else.
    """

    class State(models.TextChoices):
        """Where a walk stands."""

        WAITING = "waiting"
        WALKING = "walking"
        ARRIVED = "arrived"
        FAILED = "failed"

    run = models.ForeignKey(PilotRun, on_delete=models.CASCADE, related_name="walks")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=0, help_text="The job's attempt that walks.")
    participant = models.OneToOneField(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="pilot_walk"
    )
    record = models.JSONField(default=dict)

    class Meta:
        ordering = ["run", "place"]
        constraints = [models.UniqueConstraint(fields=["run", "place"], name="one_walk_a_place")]

    def __str__(self) -> str:
        return f"walk {self.place} of pilot {self.run_id}"
