"""The card that comes out of an interview, handed to the moral graph to keep."""

from apps.elicitation.models import Interview
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.domain.cards import MOST_POLICIES, ValuesCard
from apps.moralgraph.services import cards


def keep(*, interview: Interview, card: ValuesCard, up_to: int) -> None:
    """Keep a drafted card.

    After a person talked on, their card stands as they left it: only lines from what they said since are
    added.
    """
    participant = interview.participant
    before = moralgraph.card_of(participant_id=participant.pk)
    since = int(interview.state.get("drafted_up_to", -1))
    title, summary, policies = card.title, card.summary, list(card.policies)
    if before is not None:
        new = [policy for policy in policies if policy.turn is not None and policy.turn > since]
        title, summary = before.title, before.summary
        policies = [*before.policies, *new][:MOST_POLICIES]
    cards.draft(
        study=participant.study,
        participant_id=participant.pk,
        title=title,
        summary=summary,
        policies=policies,
        by="interviewer",
        simulated=participant.simulated,
        quotes_allowed=participant.consent.quotes,
    )
    interview.state = {**interview.state, "drafted_up_to": up_to}
