"""Runs of algorithms that judge, and every answer as it came."""

from django.db import models
from django.db.models import Q

from apps.discretion.models.audits import Annotator, Comparison, Principle, Verdict


class Judging(models.Model):
    """How an algorithm judges, frozen, and how far it is; its job says whether it runs.

    The counts are those of ``replies``, kept so that a page need not count them; ``asked_again`` are those
    that could not be read and that somebody had asked once more. ``sample_until``: people are given the
    comparisons up to this place first, so that the algorithm can be audited beside them.
    """

    class Method(models.TextChoices):
        """What judges."""

        NULL = "null"
        REWARD_MODEL = "reward_model"
        JUDGE = "judge"
        IMPLICIT_REWARD = "implicit_reward"

    annotator = models.OneToOneField(Annotator, on_delete=models.CASCADE, related_name="judging")
    method = models.CharField(max_length=20, choices=Method.choices)
    language_model = models.CharField(
        max_length=40, blank=True, help_text="Registered; '' the installation's."
    )
    reference_model = models.CharField(max_length=40, blank=True)
    config = models.JSONField(default=dict)
    job = models.ForeignKey("shared.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    to_ask = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    unparsable = models.PositiveIntegerField(default=0, help_text="Verdicts that could not be read.")
    order_decided = models.PositiveIntegerField(default=0, help_text="Verdicts that the order decided.")
    asked_again = models.PositiveIntegerField(default=0, help_text="Answers that a later one replaces.")
    prompt_tokens = models.PositiveBigIntegerField(default=0)
    completion_tokens = models.PositiveBigIntegerField(default=0)
    sample_until = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"judging by {self.annotator_id}"


class Reply(models.Model):
    """One answer of a model about one comparison, as it came: what was read is never asked again.

    An answer that could not be read and was asked once more is kept, superseded. ``part`` says which of the
    questions about the comparison it answers: the order in which the responses stood, or, for an implicit
    reward, whose log-probabilities they are.
    """

    judging = models.ForeignKey(Judging, on_delete=models.CASCADE, related_name="replies")
    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="+")
    principle = models.ForeignKey(Principle, null=True, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=10, help_text="ab, ba, policy or reference.")
    answer = models.CharField(max_length=20, blank=True, choices=Verdict.Answer.choices)
    text = models.TextField(blank=True, help_text="The answer as it came.")
    numbers = models.JSONField(default=dict, help_text="Probabilities, or log-probabilities.")
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True, blank=True, help_text="When it was asked once more.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["judging", "comparison", "principle", "part"],
                condition=Q(principle__isnull=False, superseded_at__isnull=True),
                name="one_reply_by_principle",
            ),
            models.UniqueConstraint(
                fields=["judging", "comparison", "part"],
                condition=Q(principle__isnull=True, superseded_at__isnull=True),
                name="one_overall_reply",
            ),
        ]
        indexes = [models.Index(fields=["judging", "answer"])]

    def __str__(self) -> str:
        return f"{self.part} of {self.comparison_id} by {self.judging_id}"

    @property
    def is_replaced(self) -> bool:
        """Say whether it was asked once more."""
        return self.superseded_at is not None
