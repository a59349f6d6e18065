"""The interview: what a person says, drafts and wants; replies are written at once, or elsewhere by a job."""

import dataclasses
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.elicitation import selectors
from apps.elicitation.domain import guided
from apps.elicitation.domain.interview import Phase, TurnState, may_speak
from apps.elicitation.domain.moves import Move
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.tongues import tongue_of
from apps.elicitation.domain.traces import Trace, read_trace
from apps.elicitation.domain.transcript import Speaker, paused
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import frames, replies, watch, way
from apps.moralgraph import selectors as moralgraph
from apps.shared import selectors as shared
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.services import jobs

LONGEST_ANSWER = 8000
NOT_ENOUGH = gettext_noop(
    "A little more is needed for a card: at least three answers, with something that you paid attention to."
)
NOT_YOUR_TURN = gettext_noop(
    "A reply is still on its way, or this interview is over. Your words are kept as a draft."
)
PAUSED = gettext_noop("The people who run this study paused your session. Your words are kept as a draft.")
NO_TURNS_LEFT = gettext_noop(
    "All questions of this interview are used. You can still change the card itself, line by line."
)


@dataclasses.dataclass(frozen=True)
class Said:
    """A person's turn, and whether it was there already."""

    turn: Turn
    again: bool


def say(*, participant: Participant, text: str, client_id: uuid.UUID, trace: object = None) -> Said:
    """Keep what the person says and ask for a reply; saying it twice with one ``client_id`` says it once.

    ``trace`` is how it was typed; one that makes no sense is left out.

    Raises Invalid for an empty or endless answer, and Conflict while a reply is on its way: the words are
    then kept as the draft.
    """
    text = text.strip()
    if not text:
        message = _("Write something first.")
        raise Invalid(message, fields={"text": [message]})
    if len(text) > LONGEST_ANSWER:
        message = _(
            "Your answer is %(length)s characters long; at most %(most)s fit. Send it in two parts."
        ) % {"length": len(text), "most": LONGEST_ANSWER}
        raise Invalid(message, fields={"text": [message]})
    said = _say(participant=participant, text=text, client_id=client_id, trace=read_trace(trace))
    if said is None:
        save_draft(participant=participant, text=text)
        paused = Participant.objects.filter(pk=participant.pk, paused_at__isnull=False).exists()
        raise Conflict(_(PAUSED) if paused else _(NOT_YOUR_TURN))
    return said


@transaction.atomic
def _say(*, participant: Participant, text: str, client_id: uuid.UUID, trace: Trace) -> Said | None:
    interview = _locked(participant=participant)
    turns = _turns(interview=interview)
    before = next((turn for turn in turns if turn.client_id == client_id), None)
    if before is not None:
        return Said(before, again=True)
    if not may_speak(Phase(interview.phase)) or interview.participant.paused_at or _is_over(interview):
        return None
    turn = Turn(
        interview=interview,
        position=_next_position(turns),
        speaker=Speaker.PERSON,
        text=text,
        client_id=client_id,
        trace=trace,
    )
    interview.draft = ""
    _ask_for_reply(interview=interview, turns=turns, said=turn)
    return Said(turn, again=False)


@transaction.atomic
def save_draft(*, participant: Participant, text: str) -> None:
    """Keep what the person is typing."""
    if len(text) > LONGEST_ANSWER:
        raise Invalid(_("A draft holds at most %(most)s characters.") % {"most": LONGEST_ANSWER})
    _living(participant=participant)
    Interview.objects.filter(participant=participant).update(draft=text)


@transaction.atomic
def ask_for_card(*, participant: Participant) -> None:
    """End the interview early with the card, at the person's wish.

    Raises Conflict where too little was said.
    """
    interview = _locked(participant=participant)
    if interview.participant.paused_at or _is_over(interview):
        raise Conflict(_(PAUSED) if interview.participant.paused_at else _(NOT_YOUR_TURN))
    if not may_speak(Phase(interview.phase)):
        raise Conflict(_("A reply is still on its way. Ask for the card when it is there."))
    turns = _turns(interview=interview)
    said = selectors.finished(interview=interview, turns=turns)
    if not guided.may_finish(turns=said, language=participant.language):
        raise Conflict(_(NOT_ENOUGH))
    _ask_for_reply(interview=interview, turns=turns)


