"""The questions after the votes."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from apps.elicitation import selectors
from apps.elicitation.domain.protocol import SurveyItem
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant, Survey
from apps.elicitation.services import way
from apps.shared.errors import Invalid

LONGEST = 4000
SCALE = ("1", "2", "3", "4", "5")


@transaction.atomic
def answer(*, participant: Participant, answers: Mapping[str, str]) -> Participant:
    """Keep the answers, each of which may be left out, and go on. Raises Invalid for one that is none."""
    content = selectors.protocol_for(participant=participant).whole
    read = {item.key: _read(item, answers.get(item.key, "").strip()) for item in content.survey}
    if participant.step == Step.SURVEY:
        kept = {key: value for key, value in read.items() if value not in {"", None}}
        Survey.objects.update_or_create(participant=participant, defaults={"answers": kept})
    return way.go_on(participant=participant, done=Step.SURVEY)


def _read(item: SurveyItem, answer: str) -> int | str | None:
    message = ""
    if item.kind == "scale" and answer and answer not in SCALE:
        message = _("Choose a number from 1 to 5, or leave it out.")
    if len(answer) > LONGEST:
        message = _("At most %(most)s characters fit here.") % {"most": LONGEST}
    if message:
        raise Invalid(message, fields={item.key: [message]})
    return int(answer) if item.kind == "scale" and answer else answer
