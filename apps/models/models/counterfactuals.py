"""The same recipe under two targets."""

import uuid

from django.conf import settings
from django.db import models


class Counterfactual(models.Model):
    """Two runs that differ in their target alone, and where the judgements of what they trained part.

    ``floor`` repeats the first under another seed: what parts there is no effect of the target. Do not keep
    people's words here: figures name comparisons by their ids. Personal data: the account of who launched it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=150)
    first = models.ForeignKey("models.Run", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("models.Run", on_delete=models.CASCADE, related_name="+")
    floor = models.ForeignKey("models.Run", null=True, on_delete=models.CASCADE, related_name="+")
    job = models.ForeignKey("shared.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    figures = models.JSONField(null=True, help_text="None until both runs have a checkpoint.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    compared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
