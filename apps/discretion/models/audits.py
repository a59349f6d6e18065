"""Audits: comparisons, who judged them, by which principles, and what they said.

Do not keep here what a participant of the elicitation typed beyond a principle's wording, which withdrawal
rewrites.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Audit(models.Model):
    """One set of comparisons that annotators judge by one set of principles. Personal data: who began it.

    ``revision`` grows with every change to what the measures are made of, so that they can be kept until
    then; ``layout`` is the revision at which more than single annotators' verdicts changed last.
    """

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="audits")
    title = models.CharField(max_length=200)
    revision = models.PositiveBigIntegerField(default=0)
    layout = models.PositiveBigIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(
        default=0, help_text="People who withdrew and whose words its principles were made of."
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title


class Import(models.Model):
    """A file of comparisons or verdicts that somebody sent, and what became of it."""

    class State(models.TextChoices):
        """Where an import stands."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        REFUSED = "refused"

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="imports")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    format = models.CharField(max_length=30, help_text="As asked for, then as recognised.")
    on_error = models.CharField(max_length=20, default="refuse")
    columns = models.JSONField(default=dict, help_text="Which column holds which field, where named.")
    dry_run = models.BooleanField(default=False, help_text="Read and report, write nothing.")
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    report = models.JSONField(null=True)
    job = models.ForeignKey("shared.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.filename} ({self.state})"


class Comparison(models.Model):
    """A prompt with two responses. Its id follows from the audit and ``external_id``, so that an import can
    be repeated.

    ``place`` is a fixed random number: each annotator goes round the circle of comparisons from a place of
    their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="comparisons")
    source = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="comparisons")
    external_id = models.CharField(max_length=200)
    prompt = models.TextField(blank=True)
    response_a = models.TextField(blank=True)
    response_b = models.TextField(blank=True)
    split_key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, help_text="Of the three texts, to tell a repeat from a clash.")
    context_id = models.BigIntegerField(null=True, blank=True, help_text="A context of the moral graph.")
    context_from = models.CharField(
        max_length=20,
        blank=True,
        help_text="Who said so: imported or confirmed; proposed counts as none yet.",
    )
    proposed_context_id = models.BigIntegerField(null=True, blank=True)
    place = models.BigIntegerField()
    metadata = models.JSONField(default=dict)

    class Meta:
        ordering = ["audit", "place"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "external_id"], name="one_comparison_an_external_id")
        ]
        indexes = [models.Index(fields=["audit", "place"])]

    def __str__(self) -> str:
        return f"comparison {self.external_id}"


class Annotator(models.Model):
    """Who or what gave verdicts in an audit. Personal data: the link to an account.

    ``revision`` is the audit's at which its verdicts changed last.
    """

    class Kind(models.TextChoices):
        """What an annotator is."""

        PERSON = "person"
        IMPORTED_PERSON = "imported_person"
        ALGORITHM = "algorithm"
        NULL = "null"

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="annotators")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    checkpoint_id = models.CharField(max_length=40, blank=True)
    simulated = models.BooleanField(default=False)
    metadata = models.JSONField(default=dict)
    revision = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "name", "kind"], name="one_annotator_a_name"),
            models.UniqueConstraint(
                fields=["audit", "user"], condition=Q(user__isnull=False), name="one_annotator_an_account"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Principle(models.Model):
    """A sentence by which responses are judged: taken over from a value of the moral graph, or written for
    this audit.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="principles")
    title = models.CharField(max_length=200)
    statement = models.TextField()
    value_id = models.BigIntegerField(null=True, blank=True, help_text="The value of the moral graph.")
    snapshot_id = models.BigIntegerField(null=True, blank=True, help_text="The snapshot it was taken from.")
    source = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="principles")
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="later",
        help_text="The wording before.",
    )
    created_at = models.DateTimeField(auto_now_add=True, null=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "value_id"],
                condition=Q(value_id__isnull=False, retired_at__isnull=True),
                name="one_principle_a_value",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Verdict(models.Model):
    """What an annotator said of a comparison, by one principle or (``principle`` null) overall.

    ``preference`` is +1 for A, -1 for B, 0 for neither. What one act of judging said shares an ``act``; a
    later act on the same comparison supersedes it, and taking that back brings the earlier one to life
    again. Rows are never deleted.
    """

    class Answer(models.TextChoices):
        """What can be said."""

        A = "a"
        B = "b"
        TIE = "tie"
        BOTH_BAD = "both_bad"
        SKIP = "skip"
        CANNOT_TELL = "cannot_tell"
        NOT_APPLICABLE = "not_applicable"
        UNPARSABLE = "unparsable"
        ORDER_DECIDED = "order_decided"

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="verdicts")
    annotator = models.ForeignKey(Annotator, on_delete=models.CASCADE, related_name="verdicts")
    principle = models.ForeignKey(Principle, null=True, on_delete=models.CASCADE, related_name="verdicts")
    source = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="verdicts")
    preference = models.SmallIntegerField()
    answer = models.CharField(max_length=20, choices=Answer.choices)
    order = models.CharField(max_length=2, default="ab", help_text="Which response stood left: ab or ba.")
    confidence = models.FloatField(null=True, help_text="The answer's probability, where a model gave it.")
    swapped = models.CharField(
        max_length=20, blank=True, choices=Answer.choices, help_text="The answer in the other order."
    )
    reason = models.TextField(blank=True)
    act = models.UUIDField(default=uuid.uuid4)
    at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.UUIDField(
        null=True, blank=True, help_text="The later act; none where it was undone."
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "annotator", "principle"],
                condition=Q(superseded_at__isnull=True, principle__isnull=False),
                name="one_live_verdict_by_principle",
            ),
            models.UniqueConstraint(
                fields=["comparison", "annotator"],
                condition=Q(superseded_at__isnull=True, principle__isnull=True),
                name="one_live_overall_verdict",
            ),
            models.CheckConstraint(condition=Q(preference__in=[-1, 0, 1]), name="a_preference_is_ternary"),
        ]
        indexes = [models.Index(fields=["annotator", "act"])]

    def __str__(self) -> str:
        return f"{self.answer} by {self.annotator_id}"
