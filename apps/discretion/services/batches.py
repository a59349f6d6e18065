"""Batches: deal pairs out to chosen people, let somebody in, hand work over, end it."""

import dataclasses
import random
import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.discretion.domain import dealing
from apps.discretion.domain.protocol import REPEAT_GAP
from apps.discretion.models import (
    Act,
    Annotator,
    Assignment,
    Audit,
    Batch,
    BatchMember,
    Probe,
    Verdict,
)
from apps.discretion.selectors import batches as selectors
from apps.discretion.selectors import desk, disputes, guidance, piles
from apps.discretion.services import audits, verdicts
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.services import audit as log


@dataclasses.dataclass(frozen=True)
class Plan:
    """What a new batch is to be; ``people`` are accounts, ``probes`` how many known answers lie in each
    person's pile, ``size`` how many comparisons (0: all).
    """

    title: str
    kind: str = Batch.Kind.WORK
    strategy: str = Batch.Strategy.RANDOM
    overlap: int = 2
    size: int = 0
    people: tuple[int, ...] = ()
    probes: int = 0
    threshold: float = 0.0
    training: int | None = None
    seed: int | None = None


@transaction.atomic
def begin(*, audit: Audit, plan: Plan, created_by: AbstractBaseUser | None) -> Batch:
    """Begin a batch and deal it out. Raises Invalid where people, pairs or the round to pass are missing."""
    accounts = _check(audit, plan)
    seed = random.SystemRandom().getrandbits(48) if plan.seed is None else plan.seed
    batch = Batch.objects.create(
        audit=audit,
        title=plan.title.strip()[:200],
        kind=plan.kind,
        strategy=plan.strategy,
        overlap=plan.overlap,
        threshold=plan.threshold,
        training_id=plan.training,
        seed=seed,
        created_by_id=created_by.pk if created_by else None,
    )
    people = [verdicts.annotator_for(audit=audit, user=account) for account in accounts]
    rng = random.Random(seed)
    if batch.kind == Batch.Kind.TRAINING:
        _deal_training(batch, people, rng)
    else:
        _deal_work(batch, people, plan, rng)
        _bring_to_training(batch, people)
    audits.touch(audit=audit, what="batches")
    return batch


def _check(audit: Audit, plan: Plan) -> list[AbstractBaseUser]:
    """Return the accounts that take part. Raises Invalid."""
    known = {row.pk: row for row in selectors.people(study=audit.study)}
    accounts = [known[pk] for pk in dict.fromkeys(plan.people) if pk in known]
    if not plan.title.strip():
        raise Invalid("A batch needs a title.", fields={"title": ["Write a title."]})
    if not accounts or len(accounts) < len(set(plan.people)):
        raise Invalid(
            "Choose members of this study who may annotate.", fields={"people": ["Choose at least one."]}
        )
    if plan.kind == Batch.Kind.TRAINING:
        if not _practice(audit).exists():
            raise Invalid(
                "A training round needs pairs with a known answer and its reason.",
                fields={"kind": ["Add pairs of the kind practice first."]},
            )
    elif plan.overlap > len(accounts):
        raise Invalid(
            "More judgements of each pair are asked for than there are people.",
            fields={"overlap": [f"At most {len(accounts)}."]},
        )
    if plan.training and not _rounds(audit).filter(pk=plan.training).exists():
        raise Invalid("There is no such training round.", fields={"training": ["Choose one of the list."]})
    return accounts


def _practice(audit: Audit) -> QuerySet[Probe]:
    return Probe.objects.filter(audit=audit, kind=Probe.Kind.PRACTICE, retired_at=None)


def _deal_work(batch: Batch, people: list[Annotator], plan: Plan, rng: random.Random) -> None:
    audit = batch.audit
    pairs = _pairs(audit, people)
    able = [pair for pair in pairs if len(pair.judged_by) < len(people)]
    chosen = dealing.choose(pairs=able, size=plan.size or len(able), strategy=plan.strategy, rng=rng)
    if not chosen:
        raise Invalid(
            "These people have judged everything already.", fields={"people": ["Nothing is left for them."]}
        )
    work = dealing.share_out(pairs=chosen, people=[row.pk for row in people], overlap=plan.overlap, rng=rng)
    probes = Probe.objects.filter(
        audit=audit, kind__in=[Probe.Kind.GOLD, Probe.Kind.ATTENTION], retired_at=None
    )
    share = guidance.protocol(audit=audit).protocol.repeat_share
    for row in people:
        seen = Act.objects.filter(annotator=row, probe__isnull=False).values("probe")
        known = [str(pk) for pk in probes.exclude(pk__in=seen).values_list("pk", flat=True)]
        pile = dealing.lay(
            firsts=work[row.pk],
            probes=rng.sample(known, min(plan.probes, len(known))),
            repeat_share=share,
            gap=REPEAT_GAP,
            rng=rng,
        )
        _lay_before(BatchMember.objects.create(batch=batch, annotator=row), pile)


def _pairs(audit: Audit, people: list[Annotator]) -> list[dealing.Pair]:
    """Return all comparisons that could be dealt; those with a known answer are not among them."""
    tallies = {row.comparison_id: row for row in disputes.tallies(audit=audit)}
    taken: dict[str, set[int]] = defaultdict(set)
    judged = Verdict.objects.filter(annotator__in=people, principle=None, superseded_at=None)
    given = Assignment.objects.filter(
        member__annotator__in=people, comparison__isnull=False, member__batch__closed_at=None
    )
    for comparison, person in [
        *judged.order_by().values_list("comparison", "annotator"),
        *given.order_by().values_list("comparison", "member__annotator"),
    ]:
        taken[str(comparison)].add(person)
    ids = piles.to_judge(audit=audit).values_list("pk", flat=True)
    return [_pair(str(pk), tallies.get(str(pk)), taken) for pk in ids]


