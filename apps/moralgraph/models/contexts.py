"""What people and models proposed as contexts, which contexts may say the same, and what was decided."""

from django.db import models
from django.db.models import F, Q

from apps.moralgraph.models.graph import Card, Context


class ContextProposal(models.Model):
    """The kind of moment that a card's story was in, as its author or a model put it into words.

    It waits for a researcher, and then says to which context the card belongs. Personal data: the words and
    whose card it is, and the account of who decided.
    """

    class Origin(models.TextChoices):
        """Who put it into words."""

        PERSON = "person"
        LLM = "llm"

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open"
        CONFIRMED = "confirmed", "became a context"
        PUT_INTO = "put_into", "put into a context"
        DECLINED = "declined"

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="context_proposals")
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="context_proposals")
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    engine = models.JSONField(
        default=dict, help_text="How a model made it: prompt version, model, sampling, seconds and tokens."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    context = models.ForeignKey(
        Context, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals",
        help_text="The context that it became or was put into.",
    )  # fmt: skip
    made_context = models.BooleanField(default=False, help_text="The context was made for it.")
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["card", "origin"], name="one_context_proposal_a_card_and_origin")
        ]

    def __str__(self) -> str:
        return f"context proposal {self.pk}"


class ContextChange(models.Model):
    """What a researcher did to a context: said by somebody, for a reason, and reversible.

    Personal data: the account of who did it.
    """

    class Kind(models.TextChoices):
        """What was done."""

        MERGED = "merged", "put into another"
        APART = "apart", "kept apart"
        RENAMED = "renamed"
        RETIRED = "retired"

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="context_changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="changes")
    other = models.ForeignKey(
        Context, null=True, blank=True, on_delete=models.CASCADE, related_name="+",
        help_text="The context that it was put into or kept apart from.",
    )  # fmt: skip
    before = models.CharField(max_length=120, blank=True, help_text="The name before it was renamed.")
    after = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["context"],
                condition=Q(undone_at__isnull=True, kind__in=["merged", "retired"]),
                name="one_live_end_a_context",
            ),
            models.UniqueConstraint(
                fields=["context", "other"],
                condition=Q(undone_at__isnull=True, kind="apart"),
                name="contexts_are_kept_apart_once",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(context=F("other")), name="a_context_goes_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: context {self.context_id}"


class ContextCandidate(models.Model):
    """Two contexts, or a proposal and a context, that lie near each other; found anew when any changes."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="context_candidates")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Context, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    proposal = models.ForeignKey(
        ContextProposal, null=True, blank=True, on_delete=models.CASCADE, related_name="near"
    )
    similarity = models.FloatField(help_text="A cosine; at most 1.")
    encoder = models.CharField(max_length=60)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-similarity", "context", "other", "proposal"]
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False, proposal__isnull=True)
                | Q(other__isnull=True, proposal__isnull=False),
                name="a_context_candidate_is_of_two",
            )
        ]

    def __str__(self) -> str:
        return f"context {self.context_id} and {self.other_id or self.proposal_id}"
