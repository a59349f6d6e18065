"""Data sets, training runs with their points, checkpoints and evaluations.

Do not keep people's words here: examples lie in files that belong to a data set, and point back to what
they came from. Do not write a state of a run: its job is the truth about that.
"""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.models.domain.alerts import KINDS


class DataSet(models.Model):
    """Preference examples frozen in files, never changed, so that a run can be repeated.

    Personal data: the account of who froze them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=150)
    rule = models.JSONField(default=dict, help_text="How the targets were made, with every parameter.")
    held_out_share = models.FloatField()
    seed = models.PositiveIntegerField(default=0)
    train_count = models.PositiveIntegerField()
    held_out_count = models.PositiveIntegerField()
    left_out = models.JSONField(default=dict, help_text="Reason -> how many examples.")
    composition = models.JSONField(default=dict, help_text="Balance and length bias of each side.")
    hash = models.CharField(max_length=64, help_text="SHA-256 over both files.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawals = models.PositiveIntegerField(
        default=0, help_text="How many people behind it have withdrawn since it was frozen."
    )

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(settings.FILES_DIR) / "datasets" / str(self.pk)


class Lineage(models.Model):
    """What a data set leans on, so that a withdrawal finds it, and whoever reads what people said.

    Personal data: a participant's random identifier.
    """

    class Kind(models.TextChoices):
        """What the reference names."""

        PARTICIPANT = "participant"
        SNAPSHOT = "snapshot"
        COMPARISON = "comparison"
        VALUE = "value"

    data_set = models.ForeignKey(DataSet, on_delete=models.CASCADE, related_name="lineage")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reference = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["data_set", "kind", "reference"], name="one_lineage_a_reference")
        ]
        indexes = [models.Index(fields=["kind", "reference"])]

    def __str__(self) -> str:
        return f"{self.data_set_id} leans on {self.kind} {self.reference}"


class Run(models.Model):
    """One training run; its job says where it stands. Personal data: the account of who launched it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=150)
    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, related_name="runs")
    method = models.CharField(max_length=40)
    size = models.CharField(max_length=20)
    config = models.JSONField(help_text="The whole configuration, frozen.")
    job = models.OneToOneField("shared.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    step = models.PositiveIntegerField(default=0)
    total_steps = models.PositiveIntegerField(default=0)
    too_long = models.JSONField(
        default=dict, help_text="Side -> pairs that the encoder cannot take in whole."
    )
    last_line = models.PositiveIntegerField(
        default=0, help_text="Number of the newest metrics line taken over."
    )
    message = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField(
        default=timezone.now, help_text="Since when it waits, or waited last: its place in the queue."
    )
    away_since = models.DateTimeField(
        null=True, blank=True, help_text="Since when it trains on a machine that is none of ours, if it does."
    )
    elsewhere = models.JSONField(
        default=dict,
        help_text="What it was handed out with, and when, at which step and from what machine it came back.",
    )
    cloned_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="one_run_a_number")]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        """Where the trainer works."""
        return Path(settings.FILES_DIR) / "runs" / str(self.pk)


class RunPoint(models.Model):
    """One point of a run's charts, keyed by step and name."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="points")
    step = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    value = models.FloatField()

    class Meta:
        ordering = ["step", "name"]
        constraints = [models.UniqueConstraint(fields=["run", "step", "name"], name="one_point_a_step")]

    def __str__(self) -> str:
        return f"{self.name} at {self.step}"


class RunAlert(models.Model):
    """Something about a run that somebody must hear: once, and kept with the run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in KINDS])
    step = models.PositiveIntegerField()
    message = models.TextField(help_text="What happened and what to do, in a sentence or two.")
    lines = models.JSONField(default=list, help_text="The last useful lines of the log.")
    raised_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Since when it is over, if it is.")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} at step {self.step} of {self.run}"


class Checkpoint(models.Model):
    """A trained model that can judge pairs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="checkpoints")
    step = models.PositiveIntegerField()
    path = models.CharField(max_length=200, help_text="Relative to the run's folder.")
    hash = models.CharField(max_length=64, help_text="SHA-256 of the weights.")
    size_bytes = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["run", "step"], name="one_checkpoint_a_step")]

    def __str__(self) -> str:
        return f"{self.run} at step {self.step}"

    @property
    def folder(self) -> Path:
        """Where the weights lie."""
        return self.run.folder / self.path


class Evaluation(models.Model):
    """What one suite found out about a checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.CASCADE, related_name="evaluations")
    suite = models.CharField(max_length=100)
    figures = models.JSONField()
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["suite"]
        constraints = [models.UniqueConstraint(fields=["checkpoint", "suite"], name="one_evaluation_a_suite")]

    def __str__(self) -> str:
        return f"{self.suite} of {self.checkpoint}"