def _pair(pk: str, tally: disputes.Tally | None, taken: dict[str, set[int]]) -> dealing.Pair:
    return dealing.Pair(
        id=pk,
        verdicts=tally.ratings if tally else 0,
        dispute=(tally.dispute or 0.0) if tally else 0.0,
        judged_by=frozenset(taken.get(pk, ())),
    )


def _lay_before(member: BatchMember, pile: Sequence[dealing.Dealt], *, after: int = 0) -> None:
    Assignment.objects.bulk_create(
        [
            Assignment(
                member=member,
                kind=item.kind,
                comparison_id=None if item.kind == "probe" else uuid.UUID(item.id),
                probe_id=uuid.UUID(item.id) if item.kind == "probe" else None,
                position=position,
            )
            for position, item in enumerate(pile, start=after + 1)
        ],
        batch_size=1000,
    )


def _deal_training(batch: Batch, people: Sequence[Annotator], rng: random.Random) -> None:
    known = [str(pk) for pk in _practice(batch.audit).values_list("pk", flat=True)]
    for row in people:
        pile = dealing.lay(firsts=[], probes=known, repeat_share=0, gap=0, rng=rng)
        _lay_before(BatchMember.objects.create(batch=batch, annotator=row), pile)


def _bring_to_training(batch: Batch, people: Sequence[Annotator]) -> None:
    """Let everybody who must pass a round take part in it."""
    if batch.training is None:
        return
    there = set(batch.training.members.values_list("annotator", flat=True))
    missing = [row for row in people if row.pk not in there]
    _deal_training(batch.training, missing, random.Random(batch.seed))


def _rounds(audit: Audit) -> QuerySet[Batch]:
    return Batch.objects.filter(audit=audit, kind=Batch.Kind.TRAINING)


@transaction.atomic
def close(*, audit: Audit, batch_id: int) -> Batch:
    """End a batch: what is left of it lies before nobody any more. Raises Missing and Conflict."""
    batch = selectors.batch(audit=audit, batch_id=batch_id)
    if batch.closed_at is not None:
        raise Conflict("This batch has ended already.")
    batch.closed_at = timezone.now()
    batch.save(update_fields=["closed_at"])
    audits.touch(audit=audit, what="batches")
    return batch


@transaction.atomic
def hand_over(*, audit: Audit, batch_id: int, member_id: int, actor: AbstractBaseUser) -> int:
    """Give what somebody has not judged to the others of the batch, and return how much was given.

    Raises Missing, and Conflict where nobody else can take any of it.
    """
    batch = selectors.batch(audit=audit, batch_id=batch_id)
    giver = selectors.member(batch=batch, member_id=member_id)
    others = [row for row in batch.members.exclude(pk=giver.pk) if batch.closed_at is None]
    left = giver.assignments.filter(kind=Assignment.Kind.FIRST, done_at=None)
    held = {row.pk: {str(item.comparison_id) for item in row.assignments.all()} for row in others}
    moved = 0
    for pair in [str(item.comparison_id) for item in left]:
        able = [row for row in others if pair not in held[row.pk]]
        if not able:
            continue
        taker = min(able, key=lambda row: len(held[row.pk]))
        held[taker.pk].add(pair)
        last = taker.assignments.order_by("-position").values_list("position", flat=True).first() or 0
        # Its return with changed sides makes no sense without it.
        giver.assignments.filter(comparison=uuid.UUID(pair), done_at=None).delete()
        _lay_before(taker, [dealing.Dealt(pair, "first")], after=last)
        moved += 1
    if not moved:
        raise Conflict("Nobody else in this batch can take any of it.")
    log.record(
        study=audit.study,
        actor=actor,
        action="discretion.handed_over",
        subject=f"batch/{batch.pk}",
        detail={"member": giver.pk, "pairs": moved},
    )
    audits.touch(audit=audit, what="batches")
    return moved


@transaction.atomic
def admit(
    *, audit: Audit, batch_id: int, member_id: int, because: str, actor: AbstractBaseUser
) -> BatchMember:
    """Let somebody work who has not passed the training round, and say why. Raises Missing and Invalid."""
    if not because.strip():
        raise Invalid("Say why.", fields={"because": ["Say why."]})
    member = selectors.member(batch=selectors.batch(audit=audit, batch_id=batch_id), member_id=member_id)
    member.admitted_at, member.admitted_by_id = timezone.now(), actor.pk
    member.admitted_because = because.strip()
    member.save()
    audits.touch(audit=audit, what="batches")
    return member


@transaction.atomic
def try_again(*, audit: Audit, batch_id: int, user: AbstractBaseUser) -> BatchMember:
    """Let a person do a training round once more; the first try is kept. Raises Missing, and Conflict while
    it is not finished or where it is passed.
    """
    annotator = desk.annotator_of(audit=audit, user=user)
    found = piles.places(audit=audit, annotator=annotator) if annotator else []
    place = next((row for row in found if row.batch.pk == batch_id), None)
    if place is None:
        raise Missing("There is no such batch of yours.")
    if place.batch.kind != Batch.Kind.TRAINING or not place.finished or place.passed:
        raise Conflict("Only a training round that is done and not passed can be done again.")
    member = place.member
    member.attempt += 1
    member.save(update_fields=["attempt"])
    member.assignments.update(done_at=None, act=None)
    audits.touch(audit=audit, what="batches")
    return member
