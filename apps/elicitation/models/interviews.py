"""Interviews, their turns, and what a person was shown of others."""

from django.db import models
from django.utils.translation import gettext_lazy

from apps.elicitation.domain.interview import Phase, TurnState
from apps.elicitation.domain.transcript import Speaker
from apps.elicitation.models.choices import choices
from apps.elicitation.models.participants import Participant


class Interview(models.Model):
    """The conversation with one participant. Personal data: the draft of an answer."""

    class Interviewer(models.TextChoices):
        """Who asks."""

        GUIDED = "guided", gettext_lazy("Guided interview (a program without AI)")
        LLM = "llm", gettext_lazy("AI (a language model)")

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="interview")
    interviewer = models.CharField(max_length=10, choices=Interviewer.choices)
    phase = models.CharField(max_length=12, choices=choices(Phase), default=Phase.LISTENING)
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
    speaker = models.CharField(max_length=12, choices=choices(Speaker))
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=choices(TurnState), default=TurnState.COMPLETE)
    attempt = models.PositiveIntegerField(default=1)
    move = models.CharField(max_length=20, blank=True)
    engine = models.JSONField(default=dict)
    client_id = models.UUIDField(
        null=True, blank=True, help_text="Given by the sender, so that sending twice says it once."
    )
    trace = models.JSONField(
        default=list,
        help_text="How an answer was typed: pairs of milliseconds since its start and characters so far.",
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


class WiseChoice(models.Model):
    """A value of others that a person was shown, and whether they found it wise to consider here.

    Personal data: the link to a person.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="wise_choices")
    value_id = models.BigIntegerField()
    position = models.PositiveIntegerField()
    chosen = models.BooleanField(null=True, blank=True, help_text="Empty until they answered.")
    shown_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["participant", "position"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "value_id"], name="one_wise_choice_a_value"),
            models.UniqueConstraint(fields=["participant", "position"], name="one_wise_choice_a_place"),
        ]

    def __str__(self) -> str:
        return f"value {self.value_id} shown to {self.participant_id}"
