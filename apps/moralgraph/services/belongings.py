"""To which value a card belongs, and a person's word that it does not."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.moralgraph.models import Belonging, Card, CardVersion, MergeObjection, Value
from apps.moralgraph.selectors.views import policies_of
from apps.moralgraph.services import changes
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study
from apps.shared.services import audit

OWN = "person"
LONGEST_REASON = 2000
REASON = "The person said that the merge is wrong."


@transaction.atomic
def object_to_belonging(*, study: Study, participant_id: uuid.UUID, reason: str = "") -> Value:
    """Take a person's card out of the value that somebody put it into, and give it a value of its own again.

    The reason is kept for the researchers. Raises Missing without an accepted card, Conflict where the card
    stands for itself, and Invalid for an endless reason.
    """
    if len(reason) > LONGEST_REASON:
        message = _("At most %(most)s characters fit here.") % {"most": LONGEST_REASON}
        raise Invalid(message, fields={"reason": [message]})
    card = (
        Card.objects.select_for_update()
        .filter(study=study, participant_id=participant_id, accepted_at__isnull=False, erased_at__isnull=True)
        .first()
    )
    belonging = Belonging.objects.filter(card=card, undone_at__isnull=True).first() if card else None
    if card is None or belonging is None:
        raise Missing(_("There is no accepted card in this session."))
    if belonging.by == OWN:
        raise Conflict(_("Your card stands for itself, so there is no merge to object to."))
    MergeObjection.objects.create(belonging=belonging, reason=reason.strip())
    own = stand_alone(card=card, reason=REASON)
    detail = {"from_value": belonging.value_id, "to_value": own.pk}
    audit.record(study=study, actor=None, action="merge.objected", subject=f"card/{card.pk}", detail=detail)
    if not card.rehearsal:
        changes.announce(study=study)
    return own


@transaction.atomic
def stand_alone(*, card: Card, reason: str) -> Value:
    """Take a card out of whatever value it is in, and let it stand for itself; return its own value."""
    Belonging.objects.filter(card=card, undone_at__isnull=True).update(undone_at=timezone.now())
    card.value = _own_value(card=card)
    card.save(update_fields=["value"])
    Belonging.objects.create(card=card, value=card.value, by=OWN, reason=reason)
    return card.value


@transaction.atomic
def put_into(*, card: Card, value: Value, by: str, reason: str) -> Belonging:
    """Put a card into a value; the one that it leaves is retired where nobody else's card is in it."""
    Belonging.objects.filter(card=card, undone_at__isnull=True).update(undone_at=timezone.now())
    left = card.value_id
    if left and not Belonging.objects.filter(value=left, undone_at__isnull=True).exists():
        Value.objects.filter(pk=left).update(retired_at=timezone.now())
    Value.objects.filter(pk=value.pk).update(retired_at=None)
    card.value = value
    card.save(update_fields=["value"])
    return Belonging.objects.create(card=card, value=value, by=by[:60], reason=reason[:300])


def _own_value(*, card: Card) -> Value:
    """Return the value that the card was accepted as, brought back; or a new one where others hold it now."""
    first = Belonging.objects.filter(card=card, by=OWN).select_related("value").order_by("pk").first()
    if first is not None and first.value.erased_at is None:
        others = Belonging.objects.filter(value=first.value, undone_at__isnull=True).exclude(card=card)
        if not others.exists():
            Value.objects.filter(pk=first.value.pk).update(retired_at=None)
            return Value.objects.get(pk=first.value.pk)
    version = CardVersion.objects.filter(card=card, proposal="").order_by("-number").first()
    if version is None:
        raise Missing(_("There is no accepted card in this session."))
    return Value.objects.create(
        study=card.study,
        title=version.title,
        summary=version.summary,
        policies=[policy.without_quote() for policy in policies_of(version.policies)],
        simulated=card.simulated,
        rehearsal=card.rehearsal,
    )
