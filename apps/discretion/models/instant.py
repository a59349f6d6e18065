"""The instant reward model of an audit: fitted anew whenever verdicts arrive."""

from django.conf import settings
from django.db import models

from apps.discretion.models.audits import Audit


class InstantModel(models.Model):
    """What an audit's verdicts teach a small head on a frozen encoder, and how well it then judges.

    ``wanted`` grows with every reason to fit anew, ``fitted`` is the one that the figures follow from, and
    ``job`` the fit that is under way. Personal data: the account of who asked for it.
    """

    audit = models.OneToOneField(Audit, on_delete=models.CASCADE, related_name="instant_model")
    asked = models.JSONField(help_text="What targets are made of, as for a data set.")
    wanted = models.PositiveBigIntegerField(default=0)
    fitted = models.PositiveBigIntegerField(default=0)
    figures = models.JSONField(null=True, help_text="On held-out pairs; none where nothing could be fitted.")
    rule = models.JSONField(default=dict, help_text="How the targets were made, with every parameter.")
    train_count = models.PositiveIntegerField(default=0)
    held_out_count = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict, help_text="Reason -> how many examples.")
    read = models.PositiveIntegerField(default=0, help_text="Responses that the encoder had to read for it.")
    seconds = models.FloatField(default=0.0, help_text="From the verdicts to the figures.")
    message = models.CharField(max_length=300, blank=True, help_text="Why there are no figures.")
    fitted_at = models.DateTimeField(null=True)
    job = models.ForeignKey("shared.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["audit"]

    def __str__(self) -> str:
        return f"instant model of {self.audit}"
