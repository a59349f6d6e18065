"""The demo's annotation: a batch that simulated readers judged, a guideline, decisions, work that waits."""

import random
from typing import Any

from django.utils import timezone

from apps.discretion.domain.demo import guidance as words
from apps.discretion.domain.preferences import against_own_principles, other_order, preference_of
from apps.discretion.models import Act, Annotator, Assignment, Audit, Batch, BatchMember, Verdict
from apps.discretion.selectors import disputes
from apps.discretion.services import adjudications, batches, guidance, probes

SIMULATED_BATCH = "First reading, by simulated readers"
WAITING_BATCH = "Second reading"
REPEATS = 2
TURNS = 0.3


def load(*, audit: Audit, staff: dict[str, Any], rng: random.Random) -> None:
    """Add to the demo's audit what shows how people annotate; the work that waits is the demo annotator's."""
    first = guidance.publish(audit=audit, text=words.FIRST_GUIDELINE, changes="", created_by=None)
    readers = list(Annotator.objects.filter(audit=audit, simulated=True))
    batch = Batch.objects.create(audit=audit, title=SIMULATED_BATCH, overlap=len(readers), seed=1)
    for reader in readers:
        _remember(BatchMember.objects.create(batch=batch, annotator=reader), first.number, rng)
    for known in words.KNOWN:
        probes.add(
            audit=audit,
            kind=known.kind,
            texts=probes.Texts(known.prompt, known.first, known.second),
            expected=known.expected,
            explanation=known.explanation,
            created_by=None,
        )
    if {"annotator", "researcher"} <= set(staff):
        _decide(audit, staff["researcher"])
        _deal(audit, staff["annotator"])


def _remember(member: BatchMember, guideline: int, rng: random.Random) -> None:
    """Write what a simulated reader said as acts in the batch, and let a few pairs have come back."""
    verdicts = Verdict.objects.filter(annotator=member.annotator, superseded_at=None).order_by("pk")
    overall = list(verdicts.filter(principle=None))
    again = rng.sample(overall, REPEATS)
    for position, row in enumerate([*overall, *again], start=1):
        is_repeat = position > len(overall)
        votes = list(verdicts.filter(comparison=row.comparison, principle__isnull=False))
        act = _act(member, row, votes, guideline)
        if is_repeat:
            _come_back(act, row, turned=rng.random() < TURNS)
        else:
            verdicts.filter(comparison=row.comparison).update(act=act.pk)
        act.assignment = Assignment.objects.create(
            member=member,
            kind=act.kind,
            comparison_id=row.comparison_id,
            position=position,
            done_at=timezone.now(),
            act=act.pk,
        )
        act.seconds = round(rng.uniform(14, 60), 1)
        act.save(force_insert=True)


def _act(member: BatchMember, row: Verdict, votes: list[Verdict], guideline: int) -> Act:
    by_principle = [vote.preference for vote in votes]
    return Act(
        annotator=member.annotator,
        comparison_id=row.comparison_id,
        order=row.order,
        overall=row.answer,
        answers=[{"principle": vote.principle_id, "answer": vote.answer} for vote in votes],
        against_own=against_own_principles(overall=preference_of(row.answer), by_principle=by_principle),
        guideline=guideline,
    )


def _come_back(act: Act, row: Verdict, *, turned: bool) -> None:
    """Turn an act into a return with the sides changed, on which the reader may say something else."""
    act.kind, act.order, act.first_overall = Act.Kind.REPEAT, other_order(row.order), row.answer
    if turned and row.answer in {"a", "b"}:
        act.overall = "b" if row.answer == "a" else "a"
    Verdict.objects.filter(pk=row.pk).update(swapped=act.overall)


def _decide(audit: Audit, researcher: Any) -> None:
    """Decide on the two most disputed pairs; the second version of the guideline closes the gap of one."""
    waiting = disputes.queue(audit=audit, user=researcher)[:2]
    causes = (("guideline_gap", words.GAP), ("both_defensible", words.BOTH))
    made = [
        adjudications.decide(
            audit=audit, comparison_id=row.comparison.pk, cause=cause, note=note, decided_by=researcher
        )
        for row, (cause, note) in zip(waiting, causes, strict=False)
    ]
    guidance.publish(
        audit=audit,
        text=words.SECOND_GUIDELINE,
        changes=words.CHANGE,
        created_by=None,
        gaps=[row.pk for row in made[:1]],
    )


def _deal(audit: Audit, annotator: Any) -> None:
    """Lay a training round and then a batch before the demo's annotator."""
    training = batches.begin(
        audit=audit,
        plan=batches.Plan("Training round", kind="training", people=(annotator.pk,), threshold=0.6, seed=2),
        created_by=None,
    )
    plan = batches.Plan(
        WAITING_BATCH,
        strategy="disputed",
        overlap=1,
        size=10,
        people=(annotator.pk,),
        probes=2,
        threshold=0.8,
        training=training.pk,
        seed=3,
    )
    batches.begin(audit=audit, plan=plan, created_by=None)
