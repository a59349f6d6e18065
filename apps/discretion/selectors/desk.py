"""An annotator's desk: the next comparison, and how far they are. Never anybody else's verdicts."""

import dataclasses
import hashlib
import itertools
import statistics
import uuid
from collections.abc import Collection

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from apps.discretion.domain.dealing import returns
from apps.discretion.domain.preferences import Order, other_order, side_order
from apps.discretion.domain.protocol import REPEAT_GAP
from apps.discretion.models import (
    Act,
    Annotator,
    Assignment,
    Audit,
    Batch,
    Comparison,
    Principle,
    Probe,
    Verdict,
)
from apps.discretion.selectors import audits, guidance, judgings, piles
from apps.shared.access import Person
from apps.shared.errors import Missing

CIRCLE = 1 << 62
TYPICAL_SECONDS = 45.0
BREAK_SECONDS = 180.0
LOOKED_BACK = 200
"""How many of a person's last acts are looked at for one that returns."""

Pair = Comparison | Probe


@dataclasses.dataclass(frozen=True)
class Item:
    """What lies on the desk; ``comparison`` is None when nothing does, and ``locked`` says whether a training
    round has to be passed first. A pair with a known answer looks like any other. ``open_count``: so many
    pairs beyond the person's pile, which is done, may be judged as well.
    """

    comparison: Pair | None
    order: Order
    principles: list[Principle]
    done: int
    left_count: int
    minutes: float
    in_force: guidance.InForce
    guideline: int = 0
    batch: Batch | None = None
    blurred: bool = False
    locked: bool = False
    open_count: int = 0

    @property
    def left(self) -> str:
        """Return the response on the left."""
        return self._response("ab")

    @property
    def right(self) -> str:
        """Return the response on the right."""
        return self._response("ba")

    def _response(self, a_when: str) -> str:
        if self.comparison is None:
            return ""
        return self.comparison.response_a if self.order == a_when else self.comparison.response_b


@dataclasses.dataclass(frozen=True)
class _Next:
    """Which pair comes next, how it stands, and how much there is."""

    pair: Pair | None
    order: Order
    done: int
    left_count: int
    batch: Batch | None = None
    locked: bool = False
    open_count: int = 0


def annotator_of(*, audit: Audit, user: Person) -> Annotator | None:
    """Return the person's annotator in the audit; None before the first judgement."""
    return Annotator.objects.filter(audit=audit, user=user.pk).first()


def comparison(*, audit: Audit, comparison_id: uuid.UUID) -> Comparison:
    """Return one comparison. Raises Missing."""
    found = Comparison.objects.filter(audit=audit, pk=comparison_id).first()
    if found is None:
        raise Missing("There is no such comparison in this audit.")
    return found


def pair(*, audit: Audit, pair_id: uuid.UUID) -> Pair:
    """Return a comparison or a pair with a known answer. Raises Missing."""
    return Probe.objects.filter(audit=audit, pk=pair_id).first() or comparison(
        audit=audit, comparison_id=pair_id
    )


def order_for(*, audit: Audit, user: Person, comparison: Pair) -> Order:
    """Return which response stands left for this person: a coin that fell once for all."""
    return side_order(annotator=f"{audit.pk}|{user.pk}", comparison=str(comparison.pk))


def next_item(
    *, audit: Audit, user: Person, leave_out: Collection[uuid.UUID] = (), beyond: bool = False
) -> Item:
    """Return what this person judges next: what was dealt to them; ``beyond`` that, and for those to whom
    nothing is dealt, any comparison that they have not judged.
    """
    annotator = annotator_of(audit=audit, user=user)
    in_force = guidance.protocol(audit=audit)
    found = _from_pile(audit, user, annotator, leave_out) if annotator is not None else None
    ended = found is not None and found.pair is None and not found.locked
    if in_force.protocol.free_desk and (found is None or (ended and beyond)):
        found = _from_all(audit, user, annotator, in_force.protocol.repeat_share, leave_out)
    elif in_force.protocol.free_desk and found is not None and ended:
        found = dataclasses.replace(found, open_count=_waiting(audit, annotator).count())
    return _lay(audit, annotator, found or _Next(None, "ab", 0, 0), in_force)


def _from_pile(
    audit: Audit, user: Person, annotator: Annotator, leave_out: Collection[uuid.UUID]
) -> _Next | None:
    """Return the next pair that was dealt to the person; None where nothing is, or its batches have ended."""
    every = piles.places(audit=audit, annotator=annotator)
    places = [row for row in every if row.batch.closed_at is None and row.total > 0]
    if not places:
        return None
    locked = [row.member.pk for row in places if row.locked]
    rows = piles.waiting(annotator=annotator, locked=locked)
    at = piles.without(rows=rows, pairs=leave_out).first()
    here = next((row for row in places if at is not None and row.member.pk == at.member_id), None)
    if at is None or here is None:
        done, total = sum(row.done for row in places), sum(row.total for row in places)
        return _Next(None, "ab", done, total - done, locked=bool(locked))
    laid: Pair | None = at.probe or at.comparison
    order = order_for(audit=audit, user=user, comparison=laid) if laid else "ab"
    if at.kind == Assignment.Kind.REPEAT:
        order = other_order(order)
    return _Next(laid, order, here.done, here.total - here.done, here.batch)


