"""The participant's own card: worded by them, then accepted as a value of the graph."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant
from apps.elicitation.services import offers, participants
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.selectors import CardView
from apps.moralgraph.services import cards
from apps.shared.errors import Conflict, Missing

Lines = Sequence[dict[str, Any]]


@transaction.atomic
def save(*, participant: Participant, title: str, summary: str, policies: Lines) -> None:
    """Keep the person's wording; the same wording again makes no new version."""
    card = _card(participant=participant)
    same = (card.title, card.summary, [policy.to_json() for policy in card.policies])
    if (title, summary, list(policies)) != same:
        cards.revise(card=card.id, title=title, summary=summary, policies=policies)


@transaction.atomic
def accept(*, participant: Participant) -> None:
    """Accept the card as it stands and draw the stories to judge."""
    value = cards.accept(card=_card(participant=participant).id)
    participant.value_id = value.pk
    participant.save(update_fields=["value_id"])
    moved = participants.advance(participant=participant, then=Step.VOTES)
    offers.draw(participant=moved)


def _card(*, participant: Participant) -> CardView:
    if participant.step != Step.CARD:
        raise Conflict("Your card is not open at this step.")
    card = moralgraph.card_of(participant_id=participant.pk)
    if card is None:
        raise Missing("There is no card in this session yet.")
    return card
