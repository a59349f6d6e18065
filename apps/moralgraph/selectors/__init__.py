"""Reads of the moral graph: the doorway for other apps."""

from apps.moralgraph.selectors.offers import live_transitions, live_votes, offer_of, offers, votes_of
from apps.moralgraph.selectors.values import (
    card_of,
    cards_of_value,
    context,
    contexts,
    live_values,
    value,
    values,
)
from apps.moralgraph.selectors.views import CardView, Offer, ValueView

__all__ = [
    "CardView",
    "Offer",
    "ValueView",
    "card_of",
    "cards_of_value",
    "context",
    "contexts",
    "live_transitions",
    "live_values",
    "live_votes",
    "offer_of",
    "offers",
    "value",
    "values",
    "votes_of",
]
