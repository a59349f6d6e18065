"""Files in which a study's answers leave: who asked for them, what is in them, and whether they stand."""

import uuid

from django.conf import settings
from django.db import models

from apps.elicitation.domain.exports.purposes import Purpose
from apps.elicitation.models.choices import choices


class Export(models.Model):
    """One export of a study. Personal data: the account of who asked for it; the file holds people's words.

    The row stays when the file goes, so that it can be said who took what out, and when.
    """

    class State(models.TextChoices):
        """Where an export stands; only a ready one has a file."""

        MAKING = "making"
        READY = "ready"
        OUTDATED = "outdated"
        REMOVED = "removed"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="exports")
    purpose = models.CharField(max_length=12, choices=choices(Purpose))
    choice = models.JSONField(default=dict, help_text="Tables, formats, versions, and whom it takes in.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAKING)
    job_id = models.UUIDField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=dict, help_text="How many rows each table has.")
    left_out = models.JSONField(default=dict, help_text="How many people are not in it, by reason.")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    message = models.CharField(max_length=300, blank=True, help_text="One sentence on how it ended.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    outdated_at = models.DateTimeField(null=True, blank=True, help_text="Somebody who may be in it withdrew.")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"export {self.pk} ({self.state})"
