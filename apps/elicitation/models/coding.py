"""What researchers note on transcripts, and what a pilot with simulated people showed."""

from django.conf import settings
from django.db import models

from apps.elicitation.models.interviews import Turn


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
    """One walk of simulated participants through a study. Personal data: the account of who began it."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="pilot_runs")
    personas = models.JSONField(default=list, help_text="Which simulated people, in which language.")
    report = models.JSONField(default=dict, help_text="Minutes, turns, cost, failures, linter's findings.")
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
