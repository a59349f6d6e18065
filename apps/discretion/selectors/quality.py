"""How each person annotates: known answers, consistency, leaning to one side, what they could not tell.

Nobody is left out of a measure because of it: a reader decides that in the audit's controls, and it shows.
"""

import dataclasses
import statistics
from collections import Counter
from collections.abc import Sequence

from apps.discretion.domain.preferences import answer_to_side
from apps.discretion.models import Act, Annotator, Audit
from apps.discretion.selectors import guidance
from apps.models.domain.intervals import Interval, wilson


@dataclasses.dataclass(frozen=True)
class Quality:
    """One person, or everybody together (``name`` empty).

    ``consistent``: pairs that came back with changed sides and got the same answer. ``turned``: of the same
    pairs, those where the same side was chosen both times, so that the answer turned with the sides.
    ``left``: of all first choices of a side, those of the left one; 0.5 is no leaning.
    """

    name: str
    simulated: bool
    judged: int
    known: Interval
    attention: Interval
    consistent: Interval
    turned: Interval
    left: Interval
    against_own: int
    outdated: int
    why: dict[str, int]
    seconds: float | None


def quality(*, audit: Audit) -> list[Quality]:
    """Return a row for everybody together, then one for each person."""
    number = guidance.guideline_number(audit=audit)
    people = Annotator.objects.filter(audit=audit, acts__isnull=False).distinct()
    if not audit.study.include_simulated:
        people = people.filter(simulated=False)
    acts = Act.objects.filter(annotator__in=people, undone_at__isnull=True).select_related("probe")
    rows = list(acts.order_by("at"))
    each = [
        _quality(
            row.name,
            [act for act in rows if act.annotator_id == row.pk],
            number,
            simulated=row.simulated,
        )
        for row in people
    ]
    return [_quality("", rows, number), *each] if each else []


def _quality(name: str, acts: Sequence[Act], guideline: int, *, simulated: bool = False) -> Quality:
    firsts = _latest(acts)
    repeats = [act for act in acts if act.kind == Act.Kind.REPEAT and act.why != Act.Why.TOO_DISTRESSING]
    sides = [answer_to_side(answer=act.overall, order=act.order) for act in firsts]
    seconds = [act.seconds for act in firsts if act.seconds]
    return Quality(
        name=name,
        simulated=simulated,
        judged=len(firsts),
        known=_right(acts, "gold"),
        attention=_right(acts, "attention"),
        consistent=wilson(sum(act.overall == act.first_overall for act in repeats), len(repeats)),
        turned=wilson(sum(_turned(act) for act in repeats), len(repeats)),
        left=wilson(sides.count("left"), sides.count("left") + sides.count("right")),
        against_own=sum(act.against_own for act in firsts),
        outdated=sum(act.guideline < guideline for act in firsts),
        why=dict(Counter(act.why for act in firsts if act.why and act.why != Act.Why.TOO_DISTRESSING)),
        seconds=round(statistics.median(seconds), 1) if seconds else None,
    )


def _latest(acts: Sequence[Act]) -> list[Act]:
    """Return the first judgements that stand: the latest of each person on each comparison."""
    firsts = [act for act in acts if act.kind == Act.Kind.FIRST]
    return list({(act.annotator_id, act.comparison_id): act for act in firsts}.values())


def _right(acts: Sequence[Act], kind: str) -> Interval:
    probes = [
        act for act in acts if act.probe is not None and act.probe.kind == kind and act.right is not None
    ]
    return wilson(sum(bool(act.right) for act in probes), len(probes))


def _turned(act: Act) -> bool:
    """Say whether the same side of the screen was chosen both times."""
    return {act.overall, act.first_overall} == {"a", "b"}
