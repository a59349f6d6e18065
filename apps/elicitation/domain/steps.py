"""The steps of a participant's session, and which may follow which."""

import dataclasses
import enum


class Step(enum.StrEnum):
    """Where a participant stands."""

    CONSENT = "consent"
    INTERVIEW = "interview"
    CARD = "card"
    VOTES = "votes"
    RESULT = "result"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    INELIGIBLE = "ineligible"


class StepError(ValueError):
    """The session cannot go from this step to that one."""


WAY = (Step.CONSENT, Step.INTERVIEW, Step.CARD, Step.VOTES, Step.RESULT, Step.DONE)
_NEXT = {
    Step.CONSENT: {Step.INTERVIEW, Step.INELIGIBLE},
    Step.INTERVIEW: {Step.CARD},
    Step.CARD: {Step.VOTES, Step.INTERVIEW},
    Step.VOTES: {Step.RESULT},
    Step.RESULT: {Step.DONE},
    Step.DONE: set[Step](),
    Step.WITHDRAWN: set[Step](),
    Step.INELIGIBLE: set[Step](),
}
SHARE_OF_TIME = {Step.CONSENT: 0.1, Step.INTERVIEW: 0.5, Step.CARD: 0.15, Step.VOTES: 0.2, Step.RESULT: 0.05}


def check(*, now: Step, then: Step) -> None:
    """Raise StepError where a session may not go from one step to another.

    Withdrawal is open from every living step.
    """
    if then == Step.WITHDRAWN and now not in {Step.WITHDRAWN, Step.INELIGIBLE}:
        return
    if then not in _NEXT[now]:
        raise StepError(f"A session that is at {now} cannot go to {then}.")


def has_reached(*, now: Step, wanted: Step) -> bool:
    """Whether a session has come as far as a step of the way."""
    return now in WAY and wanted in WAY and WAY.index(now) >= WAY.index(wanted)


def minutes_left(*, now: Step, minutes: int) -> int:
    """Return how many of a study's minutes are left at the start of a step, at least 1 before the end."""
    if now not in WAY or now == Step.DONE:
        return 0
    share = sum(SHARE_OF_TIME.get(step, 0.0) for step in WAY[WAY.index(now) :])
    return max(round(minutes * share), 1)


@dataclasses.dataclass(frozen=True)
class Mark:
    """One step as the header of a page shows it."""

    step: Step
    done: bool
    current: bool


def marks(*, now: Step) -> list[Mark]:
    """Return the steps of the way for the header."""
    at = WAY.index(now) if now in WAY else -1
    return [Mark(step, done=position < at, current=position == at) for position, step in enumerate(WAY[:-1])]
