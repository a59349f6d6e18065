"""Decisions on disagreements. They stand beside the verdicts and never change them."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Adjudication(models.Model):
    """Why people disagreed about a comparison, and what holds. Personal data: who decided.

    A later decision on the same comparison supersedes it; rows are never deleted. A gap in the guideline
    is closed by the version that answers it.
    """

    class Cause(models.TextChoices):
        """Why people disagreed."""

        ONE_IS_WRONG = "one_is_wrong"
        BOTH_DEFENSIBLE = "both_defensible"
        GUIDELINE_GAP = "guideline_gap"
        NOT_ENOUGH_CONTEXT = "not_enough_context"
        SLIP = "slip"

    comparison = models.ForeignKey(
        "discretion.Comparison", on_delete=models.CASCADE, related_name="adjudications"
    )
    cause = models.CharField(max_length=20, choices=Cause.choices)
    holds = models.CharField(max_length=20, blank=True, help_text="The answer that holds, where one does.")
    note = models.TextField(blank=True)
    guideline = models.PositiveIntegerField(default=0, help_text="The version in force; 0: none.")
    closed_by = models.ForeignKey(
        "discretion.Guideline", null=True, blank=True, on_delete=models.SET_NULL, related_name="closes"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison"],
                condition=Q(superseded_at__isnull=True),
                name="one_adjudication_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cause} on {self.comparison_id}"
