"""One reply of the interviewer, from waiting to saved: safe to begin again at any point."""

import copy
import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.domain import notices
from apps.elicitation.domain.interview import Phase, TurnState
from apps.elicitation.domain.moves import Move
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.transcript import Speaker, paused
from apps.elicitation.domain.transcript import Turn as Said
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import asking, drafts, frames, interviewer, pauses, watch, way, writers
from apps.elicitation.services.asking import WAITING, Waiting
from apps.elicitation.services.pen import Pen
from apps.elicitation.services.writers import Outcome
from apps.shared.models import Job

logger = logging.getLogger(__name__)
SEED_STEP = 1000


def write(*, job: Job, waiting: Waiting = WAITING) -> None:
    """Write the reply that a job is about.

    A reply that is complete, or whose person withdrew, is left alone.
    """
    turn = _open_turn(job.config["turn"])
    if turn is None:
        return
    pen = Pen(turn=turn, job=job)
    _take_up(pen)
    outcome = _write(pen=pen, card_now=bool(job.config.get("card_now")), waiting=waiting)
    pen.show(outcome.text)
    pen.flush()
    pen.save()
    finish(turn=turn, attempt=pen.attempt, outcome=outcome)


@transaction.atomic
def write_at_once(*, turn_id: int) -> None:
    """Write the guided interviewer's whole reply; pages show it at reading pace.

    It is a function of the transcript, so that whoever looks next can write it again, word for word. A reply
    that is complete, or whose person withdrew, is left alone.
    """
    turn = _open_turn(turn_id)
    if turn is None:
        return
    turns = selectors.transcript(interview=turn.interview, before=turn.position)
    outcome = _think(interview=turn.interview, turns=turns, card_now=turn.move == Move.CLOSE)
    finish(turn=turn, attempt=turn.attempt, outcome=outcome)


def reply_at_once(
    *, interview: Interview, before: Sequence[Turn], new: Sequence[Turn], messages: Sequence[dict[str, Any]]
) -> None:
    """Keep new turns, of which the last is the guided interviewer's, with its whole reply.

    ``before`` are the interview's other turns, ``messages`` what pages are told ahead of the reply. Called
    in a transaction that holds the interview's lock. A fault in the interviewer costs nothing of what was
    said: the reply is then left to come, for whoever looks next (``write_at_once``).
    """
    reply = new[-1]
    heard = selectors.finished(interview=interview, turns=[*before, *new])
    state = interview.state
    try:
        outcome = _think(interview=interview, turns=heard, card_now=reply.move == Move.CLOSE)
        # A card that cannot be kept takes nothing of what was said with it.
        with transaction.atomic(savepoint=outcome.card is not None):
            _keep_together(interview=interview, new=new, heard=heard, outcome=outcome, messages=messages)
        return
    except Exception:
        logger.exception("The guided interviewer failed.")
    interview.state, interview.ended_at = state, None
    Turn.objects.bulk_create(new)
    interview.phase = Phase.REPLYING
    interview.save(update_fields=["phase", "draft"])
    transaction.on_commit(lambda: frames.tell_all(interview_id=interview.pk, messages=messages))
    watch.tell(participant=interview.participant)


def _think(*, interview: Interview, turns: Sequence[Said], card_now: bool) -> Outcome:
    """Return the guided interviewer's reply, or the pause where the last thing said shows distress."""
    budget = selectors.budget_of(interview=interview, turns=turns)
    pause = None if card_now else pauses.find(participant=interview.participant, turns=turns)
    language = interview.participant.language
    return pause or writers.answer(turns=turns, language=language, card_now=card_now, at_most=budget.at_most)


def _keep_together(
    *,
    interview: Interview,
    new: Sequence[Turn],
    heard: Sequence[Said],
    outcome: Outcome,
    messages: Sequence[dict[str, Any]],
) -> None:
    """Keep what was said with what follows, a question or the card; pages are told once."""
    reply = copy.copy(new[-1])
    reply.text, reply.move, reply.engine = outcome.text, outcome.move, outcome.engine
    reply.state = TurnState.COMPLETE
    Turn.objects.bulk_create([*new[:-1], reply])
    _pass_on(interview=interview, participant=interview.participant, outcome=outcome, up_to=reply.position)
    interview.save(update_fields=["phase", "draft", "ended_at", "state"])
    said = [*heard, Said(reply.position, Speaker.INTERVIEWER, reply.text, reply.move)]
    transaction.on_commit(
        lambda: frames.tell_all(
            interview_id=interview.pk,
            messages=[*messages, *_after(turn=reply, interview=interview, said=said, outcome=outcome)],
        )
    )
    watch.tell(participant=interview.participant)


