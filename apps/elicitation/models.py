"""Protocols, consents, participants and their interviews.

Do not keep cards or votes here: they belong to the moral graph. Words of a person stand in ``Turn.text`` and
``Interview.draft`` only, so that a withdrawal knows what to erase.
"""

import uuid

from django.db import models

from apps.elicitation.domain.interview import Phase, TurnState
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.transcript import Speaker


def _choices(members: type[Step] | type[Phase] | type[TurnState] | type[Speaker]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in members]


class Protocol(models.Model):
    """What a study asks of its participants, and what it tells them first."""

    study = models.OneToOneField("shared.Study", on_delete=models.CASCADE, related_name="protocol")
    question_title = models.CharField(max_length=120)
    question = models.TextField()
    disclosure = models.TextField(help_text="What this is, in the study's own words.")
    who_may_read = models.TextField(help_text="Who may read along.")
    help_contact = models.CharField(max_length=200)
    minutes = models.PositiveIntegerField(default=15)
    min_age = models.PositiveIntegerField(default=18)
    votes_each = models.PositiveIntegerField(default=3)
    completion_code = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"protocol of {self.study_id}"


class ConsentVersion(models.Model):
    """A text that people agree to; never changed: a new text is a new number."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="consent_versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="one_consent_text_a_number")]

    def __str__(self) -> str:
        return f"consent {self.number} of {self.study_id}"


class Participant(models.Model):
    """One person in one study. Personal data: the hash of their link, their code, and the times.

    Other apps know a participant by this id alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="participants")
    token_hash = models.CharField(max_length=64, unique=True)
    short_code = models.CharField(max_length=16, unique=True)
    step = models.CharField(max_length=12, choices=_choices(Step), default=Step.CONSENT)
    simulated = models.BooleanField(default=False)
    value_id = models.BigIntegerField(null=True, blank=True, help_text="Their value in the moral graph.")
    completed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["study", "step"])]

    def __str__(self) -> str:
        return f"participant {self.pk}"


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


class Interview(models.Model):
    """The conversation with one participant. Personal data: the draft of an answer."""

    class Interviewer(models.TextChoices):
        """Who asks."""

        GUIDED = "guided", "Guided interview (a program without AI)"
        LLM = "llm", "AI (a language model)"

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="interview")
    interviewer = models.CharField(max_length=10, choices=Interviewer.choices)
    phase = models.CharField(max_length=12, choices=_choices(Phase), default=Phase.LISTENING)
    state = models.JSONField(
        default=dict, help_text="What the interviewer keeps in mind: the turn a card was drafted up to."
    )
    draft = models.TextField(blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"interview {self.pk}"


class Turn(models.Model):
    """One turn of an interview. Personal data: what a person said.

    ``engine`` says how a reply was made: interviewer and version, and for a model its name, prompt version,
    sampling settings, seed, latency and tokens.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveIntegerField()
    speaker = models.CharField(max_length=12, choices=_choices(Speaker))
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=_choices(TurnState), default=TurnState.COMPLETE)
    attempt = models.PositiveIntegerField(default=1)
    move = models.CharField(max_length=20, blank=True)
    engine = models.JSONField(default=dict)
    client_id = models.UUIDField(
        null=True, blank=True, help_text="Given by the sender, so that sending twice says it once."
    )
    job_id = models.UUIDField(null=True, blank=True, help_text="The job that writes this reply.")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["interview", "position"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "position"], name="one_turn_a_position"),
            models.UniqueConstraint(fields=["interview", "client_id"], name="one_turn_a_sending"),
        ]

    def __str__(self) -> str:
        return f"turn {self.position} of interview {self.interview_id}"


class Offer(models.Model):
    """A story that a participant was shown.

    Only such a story can be voted on. Personal data: the link to a person.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="offers")
    transition_id = models.BigIntegerField()
    context_id = models.BigIntegerField()
    story_id = models.BigIntegerField()
    position = models.PositiveIntegerField()
    shown_at = models.DateTimeField(null=True, blank=True)
    vote_id = models.BigIntegerField(null=True, blank=True)
    answer = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["participant", "position"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "position"], name="one_offer_a_place"),
            models.UniqueConstraint(
                fields=["participant", "transition_id", "context_id"], name="one_offer_a_pair_and_context"
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.position} to {self.participant_id}"
