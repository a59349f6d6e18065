"""Files of another graph that came into a study."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class GraphImport(models.Model):
    """Files of another graph that somebody sent. Personal data: the account of who brought them."""

    class State(models.TextChoices):
        """How far they are."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        REFUSED = "refused"

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="graph_imports")
    filename = models.CharField(max_length=200)
    form = models.CharField(max_length=20, blank=True, help_text="As recognised; empty until it is read.")
    sha256 = models.CharField(max_length=64, help_text="Of all files that came together, and their source.")
    source = models.CharField(max_length=120, help_text="Where it is from; people's names are its own.")
    about = models.JSONField(default=dict, help_text="What the file says of itself.")
    counts = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DONE)
    message = models.CharField(max_length=500, blank=True, help_text="Why it was refused, with the place.")
    dry_run = models.BooleanField(default=False, help_text="Looked at alone; nothing of it was kept.")
    job = models.ForeignKey("shared.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "sha256"],
                condition=Q(undone_at__isnull=True, dry_run=False) & ~Q(state="refused"),
                name="one_live_import_a_content",
            )
        ]

    def __str__(self) -> str:
        return f"import of {self.filename}"

    @property
    def is_alive(self) -> bool:
        """Whether it waits for a worker or is worked on; a job that ended without a word left it."""
        waits = self.state in {self.State.QUEUED, self.State.RUNNING}
        return waits and self.job is not None and not self.job.ended

    @property
    def is_dead(self) -> bool:
        """Whether the job that should read it has ended without a word."""
        waits = self.state in {self.State.QUEUED, self.State.RUNNING}
        return waits and self.job is not None and self.job.ended