def _from_all(
    audit: Audit,
    user: Person,
    annotator: Annotator | None,
    repeat_share: float,
    leave_out: Collection[uuid.UUID],
) -> _Next:
    """Return the next comparison in an order of the person's own; now and then one that returns.

    Pairs that a trained checkpoint judged, and the sample of what an algorithm votes by principle, come
    first: only beside people's judgements can these be audited.
    """
    left = _waiting(audit, annotator)
    total, left_count = piles.to_judge(audit=audit).count(), left.count()
    done = total - left_count
    back = _returning(annotator, repeat_share, leave_out) if annotator else None
    if back is not None:
        order = other_order(order_for(audit=audit, user=user, comparison=back))
        return _Next(back, order, done, left_count)
    ahead = Case(When(place__gte=_start(audit, user), then=1), default=0)
    circle = left.exclude(pk__in=leave_out).annotate(
        sampled=judgings.sampled(), by_checkpoint=_judged_by_checkpoint(), ahead=ahead
    )
    found = circle.order_by("-sampled", "-by_checkpoint", "-ahead", "place").first()
    order = order_for(audit=audit, user=user, comparison=found) if found else "ab"
    return _Next(found, order, done, left_count)


def _returning(
    annotator: Annotator, share: float, leave_out: Collection[uuid.UUID] = ()
) -> Comparison | None:
    """Return the comparison that comes back now with its sides changed, if one does."""
    acts = Act.objects.filter(annotator=annotator, undone_at__isnull=True, comparison__isnull=False)
    rows = list(acts.order_by("-at").values_list("comparison_id", "kind")[:LOOKED_BACK])
    again = {pk for pk, kind in rows if kind == Act.Kind.REPEAT} | set(leave_out)
    for pk in dict.fromkeys(pk for pk, _ in reversed(rows[REPEAT_GAP:])):
        recent = any(pk == late for late, _ in rows[:REPEAT_GAP])
        if (
            pk not in again
            and not recent
            and returns(annotator=str(annotator.pk), comparison=str(pk), share=share)
        ):
            return Comparison.objects.get(pk=pk)
    return None


def is_returning(*, audit: Audit, annotator: Annotator, comparison: Comparison) -> bool:
    """Say whether a comparison lies before the person once more, with its sides changed."""
    if piles.open_for(annotator=annotator, pair=comparison.pk, kinds=[Assignment.Kind.REPEAT]):
        return True
    share = guidance.protocol(audit=audit).protocol.repeat_share
    acts = Act.objects.filter(annotator=annotator, comparison=comparison, undone_at__isnull=True)
    kinds = set(acts.values_list("kind", flat=True))
    due = returns(annotator=str(annotator.pk), comparison=str(comparison.pk), share=share)
    return due and kinds == {Act.Kind.FIRST}


def reopened(*, audit: Audit, user: Person, comparison: Pair, order: str) -> Item:
    """Return a pair whose judgement is open again, with the counts as they are now."""
    annotator = annotator_of(audit=audit, user=user)
    now = next_item(audit=audit, user=user, beyond=True)
    stands: Order = "ba" if order == "ba" else "ab"
    found = _Next(comparison, stands, now.done, now.left_count, now.batch)
    return _lay(audit, annotator, found, now.in_force)


def _lay(audit: Audit, annotator: Annotator | None, found: _Next, in_force: guidance.InForce) -> Item:
    """Return a pair as it lies on this person's desk."""
    seconds = _seconds_each(annotator) if annotator else TYPICAL_SECONDS
    return Item(
        comparison=found.pair,
        order=found.order,
        principles=list(audits.principles(audit=audit)) if found.pair else [],
        done=found.done,
        left_count=found.left_count,
        minutes=round(seconds * found.left_count / 60, 1),
        in_force=in_force,
        guideline=guidance.guideline_number(audit=audit),
        batch=found.batch,
        blurred=found.pair is not None and is_blurred(pair=found.pair, in_force=in_force),
        locked=found.locked,
        open_count=found.open_count,
    )


def is_blurred(*, pair: Pair, in_force: guidance.InForce) -> bool:
    """Say whether a pair lies blurred until somebody asks to see it."""
    marked = isinstance(pair, Comparison) and bool(pair.metadata.get("sensitive"))
    texts = (pair.prompt, pair.response_a, pair.response_b)
    return in_force.protocol.hides(texts=texts, marked=marked)


def _waiting(audit: Audit, annotator: Annotator | None) -> QuerySet[Comparison]:
    rows = piles.to_judge(audit=audit).order_by("place")
    if annotator is None:
        return rows
    judged = Verdict.objects.filter(
        comparison=OuterRef("pk"), annotator=annotator, principle__isnull=True, superseded_at__isnull=True
    )
    return rows.filter(~Exists(judged))


def _judged_by_checkpoint() -> Exists:
    judged = Verdict.objects.filter(
        comparison=OuterRef("pk"), annotator__checkpoint_id__gt="", superseded_at__isnull=True
    )
    return Exists(judged)


def _start(audit: Audit, user: Person) -> int:
    """Return where on the circle of comparisons this person begins."""
    digest = hashlib.sha256(f"start|{audit.pk}|{user.pk}".encode()).digest()
    return int.from_bytes(digest[:8]) % CIRCLE


def _seconds_each(annotator: Annotator) -> float:
    """Return how long this person takes for one comparison: the median of the last 30 gaps, breaks left
    out.
    """
    times = list(Act.objects.filter(annotator=annotator).order_by("-at").values_list("at", flat=True)[:31])
    gaps = [(later - earlier).total_seconds() for later, earlier in itertools.pairwise(times)]
    usual = [gap for gap in gaps if 0 < gap < BREAK_SECONDS]
    return max(statistics.median(usual), 1.0) if len(usual) >= 3 else TYPICAL_SECONDS
