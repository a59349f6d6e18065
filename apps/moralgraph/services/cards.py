"""A person's card: drafted, revised, accepted or rejected."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.moralgraph.domain import cards as wording
from apps.moralgraph.domain.cards import CardError, Policy, Quote, ValuesCard
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
    rehearsal: str = "",
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
        defaults={"simulated": simulated, "rehearsal": rehearsal, "quotes_allowed": quotes_allowed},
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
    known = _quotes(row)
    for position, policy in enumerate(read.policies):
        if policy.quote and (policy.quote, policy.turn) not in known:
            message = _("This quote is not of this card.")
            raise Invalid(message, fields={f"policies.{position}.quote": [message]})
    # Further quotes come from the card itself, never from a form.
    kept = (replace(line, more=known.get((line.quote, line.turn), ())) for line in read.policies)
    read = replace(read, policies=tuple(kept))
    return _add_version(card=row, read=read, by=CardVersion.By.PERSON)


@transaction.atomic
def propose(*, card: HasId | int, title: str, summary: str, policies: Lines) -> CardVersion | None:
    """Offer a redraft beside the wording that stands; one that says the same is none.

    An earlier offer is then over. Raises Invalid for a card that cannot be read, Conflict for a decided one.
    """
    row = _undecided(card=card)
    read = _read(title=title, summary=summary, policies=policies)
    _leave_proposals(row)
    stands = _standing(row)
    if stands is not None and _words(stands.title, stands.summary, stands.policies) == _words(
        read.title, read.summary, [policy.to_json() for policy in read.policies]
    ):
        return None
    return _add_version(
        card=row, read=read, by=CardVersion.By.INTERVIEWER, proposal=CardVersion.Proposal.OPEN
    )


@transaction.atomic
def answer_proposal(*, card: HasId | int, take: bool) -> CardVersion | None:
    """Let the open redraft become the card's wording, or leave it; return the wording that stands then.

    Raises Conflict once the card was decided, or where nothing is proposed.
    """
    row = _undecided(card=card)
    proposed = row.versions.filter(proposal=CardVersion.Proposal.OPEN).first()
    if proposed is None:
        raise Conflict(_("There is no new draft to answer. Your card is as you left it."))
    if not take:
        _leave_proposals(row)
        return _standing(row)
    proposed.proposal = CardVersion.Proposal.TAKEN
    proposed.save(update_fields=["proposal"])
    read = _read(title=proposed.title, summary=proposed.summary, policies=proposed.policies)
    return _add_version(card=row, read=read, by=CardVersion.By.INTERVIEWER)


def _standing(card: Card) -> CardVersion | None:
    return card.versions.filter(proposal="").order_by("-number").first()


def _leave_proposals(card: Card) -> None:
    card.versions.filter(proposal=CardVersion.Proposal.OPEN).update(proposal=CardVersion.Proposal.LEFT)


def _words(title: str, summary: str, policies: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    lines = tuple((line["attended"], line.get("qualifier", ""), line.get("quote", "")) for line in policies)
    return title, summary, lines


def _quotes(card: Card) -> dict[tuple[str, int | None], tuple[Quote, ...]]:
    """Return the first quotes of all lines that the person's cards ever had, with the further ones of each.

    A card that they put away counts too, so that a line of it can be brought back.
    """
    versions = CardVersion.objects.filter(
        card__study=card.study_id, card__participant_id=card.participant_id, card__erased_at__isnull=True
    ).order_by("pk")
    lines = [Policy.from_json(policy) for version in versions for policy in version.policies]
    return {(line.quote, line.turn): line.more for line in lines if line.quote}


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
    version = _standing(row)
    if version is None or not version.title or not version.policies:
        raise Invalid(_("A card needs a title and at least one line before you can accept it."))
    value = Value.objects.create(
        study=row.study,
        title=version.title,
        summary=version.summary,
        policies=[Policy.from_json(policy).without_quote() for policy in version.policies],
        simulated=row.simulated,
        rehearsal=row.rehearsal,
    )
    Belonging.objects.create(
        card=row, value=value, by="person", reason="This value is the person's own card."
    )
    _leave_proposals(row)
    row.value, row.accepted_at = value, timezone.now()
    row.save(update_fields=["value", "accepted_at"])
    if not row.rehearsal:
        changes.announce_of(study=row.study, participant_id=row.participant_id)
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
        message = _(error.message) % error.values
        raise Invalid(message, fields={error.field: [message]}) from error


def _locked(*, card: HasId | int) -> Card:
    row = Card.objects.select_for_update().filter(pk=id_of(card)).first()
    if row is None:
        raise Missing("There is no such card.")
    return row


def _undecided(*, card: HasId | int) -> Card:
    row = _locked(card=card)
    if row.accepted_at:
        raise Conflict(_("You accepted this card already, so it can no longer be changed."))
    _refuse_ended(row)
    return row


def _refuse_ended(row: Card) -> None:
    if row.rejected_at or row.erased_at:
        raise Conflict(_("This card was put away, so it can no longer be changed."))


def _add_version(*, card: Card, read: ValuesCard, by: str, proposal: str = "") -> CardVersion:
    last = card.versions.aggregate(last=Max("number"))["last"] or 0
    return CardVersion.objects.create(
        card=card,
        number=last + 1,
        title=read.title,
        summary=read.summary,
        policies=[policy.to_json() for policy in read.policies],
        by=by,
        proposal=proposal,
    )
