"""The stories that a participant is asked to judge, and their votes on them."""

import uuid

from django.db import transaction
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Offer, Participant
from apps.elicitation.services import participants
from apps.moralgraph.services import transitions, votes
from apps.shared.errors import Conflict, Invalid

NOT_SHOWN = "This pair of values was not shown to you, so no answer to it can be kept. Nothing was changed."


@transaction.atomic
def draw(*, participant: Participant) -> list[Offer]:
    """Draw the participant's stories once; drawing again returns the same."""
    Participant.objects.select_for_update().get(pk=participant.pk)
    present = list(Offer.objects.filter(participant=participant))
    if present:
        return present
    drawn = transitions.draw(
        study=participant.study,
        participant_id=participant.pk,
        own_value=participant.value_id,
        n=participant.study.protocol.votes_each,
        seed=uuid.UUID(str(participant.pk)).int % 2**31,
    )
    return [
        Offer.objects.create(
            participant=participant,
            transition_id=story.transition_id,
            context_id=story.context_id,
            story_id=story.story_id,
            position=position,
        )
        for position, story in enumerate(drawn)
    ]


@transaction.atomic
def show(*, participant: Participant) -> selectors.OfferView | None:
    """Return the next story without an answer, noting when it was first shown.

    None where all are answered.
    """
    for offer in selectors.offers_of(participant=participant):
        if not offer.answered:
            if offer.row.shown_at is None:
                offer.row.shown_at = timezone.now()
                offer.row.save(update_fields=["shown_at"])
            return offer
    return None


@transaction.atomic
def answer(
    *, participant: Participant, transition_id: int, context_id: int, answer: str, reason: str = ""
) -> Offer:
    """Keep an answer to a story that was shown.

    Raises Conflict for a pair that was not, and Invalid for an answer that is none of the five.
    """
    _at_votes(participant=participant)
    offer = (
        Offer.objects.select_for_update()
        .filter(
            participant=participant,
            transition_id=transition_id,
            context_id=context_id,
            shown_at__isnull=False,
        )
        .first()
    )
    if offer is None:
        raise Conflict(NOT_SHOWN)
    if not answer:
        raise Invalid(
            "Choose one of the five answers.", fields={"answer": ["Choose one of the five answers."]}
        )
    vote = votes.cast(
        study=participant.study,
        participant_id=participant.pk,
        transition_id=offer.transition_id,
        context_id=offer.context_id,
        story_id=offer.story_id,
        answer=answer,
        reason=reason.strip(),
        simulated=participant.simulated,
    )
    offer.vote_id, offer.answer = vote.pk, answer
    offer.save(update_fields=["vote_id", "answer"])
    return offer


@transaction.atomic
def undo(*, participant: Participant) -> Offer | None:
    """Take the last answer back; return its story, None where nothing was answered."""
    _at_votes(participant=participant)
    answered = Offer.objects.select_for_update().filter(participant=participant, vote_id__isnull=False)
    offer = answered.order_by("-vote_id").first()
    if offer is None or offer.vote_id is None:
        return None
    votes.undo(vote=offer.vote_id)
    offer.vote_id, offer.answer = None, ""
    offer.save(update_fields=["vote_id", "answer"])
    return offer


@transaction.atomic
def finish(*, participant: Participant) -> Participant:
    """Go on to the result. Raises Conflict while a story waits for its answer."""
    if any(not offer.answered for offer in selectors.offers_of(participant=participant)):
        raise Conflict("One story still waits for your answer.")
    return participants.advance(participant=participant, then=Step.RESULT)


def _at_votes(*, participant: Participant) -> None:
    if participant.step != Step.VOTES:
        raise Conflict("The stories are not open at this step.")
