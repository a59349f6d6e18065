"""Reads of interviews, for their participants and for what writes replies."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.elicitation.domain import budget, guided
from apps.elicitation.domain import transcript as words
from apps.elicitation.domain.interview import SLOW_SECONDS, Pause, Phase, TurnState, may_speak
from apps.elicitation.models import (
    Interview,
    Participant,
    Turn,
)
from apps.shared.errors import Missing


def interview_of(*, participant: Participant) -> Interview:
    """Return a participant's interview. Raises Missing."""
    found = (
        Interview.objects.select_related("participant__study", "participant__version")
        .filter(participant=participant)
        .first()
    )
    if found is None:
        raise Missing(_("There is no interview in this session."))
    return found


def turns_of(*, interview: Interview) -> QuerySet[Turn]:
    """Return the turns of an interview in order, since the person last began it."""
    since = int(interview.state.get("began_at", 0))
    return Turn.objects.filter(interview=interview, position__gte=since).order_by("position")


def transcript(*, interview: Interview, before: int | None = None) -> list[words.Turn]:
    """Return the finished turns of an interview, for the interviewers and the drafter."""
    rows = turns_of(interview=interview).filter(state=TurnState.COMPLETE)
    if before is not None:
        rows = rows.filter(position__lt=before)
    return _as_words(rows)


def finished(*, interview: Interview, turns: Sequence[Turn]) -> list[words.Turn]:
    """Return the finished ones of an interview's turns, since the person last began it."""
    since = int(interview.state.get("began_at", 0))
    return _as_words([row for row in turns if row.position >= since and row.state == TurnState.COMPLETE])


def _as_words(rows: Iterable[Turn]) -> list[words.Turn]:
    return [words.Turn(row.position, words.Speaker(row.speaker), row.text, row.move) for row in rows]


def budget_of(*, interview: Interview, turns: Sequence[words.Turn]) -> budget.Budget:
    """Return how many questions an interview has used, and may use."""
    more = interview.participant.extra_turns
    return budget.Budget(asked=words.asked(turns=turns), at_most=budget.AT_MOST + more)


@dataclasses.dataclass(frozen=True)
class InterviewView:
    """An interview as its participant sees it."""

    turns: list[Turn]
    draft: str
    phase: Phase
    budget: budget.Budget
    may_finish: bool
    interviewer: str
    pause: Pause
    slow: bool

    @property
    def may_speak(self) -> bool:
        """Whether an answer can be sent now."""
        return may_speak(self.phase)


def view_interview(*, interview: Interview) -> InterviewView:
    """Return the whole interview for a page or a socket."""
    interview.refresh_from_db()
    turns = list(turns_of(interview=interview))
    said = finished(interview=interview, turns=turns)
    return InterviewView(
        turns=turns,
        draft=interview.draft,
        phase=Phase(interview.phase),
        budget=budget_of(interview=interview, turns=said),
        may_finish=may_speak(Phase(interview.phase))
        and guided.may_finish(turns=said, language=interview.participant.language),
        interviewer=interview.interviewer,
        pause=pause_of(interview=interview, turns=said),
        slow=bool(turns) and _is_slow(interview=interview, turn=turns[-1]),
    )


def author_of(*, turn: Turn, interview: Interview) -> str:
    """Return which interviewer wrote a turn: the model, or the program without AI that may go on for it.

    Empty for what the person said. The words of a pause are fixed, whoever noticed that one was needed.
    """
    if turn.speaker == words.Speaker.PERSON:
        return ""
    if turn.engine.get("distress"):
        return Interview.Interviewer.GUIDED.value
    wrote = turn.engine.get("interviewer", "")
    return str(wrote if wrote in Interview.Interviewer.values else interview.interviewer)


def pause_of(*, interview: Interview, turns: Sequence[words.Turn]) -> Pause:
    """Return whether the person can stop here with their code, because they were in distress."""
    if not interview.state.get("distress"):
        return Pause.NONE
    return Pause.OFFERED if words.paused(turns=turns) else Pause.AT_HAND


def _is_slow(*, interview: Interview, turn: Turn) -> bool:
    """Say whether a model has not begun a reply for so long that the person is told."""
    if turn.state == TurnState.COMPLETE or turn.text or turn.job_id is None:
        return False
    again = interview.state.get("again")
    since = turn.at
    if isinstance(again, dict) and again.get("position") == turn.position and again.get("at"):
        since = datetime.datetime.fromisoformat(str(again["at"]))
    return timezone.now() - since >= datetime.timedelta(seconds=SLOW_SECONDS)


def standing(*, interview: Interview, said: Sequence[words.Turn]) -> dict[str, Any]:
    """Return where an interview stands after these finished turns, without its words."""
    spent = budget_of(interview=interview, turns=said)
    return {
        "phase": interview.phase,
        "budget": {"asked": spent.asked, "at_most": spent.at_most},
        "may_finish": may_speak(Phase(interview.phase))
        and guided.may_finish(turns=said, language=interview.participant.language),
        "interviewer": interview.interviewer,
        "pause": pause_of(interview=interview, turns=said).value,
    }


def waiting_turn(*, interview: Interview) -> Turn | None:
    """Return the reply that is still to come, if there is one."""
    unfinished = [TurnState.PENDING, TurnState.WRITING, TurnState.FAILED]
    return interview.turns.filter(state__in=unfinished).order_by("-position").first()
