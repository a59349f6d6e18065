"""Values, the cards they came from, and the votes between them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.moralgraph.domain.answers import Answer


class Context(models.Model):
    """A kind of moment in which values are compared, such as "When someone is in distress"."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="contexts")
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["study", "name"], name="one_context_a_name")]

    def __str__(self) -> str:
        return self.name


class Value(models.Model):
    """A node of the graph. Personal data: its words are a person's until they withdraw."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="values")
    title = models.CharField(max_length=80)
    summary = models.TextField(blank=True)
    policies = models.JSONField(default=list)
    simulated = models.BooleanField(default=False)
    rehearsal = models.CharField(
        max_length=60, blank=True, help_text="The pilot or preview that made it; such a row counts nowhere."
    )
    imported = models.ForeignKey(
        "moralgraph.GraphImport", null=True, blank=True, on_delete=models.SET_NULL, related_name="values",
        help_text="The file that it came in with; empty for a value of this study's own people.",
    )  # fmt: skip
    retired_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Card(models.Model):
    """One person's own card, through its versions to the person's yes or no. Personal data: whose it is."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="cards")
    participant_id = models.UUIDField(db_index=True)
    simulated = models.BooleanField(default=False)
    rehearsal = models.CharField(
        max_length=60, blank=True, help_text="The pilot or preview that made it; such a row counts nowhere."
    )
    value = models.ForeignKey(Value, null=True, blank=True, on_delete=models.PROTECT, related_name="cards")
    quotes_allowed = models.BooleanField(default=False, help_text="The person agreed that quotes are shown.")
    accepted_at = models.DateTimeField(null=True, blank=True)
    rejected_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "participant_id"],
                condition=Q(rejected_at__isnull=True, erased_at__isnull=True),
                name="one_live_card_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"card {self.pk}"


class CardVersion(models.Model):
    """A card as it was worded at one time. Personal data: a person's words and quotes."""

    class By(models.TextChoices):
        """Who worded this version."""

        INTERVIEWER = "interviewer"
        PERSON = "person"

    class Proposal(models.TextChoices):
        """What became of a redraft."""

        OPEN = "open"
        TAKEN = "taken"
        LEFT = "left"

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80, blank=True)
    summary = models.TextField(blank=True)
    policies = models.JSONField(default=list)
    by = models.CharField(max_length=20, choices=By.choices)
    proposal = models.CharField(
        max_length=10, choices=Proposal.choices, blank=True,
        help_text="A redraft offered beside the person's own wording; empty for a wording that stood.",
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["card", "number"]
        constraints = [models.UniqueConstraint(fields=["card", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"card {self.card_id}, version {self.number}"


class Belonging(models.Model):
    """That a card belongs to a value: said by somebody, for a reason, and reversible."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="belongings")
    value = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="belongings")
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["card"], condition=Q(undone_at__isnull=True), name="one_live_belonging_a_card"
            )
        ]

    def __str__(self) -> str:
        return f"card {self.card_id} in value {self.value_id}"


class MergeObjection(models.Model):
    """A person's word that their card does not belong to a value that it was put into.

    Personal data: the reason, and whose card it is.
    """

    belonging = models.OneToOneField(Belonging, on_delete=models.CASCADE, related_name="objection")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"objection to belonging {self.belonging_id}"


class ObjectionAnswer(models.Model):
    """What a researcher decided on an objection; it can be taken back and given anew.

    Personal data: the account of who answered, and the reason, which may speak of a person.
    """

    class Decision(models.TextChoices):
        """Where the card stands from then on."""

        APART = "apart", "stands for itself, as the person wishes"
        TOGETHER = "together", "put together again"

    objection = models.ForeignKey(MergeObjection, on_delete=models.CASCADE, related_name="answers")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    belonging = models.OneToOneField(
        Belonging, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="The membership that the answer made.",
    )  # fmt: skip

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["objection"],
                condition=Q(undone_at__isnull=True),
                name="one_live_answer_an_objection",
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision} on objection {self.objection_id}"


class Transition(models.Model):
    """A step from one value to another that people may judge; it stays, so that votes on it add up."""

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="transitions")
    less_wise = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="steps_up")
    wiser = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="steps_down")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["less_wise", "wiser"], name="one_transition_a_direction"),
            models.CheckConstraint(condition=~Q(less_wise=F("wiser")), name="a_transition_leads_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.less_wise_id} to {self.wiser_id}"


class Story(models.Model):
    """A short story of somebody who took a transition in a context. Personal data: accounts of staff.

    A proposed one is shown to nobody until a researcher took it.
    """

    class Origin(models.TextChoices):
        """Where the story came from."""

        TEMPLATE = "template"
        RESEARCHER = "researcher"
        LLM = "llm"
        PERSON = "person"

    class State(models.TextChoices):
        """Whether it may be shown."""

        TAKEN = "taken"
        PROPOSED = "proposed"
        DECLINED = "declined"

    transition = models.ForeignKey(Transition, on_delete=models.CASCADE, related_name="stories")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="stories")
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=20, choices=Origin.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.TAKEN)
    by = models.CharField(
        max_length=60, blank=True, help_text="The account that wrote it, or had it written."
    )
    engine = models.JSONField(
        default=dict, help_text="How a model wrote it: prompt version, model, sampling."
    )
    reviewed_by = models.CharField(max_length=60, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was declined.")
    retired_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(null=True, auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "stories"
        constraints = [
            models.UniqueConstraint(
                fields=["transition", "context"],
                condition=Q(origin="template"),
                name="one_template_story_a_transition_and_context",
            )
        ]

    def __str__(self) -> str:
        return f"story {self.pk} of transition {self.transition_id}"


class Vote(models.Model):
    """One person's judgement of one transition in one context. Personal data: the reason.

    Only the endings (``undone_at``, ``withdrawn_at``) and, on withdrawal, the reason of a row ever change.
    """

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="votes")
    participant_id = models.UUIDField()
    transition = models.ForeignKey(Transition, on_delete=models.PROTECT, related_name="votes")
    context = models.ForeignKey(Context, on_delete=models.PROTECT, related_name="votes")
    story = models.ForeignKey(Story, null=True, blank=True, on_delete=models.PROTECT, related_name="votes")
    answer = models.CharField(max_length=12, choices=[(answer.value, answer.label) for answer in Answer])
    reason = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)
    rehearsal = models.CharField(
        max_length=60, blank=True, help_text="The pilot or preview that made it; such a row counts nowhere."
    )
    imported = models.ForeignKey(
        "moralgraph.GraphImport", null=True, blank=True, on_delete=models.SET_NULL, related_name="votes",
        help_text="The file that it came in with; empty for a vote that was cast here.",
    )  # fmt: skip
    cast_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant_id", "transition", "context"],
                condition=Q(undone_at__isnull=True),
                name="one_live_vote_a_person_transition_and_context",
            )
        ]
        indexes = [
            models.Index(fields=["study", "context"]),
            models.Index(fields=["study", "participant_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.answer} on transition {self.transition_id}"


class Snapshot(models.Model):
    """The graph as it was at one time: ids, counts and scores without words. With a hash it never changes.

    Before, a job works out how sure the scores are. Personal data: the account of who took it.
    """

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField()
    rule = models.CharField(max_length=30)
    parameters = models.JSONField(default=dict)
    ids = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    balance = models.CharField(
        max_length=100, blank=True, help_text="What people told by which every group counts the same."
    )
    hash = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey("shared.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="one_snapshot_a_number")]

    def __str__(self) -> str:
        return f"snapshot {self.number}"
