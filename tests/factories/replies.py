"""Replies of a model, written by the test itself as a worker would write them."""

import uuid

from apps.elicitation.domain.interview import Phase, TurnState
from apps.elicitation.domain.transcript import Speaker
from apps.elicitation.models import Interview, Turn
from apps.elicitation.services import interviews, replies
from apps.elicitation.services.asking import Waiting
from apps.elicitation.services.participants import Session
from apps.shared.models import Job
from apps.shared.services import jobs

# A model that answers is waited for, however busy the machine is; one that is silent is soon given up.
PATIENT = Waiting(slow=20.0, silence=20.0, whole=20.0, polish=20.0, look=0.01)
SHORT = Waiting(slow=0.05, silence=1.5, whole=20.0, polish=20.0, look=0.01)


def leave_unanswered(*, session: Session, text: str) -> Turn:
    """Keep what somebody said without the guided interviewer's reply, as after a fault; return the reply."""
    interview = Interview.objects.get(participant=session.participant)
    position = Turn.objects.filter(interview=interview).latest("position").position
    Turn.objects.create(interview=interview, position=position + 1, speaker=Speaker.PERSON, text=text)
    Interview.objects.filter(pk=interview.pk).update(phase=Phase.REPLYING)
    return Turn.objects.create(
        interview=interview, position=position + 2, speaker=Speaker.INTERVIEWER, state=TurnState.PENDING
    )


def wait_for_reply(*, session: Session, text: str = "", card_now: bool = False) -> tuple[Turn, Job]:
    """Say something, or ask for the card, and return the reply that is to come with its claimed job."""
    if card_now:
        interviews.ask_for_card(participant=session.participant)
    else:
        interviews.say(participant=session.participant, text=text, client_id=uuid.uuid4())
    turn = Turn.objects.get(interview__participant=session.participant, state="pending")
    job = jobs.claim(job_id=str(turn.job_id), owner="one")
    assert job is not None
    return turn, job


def reply_to(*, session: Session, text: str = "", card_now: bool = False, waiting: Waiting = PATIENT) -> Turn:
    """Say something, or ask for the card, and return the written reply."""
    turn, job = wait_for_reply(session=session, text=text, card_now=card_now)
    replies.write(job=job, waiting=waiting)
    return Turn.objects.select_related("interview").get(pk=turn.pk)
