"""The stories that a participant is asked to judge, and their votes on them."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.elicitation import selectors
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Offer, Participant
from apps.elicitation.services import quotas, way
from apps.moralgraph.domain.drawing import Shown
from apps.moralgraph.services import own_stories, transitions, votes
from apps.shared.errors import Conflict, Invalid

STILL_HERE = datetime.timedelta(hours=1)
NOT_SHOWN = gettext_noop(
    "This pair of values was not shown to you, so no answer to it can be kept. Nothing was changed."
)


@transaction.atomic
def draw(*, participant: Participant) -> list[Offer]:
    """Draw the participant's stories once; drawing again returns the same."""
    quotas.lock(study=participant.study)
    if participant.value_id is None:
        raise Conflict(_("Stories come after you accepted your own card."))
    present = list(Offer.objects.filter(participant=participant))
    if present:
        return present
    protocol = selectors.protocol_for(participant=participant)
    drawn = transitions.draw(
        study=participant.study,
        participant_id=participant.pk,
        own_value=participant.value_id,
        n=protocol.votes_each,
        own_pairs=protocol.whole.votes_on_own,
        language=protocol.reads_apart,
        seed=uuid.UUID(str(participant.pk)).int % 2**31,
        shown=_shown_so_far(participant=participant),
        rehearsal=participant.pilot,
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


def _shown_so_far(*, participant: Participant) -> dict[int, Shown]:
    """Return how often each transition was given to anybody of this study, so that directions balance.

    Those who were here within the hour may still answer; what they were given is not asked of everybody else
    meanwhile. Simulated people balance among themselves, and those of a pilot within it.
    """
    given = Offer.objects.filter(
        participant__study=participant.study_id,
        participant__simulated=participant.simulated,
        participant__pilot_run=participant.pilot_run_id,
        participant__withdrawn_at__isnull=True,
    )
    here = Q(vote_id__isnull=True, participant__last_seen_at__gte=timezone.now() - STILL_HERE)
    rows = given.values_list("transition_id").annotate(times=Count("pk"), open=Count("pk", filter=here))
    return {step: Shown(times, waiting) for step, times, waiting in rows.order_by()}


@transaction.atomic
def show(*, participant: Participant) -> selectors.OfferView | None:
    """Return the next story without an answer, noting when it was first shown.

    None where all are answered.
    """
    draw(participant=participant)
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
        raise Conflict(_(NOT_SHOWN))
    if not answer:
        message = _("Choose one of the five answers.")
        raise Invalid(message, fields={"answer": [message]})
    vote = votes.cast(
        study=participant.study,
        participant_id=participant.pk,
        transition_id=offer.transition_id,
        context_id=offer.context_id,
        story_id=offer.story_id,
        answer=answer,
        reason=reason.strip(),
        simulated=participant.simulated,
        rehearsal=participant.rehearsal,
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
    """Go on from the stories. Raises Conflict while a story waits for its answer."""
    if any(not offer.answered for offer in selectors.offers_of(participant=participant)):
        raise Conflict(_("One story still waits for your answer."))
    return way.go_on(participant=participant, done=Step.VOTES)


@transaction.atomic
def tell(*, participant: Participant, text: str, before: str, agreed: bool) -> None:
    """Keep what a person tells of how they became wiser themselves; nothing where they leave it empty.

    Raises Invalid and Conflict.
    """
    _at_votes(participant=participant)
    own_stories.tell(
        study=participant.study, participant_id=participant.pk, text=text, before=before, agreed=agreed,
        language=participant.language,
    )  # fmt: skip


def _at_votes(*, participant: Participant) -> None:
    if participant.step != Step.VOTES:
        raise Conflict(_("The stories are not open at this step."))
