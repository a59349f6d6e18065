"""Reads of contexts, values and cards."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from apps.models.domain import naming
from apps.moralgraph.domain.cards import Policy
from apps.moralgraph.models import Card, CardVersion, Context, Value, Vote
from apps.moralgraph.selectors.counted import counted, counted_anywhere, counted_or_of
from apps.moralgraph.selectors.views import CardView, ValueView, policies_of, view_of_card, view_of_value
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


def answer_names(*, study: Study, **_: Any) -> dict[str, str]:
    """Answer ``names_asked`` with every context, retired ones too: figures may speak of them."""
    rows = Context.objects.filter(study=study).values_list("pk", "name")
    return {naming.context(pk): name for pk, name in rows}


def live_values(*, study: Study, rehearsal: str = "") -> QuerySet[Value]:
    """Return the rows of the values in the graph; those of simulated people only if the study counts them.

    Inside a rehearsal the graph is that of the rehearsal alone.
    """
    shown = counted_or_of(study=study, rehearsal=rehearsal)
    return Value.objects.filter(shown, study=study, retired_at__isnull=True)


def values(*, study: Study, rehearsal: str = "") -> list[ValueView]:
    """Return the values in the study's graph, in a fixed order."""
    return [view_of_value(value) for value in live_values(study=study, rehearsal=rehearsal)]


def readable_values(
    *, study: Study, language: str | None, own: int | None = None, rehearsal: str = ""
) -> tuple[list[ValueView], list[ValueView]]:
    """Return the values that a reader of one language can judge, their own among them, and the others.

    Both are in a fixed order; without a language nobody has others. Where too few can be read, somebody sees
    cards of other languages after them, which say so, rather than nothing.
    """
    found = values(study=study, rehearsal=rehearsal)
    read = [value for value in found if language is None or value.language == language or value.id == own]
    known = {value.id for value in read}
    return read, [value for value in found if value.id not in known]


def value(*, study: Study, value_id: int) -> ValueView:
    """Return one value of the study that counts, or did until it was retired. Raises Missing."""
    found = Value.objects.filter(counted(study=study), study=study, pk=value_id).first()
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
    version = CardVersion.objects.filter(card=card, proposal="").order_by("-number").first() if card else None
    return view_of_card(card, version) if card and version else None


def proposal_to(*, participant_id: uuid.UUID) -> CardView | None:
    """Return the redraft that waits beside a person's own wording, if there is one."""
    version = (
        CardVersion.objects.filter(
            card__participant_id=participant_id,
            card__rejected_at__isnull=True,
            card__erased_at__isnull=True,
            proposal=CardVersion.Proposal.OPEN,
        )
        .select_related("card")
        .first()
    )
    return view_of_card(version.card, version) if version else None


@dataclass(frozen=True)
class Wording:
    """A person's card as it was worded at one time; ``put_away`` where they said that it is not theirs."""

    id: int
    number: int
    by: str
    at: datetime
    title: str
    summary: str
    policies: tuple[Policy, ...]
    put_away: bool


def wordings_of(*, participant_id: uuid.UUID) -> list[Wording]:
    """Return every wording of a person's cards, the newest first; an open redraft is none yet."""
    versions = (
        CardVersion.objects.filter(card__participant_id=participant_id, card__erased_at__isnull=True)
        .exclude(proposal__in=[CardVersion.Proposal.OPEN, CardVersion.Proposal.TAKEN])
        .select_related("card")
        .order_by("-pk")
    )
    return [
        Wording(
            id=version.pk,
            number=version.number,
            by=version.by,
            at=version.created_at,
            title=version.title,
            summary=version.summary,
            policies=policies_of(version.policies),
            put_away=version.card.rejected_at is not None,
        )
        for version in versions
    ]


def card_history(*, participant_id: uuid.UUID) -> list[dict[str, object]]:
    """Return every version of a person's cards, oldest first, with what became of each card."""
    versions = (
        CardVersion.objects.filter(card__participant_id=participant_id, card__erased_at__isnull=True)
        .select_related("card__value")
        .order_by("card", "number")
    )
    return [
        {
            "card": version.card_id,
            "version": version.number,
            "title": version.title,
            "summary": version.summary,
            "policies": version.policies,
            "worded_by": version.by,
            "at": version.created_at,
            "accepted_at": version.card.accepted_at,
            "rejected_at": version.card.rejected_at,
            "stands_in_value": version.card.value.title if version.card.value else None,
        }
        for version in versions
    ]


def words_of(*, study: Study, participants: Collection[uuid.UUID]) -> list[tuple[object, ...]]:
    """Return the wordings of cards and the votes of certain participants, as rows that begin with whose."""
    versions = CardVersion.objects.filter(card__study=study, card__participant_id__in=participants)
    cast = Vote.objects.filter(study=study, participant_id__in=participants)
    wordings = versions.order_by("card", "number").values_list(
        "card__participant_id", "number", "title", "summary", "policies"
    )
    votes = cast.order_by("pk").values_list("participant_id", "transition_id", "answer", "reason")
    return [*wordings, *votes]


def cards_of_value(*, value_id: int) -> list[CardView]:
    """Return the cards that belong to a value and count; quotes only of people who agreed to be quoted."""
    cards = (
        Card.objects.filter(counted_anywhere(), value_id=value_id, erased_at__isnull=True)
        .prefetch_related("versions")
        .order_by("pk")
    )
    return [_shown(card) for card in cards if card.versions.all()]


def _shown(card: Card) -> CardView:
    stood = [version for version in card.versions.all() if not version.proposal]
    version = max(stood, key=lambda item: item.number)
    if not card.quotes_allowed:
        version.policies = [policy.without_quote() for policy in policies_of(version.policies)]
    return view_of_card(card, version)