@transaction.atomic
def talk_on(*, participant: Participant) -> None:
    """Go back from the card to the interview, to say what it leaves out; going back twice asks once.

    Raises Conflict where no question is left.
    """
    interview = _locked(participant=participant)
    if interview.phase != Phase.CARD_READY:
        return
    turns = _turns(interview=interview)
    said = selectors.finished(interview=interview, turns=turns)
    if selectors.budget_of(interview=interview, turns=said).left < 2:
        raise Conflict(_(NO_TURNS_LEFT))
    card = moralgraph.card_of(participant_id=participant.pk)
    if card and card.accepted:
        raise Conflict(_("You accepted this card already."))
    way.go_to(participant=participant, then=Step.INTERVIEW)
    Turn.objects.create(
        interview=interview,
        position=_next_position(turns),
        speaker=Speaker.INTERVIEWER,
        text=tongue_of(participant.language).wording.MISSING,
        move=Move.MISSING,
        engine={"interviewer": "guided", "version": guided.VERSION},
    )
    interview.phase, interview.ended_at = Phase.LISTENING, None
    interview.save(update_fields=["phase", "ended_at"])


def revive(*, participant: Participant) -> None:
    """Ask again for a reply that somebody died on, so that no page waits for ever."""
    interview = selectors.interview_of(participant=participant)
    turn = selectors.waiting_turn(interview=interview)
    if turn is None:
        return
    if turn.job_id is None:
        if interview.interviewer == Interview.Interviewer.GUIDED:
            replies.write_at_once(turn_id=turn.pk)
        return
    job = shared.job(study=participant.study, job_id=str(turn.job_id))
    if job.ended:
        jobs.requeue(job=job)


@transaction.atomic
def go_on(*, participant: Participant) -> None:
    """Ask the next question after a pause, at the person's wish; asking twice asks once.

    Raises Conflict where the session is not in its interview.
    """
    interview = _locked(participant=participant)
    if interview.participant.paused_at or _is_over(interview):
        raise Conflict(_(PAUSED) if interview.participant.paused_at else _(NOT_YOUR_TURN))
    turns = _turns(interview=interview)
    said = selectors.finished(interview=interview, turns=turns)
    if may_speak(Phase(interview.phase)) and paused(turns=said):
        _ask_for_reply(interview=interview, turns=turns, move="")


def show_turn(*, turn: Turn, by: str = "") -> dict[str, object]:
    """Return a turn as a page gets it; ``by`` tells which interviewer wrote it."""
    return {
        "position": turn.position,
        "speaker": turn.speaker,
        "by": by,
        "text": turn.text,
        "state": turn.state,
        "attempt": turn.attempt,
    }


def _ask_for_reply(
    *, interview: Interview, turns: Sequence[Turn], said: Turn | None = None, move: str = Move.CLOSE
) -> None:
    """Keep what was said with the reply to it; where nothing was said, the card or what else is wished for.

    The guided interviewer takes a millisecond, so that its reply is committed together with the words; one
    that fails leaves the words, and a reply to come. A model writes in a job. Pages are told first, so that
    none hears of the reply's end before its beginning.
    """
    spoken = [said] if said else []
    reply = Turn(
        interview=interview,
        position=_next_position([*turns, *spoken]),
        speaker=Speaker.INTERVIEWER,
        state=TurnState.PENDING,
        move="" if said else move,
    )
    messages: list[dict[str, Any]] = [{"type": "interview.replying", "position": reply.position}]
    if said:
        messages.insert(0, {"type": "interview.turn", "turn": show_turn(turn=said)})
    if interview.interviewer == Interview.Interviewer.GUIDED:
        replies.reply_at_once(interview=interview, before=turns, new=[*spoken, reply], messages=messages)
        return
    Turn.objects.bulk_create([*spoken, reply])
    interview.phase = Phase.REPLYING
    interview.save(update_fields=["phase", "draft"])
    transaction.on_commit(lambda: frames.tell_all(interview_id=interview.pk, messages=messages))
    # Told before the job is sent: the room hears of the wait before it hears of the reply.
    watch.tell(participant=interview.participant)
    job = jobs.enqueue(
        study=interview.participant.study,
        task="elicitation.reply",
        subject=f"interview/{interview.pk}",
        config={"turn": reply.pk, "card_now": reply.move == Move.CLOSE},
    )
    Turn.objects.filter(pk=reply.pk).update(job_id=job.pk)


def _is_over(interview: Interview) -> bool:
    """Say whether the session left the interview: a release ends it without a last reply."""
    return interview.participant.step != Step.INTERVIEW


def _living(*, participant: Participant) -> Participant:
    row = Participant.objects.select_for_update().get(pk=participant.pk)
    if row.withdrawn_at:
        raise Conflict(_("You withdrew from this study, so nothing more is kept."))
    return row


def _locked(*, participant: Participant) -> Interview:
    row = _living(participant=participant)
    found = Interview.objects.select_for_update().filter(participant=row).first()
    if found is None:
        raise Missing(_("There is no interview in this session."))
    found.participant = row
    return found


def _turns(*, interview: Interview) -> list[Turn]:
    """Return everything that was ever said in an interview, read once for all that is done with it."""
    return list(interview.turns.defer("engine", "trace", "job_id").order_by("position"))


def _next_position(turns: Sequence[Turn]) -> int:
    return turns[-1].position + 1 if turns else 0
