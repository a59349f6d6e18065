"""Studies, members, jobs, streams and the audit log.

Do not add what belongs to one app: a table here must serve at least two of them.
"""

import uuid

from django.conf import settings
from django.db import models


class Role(models.TextChoices):
    """What a member of staff may do in a study."""

    ANNOTATOR = "annotator", "Annotator"
    RESEARCHER = "researcher", "Researcher"
    AUDITOR = "auditor", "Auditor (reads only)"
    ADMIN = "admin", "Admin"


class Study(models.Model):
    """One elicitation with its graph, audits and models."""

    slug = models.SlugField(unique=True, max_length=60)
    title = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False)
    include_simulated = models.BooleanField(
        default=False, help_text="Simulated people count in this study's graph, audits and data sets."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """A person's role in a study. Personal data: the link to an account."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "study"], name="one_role_a_study")]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} in {self.study}"


class Job(models.Model):
    """Work that belongs to the server: this row, not the broker, is the truth about it.

    Personal data: the account of who began it.

    A worker claims a job by taking its lease and renews it while it works. A lease that ran out means that
    the worker died; the reaper then queues the job again.
    """

    class State(models.TextChoices):
        """Where a job stands."""

        QUEUED = "queued"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="jobs")
    task = models.CharField(max_length=100, help_text="Name in Celery's registry.")
    subject = models.CharField(
        max_length=100, blank=True, help_text="What the job is about, such as a run's id."
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    progress = models.FloatField(default=0.0, help_text="From 0 to 1.")
    config = models.JSONField(default=dict)
    data_hash = models.CharField(max_length=64, blank=True)
    message = models.CharField(max_length=500, blank=True, help_text="One sentence on how it ended.")
    attempts = models.PositiveIntegerField(default=0)
    stop_requested = models.BooleanField(default=False)
    lease_owner = models.CharField(max_length=100, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "lease_expires_at"]),
            models.Index(fields=["study", "subject"]),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.id} ({self.state})"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to this job."""
        return self.state in {self.State.SUCCEEDED, self.State.FAILED, self.State.CANCELLED}

    @property
    def stopping(self) -> bool:
        """Whether a worker was asked to save and stop, and has not done so yet."""
        return self.state == self.State.RUNNING and self.stop_requested


class Stream(models.Model):
    """A numbered sequence of events about one thing, such as ``study/tea/run/7``."""

    name = models.CharField(primary_key=True, max_length=150)
    last_seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class StreamEvent(models.Model):
    """One event; ``seq`` grows by exactly one inside its stream, so that a client can tell a gap."""

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    data = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["stream", "seq"]
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="one_event_a_number")]

    def __str__(self) -> str:
        return f"{self.stream_id}#{self.seq} {self.kind}"


class AuditEntry(models.Model):
    """Who did or read what, and when. Personal data: the link to an account. Never changed, never deleted."""

    study = models.ForeignKey(Study, null=True, on_delete=models.SET_NULL, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=150, blank=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.actor} {self.action} {self.subject}"
