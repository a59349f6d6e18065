"""Reads of the stories that a participant was given."""

import dataclasses

from apps.elicitation.models import (
    Offer,
    Participant,
)
from apps.moralgraph import selectors as moralgraph


@dataclasses.dataclass(frozen=True)
class OfferView:
    """A story with its pair of values, and what the participant answered."""

    row: Offer
    story: moralgraph.Offer
    own: int | None = None

    @property
    def answered(self) -> bool:
        """Whether the participant answered it."""
        return self.row.vote_id is not None

    @property
    def before_is_mine(self) -> bool:
        """Whether the story starts from the participant's own value."""
        return self.story.less_wise.id == self.own

    @property
    def after_is_mine(self) -> bool:
        """Whether the story leads to the participant's own value."""
        return self.story.wiser.id == self.own


def offers_of(*, participant: Participant) -> list[OfferView]:
    """Return the stories a participant was given, in order; what was withdrawn since is left out."""
    rows = list(Offer.objects.filter(participant=participant).order_by("position"))
    shown = [(row.transition_id, row.context_id, row.story_id) for row in rows]
    stories = {
        (story.transition_id, story.context_id, story.story_id): story
        for story in moralgraph.offers(study=participant.study, shown=shown)
    }
    own = participant.value_id
    return [OfferView(row, stories[key], own) for row, key in zip(rows, shown, strict=True) if key in stories]
