"""Asking once more for a reply that does not come; what the person said stays as it is."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.elicitation import selectors
from apps.elicitation.models import Interview, Participant, Turn
from apps.shared.errors import Conflict

MOST_RETRIES = 3


@transaction.atomic
def retry(*, participant: Participant) -> None:
    """Note that the person asks again; the worker that waits for the model begins the attempt anew.

    Raises Conflict where no reply is on its way, and after three times: the guided interviewer goes on soon.
    """
    interview = Interview.objects.select_for_update().filter(participant=participant).first()
    turn = selectors.waiting_turn(interview=interview) if interview else None
    if interview is None or turn is None or participant.withdrawn_at:
        raise Conflict(_("There is no reply on its way that could be asked for again."))
    before = _of(interview.state, position=turn.position)
    if before >= MOST_RETRIES:
        raise Conflict(
            _("The reply was asked for again already. If it does not come, the interview goes on without it.")
        )
    interview.state = {
        **interview.state,
        "again": {"position": turn.position, "count": before + 1, "at": timezone.now().isoformat()},
    }
    interview.save(update_fields=["state"])


def count(*, turn: Turn) -> int:
    """Return how often the person asked again for this reply."""
    state = Interview.objects.filter(pk=turn.interview_id).values_list("state", flat=True).first()
    return _of(state or {}, position=turn.position)


def _of(state: dict[str, object], *, position: int) -> int:
    again = state.get("again")
    if not isinstance(again, dict) or again.get("position") != position:
        return 0
    return int(again.get("count", 0))
