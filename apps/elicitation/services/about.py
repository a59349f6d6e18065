"""What people tell about themselves: each item optional, asked once, and who it lets in."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from apps.elicitation import selectors
from apps.elicitation.domain.protocol import Item
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import About, Participant
from apps.elicitation.services import quotas, way
from apps.shared.errors import Invalid

LONGEST = 300


@transaction.atomic
def tell(*, participant: Participant, answers: Mapping[str, str]) -> Participant:
    """Keep what a person told and go on: in, screened out, or over a quota.

    Raises Invalid for an option that was not offered. Items without an answer were skipped.
    """
    content = selectors.protocol_for(participant=participant).whole
    told = {item.key: _read(item, answers.get(item.key, "")) for item in content.about}
    kept = {key: answer for key, answer in told.items() if answer}
    quotas.lock(study=participant.study)
    if participant.step != Step.ABOUT:
        return way.go_on(participant=participant, done=Step.ABOUT)
    screened = any(
        option.screens_out
        for item in content.about
        for option in item.options
        if kept.get(item.key) == option.key
    )
    if screened:
        return way.go_to(participant=participant, then=Step.SCREENED_OUT)
    if not participant.simulated and quotas.stopping(study=participant.study, content=content, answers=kept):
        return way.go_to(participant=participant, then=Step.OVER_QUOTA)
    About.objects.update_or_create(participant=participant, defaults={"answers": kept})
    return way.go_on(participant=participant, done=Step.ABOUT)


def _read(item: Item, answer: str) -> str:
    answer = " ".join(answer.split())
    if item.options and answer and answer not in {option.key for option in item.options}:
        message = _("Choose one of the answers, or leave it out.")
        raise Invalid(message, fields={item.key: [message]})
    if len(answer) > LONGEST:
        message = _("At most %(most)s characters fit here.") % {"most": LONGEST}
        raise Invalid(message, fields={item.key: [message]})
    return answer
