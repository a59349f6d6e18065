"""The card that comes out of an interview, handed to the moral graph to keep."""

from collections.abc import Sequence

from apps.elicitation.domain import hints
from apps.elicitation.models import Interview
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.domain.cards import MOST_POLICIES, ValuesCard
from apps.moralgraph.domain.linter import Finding
from apps.moralgraph.selectors import CardView
from apps.moralgraph.services import cards


def keep(*, interview: Interview, card: ValuesCard, up_to: int, judged: Sequence[Finding] = ()) -> None:
    """Keep a drafted card, and what a model still finds in it.

    After a person talked on, their card stands as they left it, and the redraft is offered beside it.
    """
    participant = interview.participant
    before = moralgraph.card_of(participant_id=participant.pk)
    if before is None:
        cards.draft(
            study=participant.study,
            participant_id=participant.pk,
            title=card.title,
            summary=card.summary,
            policies=card.policies,
            by="interviewer",
            simulated=participant.simulated,
            rehearsal=participant.rehearsal,
            quotes_allowed=participant.consent.quotes,
        )
    else:
        since = int(interview.state.get("drafted_up_to", -1))
        offered = _beside(before, card, since=since)
        cards.propose(card=before.id, title=offered.title, summary=offered.summary, policies=offered.policies)
    kept = [*interview.state.get("judged", ()), *hints.keys_of(card=card, findings=judged)]
    interview.state = {**interview.state, "drafted_up_to": up_to, "judged": kept}


def _beside(before: CardView, card: ValuesCard, *, since: int) -> ValuesCard:
    """Return what to offer: the redraft; or, where the person reworded, their wording with the new lines."""
    if before.by == "interviewer":
        return card
    new = tuple(policy for policy in card.policies if policy.turn is not None and policy.turn > since)
    return ValuesCard(before.title, before.summary, (*before.policies, *new)[:MOST_POLICIES])
