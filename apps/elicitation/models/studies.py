"""What a study asks: the draft that researchers write, and the versions that were frozen when it opened."""

from functools import cached_property

from django.conf import settings
from django.db import models

from apps.elicitation.domain.protocol import Protocol as Content
from apps.elicitation.domain.protocol import StudyState, read_protocol
from apps.elicitation.models.choices import choices


class Protocol(models.Model):
    """What a study will ask of its participants: the draft, and whether people can come in now."""

    study = models.OneToOneField("shared.Study", on_delete=models.CASCADE, related_name="protocol")
    state = models.CharField(max_length=10, choices=choices(StudyState), default=StudyState.DRAFT)
    draft = models.JSONField(default=dict, help_text="The content as researchers last saved it.")
    revision = models.PositiveIntegerField(default=0, help_text="Grows with every saving of the draft.")
    current = models.ForeignKey(
        "elicitation.ProtocolVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The version that new participants get.",
    )  # fmt: skip

    def __str__(self) -> str:
        return f"protocol of {self.study_id}"

    @property
    def content(self) -> Content:
        """The draft's content. Raises ProtocolError."""
        return read_protocol(self.draft)


class ConsentVersion(models.Model):
    """A text that people agree to; never changed: a new text is a new number.

    The number 0 is for drafts: a preview's, which changes with the draft, and one for each pilot of a draft.
    """

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="consent_versions")
    number = models.PositiveIntegerField()
    text = models.TextField(help_text="In the study's first language.")
    texts = models.JSONField(default=dict, help_text="By language.")
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "number"],
                condition=models.Q(number__gt=0),
                name="one_consent_text_a_number",
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.number} of {self.study_id}"


class ProtocolVersion(models.Model):
    """A protocol as it was when the study opened; never changed. Personal data: the account of who opened.

    The number 0 is for drafts: a preview's, which changes with the draft, and one for each pilot of a draft.
    """

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="protocol_versions")
    number = models.PositiveIntegerField()
    frozen = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)
    pilot = models.BooleanField(default=False, help_text="Opened for a pilot.")
    consent = models.ForeignKey(ConsentVersion, on_delete=models.PROTECT, related_name="protocol_versions")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "number"],
                condition=models.Q(number__gt=0),
                name="one_protocol_version_a_number",
            )
        ]

    def __str__(self) -> str:
        return f"protocol {self.number} of {self.study_id}"

    @cached_property
    def content(self) -> Content:
        """What it says."""
        return read_protocol(self.frozen)
