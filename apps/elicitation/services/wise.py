"""Which values of others a person finds wise to consider; shown only after their own card is accepted."""

import random
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from apps.elicitation import selectors
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant, WiseChoice
from apps.elicitation.services import way
from apps.moralgraph import selectors as moralgraph
from apps.shared.errors import Conflict, Invalid

SHOWN = 6


@transaction.atomic
def draw(*, participant: Participant) -> list[WiseChoice]:
    """Return the values that a person is shown: the same ones, in the same order, however often they look.

    Raises Conflict before their own card is accepted.
    """
    Participant.objects.select_for_update().get(pk=participant.pk)
    if participant.value_id is None:
        raise Conflict(_("Values of others are shown after you accepted your own card."))
    present = list(WiseChoice.objects.filter(participant=participant))
    if present:
        return present
    readable, others = moralgraph.readable_values(
        study=participant.study,
        language=selectors.protocol_for(participant=participant).reads_apart,
        rehearsal=participant.pilot,
    )
    chance = random.Random(uuid.UUID(str(participant.pk)).int)
    drawn: list[int] = []
    for known in (readable, others):
        ids = [value.id for value in known if value.id != participant.value_id]
        drawn += chance.sample(ids, k=min(SHOWN - len(drawn), len(ids)))
    return WiseChoice.objects.bulk_create(
        [
            WiseChoice(participant=participant, value_id=value, position=position)
            for position, value in enumerate(drawn)
        ]
    )


@transaction.atomic
def choose(*, participant: Participant, values: Collection[int]) -> Participant:
    """Keep which of the shown values were found wise, none of them being an answer too. Raises Invalid."""
    if participant.step == Step.WISE:
        shown = list(WiseChoice.objects.select_for_update().filter(participant=participant))
        if not set(values) <= {choice.value_id for choice in shown}:
            raise Invalid(_("Only values that were shown to you can be chosen. Nothing was changed."))
        for choice in shown:
            choice.chosen = choice.value_id in values
        WiseChoice.objects.bulk_update(shown, ["chosen"])
    return way.go_on(participant=participant, done=Step.WISE)
