"""The steps of a participant's session, and which may follow which."""

import dataclasses
import enum
from collections.abc import Mapping, Sequence

from apps.elicitation.domain.protocol import Protocol


class Step(enum.StrEnum):
    """Where a participant stands."""

    CONSENT = "consent"
    ABOUT = "about"
    QUESTION = "question"
    INTERVIEW = "interview"
    CARD = "card"
    WISE = "wise"
    VOTES = "votes"
    SURVEY = "survey"
    RESULT = "result"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    INELIGIBLE = "ineligible"
    SCREENED_OUT = "screened_out"
    OVER_QUOTA = "over_quota"
    FAILED = "failed"


class StepError(ValueError):
    """The session cannot go from this step to that one."""


LONGEST_WAY = (
    Step.CONSENT, Step.ABOUT, Step.QUESTION, Step.INTERVIEW, Step.CARD, Step.WISE, Step.VOTES, Step.SURVEY,
    Step.RESULT, Step.DONE,
)  # fmt: skip
ENDS = frozenset(
    {Step.DONE, Step.WITHDRAWN, Step.INELIGIBLE, Step.SCREENED_OUT, Step.OVER_QUOTA, Step.FAILED}
)
BACK = {Step.CARD: Step.INTERVIEW}
EXITS = {
    Step.CONSENT: frozenset({Step.INELIGIBLE, Step.OVER_QUOTA}),
    Step.ABOUT: frozenset({Step.SCREENED_OUT, Step.OVER_QUOTA}),
}
SHARE_OF_TIME = {
    Step.CONSENT: 0.1, Step.ABOUT: 0.05, Step.QUESTION: 0.03, Step.INTERVIEW: 0.5, Step.CARD: 0.15,
    Step.WISE: 0.08, Step.VOTES: 0.2, Step.SURVEY: 0.07, Step.RESULT: 0.05,
}  # fmt: skip


KEEPS_NO_WORDS = frozenset({Step.WITHDRAWN, Step.INELIGIBLE, Step.SCREENED_OUT, Step.OVER_QUOTA})
"""The ends at which nothing is held of what somebody wrote or told."""


def way_of(protocol: Protocol) -> tuple[Step, ...]:
    """Return the steps of a study from the first to the last; what it does not ask for is left out."""
    left_out = {
        Step.ABOUT: not protocol.about,
        Step.QUESTION: len(protocol.questions) < 2 or protocol.question_choice != "chosen",
        Step.WISE: not protocol.wise_values,
        Step.VOTES: protocol.votes_each == 0,
        Step.SURVEY: not protocol.survey,
    }
    return tuple(step for step in LONGEST_WAY if not left_out.get(step, False))


def next_of(*, now: Step, way: Sequence[Step]) -> Step:
    """Return the step that follows. Raises StepError at the end, and where a session is off the way."""
    if now in ENDS or now not in way:
        raise StepError(f"Nothing follows on {now}.")
    return way[way.index(now) + 1]


def check(*, now: Step, then: Step, way: Sequence[Step]) -> None:
    """Raise StepError where a session may not go from one step to another.

    Withdrawal is open from every step but those of people who never took part; a failure of ours can end
    every living session.
    """
    if then == Step.WITHDRAWN and now not in {Step.WITHDRAWN, Step.INELIGIBLE}:
        return
    if then == Step.FAILED and now not in ENDS:
        return
    if then in EXITS.get(now, frozenset()) or BACK.get(now) == then:
        return
    if now in ENDS or next_of(now=now, way=way) != then:
        raise StepError(f"A session that is at {now} cannot go to {then}.")


def minutes_left(
    *, now: Step, way: Sequence[Step], minutes: int, medians: Mapping[Step, float] | None = None
) -> int:
    """Return how many minutes are left at the start of a step, at least 1 before the end.

    ``medians`` are what other people took, in minutes; a step without one takes its share of what the study
    announces.
    """
    if now not in way or now in ENDS:
        return 0
    known, whole = medians or {}, sum(SHARE_OF_TIME.get(step, 0.0) for step in way)
    left = sum(
        known.get(step, minutes * SHARE_OF_TIME.get(step, 0.0) / whole) for step in way[way.index(now) :]
    )
    return max(round(left), 1)


@dataclasses.dataclass(frozen=True)
class Mark:
    """One step as the header of a page shows it."""

    step: Step
    done: bool
    current: bool


def marks(*, now: Step, way: Sequence[Step]) -> list[Mark]:
    """Return the steps of the way for the header."""
    at = way.index(now) if now in way else -1
    return [Mark(step, done=position < at, current=position == at) for position, step in enumerate(way[:-1])]
