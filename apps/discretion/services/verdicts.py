"""Verdicts: a person judges a pair by principle and overall in one act, and may take the last act back."""

import dataclasses
import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from apps.discretion.domain.preferences import other_order, preference_of
from apps.discretion.models import Act, Annotator, Assignment, Audit, Batch, Comparison, Probe, Verdict
from apps.discretion.selectors import desk, guidance, piles
from apps.discretion.services import answers, audits
from apps.discretion.services.answers import Given
from apps.shared.errors import Conflict, Missing


class SidesChanged(Conflict):
    """The judgement was made with the responses on other sides than they have."""

    code = "sides_changed"


@dataclasses.dataclass(frozen=True)
class Feedback:
    """What the training round says of an answer."""

    right: bool
    expected: str
    explanation: str


@dataclasses.dataclass(frozen=True)
class Taken:
    """An act that was recorded; feedback in a training round alone."""

    act: uuid.UUID
    feedback: Feedback | None = None


@dataclasses.dataclass(frozen=True)
class Reopened:
    """A judgement that was taken back, with its comparison on the desk again."""

    item: desk.Item
    act: Act


@transaction.atomic
def give(*, audit: Audit, user: AbstractBaseUser, given: Given) -> Taken:
    """Record one act of judging.

    Sending the same act again changes nothing; another judgement of the same comparison takes the earlier
    one's place. Raises Missing for an unknown pair, Invalid for answers that do not belong, ReasonRequired,
    WhyRequired, SidesChanged, and Conflict for an act that is somebody else's.
    """
    annotator = annotator_for(audit=audit, user=user)
    sent = Act.objects.filter(pk=given.act).select_related("probe").first() if given.act else None
    if sent is not None:
        if sent.annotator_id != annotator.pk:
            raise Conflict("This act is somebody else's.")
        return Taken(sent.pk, _feedback(sent))
    pair = desk.pair(audit=audit, pair_id=given.comparison_id)
    in_force = guidance.protocol(audit=audit)
    kind = _kind(audit, user, annotator, pair, given)
    answers.check(audit=audit, given=given, protocol=in_force.protocol)
    act = _act(annotator, pair, kind, given, in_force)
    if isinstance(pair, Probe):
        _answer_probe(act, pair)
    elif kind == Act.Kind.REPEAT:
        _answer_again(act)
    else:
        return Taken(_judge(act))
    return Taken(act.pk, _feedback(act))


def annotator_for(*, audit: Audit, user: AbstractBaseUser) -> Annotator:
    """Return the person's annotator, locked, so that two tabs cannot judge at the same moment."""
    row, _ = Annotator.objects.get_or_create(
        audit=audit,
        user_id=user.pk,
        defaults={"name": user.get_username(), "kind": Annotator.Kind.PERSON},
    )
    return Annotator.objects.select_for_update().get(pk=row.pk)


def _kind(audit: Audit, user: AbstractBaseUser, annotator: Annotator, pair: desk.Pair, given: Given) -> str:
    """Return what kind of act this is. The sides tell a repeat from a change of mind."""
    order = desk.order_for(audit=audit, user=user, comparison=pair)
    if isinstance(pair, Probe):
        if given.order == order:
            return Act.Kind.PROBE
    elif given.order == order:
        return Act.Kind.FIRST
    elif given.order == other_order(order) and desk.is_returning(
        audit=audit, annotator=annotator, comparison=pair
    ):
        return Act.Kind.REPEAT
    raise SidesChanged("The two sides have changed since this was shown. Look at the pair once more.")


def _act(annotator: Annotator, pair: desk.Pair, kind: str, given: Given, in_force: guidance.InForce) -> Act:
    """Return the act, not yet saved, with the assignment that it answers. Raises Missing for a probe that
    does not lie before the person.
    """
    assignment = piles.open_for(annotator=annotator, pair=pair.pk, kinds=[kind])
    if assignment is None and kind == Act.Kind.PROBE:
        raise Missing("There is no such comparison in this audit.")
    return Act(
        id=given.act or uuid.uuid4(),
        annotator=annotator,
        kind=kind,
        comparison=pair if isinstance(pair, Comparison) else None,
        probe=pair if isinstance(pair, Probe) else None,
        assignment=assignment,
        order=given.order,
        overall=given.overall,
        answers=[{"principle": principle, "answer": answer} for principle, answer in given.principles],
        reason=given.reason.strip(),
        why=given.why,
        against_own=given.against_own,
        attempt=assignment.member.attempt if assignment else 1,
        guideline=given.guideline or 0,
        protocol=in_force.number if given.protocol is None else given.protocol,
        seconds=given.seconds,
    )


