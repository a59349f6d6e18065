"""Verdicts: a person judges a comparison by principle and overall in one act, and may take the last act
back.
"""

import dataclasses
import uuid
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from apps.discretion.domain.preferences import against_own_principles, preference_of
from apps.discretion.models import Annotator, Audit, Comparison, Verdict
from apps.discretion.selectors import audits as audit_selectors
from apps.discretion.selectors import desk
from apps.discretion.services import audits
from apps.shared.errors import Conflict, Invalid

OVERALL_ANSWERS = ("a", "b", "tie", "both_bad", "skip")
PRINCIPLE_ANSWERS = ("a", "b", "tie", "not_applicable")


class ReasonRequired(Invalid):
    """The overall choice goes against every principle that the person decided, and no reason is given."""

    code = "reason_required"


class SidesChanged(Conflict):
    """The judgement was made with the responses on other sides than they have."""

    code = "sides_changed"


@dataclasses.dataclass(frozen=True)
class Reopened:
    """A judgement that was taken back, with its comparison on the desk again."""

    item: desk.Item
    overall: str
    answers: list[dict[str, int | str]]
    reason: str


@transaction.atomic
def give(
    *,
    audit: Audit,
    user: AbstractBaseUser,
    comparison_id: uuid.UUID,
    order: str,
    overall: str,
    principles: Sequence[tuple[int, str]],
    reason: str = "",
) -> uuid.UUID:
    """Record one act of judging and return its id.

    ``order`` says which response the person saw on the left. Sending the same judgement again changes
    nothing; another judgement of the same comparison takes the earlier one's place. Raises Missing for an
    unknown comparison, Invalid for answers that do not belong, ReasonRequired, and SidesChanged.
    """
    comparison = desk.comparison(audit=audit, comparison_id=comparison_id)
    if order != desk.order_for(audit=audit, user=user, comparison=comparison):
        raise SidesChanged("The two sides have changed since this was shown. Look at the pair once more.")
    _check(audit=audit, overall=overall, principles=principles, reason=reason)
    annotator = _annotator(audit=audit, user=user)
    earlier = list(
        Verdict.objects.filter(annotator=annotator, comparison=comparison, superseded_at__isnull=True)
    )
    if earlier and _same(earlier, overall, principles, reason.strip()):
        return earlier[0].act
    act, now = uuid.uuid4(), timezone.now()
    Verdict.objects.filter(pk__in=[row.pk for row in earlier]).update(superseded_at=now, superseded_by=act)
    answers: list[tuple[int | None, str]] = [*principles, (None, overall)]
    Verdict.objects.bulk_create(
        Verdict(
            comparison=comparison,
            annotator=annotator,
            principle_id=principle,
            preference=preference_of(answer),
            answer=answer,
            order=order,
            reason=reason.strip() if principle is None else "",
            act=act,
        )
        for principle, answer in answers
    )
    audits.touch(audit=audit, what="verdicts", annotators=[annotator.pk])
    return act


def _check(*, audit: Audit, overall: str, principles: Sequence[tuple[int, str]], reason: str) -> None:
    if overall not in OVERALL_ANSWERS:
        raise Invalid(
            "This is not an overall answer.", fields={"overall": [f"One of {', '.join(OVERALL_ANSWERS)}."]}
        )
    if any(answer not in PRINCIPLE_ANSWERS for _, answer in principles):
        raise Invalid(
            "This is not an answer by principle.",
            fields={"principles": [f"One of {', '.join(PRINCIPLE_ANSWERS)}."]},
        )
    named = [principle for principle, _ in principles]
    known = set(audit_selectors.principles(audit=audit).values_list("pk", flat=True))
    if len(set(named)) != len(named) or not set(named) <= known:
        raise Invalid(
            "A principle is not among those of this audit, or is there twice.",
            fields={"principles": ["Judge by this audit's principles, each once."]},
        )
    votes = [preference_of(answer) for _, answer in principles]
    if against_own_principles(overall=preference_of(overall), by_principle=votes) and not reason.strip():
        raise ReasonRequired(
            "Your overall choice goes against every principle that you decided. "
            "Say in a sentence what decided it.",
            fields={"reason": ["Say what decided it."]},
        )


def _annotator(*, audit: Audit, user: AbstractBaseUser) -> Annotator:
    """Return the person's annotator, locked, so that two tabs cannot judge at the same moment."""
    row, _ = Annotator.objects.get_or_create(
        audit=audit,
        user_id=user.pk,
        defaults={"name": user.get_username(), "kind": Annotator.Kind.PERSON},
    )
    return Annotator.objects.select_for_update().get(pk=row.pk)


def _same(
    earlier: Sequence[Verdict], overall: str, principles: Sequence[tuple[int, str]], reason: str
) -> bool:
    given = {(principle, answer) for principle, answer in principles} | {(None, overall)}
    said = next((row.reason for row in earlier if row.principle_id is None), "")
    return {(row.principle_id, row.answer) for row in earlier} == given and said == reason


@transaction.atomic
def undo(*, audit: Audit, user: AbstractBaseUser) -> Reopened:
    """Take the person's last act back and return what it said. Raises Conflict where there is nothing to
    take back.
    """
    annotator = desk.annotator_of(audit=audit, user=user)
    live = Verdict.objects.filter(annotator=annotator, superseded_at__isnull=True)
    last = live.filter(principle__isnull=True).select_related("comparison").order_by("-id").first()
    if last is None:
        raise Conflict("There is no judgement of yours to take back.")
    answers: list[dict[str, int | str]] = [
        {"principle": row.principle_id, "answer": row.answer}
        for row in live.filter(act=last.act, principle__isnull=False).order_by("id")
        if row.principle_id is not None
    ]
    live.filter(act=last.act).update(superseded_at=timezone.now())
    Verdict.objects.filter(annotator=annotator, superseded_by=last.act).update(
        superseded_at=None, superseded_by=None
    )
    audits.touch(audit=audit, what="verdicts", annotators=[last.annotator_id])
    item = desk.reopened(audit=audit, user=user, comparison=_of(last))
    return Reopened(item=item, overall=last.answer, answers=answers, reason=last.reason)


def _of(verdict: Verdict) -> Comparison:
    return verdict.comparison