def _open_turn(turn_id: int) -> Turn | None:
    return (
        Turn.objects.select_related("interview__participant__study", "interview__participant__version")
        .filter(pk=turn_id, interview__participant__withdrawn_at__isnull=True)
        .exclude(state=TurnState.COMPLETE)
        .first()
    )


def _write(*, pen: Pen, card_now: bool, waiting: Waiting) -> Outcome:
    interview = pen.turn.interview
    turns = selectors.transcript(interview=interview, before=pen.turn.position)
    budget = selectors.budget_of(interview=interview, turns=turns)
    pause = None if card_now else pauses.find(participant=interview.participant, turns=turns)
    if pause is not None:
        return pause
    # Whoever goes on after a pause gets a planned question: a model would read of the distress again.
    if interview.interviewer == Interview.Interviewer.GUIDED or (paused(turns=turns) and not card_now):
        return writers.write_guided(
            pen=pen,
            turns=turns,
            language=interview.participant.language,
            card_now=card_now,
            at_most=budget.at_most,
        )
    if pen.text:
        pen.restart()
    protocol = selectors.protocol_for(participant=interview.participant)
    task = interviewer.Task(
        question=protocol.question,
        turns=turns,
        language=interview.participant.language,
        help_contact=protocol.whole.help_contact,
        card_now=card_now,
        at_most=budget.at_most,
        seed=interview.pk * SEED_STEP + pen.turn.position,
        model=asking.of_study(study=interview.participant.study),
    )
    return interviewer.write(pen=pen, task=task, waiting=waiting)


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
        # What the withdrawal dropped may have been told anew until now.
        frames.drop(interview_id=turn.interview_id, position=turn.position)
        return
    ours = Turn.objects.filter(pk=turn.pk, attempt=attempt).exclude(state=TurnState.COMPLETE)
    turn.engine = outcome.engine
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
    _pass_on(interview=interview, participant=participant, outcome=outcome, up_to=turn.position)
    interview.save(update_fields=["interviewer", "phase", "ended_at", "state"])
    transaction.on_commit(lambda: _tell_finished(turn=turn, interview=interview, outcome=outcome))
    watch.tell(participant=interview.participant)


def _pass_on(*, interview: Interview, participant: Participant, outcome: Outcome, up_to: int) -> None:
    """Pass the word on after a reply: to the person, or to the card that came of the turns up to here."""
    if outcome.card is not None:
        drafts.keep(interview=interview, card=outcome.card, up_to=up_to, judged=outcome.judged)
        interview.ended_at = timezone.now()
        if participant.step == Step.INTERVIEW:
            way.go_on(participant=participant, done=Step.INTERVIEW)
    interview.state = {name: value for name, value in interview.state.items() if name != "again"}
    if outcome.distress:
        interview.state["distress"] = True
    interview.phase = Phase.LISTENING if outcome.card is None else Phase.CARD_READY


def _tell_finished(*, turn: Turn, interview: Interview, outcome: Outcome) -> None:
    said = selectors.transcript(interview=interview)
    messages = _after(turn=turn, interview=interview, said=said, outcome=outcome)
    frames.tell_all(interview_id=interview.pk, messages=messages)
    if turn.job_id is not None:
        frames.drop(interview_id=interview.pk, position=turn.position)


def _after(
    *, turn: Turn, interview: Interview, said: Sequence[Said], outcome: Outcome
) -> list[dict[str, Any]]:
    """Return what pages are told of a finished reply."""
    by = selectors.author_of(turn=turn, interview=interview)
    messages: list[dict[str, Any]] = [
        {"type": "interview.done", "position": turn.position, "text": outcome.text, "by": by},
        {"type": "interview.standing", "standing": selectors.standing(interview=interview, said=said)},
    ]
    language = interview.participant.language
    if outcome.took_over:
        messages.append(_notice("guided", notices.TAKEN_OVER[language]))
    if outcome.distress:
        messages.append(_notice("distress", notices.DISTRESS[language]))
    if outcome.card is not None:
        messages.append({"type": "interview.card"})
    return messages


def _notice(code: str, message: str) -> dict[str, Any]:
    return {"type": "interview.notice", "code": code, "message": message}
