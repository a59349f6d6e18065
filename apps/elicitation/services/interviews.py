"""The interview: what the person says, drafts and wants; replies are written elsewhere, by a job."""

import dataclasses
import uuid

from django.db import transaction

from apps.elicitation import selectors
from apps.elicitation.domain import guided, wording
from apps.elicitation.domain.budget import Budget
from apps.elicitation.domain.interview import Phase, TurnState, may_speak
from apps.elicitation.domain.moves import Move
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.transcript import Speaker, asked
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import frames, participants
from apps.moralgraph import selectors as moralgraph
from apps.shared import selectors as shared
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.services import jobs

LONGEST_ANSWER = 8000
NOT_ENOUGH = (
    "A little more is needed for a card: at least three answers, with something that you paid attention to."
)
NO_TURNS_LEFT = (
    "All questions of this interview are used. You can still change the card itself, line by line."
)


@dataclasses.dataclass(frozen=True)
class Said:
    """A person's turn, and whether it was there already."""

    turn: Turn
    again: bool


def say(*, participant: Participant, text: str, client_id: uuid.UUID) -> Said:
    """Keep what the person says and ask for a reply; saying it twice with one ``client_id`` says it once.

    Raises Invalid for an empty or endless answer, and Conflict while a reply is on its way: the words are
    then kept as the draft.
    """
    text = text.strip()
    if not text:
        raise Invalid("Write something first.", fields={"text": ["Write something first."]})
    if len(text) > LONGEST_ANSWER:
        message = (
            f"Your answer is {len(text)} characters long; at most {LONGEST_ANSWER} fit. Send it in two parts."
        )
        raise Invalid(message, fields={"text": [message]})
    said = _say(participant=participant, text=text, client_id=client_id)
    if said is None:
        save_draft(participant=participant, text=text)
        raise Conflict(
            "A reply is still on its way, or this interview is over. Your words are kept as a draft."
        )
    return said


@transaction.atomic
def _say(*, participant: Participant, text: str, client_id: uuid.UUID) -> Said | None:
    interview = _locked(participant=participant)
    before = Turn.objects.filter(interview=interview, client_id=client_id).first()
    if before is not None:
        return Said(before, again=True)
    if not may_speak(Phase(interview.phase)):
        return None
    turn = Turn.objects.create(
        interview=interview,
        position=_next_position(interview=interview),
        speaker=Speaker.PERSON,
        text=text,
        client_id=client_id,
    )
    interview.draft = ""
    transaction.on_commit(lambda: frames.tell(interview_id=interview.pk, message=message_of(turn=turn)))
    _ask_for_reply(interview=interview, card_now=False)
    return Said(turn, again=False)


@transaction.atomic
def save_draft(*, participant: Participant, text: str) -> None:
    """Keep what the person is typing."""
    if len(text) > LONGEST_ANSWER:
        raise Invalid(f"A draft holds at most {LONGEST_ANSWER} characters.")
    _living(participant=participant)
    Interview.objects.filter(participant=participant).update(draft=text)


@transaction.atomic
def ask_for_card(*, participant: Participant) -> None:
    """End the interview early with the card, at the person's wish.

    Raises Conflict where too little was said.
    """
    interview = _locked(participant=participant)
    if not may_speak(Phase(interview.phase)):
        raise Conflict("A reply is still on its way. Ask for the card when it is there.")
    if not guided.may_finish(turns=selectors.transcript(interview=interview)):
        raise Conflict(NOT_ENOUGH)
    _ask_for_reply(interview=interview, card_now=True)


@transaction.atomic
def talk_on(*, participant: Participant) -> None:
    """Go back from the card to the interview, to say what it leaves out.

    Raises Conflict where no question is left.
    """
    interview = _locked(participant=participant)
    spent = asked(turns=selectors.transcript(interview=interview))
    if Budget(asked=spent).left < 2:
        raise Conflict(NO_TURNS_LEFT)
    card = moralgraph.card_of(participant_id=participant.pk)
    if card and card.accepted:
        raise Conflict("You accepted this card already.")
    participants.advance(participant=participant, then=Step.INTERVIEW)
    Turn.objects.create(
        interview=interview,
        position=_next_position(interview=interview),
        speaker=Speaker.INTERVIEWER,
        text=wording.MISSING,
        move=Move.MISSING,
        engine={"interviewer": "guided", "version": guided.VERSION},
    )
    interview.phase, interview.ended_at = Phase.LISTENING, None
    interview.save(update_fields=["phase", "ended_at"])


def revive(*, participant: Participant) -> None:
    """Ask again for a reply whose job ended without one, so that no page waits for ever."""
    interview = selectors.interview_of(participant=participant)
    turn = selectors.waiting_turn(interview=interview)
    if turn is None or turn.job_id is None:
        return
    job = shared.job(study=participant.study, job_id=str(turn.job_id))
    if job.ended:
        jobs.requeue(job=job)


def message_of(*, turn: Turn) -> dict[str, object]:
    """Return the channel message that carries a whole turn."""
    return {"type": "interview.turn", "turn": show_turn(turn=turn)}


def show_turn(*, turn: Turn) -> dict[str, object]:
    """Return a turn as a page gets it."""
    return {
        "position": turn.position,
        "speaker": turn.speaker,
        "text": turn.text,
        "state": turn.state,
        "attempt": turn.attempt,
    }


def _ask_for_reply(*, interview: Interview, card_now: bool) -> None:
    turn = Turn.objects.create(
        interview=interview,
        position=_next_position(interview=interview),
        speaker=Speaker.INTERVIEWER,
        state=TurnState.PENDING,
    )
    interview.phase = Phase.REPLYING
    interview.save(update_fields=["phase", "draft"])
    # Told before the job is sent, so that no page hears of the reply's end first.
    message = {"type": "interview.replying", "position": turn.position}
    transaction.on_commit(lambda: frames.tell(interview_id=interview.pk, message=message))
    job = jobs.enqueue(
        study=interview.participant.study,
        task="elicitation.reply",
        subject=f"interview/{interview.pk}",
        config={"turn": turn.pk, "card_now": card_now},
    )
    Turn.objects.filter(pk=turn.pk).update(job_id=job.pk)


def _living(*, participant: Participant) -> Participant:
    row = Participant.objects.select_for_update().get(pk=participant.pk)
    if row.withdrawn_at:
        raise Conflict("You withdrew from this study, so nothing more is kept.")
    return row


def _locked(*, participant: Participant) -> Interview:
    _living(participant=participant)
    found = (
        Interview.objects.select_for_update()
        .select_related("participant__study")
        .filter(participant=participant)
        .first()
    )
    if found is None:
        raise Missing("There is no interview in this session.")
    return found


def _next_position(*, interview: Interview) -> int:
    last = interview.turns.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1
