"""Reads of contexts, values and cards."""

import uuid

from django.db.models import Q, QuerySet

from apps.moralgraph.models import Card, CardVersion, Context, Value
from apps.moralgraph.selectors.views import CardView, ValueView, view_of_card, view_of_value
from apps.shared.errors import Missing
from apps.shared.models import Study


def contexts(*, study: Study) -> QuerySet[Context]:
    """Return the study's contexts that are in use."""
    return Context.objects.filter(study=study, retired_at__isnull=True)


def context(*, study: Study, context_id: int) -> Context:
    """Return one context of the study. Raises Missing."""
    found = contexts(study=study).filter(pk=context_id).first()
    if found is None:
        raise Missing("There is no such context in this study.")
    return found


def live_values(*, study: Study) -> QuerySet[Value]:
    """Return the rows of the values in the graph; those of simulated people only if the study counts them."""
    counted = Q() if study.include_simulated else Q(simulated=False)
    return Value.objects.filter(counted, study=study, retired_at__isnull=True)


def values(*, study: Study) -> list[ValueView]:
    """Return the values in the study's graph, in a fixed order."""
    return [view_of_value(value) for value in live_values(study=study)]


def value(*, study: Study, value_id: int) -> ValueView:
    """Return one value of the study, retired ones included. Raises Missing."""
    found = Value.objects.filter(study=study, pk=value_id).first()
    if found is None:
        raise Missing("There is no such value in this study.")
    return view_of_value(found)


def card_of(*, participant_id: uuid.UUID) -> CardView | None:
    """Return a person's card as it stands; None where there is none, or it was rejected or withdrawn."""
    card = (
        Card.objects.filter(participant_id=participant_id, rejected_at__isnull=True, erased_at__isnull=True)
        .order_by("-pk")
        .first()
    )
    version = CardVersion.objects.filter(card=card).order_by("-number").first() if card else None
    return view_of_card(card, version) if card and version else None


def cards_of_value(*, value_id: int) -> list[CardView]:
    """Return the cards that belong to a value; quotes only of people who agreed that they are shown."""
    cards = (
        Card.objects.filter(value_id=value_id, erased_at__isnull=True)
        .prefetch_related("versions")
        .order_by("pk")
    )
    return [_shown(card) for card in cards if card.versions.all()]


def _shown(card: Card) -> CardView:
    version = max(card.versions.all(), key=lambda item: item.number)
    if not card.quotes_allowed:
        version.policies = [{**policy, "quote": "", "turn": None} for policy in version.policies]
    return view_of_card(card, version)
