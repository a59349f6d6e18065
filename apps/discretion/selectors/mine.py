"""A person's own history: what they said, what became of it, and how consistent they are."""

import dataclasses
import uuid

from apps.discretion.models import Act, Annotator, Audit
from apps.discretion.selectors import desk, guidance, piles
from apps.models.domain.intervals import Interval, wilson
from apps.shared.access import Person
from apps.shared.errors import Missing


@dataclasses.dataclass(frozen=True)
class Said:
    """One act in a person's own history. ``replaced`` and ``undone`` say that it no longer stands;
    ``outdated`` that a newer guideline has come since.
    """

    act: Act
    undone: bool
    replaced: bool
    outdated: bool


@dataclasses.dataclass(frozen=True)
class Standing:
    """How far a person is, and how often they said the same when the sides had changed."""

    judged: int
    changed: int
    taken_back: int
    consistent: Interval
    places: list[piles.Place]


def history(
    *, audit: Audit, user: Person, limit: int = 200, comparison_id: uuid.UUID | None = None
) -> list[Said]:
    """Return what this person said, newest first, what was taken back or replaced included.

    Pairs with a known answer are left out: who sees which these are would judge them otherwise.
    """
    annotator = desk.annotator_of(audit=audit, user=user)
    if annotator is None:
        return []
    acts = Act.objects.filter(annotator=annotator, kind=Act.Kind.FIRST).select_related("comparison")
    if comparison_id is not None:
        acts = acts.filter(comparison=comparison_id)
    number = guidance.guideline_number(audit=audit)
    standing: set[uuid.UUID | None] = set()
    rows = []
    for act in acts.order_by("-at", "-id")[:limit]:
        undone = act.undone_at is not None
        replaced = not undone and act.comparison_id in standing
        rows.append(Said(act, undone, replaced, act.guideline < number))
        if not undone:
            standing.add(act.comparison_id)
    return rows


def standing(*, audit: Audit, user: Person) -> Standing:
    """Return a person's own figures; never anybody else's."""
    annotator = desk.annotator_of(audit=audit, user=user)
    if annotator is None:
        return Standing(0, 0, 0, wilson(0, 0), [])
    said = [(row.undone, row.replaced) for row in history(audit=audit, user=user, limit=10_000)]
    return Standing(
        judged=said.count((False, False)),
        changed=sum(replaced for _, replaced in said),
        taken_back=sum(undone for undone, _ in said),
        consistent=consistency(annotator=annotator),
        places=piles.places(audit=audit, annotator=annotator),
    )


def consistency(*, annotator: Annotator) -> Interval:
    """Return how often the same was said of a pair that came back with its sides changed."""
    rows = Act.objects.filter(annotator=annotator, kind=Act.Kind.REPEAT, undone_at__isnull=True)
    pairs = list(rows.exclude(why=Act.Why.TOO_DISTRESSING).values_list("overall", "first_overall"))
    return wilson(sum(now == then for now, then in pairs), len(pairs))


def opened(*, audit: Audit, user: Person, comparison_id: uuid.UUID) -> tuple[desk.Item, Act, list[Said]]:
    """Return one's own judgement of a comparison as it can be changed, and all acts on it, newest first.

    Raises Missing where the person has not judged it.
    """
    rows = history(audit=audit, user=user, comparison_id=comparison_id)
    live = next((row.act for row in rows if not row.undone and not row.replaced), None)
    if live is None or live.comparison is None:
        raise Missing("You have not judged this comparison.")
    item = desk.reopened(audit=audit, user=user, comparison=live.comparison, order=live.order)
    return item, live, rows
