"""Participants: who they are to us, what they agreed to, what they told about themselves, and when."""

import uuid

from django.db import models

from apps.elicitation.domain.protocol import Exit
from apps.elicitation.domain.steps import Step
from apps.elicitation.models.choices import choices
from apps.elicitation.models.studies import ConsentVersion, ProtocolVersion


class Participant(models.Model):
    """One person in one study. Personal data: the hash of their link, their code, the ids that Prolific
    gave them, and the times.

    Other apps know a participant by this id alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="participants")
    token_hash = models.CharField(max_length=64, unique=True)
    short_code = models.CharField(max_length=16, unique=True)
    version = models.ForeignKey(
        ProtocolVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="participants",
        help_text="The protocol that this person meets; stamped on every row of an export.",
    )  # fmt: skip
    language = models.CharField(max_length=5, default="en")
    question = models.CharField(max_length=40, blank=True, help_text="The key of their question.")
    step = models.CharField(max_length=12, choices=choices(Step), default=Step.CONSENT)
    exit = models.CharField(max_length=12, choices=choices(Exit), blank=True)
    simulated = models.BooleanField(
        default=False, help_text="Not a person: a persona of a pilot run, the demo's, or a preview."
    )
    persona = models.CharField(max_length=40, blank=True, help_text="Which simulated person; or 'preview'.")
    pilot_run = models.ForeignKey(
        "elicitation.PilotRun", null=True, blank=True, on_delete=models.CASCADE, related_name="participants"
    )
    prolific_pid = models.CharField(max_length=64, blank=True)
    prolific_study = models.CharField(max_length=64, blank=True)
    prolific_session = models.CharField(max_length=64, blank=True)
    value_id = models.BigIntegerField(null=True, blank=True, help_text="Their value in the moral graph.")
    last_seen_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True, help_text="A researcher asked them to wait.")
    extra_turns = models.PositiveIntegerField(default=0, help_text="Questions that a researcher added.")
    released_at = models.DateTimeField(
        null=True, blank=True, help_text="A researcher let them finish here, with the code for complete."
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["study", "step"])]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "prolific_pid"],
                condition=~models.Q(prolific_pid=""),
                name="one_session_a_prolific_person",
            )
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"

    @property
    def pilot(self) -> str:
        """The name of the pilot that this program walks in: it meets what was made there, and only that."""
        return f"pilot/{self.pilot_run_id}" if self.pilot_run_id else ""

    @property
    def rehearsal(self) -> str:
        """The mark on what is made in a pilot or a preview, so that it counts nowhere; others have none."""
        return self.pilot or (f"preview/{self.pk}" if self.persona == "preview" else "")


class ReturnKey(models.Model):
    """A further link to a session, made when somebody comes back with the short code.

    Personal data: the link's hash.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="return_keys")
    token_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"return key {self.pk}"


class Consent(models.Model):
    """What a person agreed to, in which version, and when. Personal data: the link to a person."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="consent")
    version = models.ForeignKey(ConsentVersion, on_delete=models.PROTECT, related_name="consents")
    research = models.BooleanField()
    quotes = models.BooleanField(default=False)
    training = models.BooleanField(default=False)
    of_age = models.BooleanField()
    receipt_code = models.CharField(max_length=16, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(research=True, of_age=True), name="consent_means_research_and_of_age"
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.receipt_code}"


class StepTime(models.Model):
    """That a person was at a step, from when to when: for medians and drop-off. One row a visit."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="step_times")
    step = models.CharField(max_length=12, choices=choices(Step))
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["participant", "entered_at", "id"]
        indexes = [models.Index(fields=["step", "left_at"])]

    def __str__(self) -> str:
        return f"{self.participant_id} at {self.step}"


class About(models.Model):
    """What a person told about themselves, by the keys of the protocol's items. Personal data: all of it."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="about")
    answers = models.JSONField(default=dict, help_text="By item: an option's key, or words; skipped: none.")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"about {self.participant_id}"


class Survey(models.Model):
    """What a person answered after the votes. Personal data: the words."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="survey")
    answers = models.JSONField(default=dict, help_text="By item: 1 to 5, or words; skipped: none.")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"survey of {self.participant_id}"
