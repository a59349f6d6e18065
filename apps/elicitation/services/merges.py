"""A person's word on what their card was put together with."""

from django.db import transaction

from apps.elicitation.models import Participant
from apps.moralgraph.services import belongings


@transaction.atomic
def object_to_merge(*, participant: Participant, reason: str) -> Participant:
    """Let the person's card stand for itself again, and keep why. Raises Missing, Conflict, Invalid."""
    row = Participant.objects.select_for_update(of=("self",)).select_related("study").get(pk=participant.pk)
    value = belongings.object_to_belonging(study=row.study, participant_id=row.pk, reason=reason)
    row.value_id = value.pk
    row.save(update_fields=["value_id"])
    return row
