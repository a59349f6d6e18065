"""Language models that a study may ask, and which of them does what.

Do not let a key leave this table: it goes into a request's header and nowhere else.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.models.models.training import Checkpoint


class LanguageModel(models.Model):
    """A language model in a folder, from a hub, behind a server, or trained here.

    ``checkpoint``: it is this checkpoint, in its folder or behind a server that somebody started.

    Personal data: the account of who registered it.
    """

    class Source(models.TextChoices):
        """Where the model is."""

        FOLDER = "folder"
        HUB = "hub"
        ENDPOINT = "endpoint"
        CHECKPOINT = "checkpoint"

    class State(models.TextChoices):
        """What the check found."""

        CHECKING = "checking"
        USABLE = "usable"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=150)
    source = models.CharField(max_length=20, choices=Source.choices)
    address = models.CharField(max_length=500, blank=True, help_text="A folder, a hub's name, or a URL.")
    model = models.CharField(max_length=300, blank=True, help_text="What a server is asked for.")
    checkpoint = models.ForeignKey(
        Checkpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=500, blank=True, help_text="Secret: written once, never read out.")
    at_once = models.PositiveIntegerField(default=4, help_text="How many answers it writes at a time.")
    price_prompt = models.FloatField(null=True, blank=True, help_text="Of a million tokens read.")
    price_completion = models.FloatField(null=True, blank=True, help_text="Of a million tokens written.")
    state = models.CharField(max_length=20, choices=State.choices, default=State.CHECKING)
    problems = models.JSONField(default=list, help_text="Sentences on what is wrong.")
    facts = models.JSONField(default=dict, help_text="What the check found out.")
    job = models.ForeignKey("shared.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "name"],
                condition=Q(retired_at__isnull=True),
                name="one_language_model_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ModelRole(models.Model):
    """Which language model does one kind of work in a study, and how; without a row the environment says."""

    class Role(models.TextChoices):
        """What a language model is asked to do."""

        INTERVIEW = "interview", "Interviewing"
        STORIES = "stories", "Writing stories"
        MERGING = "merging", "Judging merges"
        JUDGING = "judging", "Judging responses"

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    language_model = models.ForeignKey(LanguageModel, on_delete=models.CASCADE, related_name="roles")
    temperature = models.FloatField(null=True, blank=True, help_text="None: as the work itself has it.")
    max_tokens = models.PositiveIntegerField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="What it is told beside the work's own instructions.")
    not_promoted = models.TextField(blank=True, help_text="Why a checkpoint serves that is not promoted.")

    class Meta:
        ordering = ["study", "role"]
        constraints = [models.UniqueConstraint(fields=["study", "role"], name="one_model_a_role")]

    def __str__(self) -> str:
        return f"{self.role} by {self.language_model}"
