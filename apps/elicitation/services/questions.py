"""Which question a person is interviewed about."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.elicitation import selectors
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant
from apps.elicitation.services import way
from apps.shared.errors import Invalid


@transaction.atomic
def choose(*, participant: Participant, question: str) -> Participant:
    """Keep the question that a person chose and begin the interview about it. Raises Invalid."""
    protocol = selectors.protocol_for(participant=participant)
    if question not in {offered.key for offered in protocol.questions}:
        message = _("Choose one of the questions.")
        raise Invalid(message, fields={"question": [message]})
    if participant.step == Step.QUESTION:
        Participant.objects.filter(pk=participant.pk).update(question=question)
    return way.go_on(participant=participant, done=Step.QUESTION)
