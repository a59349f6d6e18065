"""Reads of transitions for researchers: each pair with both directions, its stories and its counts."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from apps.moralgraph.domain.answers import Answer
from apps.moralgraph.models import Retirement, Story, Transition
from apps.moralgraph.selectors.counted import counted
from apps.moralgraph.selectors.offers import standing_votes
from apps.shared.models import Study

AT_ONCE = 50
STATES = ("asked", "proposed", "retired")
_ANSWERS = [answer.value for answer in Answer]


@dataclass(frozen=True)
class RetirementView:
    """Why something is asked about no more, who said so and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class TaleView:
    """A story that somebody wrote, with how many judged it; ``model`` names the model that wrote it."""

    id: int
    context_id: int
    context_name: str
    text: str
    origin: str
    state: str
    by: str
    model: str
    reviewed_by: str
    reason: str
    votes: int
    retired: RetirementView | None


@dataclass(frozen=True)
class DirectionView:
    """One direction of a pair: how many gave each answer, and its stories; ``id`` is the transition."""

    id: int
    less_wise: int
    wiser: int
    counts: dict[str, int]
    stories: tuple[TaleView, ...]

    @property
    def votes(self) -> int:
        """Return how many answers stand."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class PairView:
    """Two values with both directions that were asked or written about."""

    titles: tuple[str, str]
    directions: tuple[DirectionView, ...]
    retired: RetirementView | None

    @property
    def votes(self) -> int:
        """Return how many answers stand in both directions."""
        return sum(item.votes for item in self.directions)


@dataclass(frozen=True)
class PairList:
    """Some pairs, those with open proposals first and then those with most votes; ``total`` of all."""

    pairs: tuple[PairView, ...]
    total: int
    proposed: int
    retired: int


def pairs(*, study: Study, state: str = "", page: int = 1) -> PairList:
    """Return pairs that people judged or somebody wrote a story for, 50 at a time.

    ``state`` leaves those that are asked about, with an open proposal, or retired.
    """
    cast = standing_votes(study=study).order_by().values_list("transition_id", "answer")
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for step, answer, times in cast.annotate(times=Count("pk")):
        counts[step][answer] += times
    told = Q(pk__in=_tales(study).values("transition_id")) | Q(retired_at__isnull=False)
    live = Transition.objects.filter(
        counted(study=study, path="less_wise__"), counted(study=study, path="wiser__"), study=study
    )
    known = set(live.filter(told).values_list("pk", flat=True)) | set(counts)
    open_ = set(_tales(study).filter(state=Story.State.PROPOSED).values_list("transition_id", flat=True))
    groups: dict[frozenset[int], list[tuple[int, bool]]] = defaultdict(list)
    for pk, low, high, retired in live.values_list("pk", "less_wise_id", "wiser_id", "retired_at"):
        if pk in known:
            groups[frozenset((low, high))].append((pk, retired is not None))
    kinds = {pair: _kinds(rows, open_) for pair, rows in groups.items()}
    chosen = [pair for pair in groups if not state or state in kinds[pair]]
    chosen.sort(
        key=lambda pair: (
            "proposed" not in kinds[pair],
            -sum(counts[pk].total() for pk, _ in groups[pair]),
            sorted(pair),
        )
    )
    shown = chosen[(page - 1) * AT_ONCE : page * AT_ONCE]
    return PairList(
        pairs=_views(study, [[pk for pk, _ in groups[pair]] for pair in shown], counts),
        total=len(chosen),
        proposed=sum("proposed" in kind for kind in kinds.values()),
        retired=sum("retired" in kind for kind in kinds.values()),
    )


def _kinds(rows: list[tuple[int, bool]], proposed: set[int]) -> set[str]:
    retired = any(gone for _, gone in rows)
    found = {"retired" if retired else "asked"}
    return found | ({"proposed"} if any(pk in proposed for pk, _ in rows) else set())


def _tales(study: Study) -> QuerySet[Story]:
    """Return the stories that somebody wrote and that still have words."""
    rows = Story.objects.filter(transition__study=study).exclude(origin=Story.Origin.TEMPLATE)
    return rows.exclude(text="")


def _views(study: Study, groups: list[list[int]], counts: dict[int, Counter[str]]) -> tuple[PairView, ...]:
    standing = Retirement.objects.filter(undone_at__isnull=True)
    tales = _tales(study).select_related("context").order_by("pk")
    rows = (
        Transition.objects.filter(pk__in=[pk for group in groups for pk in group])
        .select_related("less_wise", "wiser")
        .prefetch_related(
            Prefetch("retirements", standing, "standing"),
            Prefetch(
                "stories", tales.prefetch_related(Prefetch("retirements", standing, "standing")), "told"
            ),
        )
    )
    found = {row.pk: row for row in rows}
    judged = standing_votes(study=study).filter(transition__in=found).exclude(story=None).order_by()
    times = Counter(dict(judged.values_list("story_id").annotate(times=Count("pk"))))
    return tuple(_pair([found[pk] for pk in sorted(group)], counts, times) for group in groups)


def _pair(steps: list[Transition], counts: dict[int, Counter[str]], judged: Counter[int]) -> PairView:
    first = steps[0]
    return PairView(
        titles=(first.less_wise.title, first.wiser.title),
        directions=tuple(
            DirectionView(
                id=step.pk,
                less_wise=step.less_wise_id,
                wiser=step.wiser_id,
                counts={answer: counts[step.pk][answer] for answer in _ANSWERS},
                stories=tuple(_tale(row, judged[row.pk]) for row in _prefetched(step, "told")),
            )
            for step in steps
        ),
        retired=_standing(first),
    )


def _tale(row: Story, votes: int) -> TaleView:
    return TaleView(
        id=row.pk,
        context_id=row.context_id,
        context_name=row.context.name,
        text=row.text,
        origin=row.origin,
        state=row.state,
        by=row.by,
        model=str(row.engine.get("model", "")),
        reviewed_by=row.reviewed_by,
        reason=row.reason,
        votes=votes,
        retired=_standing(row),
    )


def _standing(row: Transition | Story) -> RetirementView | None:
    found = next(iter(_prefetched(row, "standing")), None)
    return RetirementView(found.reason, found.by, found.at) if found else None


def _prefetched(row: Transition | Story, name: str) -> list[Any]:
    """Return what was loaded with a row under a name of its own."""
    found: list[Any] = getattr(row, name)
    return found
