"""What may be said of a pair, and when a reason is owed."""

import dataclasses
import uuid
from collections.abc import Sequence

from apps.discretion.domain.preferences import against_own_principles, preference_of
from apps.discretion.domain.protocol import Protocol
from apps.discretion.models import Act, Audit
from apps.discretion.selectors import audits
from apps.shared.errors import Invalid

OVERALL_ANSWERS = ("a", "b", "tie", "both_bad", "cannot_tell", "skip")
PRINCIPLE_ANSWERS = ("a", "b", "tie", "not_applicable")
WHY_NOT = (Act.Why.NOT_ENOUGH_CONTEXT, Act.Why.PRINCIPLES_CLASH, Act.Why.OUTSIDE_EXPERIENCE)


class ReasonRequired(Invalid):
    """A reason is owed, above all where the choice goes against every principle that the person decided."""

    code = "reason_required"


class WhyRequired(Invalid):
    """Somebody who cannot tell has not said why."""

    code = "why_required"


@dataclasses.dataclass(frozen=True)
class Given:
    """One act of judging as it was sent. ``act`` is the sender's own id for it; ``order`` says which response
    the person saw on the left.
    """

    comparison_id: uuid.UUID
    order: str
    overall: str
    principles: Sequence[tuple[int, str]] = ()
    reason: str = ""
    why: str = ""
    act: uuid.UUID | None = None
    guideline: int | None = None
    protocol: int | None = None
    seconds: float | None = None

    @property
    def set_aside(self) -> bool:
        """Say whether the pair was too distressing to judge."""
        return self.why == Act.Why.TOO_DISTRESSING

    @property
    def against_own(self) -> bool:
        """Say whether the choice goes against all of one's own answers by principle."""
        votes = [preference_of(answer) for _, answer in self.principles]
        return against_own_principles(overall=preference_of(self.overall), by_principle=votes)


def check(*, audit: Audit, given: Given, protocol: Protocol) -> None:
    """Raise Invalid for answers that do not belong, WhyRequired and ReasonRequired."""
    if given.set_aside:
        if given.overall != "skip" or given.principles:
            raise Invalid("What is put aside is not judged.", fields={"why": ["Send it as a skip."]})
        return
    if given.overall not in protocol.overall_answers:
        raise Invalid(
            "This is not an overall answer.",
            fields={"overall": [f"One of {', '.join(protocol.overall_answers)}."]},
        )
    _check_why(given)
    _check_principles(audit, given, protocol)
    if given.against_own and not given.reason.strip():
        raise ReasonRequired(
            "Your overall choice goes against every principle that you decided. "
            "Say in a sentence what decided it.",
            fields={"reason": ["Say what decided it."]},
        )
    if protocol.reasons == "always" and given.overall != "skip" and not given.reason.strip():
        raise ReasonRequired(
            "Say in a sentence what decided it.", fields={"reason": ["Say what decided it."]}
        )


def _check_why(given: Given) -> None:
    if given.overall == "cannot_tell" and given.why not in WHY_NOT:
        raise WhyRequired("Say why you cannot tell.", fields={"why": [f"One of {', '.join(WHY_NOT)}."]})
    if given.overall != "cannot_tell" and given.why:
        raise Invalid("Only who cannot tell says why.", fields={"why": ["Leave it out."]})


def _check_principles(audit: Audit, given: Given, protocol: Protocol) -> None:
    if any(answer not in protocol.principle_answers for _, answer in given.principles):
        raise Invalid(
            "This is not an answer by principle.",
            fields={"principles": [f"One of {', '.join(protocol.principle_answers)}."]},
        )
    named = [principle for principle, _ in given.principles]
    known = set(audits.principles(audit=audit).values_list("pk", flat=True))
    if len(set(named)) != len(named) or not set(named) <= known:
        raise Invalid(
            "A principle is not among those of this audit, or is there twice.",
            fields={"principles": ["Judge by this audit's principles, each once."]},
        )
