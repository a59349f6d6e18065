"""Proposals of contexts: from a card's author or a model, decided on by a researcher."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.moralgraph.models import Card, Context, ContextProposal
from apps.moralgraph.selectors.values import context as find_context
from apps.moralgraph.selectors.views import HasId, id_of
from apps.moralgraph.services import contexts
from apps.moralgraph.services.retirements import reason_of
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study
from apps.shared.services import audit

State = ContextProposal.State
Origin = ContextProposal.Origin


@transaction.atomic
def say(*, card: HasId | int, name: str, language: str = "") -> None:
    """Keep what a card's author says of the kind of moment that their story was in; nothing takes it back.

    Raises Missing, Invalid for an endless name, and Conflict once the card was decided on.
    """
    name = _short(name)
    row = Card.objects.select_for_update().filter(pk=id_of(card), erased_at__isnull=True).first()
    if row is None:
        raise Missing("There is no such card.")
    if row.accepted_at or row.rejected_at:
        raise Conflict(_("You accepted this card already, so it can no longer be changed."))
    if not name:
        ContextProposal.objects.filter(card=row, origin=Origin.PERSON).delete()
        return
    ContextProposal.objects.update_or_create(
        card=row, origin=Origin.PERSON,
        defaults={"study_id": row.study_id, "name": name, "language": language},
    )  # fmt: skip


@transaction.atomic
def propose(*, card: HasId | int, name: str, language: str, engine: dict[str, Any]) -> ContextProposal | None:
    """Keep what a model proposes for an accepted card whose author said nothing; else None."""
    row = Card.objects.select_for_update().filter(
        pk=id_of(card), erased_at__isnull=True, accepted_at__isnull=False
    ).first()  # fmt: skip
    if row is None or ContextProposal.objects.filter(card=row).exists():
        return None
    return ContextProposal.objects.create(
        study_id=row.study_id,
        card=row,
        origin=Origin.LLM,
        name=_short(name),
        language=language,
        engine=engine,
    )


def decide(
    *,
    study: Study,
    actor: Person,
    proposal_id: int,
    state: str,
    name: str = "",
    into: int | None = None,
    reason: str = "",
) -> ContextProposal:
    """Confirm a proposal, put it into a context, decline it or open it again. Raises as those do."""
    named: dict[str, Any] = {"study": study, "actor": actor, "proposal_id": proposal_id}
    if state == State.CONFIRMED:
        return confirm(**named, name=name)
    if state == State.DECLINED:
        return decline(**named, reason=reason)
    if state == State.OPEN:
        return reopen(**named)
    if into is None:
        message = "Say into which context."
        raise Invalid(message, fields={"into": [message]})
    return put_into(**named, context_id=into)


@transaction.atomic
def confirm(*, study: Study, actor: Person, proposal_id: int, name: str = "") -> ContextProposal:
    """Make a context of a proposal, in its words or in better ones. Raises Missing, Invalid and Conflict."""
    row = _open(study=study, proposal_id=proposal_id)
    made = Context.objects.create(study=study, name=contexts.free_name(study=study, name=name or row.name))
    row.made_context = True
    return _decide(row, actor=actor, state=State.CONFIRMED, context=made)


@transaction.atomic
def put_into(*, study: Study, actor: Person, proposal_id: int, context_id: int) -> ContextProposal:
    """Let a proposal's card belong to a context that is there. Raises Missing, and Conflict once decided."""
    row = _open(study=study, proposal_id=proposal_id)
    into = find_context(study=study, context_id=context_id)
    return _decide(row, actor=actor, state=State.PUT_INTO, context=into)


@transaction.atomic
def decline(*, study: Study, actor: Person, proposal_id: int, reason: str) -> ContextProposal:
    """Make nothing of a proposal. Raises Missing, Invalid without a reason, and Conflict once decided."""
    row = _open(study=study, proposal_id=proposal_id)
    return _decide(row, actor=actor, state=State.DECLINED, reason=reason_of(reason))


@transaction.atomic
def reopen(*, study: Study, actor: Person, proposal_id: int) -> ContextProposal:
    """Let a proposal wait again; a context that was made for it stays. Raises Missing and Conflict."""
    row = _found(study=study, proposal_id=proposal_id)
    if row.state == State.OPEN:
        raise Conflict("This proposal is open.")
    row.made_context = False
    return _decide(row, actor=actor, state=State.OPEN)


def _short(name: str) -> str:
    found = " ".join(name.split())
    if len(found) > contexts.LONGEST_NAME:
        message = _("At most %(most)s characters fit here.") % {"most": contexts.LONGEST_NAME}
        raise Invalid(message, fields={"moment": [message]})
    return found


def _found(*, study: Study, proposal_id: int) -> ContextProposal:
    rows = ContextProposal.objects.select_for_update(of=("self",)).filter(study=study, erased_at__isnull=True)
    row = rows.filter(pk=proposal_id).first()
    if row is None:
        raise Missing("There is no such proposal in this study, or its author withdrew.")
    return row


def _open(*, study: Study, proposal_id: int) -> ContextProposal:
    row = _found(study=study, proposal_id=proposal_id)
    if row.state != State.OPEN:
        raise Conflict("This proposal was decided on already. Open it again first.")
    return row


def _decide(
    row: ContextProposal, *, actor: Person, state: str, context: Context | None = None, reason: str = ""
) -> ContextProposal:
    row.state, row.context, row.reason = state, context, reason
    opened = state == State.OPEN
    row.decided_by = "" if opened else actor.get_username()[:60]
    row.decided_at = None if opened else timezone.now()
    row.save()
    detail = {"state": state, "context": row.context_id}
    subject = f"context-proposal/{row.pk}"
    audit.record(study=row.study, actor=actor, action="context.proposal", subject=subject, detail=detail)
    return row
