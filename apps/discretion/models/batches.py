"""Work that is dealt out: batches, who takes part, what lies before whom, and pairs with a known answer."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Probe(models.Model):
    """A pair with a known answer, in words of its own: it is judged like any other and counts in no measure.

    Personal data: who made it.
    """

    class Kind(models.TextChoices):
        """What it is for."""

        GOLD = "gold"
        ATTENTION = "attention"
        PRACTICE = "practice"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    audit = models.ForeignKey("discretion.Audit", on_delete=models.CASCADE, related_name="probes")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    comparison = models.ForeignKey(
        "discretion.Comparison",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="probes",
        help_text="The pair that it was taken from; batches then leave that one out.",
    )
    prompt = models.TextField(blank=True)
    response_a = models.TextField()
    response_b = models.TextField()
    expected = models.CharField(max_length=20)
    explanation = models.TextField(blank=True, help_text="Shown after a pair of the training round.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} probe"


class Batch(models.Model):
    """Pairs that are dealt out to chosen people, ``overlap`` of them to each pair.

    What is asked of people (overlap, thresholds) is set when it begins and does not change afterwards.
    Personal data: who made it.
    """

    class Kind(models.TextChoices):
        """A round that teaches, or work that counts."""

        TRAINING = "training"
        WORK = "work"

    class Strategy(models.TextChoices):
        """Which pairs come first."""

        RANDOM = "random"
        FEWEST = "fewest"
        DISPUTED = "disputed"

    audit = models.ForeignKey("discretion.Audit", on_delete=models.CASCADE, related_name="batches")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.WORK)
    strategy = models.CharField(max_length=20, choices=Strategy.choices, default=Strategy.RANDOM)
    overlap = models.PositiveIntegerField(default=1)
    threshold = models.FloatField(default=0.0, help_text="Share of known answers below which one is marked.")
    training = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The round to pass first.",
    )
    seed = models.BigIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.title


class BatchMember(models.Model):
    """Who takes part in a batch; a researcher may let somebody in who did not pass, and says why.

    Personal data: who let them in.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="members")
    annotator = models.ForeignKey("discretion.Annotator", on_delete=models.CASCADE, related_name="places")
    attempt = models.PositiveIntegerField(default=1, help_text="Of a training round.")
    admitted_at = models.DateTimeField(null=True, blank=True)
    admitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    admitted_because = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "annotator"], name="one_place_in_a_batch")]

    def __str__(self) -> str:
        return f"{self.annotator_id} in batch {self.batch_id}"


class Assignment(models.Model):
    """One pair before one person: for the first time, once more with the sides changed, or a known answer."""

    class Kind(models.TextChoices):
        """Why it lies there; the person sees no difference."""

        FIRST = "first"
        REPEAT = "repeat"
        PROBE = "probe"

    member = models.ForeignKey(BatchMember, on_delete=models.CASCADE, related_name="assignments")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.FIRST)
    comparison = models.ForeignKey(
        "discretion.Comparison", null=True, blank=True, on_delete=models.CASCADE, related_name="assignments"
    )
    probe = models.ForeignKey(
        Probe, null=True, blank=True, on_delete=models.CASCADE, related_name="assignments"
    )
    position = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)
    act = models.UUIDField(null=True, blank=True, help_text="The act that answered it.")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["member", "position"], name="one_assignment_a_position"),
            models.CheckConstraint(
                condition=Q(comparison__isnull=False, probe__isnull=True)
                | Q(comparison__isnull=True, probe__isnull=False),
                name="an_assignment_is_of_one_pair",
            ),
        ]
        indexes = [models.Index(fields=["member", "done_at", "position"])]

    def __str__(self) -> str:
        return f"{self.kind} at {self.position}"
