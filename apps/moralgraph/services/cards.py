"""A person's card: drafted, revised, accepted or rejected."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.moralgraph.domain import cards as wording
from apps.moralgraph.domain.cards import CardError, Policy, ValuesCard
from apps.moralgraph.models import Belonging, Card, CardVersion, Value
from apps.moralgraph.selectors.views import HasId, id_of
from apps.moralgraph.services import changes
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study

Lines = Sequence[Mapping[str, Any] | Policy]


@transaction.atomic
def draft(
    *,
    study: Study,
    participant_id: uuid.UUID,
    title: str,
    summary: str,
    policies: Lines,
    by: str,
    simulated: bool = False,
    quotes_allowed: bool = False,
) -> Card:
    """Keep a drafted card; a later draft for the same person is the next version of the same card.

    Raises Invalid for a card that cannot be read and Conflict after the person accepted one.
    """
    if by not in CardVersion.By.values:
        raise Invalid("A card is worded by the interviewer or by the person.")
    read = _read(title=title, summary=summary, policies=policies)
    card, made = Card.objects.select_for_update().get_or_create(
        study=study,
        participant_id=participant_id,
        rejected_at=None,
        erased_at=None,
        defaults={"simulated": simulated, "quotes_allowed": quotes_allowed},
    )
    if card.accepted_at:
        raise Conflict("This card was accepted already, so it cannot be drafted again.")
    if not made and card.quotes_allowed != quotes_allowed:
        card.quotes_allowed = quotes_allowed
        card.save(update_fields=["quotes_allowed"])
    _add_version(card=card, read=read, by=by)
    return card


@transaction.atomic
def revise(*, card: HasId | int, title: str, summary: str, policies: Lines) -> CardVersion:
    """Keep the person's own wording as the next version.

    Raises Invalid for a card that cannot be read or a quote that is not of this card, and Conflict once it
    was decided.
    """
    row = _undecided(card=card)
    read = _read(title=title, summary=summary, policies=policies)
    known = {
        (policy["quote"], policy["turn"])
        for version in row.versions.all()
        for policy in version.policies
        if policy.get("quote")
    }
    for position, policy in enumerate(read.policies):
        if policy.quote and (policy.quote, policy.turn) not in known:
            message = "This quote is not of this card."
            raise Invalid(message, fields={f"policies.{position}.quote": [message]})
    return _add_version(card=row, read=read, by=CardVersion.By.PERSON)


@transaction.atomic
def accept(*, card: HasId | int) -> Value:
    """Put the card into the graph as a value of its own; accepting twice changes nothing.

    Steps to other values and their stories are made when they are drawn (``transitions.draw``), so that a
    graph of many values does not grow by the square.
    """
    row = _locked(card=card)
    if row.value is not None and row.accepted_at:
        return row.value
    _refuse_ended(row)
    version = row.versions.order_by("-number").first()
    if version is None or not version.title or not version.policies:
        raise Invalid("A card needs a title and at least one line before you can accept it.")
    value = Value.objects.create(
        study=row.study,
        title=version.title,
        summary=version.summary,
        policies=[Policy.from_json(policy).without_quote() for policy in version.policies],
        simulated=row.simulated,
    )
    Belonging.objects.create(
        card=row, value=value, by="person", reason="This value is the person's own card."
    )
    row.value, row.accepted_at = value, timezone.now()
    row.save(update_fields=["value", "accepted_at"])
    changes.announce(study=row.study)
    return value


@transaction.atomic
def reject(*, card: HasId | int) -> Card:
    """Note that the person does not recognise the card; rejecting twice changes nothing."""
    row = _locked(card=card)
    if row.rejected_at is None:
        _undecided(card=card)
        row.rejected_at = timezone.now()
        row.save(update_fields=["rejected_at"])
    return row


def _read(*, title: str, summary: str, policies: Lines) -> ValuesCard:
    try:
        return wording.read(title=title, summary=summary, policies=policies)
    except CardError as error:
        raise Invalid(str(error), fields={error.field: [str(error)]}) from error


def _locked(*, card: HasId | int) -> Card:
    row = Card.objects.select_for_update().filter(pk=id_of(card)).first()
    if row is None:
        raise Missing("There is no such card.")
    return row


def _undecided(*, card: HasId | int) -> Card:
    row = _locked(card=card)
    if row.accepted_at:
        raise Conflict("You accepted this card already, so it can no longer be changed.")
    _refuse_ended(row)
    return row


def _refuse_ended(row: Card) -> None:
    if row.rejected_at or row.erased_at:
        raise Conflict("This card was put away, so it can no longer be changed.")


def _add_version(*, card: Card, read: ValuesCard, by: str) -> CardVersion:
    last = card.versions.aggregate(last=Max("number"))["last"] or 0
    return CardVersion.objects.create(
        card=card,
        number=last + 1,
        title=read.title,
        summary=read.summary,
        policies=[policy.to_json() for policy in read.policies],
        by=by,
    )
