"""Acts of judging: what a person said in one go, and under which guideline and protocol."""

import uuid

from django.db import models
from django.db.models import Q


class Act(models.Model):
    """One act of judging by a person; rows are never deleted, taking back marks them.

    The id is chosen by the sender, so that what is sent twice is kept once. A first judgement is also
    written as verdicts, which the measures read; a repeat with the sides changed and a probe are not.
    """

    class Kind(models.TextChoices):
        """What was judged."""

        FIRST = "first"
        REPEAT = "repeat"
        PROBE = "probe"

    class Why(models.TextChoices):
        """Why somebody could not tell, or put a pair aside."""

        NOT_ENOUGH_CONTEXT = "not_enough_context"
        PRINCIPLES_CLASH = "principles_clash"
        OUTSIDE_EXPERIENCE = "outside_experience"
        TOO_DISTRESSING = "too_distressing"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    annotator = models.ForeignKey("discretion.Annotator", on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.FIRST)
    comparison = models.ForeignKey(
        "discretion.Comparison", null=True, blank=True, on_delete=models.CASCADE, related_name="acts"
    )
    probe = models.ForeignKey(
        "discretion.Probe", null=True, blank=True, on_delete=models.CASCADE, related_name="acts"
    )
    assignment = models.ForeignKey(
        "discretion.Assignment", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    order = models.CharField(max_length=2, help_text="Which response stood left: ab or ba.")
    overall = models.CharField(max_length=20)
    answers = models.JSONField(default=list, help_text="By principle: [{principle, answer}].")
    reason = models.TextField(blank=True)
    why = models.CharField(max_length=20, blank=True, choices=Why.choices)
    against_own = models.BooleanField(default=False, help_text="Against all own answers by principle.")
    first = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What it repeats.",
    )
    first_overall = models.CharField(max_length=20, blank=True, help_text="What was said the first time.")
    right = models.BooleanField(null=True, help_text="Whether a probe got its known answer.")
    attempt = models.PositiveIntegerField(default=1, help_text="Of a training round.")
    guideline = models.PositiveIntegerField(default=0, help_text="The version that was shown; 0: none.")
    protocol = models.PositiveIntegerField(default=0, help_text="The version that was asked by.")
    seconds = models.FloatField(null=True, blank=True, help_text="From showing to saving.")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comparison__isnull=False, probe__isnull=True)
                | Q(comparison__isnull=True, probe__isnull=False),
                name="an_act_is_about_one_pair",
            )
        ]
        indexes = [models.Index(fields=["annotator", "at"])]

    def __str__(self) -> str:
        return f"{self.overall} by {self.annotator_id}"
