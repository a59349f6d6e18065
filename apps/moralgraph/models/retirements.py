"""What is asked about no more, and why."""

from django.db import models
from django.db.models import Q

from apps.moralgraph.models.graph import Story, Transition


class Retirement(models.Model):
    """That a pair or a story is asked about no more: said by somebody, for a reason, reversible.

    ``retired_at`` of the row says the same, where one need not know why. Votes stay and count.
    Personal data: accounts of staff.
    """

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="retirements")
    transition = models.ForeignKey(
        Transition, null=True, blank=True, on_delete=models.CASCADE, related_name="retirements"
    )
    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.CASCADE, related_name="retirements"
    )
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(transition__isnull=False, story__isnull=True)
                | Q(transition__isnull=True, story__isnull=False),
                name="a_retirement_is_of_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=[what], condition=Q(undone_at__isnull=True), name=f"one_live_retirement_a_{what}"
                )
                for what in ("transition", "story")
            ),
        ]

    def __str__(self) -> str:
        return f"retirement {self.pk}: {self.reason}"
