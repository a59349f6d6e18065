"""Reads of near-duplicates: which cards are compared, which pairs of values wait, and what was decided."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from apps.moralgraph.domain import linter
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.merging import wordings
from apps.moralgraph.models import Card, CardVersion
from apps.moralgraph.selectors.counted import counted
from apps.moralgraph.selectors.views import policies_of
from apps.shared.models import Study


@dataclass(frozen=True)
class CardText:
    """An accepted card as it is compared with others."""

    card_id: int
    language: str
    text: str


def compared_cards(*, study: Study) -> Q:
    """Return which cards are compared: accepted, in a live value, and counted in the study."""
    live = Q(study=study, accepted_at__isnull=False, erased_at__isnull=True, value__retired_at__isnull=True)
    return live & counted(study=study) & counted(study=study, path="value__")


def card_texts(*, study: Study) -> list[CardText]:
    """Return the cards that are compared, as their authors accepted them, in the order of their numbers."""
    cards = Card.objects.filter(compared_cards(study=study)).values("pk")
    newest: dict[int, CardVersion] = {}
    for version in CardVersion.objects.filter(card__in=cards, proposal="").order_by("card", "number"):
        newest[version.card_id] = version
    return [_text(version) for _, version in sorted(newest.items())]


def _text(version: CardVersion) -> CardText:
    policies = policies_of(version.policies)
    language = linter.language_of(ValuesCard(version.title, version.summary, policies))
    return CardText(version.card_id, language, wordings.written(title=version.title, policies=policies))


def fingerprint(*, study: Study, made_by: Iterable[str]) -> str:
    """Return a hash of which cards are compared and of what compares them; merging changes neither."""
    cards = Card.objects.filter(compared_cards(study=study)).order_by("pk").values_list("pk", flat=True)
    return hashlib.sha256(repr((list(cards), sorted(made_by))).encode()).hexdigest()
