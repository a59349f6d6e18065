"""When a person withdraws: their words go, their votes stop counting, the counts stay honest."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.models.services import withdrawal as models
from apps.moralgraph.models import (
    Belonging,
    Card,
    CardVector,
    CardVersion,
    Context,
    ContextCandidate,
    ContextChange,
    ContextProposal,
    MergeCandidate,
    MergeDecision,
    MergeObjection,
    MergeOpinion,
    ObjectionAnswer,
    OwnStory,
    Snapshot,
    Story,
    Value,
    Vote,
)
from apps.moralgraph.services import changes
from apps.shared.models import Study

ERASED_TITLE = "A withdrawn value"
ERASED_CONTEXT = "A withdrawn context"


def on_withdrawn(*, study: Study, participant_id: uuid.UUID, **_: Any) -> None:
    """Answer the ``withdrawn`` signal."""
    erase(study=study, participant_id=participant_id)


@transaction.atomic
def erase(*, study: Study, participant_id: uuid.UUID) -> None:
    """Erase the words of a person's cards and reasons, and end their votes and values.

    Rows stay, empty, so that snapshots keep pointing at something and their counts stay true.
    """
    now = timezone.now()
    _note_uses(study=study, participant_id=participant_id)
    cards = list(Card.objects.filter(study=study, participant_id=participant_id, erased_at__isnull=True))
    CardVersion.objects.filter(card__in=cards).update(title="", summary="", policies=[])
    Belonging.objects.filter(card__in=cards, undone_at__isnull=True).update(undone_at=now)
    MergeObjection.objects.filter(belonging__card__in=cards).update(reason="", erased_at=now)
    ObjectionAnswer.objects.filter(objection__belonging__card__in=cards).update(reason="")
    Card.objects.filter(pk__in=[card.pk for card in cards]).update(erased_at=now)
    _forget_comparisons(cards)
    _forget_moments(cards, now=now)
    _forget_own_stories(cards, now=now)
    own = Belonging.objects.filter(card__in=cards, by="person").values_list("value_id", flat=True)
    # A merge leaves the value that a card was accepted as: retired, with the person's words in it.
    for value_id in sorted({*own, *(card.value_id for card in cards if card.value_id)}):
        _let_go(value_id=value_id, now=now)
    votes = Vote.objects.filter(study=study, participant_id=participant_id)
    votes.update(reason="")
    votes.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
    if not any(card.rehearsal for card in cards):
        changes.announce(study=study)


def _forget_comparisons(cards: Sequence[Card]) -> None:
    """Erase where the cards lay for an encoder, and what was said of their values from their words."""
    CardVector.objects.filter(card__in=cards).delete()
    MergeCandidate.objects.filter(Q(first__in=cards) | Q(second__in=cards)).delete()
    values = Belonging.objects.filter(card__in=cards).values("value")
    MergeOpinion.objects.filter(Q(low__in=values) | Q(high__in=values)).delete()
    moved = MergeDecision.objects.filter(Q(low__in=values) | Q(high__in=values))
    moved.update(reason="")


def _forget_moments(cards: Sequence[Card], *, now: datetime) -> None:
    """Erase the kinds of moments that people put into words, and contexts that hold nothing but those words.

    A context that others use too is the study's: a researcher worded it for everybody.
    """
    said = ContextProposal.objects.filter(card__in=cards, erased_at__isnull=True)
    ContextCandidate.objects.filter(proposal__in=said).delete()
    for row in said.filter(made_context=True).select_related("context"):
        if row.context is not None and row.context.name.casefold() == row.name.casefold():
            _let_context_go(context=row.context, but=row, now=now)
        _forget_names(row)
    said.update(name="", engine={}, reason="", erased_at=now)


def _forget_own_stories(cards: Sequence[Card], *, now: datetime) -> None:
    """Erase what people told of themselves, and what was offered to others of it."""
    own = OwnStory.objects.filter(card__in=cards, erased_at__isnull=True)
    Story.objects.filter(told__in=own).update(text="", retired_at=now)
    own.update(text="", before="", reason="", erased_at=now)


def _let_context_go(*, context: Context, but: ContextProposal, now: datetime) -> None:
    others = ContextProposal.objects.filter(context=context, erased_at__isnull=True).exclude(card=but.card_id)
    votes = Vote.objects.filter(context=context).exclude(participant_id=but.card.participant_id)
    if not others.exists() and not votes.exists():
        Context.objects.filter(pk=context.pk).update(
            name=f"{ERASED_CONTEXT} {context.pk}", retired_at=context.retired_at or now
        )


def _forget_names(row: ContextProposal) -> None:
    """Erase the person's words from what a context was called before, unless they are its name for all."""
    if Context.objects.filter(proposals=row, name__iexact=row.name).exists():
        return
    told = ContextChange.objects.filter(context=row.context_id)
    for field in ("before", "after"):
        told.filter(**{f"{field}__iexact": row.name}).update(**{field: f"{ERASED_CONTEXT} {row.context_id}"})


def _note_uses(*, study: Study, participant_id: uuid.UUID) -> None:
    """Mark what was made from snapshots in which the person counts, and from their values."""
    votes = Vote.objects.filter(study=study, participant_id=participant_id, withdrawn_at__isnull=True)
    cards = Card.objects.filter(study=study, participant_id=participant_id, erased_at__isnull=True)
    counted = set(votes.values_list("pk", flat=True))
    values = set(Belonging.objects.filter(card__in=cards).values_list("value_id", flat=True))
    leaning = [
        pk
        for pk, ids in Snapshot.objects.filter(study=study).values_list("pk", "ids")
        if counted.intersection(ids.get("votes", ())) or values.intersection(ids.get("values", ()))
    ]
    if leaning or values:
        models.note_graph(study=study, participant_id=participant_id, snapshot_ids=leaning, value_ids=values)


def _let_go(*, value_id: int, now: datetime) -> None:
    """Reword a value from another person's card where one belongs to it; else empty and retire it."""
    value = Value.objects.select_for_update().get(pk=value_id)
    Story.objects.filter(Q(transition__less_wise=value) | Q(transition__wiser=value)).update(text="")
    left = Card.objects.filter(
        belongings__value=value, belongings__undone_at__isnull=True, erased_at__isnull=True,
        rehearsal=value.rehearsal,
    )  # fmt: skip
    versions = CardVersion.objects.filter(card=left.order_by("pk").first(), proposal="")
    version = versions.order_by("-number").first()
    if version is None:
        value.title, value.summary, value.policies = ERASED_TITLE, "", []
        value.retired_at, value.erased_at = value.retired_at or now, now
    else:
        value.title, value.summary = version.title, version.summary
        value.policies = [
            {"attended": item["attended"], "qualifier": item["qualifier"]} for item in version.policies
        ]
    value.save()
