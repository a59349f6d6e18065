"""One reply of the interviewer, from waiting to saved: safe to begin again at any point."""

from django.db import transaction
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.domain.interview import Phase, TurnState
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import drafts, frames, writers
from apps.elicitation.services.pen import Pen
from apps.elicitation.services.writers import Outcome
from apps.shared.models import Job

SEED_STEP = 1000


def write(*, job: Job) -> None:
    """Write the reply that a job is about.

    A reply that is complete, or whose person withdrew, is left alone.
    """
    turn = (
        Turn.objects.select_related("interview__participant__study__protocol")
        .filter(pk=job.config["turn"], interview__participant__withdrawn_at__isnull=True)
        .exclude(state=TurnState.COMPLETE)
        .first()
    )
    if turn is None:
        return
    pen = Pen(turn=turn, job=job)
    _take_up(pen)
    outcome = _write(pen=pen, card_now=bool(job.config.get("card_now")))
    pen.show(outcome.text)
    pen.flush()
    pen.save()
    finish(turn=turn, attempt=pen.attempt, outcome=outcome)


def _write(*, pen: Pen, card_now: bool) -> Outcome:
    interview = pen.turn.interview
    turns = selectors.transcript(interview=interview, before=pen.turn.position)
    if interview.interviewer == Interview.Interviewer.GUIDED:
        return writers.write_guided(pen=pen, turns=turns, card_now=card_now)
    if pen.text:
        pen.restart()
    return writers.write_with_model(
        pen=pen,
        question=interview.participant.study.protocol.question,
        turns=turns,
        card_now=card_now,
        seed=interview.pk * SEED_STEP + pen.turn.position,
    )


def _take_up(pen: Pen) -> None:
    """Find how far a worker before us came: the store knows it to 50 ms, the database to a second."""
    turn = pen.turn
    kept = frames.get(interview_id=turn.interview_id, position=turn.position)
    text = turn.text
    if kept and kept[0] >= turn.attempt and len(kept[1]) > len(text):
        pen.attempt, text = kept
    pen.take_up(text=text)


@transaction.atomic
def finish(*, turn: Turn, attempt: int, outcome: Outcome) -> None:
    """Save a finished reply and pass the word on: to the person, or to the card."""
    participant = Participant.objects.select_for_update().get(pk=turn.interview.participant_id)
    if participant.withdrawn_at:
        return
    ours = Turn.objects.filter(pk=turn.pk, attempt=attempt).exclude(state=TurnState.COMPLETE)
    saved = ours.update(
        text=outcome.text,
        move=outcome.move,
        engine=outcome.engine,
        state=TurnState.COMPLETE,
        at=timezone.now(),
    )
    if not saved:
        return
    interview = (
        Interview.objects.select_for_update().select_related("participant__study").get(pk=turn.interview_id)
    )
    if outcome.took_over:
        interview.interviewer = Interview.Interviewer.GUIDED
    if outcome.card is not None:
        drafts.keep(interview=interview, card=outcome.card, up_to=turn.position)
        interview.ended_at = timezone.now()
        Participant.objects.filter(pk=participant.pk, step=Step.INTERVIEW).update(step=Step.CARD)
    interview.phase = Phase.LISTENING if outcome.card is None else Phase.CARD_READY
    interview.save(update_fields=["interviewer", "phase", "ended_at", "state"])
    transaction.on_commit(lambda: _tell_finished(turn=turn, outcome=outcome))


def _tell_finished(*, turn: Turn, outcome: Outcome) -> None:
    interview_id = turn.interview_id
    done = {"type": "interview.done", "position": turn.position, "text": outcome.text}
    frames.tell(interview_id=interview_id, message=done)
    frames.drop(interview_id=interview_id, position=turn.position)
    if outcome.took_over:
        notice = {
            "code": "guided",
            "message": "The language model did not answer; a program without AI goes on.",
        }
        frames.tell(interview_id=interview_id, message={"type": "interview.notice", **notice})
    if outcome.card is not None:
        frames.tell(interview_id=interview_id, message={"type": "interview.card"})
