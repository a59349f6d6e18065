"""What researchers decide on a person's word that a merge is wrong: with a reason, and never for good."""

from django.db import transaction
from django.utils import timezone

from apps.moralgraph.models import Belonging, Card, MergeObjection, ObjectionAnswer
from apps.moralgraph.services import belongings, changes
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study
from apps.shared.services import audit

LONGEST_REASON = 300
TAKEN_BACK = "The answer that put it there was taken back."
Decision = ObjectionAnswer.Decision


@transaction.atomic
def answer(*, study: Study, actor: Person, objection_id: int, decision: str, reason: str) -> ObjectionAnswer:
    """Leave the card apart, as its author wishes, or put it together again; the author reads the reason.

    Raises Missing, Invalid without a reason, and Conflict where it is answered already, or where the card or
    the value has changed since.
    """
    objection, card = _locked(study=study, objection_id=objection_id)
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        message = f"Give a reason of at most {LONGEST_REASON} characters; the person reads it."
        raise Invalid(message, fields={"reason": [message]})
    if objection.answers.filter(undone_at__isnull=True).exists():
        raise Conflict("This objection is answered already. Take that answer back first.")
    made = None
    if decision == Decision.TOGETHER:
        made = _put_back(objection=objection, card=card, actor=actor, reason=reason)
    row = ObjectionAnswer.objects.create(
        objection=objection, decision=decision, reason=reason, by=actor.get_username()[:60], belonging=made
    )
    _note(study=study, actor=actor, action="objection.answered", objection=objection, decision=decision)
    return row


@transaction.atomic
def take_back(*, study: Study, actor: Person, objection_id: int) -> MergeObjection:
    """Take the answer to an objection back; a card that it put together stands for itself again.

    Raises Missing, and Conflict where nobody answered.
    """
    objection, card = _locked(study=study, objection_id=objection_id)
    row = objection.answers.filter(undone_at__isnull=True).select_related("belonging").first()
    if row is None:
        raise Conflict("This objection has no answer that could be taken back.")
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    if row.belonging is not None and row.belonging.undone_at is None:
        belongings.stand_alone(card=card, reason=TAKEN_BACK)
    _note(study=study, actor=actor, action="objection.reopened", objection=objection, decision=row.decision)
    return objection


def _put_back(*, objection: MergeObjection, card: Card, actor: Person, reason: str) -> Belonging:
    now = Belonging.objects.filter(card=card, undone_at__isnull=True).first()
    if now is None or now.by != belongings.OWN:
        raise Conflict("The card stands in a value again already, so there is nothing to put together.")
    value = objection.belonging.value
    if value.erased_at:
        raise Conflict("The words of that value were withdrawn, so nothing can be put into it any more.")
    return belongings.put_into(card=card, value=value, by=actor.get_username(), reason=reason)


def _locked(*, study: Study, objection_id: int) -> tuple[MergeObjection, Card]:
    objection = (
        MergeObjection.objects.select_for_update(of=("self",))
        .select_related("belonging__value")
        .filter(pk=objection_id, belonging__card__study=study, erased_at__isnull=True)
        .first()
    )
    if objection is None:
        raise Missing("There is no such objection in this study, or its author withdrew.")
    return objection, Card.objects.select_for_update().get(pk=objection.belonging.card_id)


def _note(*, study: Study, actor: Person, action: str, objection: MergeObjection, decision: str) -> None:
    detail = {"decision": decision, "value": objection.belonging.value_id}
    audit.record(study=study, actor=actor, action=action, subject=f"objection/{objection.pk}", detail=detail)
    changes.announce(study=study)