def _judge(act: Act) -> uuid.UUID:
    """Write the act as verdicts and return its id; the same again leaves the earlier one as it is."""
    earlier = list(
        Verdict.objects.filter(annotator=act.annotator, comparison=act.comparison, superseded_at__isnull=True)
    )
    before = Act.objects.filter(pk=earlier[0].act).first() if earlier else None
    if before is not None and _says_the_same(before, act):
        _close(act, before.pk)
        return before.pk
    now = timezone.now()
    Verdict.objects.filter(pk__in=[row.pk for row in earlier]).update(superseded_at=now, superseded_by=act.pk)
    _save(act)
    said: list[tuple[int | None, str]] = [(row["principle"], row["answer"]) for row in act.answers]
    Verdict.objects.bulk_create(
        Verdict(
            comparison=act.comparison,
            annotator=act.annotator,
            principle_id=principle,
            preference=preference_of(answer),
            answer=answer,
            order=act.order,
            reason=act.reason if principle is None else "",
            act=act.pk,
        )
        for principle, answer in [*said, (None, act.overall)]
    )
    audits.touch(audit=act.annotator.audit, what="verdicts", annotators=[act.annotator_id])
    return act.pk


def _says_the_same(before: Act, act: Act) -> bool:
    def said(row: Act) -> tuple[object, ...]:
        by_principle = {(item["principle"], item["answer"]) for item in row.answers}
        return row.overall, row.reason, row.why, frozenset(by_principle)

    return said(before) == said(act)


def _answer_again(act: Act) -> None:
    """Keep what was said with the sides changed beside the verdicts, which stay as they are."""
    standing = Verdict.objects.filter(
        annotator=act.annotator, comparison=act.comparison, superseded_at__isnull=True
    )
    overall = standing.filter(principle__isnull=True).first()
    if overall is None:
        raise SidesChanged("The first judgement of this pair was taken back. Look at the pair once more.")
    act.first_id, act.first_overall = overall.act, overall.answer
    _save(act)
    said: dict[int | None, str] = {row["principle"]: row["answer"] for row in act.answers}
    for row in standing:
        answer = act.overall if row.principle_id is None else said.get(row.principle_id)
        if answer is not None and act.why != Act.Why.TOO_DISTRESSING:
            Verdict.objects.filter(pk=row.pk).update(swapped=answer)
    audits.touch(audit=act.annotator.audit, what="verdicts", annotators=[act.annotator_id])


def _answer_probe(act: Act, probe: Probe) -> None:
    if act.why != Act.Why.TOO_DISTRESSING:
        act.right = act.overall == probe.expected
    _save(act)


def _save(act: Act) -> None:
    act.save(force_insert=True)
    _close(act, act.pk)


def _close(act: Act, by: uuid.UUID) -> None:
    if act.assignment_id is not None:
        Assignment.objects.filter(pk=act.assignment_id).update(done_at=timezone.now(), act=by)


def _feedback(act: Act) -> Feedback | None:
    """Return what a training round says of the answer; a known answer in real work stays hidden."""
    if act.probe is None or act.assignment is None:
        return None
    if act.assignment.member.batch.kind != Batch.Kind.TRAINING:
        return None
    return Feedback(bool(act.right), act.probe.expected, act.probe.explanation)


@transaction.atomic
def undo(*, audit: Audit, user: AbstractBaseUser) -> Reopened:
    """Take the person's last act back and return what it said. Raises Conflict where there is nothing to
    take back; what a training round has answered stays.
    """
    annotator = desk.annotator_of(audit=audit, user=user)
    acts = Act.objects.filter(annotator=annotator, undone_at__isnull=True).exclude(
        assignment__member__batch__kind=Batch.Kind.TRAINING
    )
    last = acts.select_related("comparison", "probe").order_by("-at", "-id").first()
    if last is None:
        raise Conflict("There is no judgement of yours to take back.")
    Act.objects.filter(pk=last.pk).update(undone_at=timezone.now())
    Assignment.objects.filter(act=last.pk).update(done_at=None, act=None)
    if last.kind == Act.Kind.FIRST:
        _take_back(last)
    elif last.first_id is not None:
        Verdict.objects.filter(act=last.first_id).update(swapped="")
    audits.touch(audit=audit, what="verdicts", annotators=[last.annotator_id])
    return Reopened(
        item=desk.reopened(audit=audit, user=user, comparison=_of(last), order=last.order), act=last
    )


def _take_back(act: Act) -> None:
    """Supersede what the act said, and bring what it replaced to life again."""
    Verdict.objects.filter(annotator=act.annotator, act=act.pk, superseded_at__isnull=True).update(
        superseded_at=timezone.now()
    )
    Verdict.objects.filter(annotator=act.annotator, superseded_by=act.pk).update(
        superseded_at=None, superseded_by=None
    )


def _of(act: Act) -> desk.Pair:
    pair = act.probe or act.comparison
    if pair is None:
        raise Missing("There is no such comparison in this audit.")
    return pair
