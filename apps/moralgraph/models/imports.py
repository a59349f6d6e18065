"""Files of another graph that came into a study."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class GraphImport(models.Model):
    """Files of another graph, once brought in. Personal data: the account of who brought them."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="graph_imports")
    filename = models.CharField(max_length=200)
    form = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64, help_text="Of all files that came together, and their source.")
    source = models.CharField(max_length=120, help_text="Where it is from; people's names are its own.")
    about = models.JSONField(default=dict, help_text="What the file says of itself.")
    counts = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
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
                condition=Q(undone_at__isnull=True),
                name="one_live_import_a_content",
            )
        ]

    def __str__(self) -> str:
        return f"import of {self.filename}"
