"""What people tell of how they became wiser themselves."""

from django.db import models

from apps.moralgraph.models.graph import Card, Story


class OwnStory(models.Model):
    """A person's own story of how they went from one way of choosing to a wiser one.

    Nobody but researchers sees it; what is offered to others is a ``Story`` that a researcher made of it,
    without what could tell whose it is. Personal data: the words, whose card it is, and who decided.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open"
        OFFERED = "offered"
        DECLINED = "declined"

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="own_stories")
    card = models.OneToOneField(Card, on_delete=models.CASCADE, related_name="own_story")
    text = models.TextField(blank=True)
    before = models.CharField(
        max_length=300, blank=True, help_text="What they went by before, in their words."
    )
    language = models.CharField(max_length=10, blank=True)
    agreed_at = models.DateTimeField(help_text="When they agreed that others may read it, so reworded.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    story = models.OneToOneField(
        Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="told",
        help_text="What is offered to others.",
    )  # fmt: skip
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "own stories"

    def __str__(self) -> str:
        return f"own story {self.pk}"
