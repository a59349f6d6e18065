"""What a study asks of a checkpoint before it is put to use, and what was decided about each."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class PromotionRule(models.Model):
    """Conditions that an admin set; a new one takes the place of the last, which is kept.

    Personal data: the account of who set it.
    """

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="+")
    conditions = models.JSONField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Rule {self.pk} of {self.study_id}"


class Decision(models.Model):
    """That a checkpoint was promoted or rejected, why, and how it stood to the rule then.

    Rows never change: the newest holds. Personal data: the account of who decided.
    """

    checkpoint = models.ForeignKey("models.Checkpoint", on_delete=models.CASCADE, related_name="decisions")
    promoted = models.BooleanField()
    reason = models.TextField()
    rule = models.ForeignKey(PromotionRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    findings = models.JSONField(default=list)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_decision_has_a_reason")]

    def __str__(self) -> str:
        return f"{'Promoted' if self.promoted else 'Rejected'}: {self.checkpoint_id}"
