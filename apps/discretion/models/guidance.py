"""What annotators are given to go by: the guideline beside the item, and how judgements are asked for."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Guideline(models.Model):
    """One version of an audit's guideline; versions are only added. Personal data: who wrote it."""

    audit = models.ForeignKey("discretion.Audit", on_delete=models.CASCADE, related_name="guidelines")
    number = models.PositiveIntegerField()
    text = models.TextField()
    changes = models.TextField(blank=True, help_text="What is new, for those who know the last version.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="one_guideline_a_number"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(changes=""), name="a_new_guideline_says_what_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"guideline {self.number}"


class AnnotationProtocol(models.Model):
    """One version of how judgements are asked for; versions are only added. Personal data: who wrote it.

    An audit without any goes by ``domain.protocol.DEFAULT``, which is number 0.
    """

    audit = models.ForeignKey("discretion.Audit", on_delete=models.CASCADE, related_name="protocols")
    number = models.PositiveIntegerField()
    content = models.JSONField(help_text="As ``domain.protocol.Protocol`` has it.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="one_annotation_protocol_a_number")
        ]

    def __str__(self) -> str:
        return f"annotation protocol {self.number}"
