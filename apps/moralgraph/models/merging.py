"""Which cards may say the same, what a model thinks of it, and what researchers decided."""

from django.db import models
from django.db.models import F, Q


class CardVector(models.Model):
    """Where an accepted card lies for a sentence encoder, so that it is read once.

    Personal data: made of a person's words, and erased with them.
    """

    card = models.OneToOneField("moralgraph.Card", on_delete=models.CASCADE, related_name="vector")
    encoder = models.CharField(max_length=60)
    vector = models.BinaryField(help_text="float32, little-endian, of length 1.")

    def __str__(self) -> str:
        return f"card {self.card_id} by {self.encoder}"


class MergeCandidate(models.Model):
    """Two cards of one language that lie near each other; found anew whenever cards come or go."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="merge_candidates")
    first = models.ForeignKey("moralgraph.Card", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("moralgraph.Card", on_delete=models.CASCADE, related_name="+")
    similarity = models.FloatField(help_text="A cosine; at most 1.")
    encoder = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-similarity", "first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_candidate_a_pair_of_cards"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_candidate_is_ordered"),
        ]

    def __str__(self) -> str:
        return f"cards {self.first_id} and {self.second_id}"


class MergeOpinion(models.Model):
    """What a language model says of two values by the rubric; it decides nothing.

    Personal data: the answer may repeat people's words.
    """

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="merge_opinions")
    low = models.ForeignKey("moralgraph.Value", on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey("moralgraph.Value", on_delete=models.CASCADE, related_name="+")
    parts = models.JSONField(default=dict, help_text="By part of the rubric: yes or no, and why.")
    answer = models.TextField(blank=True, help_text="The model's answer as it came.")
    made = models.JSONField(default=dict, help_text="Prompt, model, sampling, seconds and tokens.")
    fault = models.CharField(max_length=300, blank=True, help_text="Why there is no opinion in the answer.")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["low", "high"])]

    def __str__(self) -> str:
        return f"opinion on values {self.low_id} and {self.high_id}"


class MergeDecision(models.Model):
    """What a researcher decided on two values, or on a card that was in the wrong one; it can be undone.

    Personal data: the account of who decided, and the reason, which may speak of a person.
    """

    class Kind(models.TextChoices):
        """What was done."""

        MERGED = "merged", "put together"
        APART = "apart", "kept apart"
        SPLIT = "split", "a card taken out"

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="merge_decisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    low = models.ForeignKey("moralgraph.Value", on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey("moralgraph.Value", on_delete=models.CASCADE, related_name="+")
    kept = models.ForeignKey(
        "moralgraph.Value", null=True, blank=True, on_delete=models.CASCADE, related_name="+",
        help_text="The value that the cards were put into, or that a card was taken out of.",
    )  # fmt: skip
    rubric = models.JSONField(
        default=dict, help_text="By part of the rubric: yes or no, as the person saw it."
    )
    similarity = models.FloatField(null=True, blank=True, help_text="As it was when it was decided.")
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="a_decision_is_ordered"),
            models.UniqueConstraint(
                fields=["low", "high"],
                condition=Q(undone_at__isnull=True) & ~Q(kind="split"),
                name="one_live_decision_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: values {self.low_id} and {self.high_id}"


class MergeMove(models.Model):
    """One card's way from a membership to another by a decision, so that it can go back the same way."""

    decision = models.ForeignKey(MergeDecision, on_delete=models.CASCADE, related_name="moves")
    left = models.ForeignKey("moralgraph.Belonging", on_delete=models.CASCADE, related_name="+")
    entered = models.OneToOneField("moralgraph.Belonging", on_delete=models.CASCADE, related_name="move")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"from membership {self.left_id} to {self.entered_id}"
