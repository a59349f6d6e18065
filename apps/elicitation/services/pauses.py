"""A pause for somebody in distress: the words, and a way out that pays."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from apps.elicitation import selectors
from apps.elicitation.domain import distress
from apps.elicitation.domain.transcript import Turn as Said
from apps.elicitation.domain.transcript import answers, paused
from apps.elicitation.models import Interview, Participant
from apps.elicitation.services import way
from apps.elicitation.services.writers import Outcome
from apps.shared.errors import Conflict


def find(*, participant: Participant, turns: Sequence[Said]) -> Outcome | None:
    """Return the pause where the last thing that a person said shows distress, whoever interviews them.

    One that they answered by going on is not repeated.
    """
    said = answers(turns=turns)
    if not said or paused(turns=turns) or not distress.shows(text=said[-1].text):
        return None
    contact = selectors.protocol_for(participant=participant).whole.help_contact
    return write(language=participant.language, help_contact=contact, engine={"interviewer": "pattern"})


def write(*, language: str, help_contact: str, engine: dict[str, Any]) -> Outcome:
    """Return the pause as a reply."""
    with translation.override(language):
        # The demo's contact is no address, so it is translated; others stand as they are.
        contact = _(help_contact) if help_contact.strip() else ""
    return Outcome(
        text=distress.pause(language=language, help_contact=contact),
        move=distress.MOVE,
        engine={**engine, "distress": distress.VERSION},
        distress=True,
    )


@transaction.atomic
def leave(*, participant: Participant) -> Participant:
    """End the session as complete at the person's wish, with its code; the interview stays as it is.

    Raises Conflict where no pause was offered.
    """
    interview = Interview.objects.select_for_update().filter(participant=participant).first()
    if interview is None or not interview.state.get("distress"):
        raise Conflict(_("This step is not open now. Go on from where you stand."))
    return way.release(participant=participant)
