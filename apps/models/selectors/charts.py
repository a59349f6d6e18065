"""A run's series over their whole range, long ones thinned, read once and then from where they ended."""

import dataclasses
import itertools
from collections import defaultdict
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet

from apps.models.domain.charts import Place, Thinning
from apps.models.models import Run, RunPoint

VERSION = 1
"""Raise this when thinning changes: the cache then forgets what it holds."""
_KEPT_SECONDS = 7 * 24 * 3600
_WORTH_KEEPING = 10_000
"""Points: fewer are read as soon as the cache is asked."""
_CHUNK = 5000


@dataclasses.dataclass(frozen=True)
class Charts:
    """The points to draw a run's charts from, and how many there are of each series."""

    points: list[dict[str, Any]]
    counts: dict[str, int]


class _Standing(NamedTuple):
    """How many points there are up to a step, and the newest: one that is written anew is a new row."""

    points: int
    newest: int | None


@dataclasses.dataclass(frozen=True)
class _Kept:
    """The series up to a step, and by what one sees that these points are still the run's."""

    upto: int
    standing: _Standing
    series: dict[str, Thinning]


def charts(*, run: Run) -> Charts:
    """Return a run's series over their whole range, long ones thinned to what a drawing needs.

    What was read of a long run before is kept, and is used as long as the run has the very same points up
    to that step: to know that they are counted and not read.
    """
    name = f"models.charts.{VERSION}.{run.pk}"
    rows = RunPoint.objects.filter(run=run)
    kept = _still_true(cache.get(name), rows)
    # The last step may get more points; what lies before it is whole.
    last = rows.aggregate(last=Max("step"))["last"] or 0
    series = defaultdict(Thinning, kept.series if kept else {})
    if kept is None or kept.upto < last - 1:
        standing = _standing(rows, last - 1)
        _take_in(series, rows.filter(step__gt=kept.upto if kept else -1, step__lt=last))
        if standing.points > _WORTH_KEEPING and (kept is None or _still_true(kept, rows)):
            _keep(name, _Kept(upto=last - 1, standing=standing, series=dict(series)))
    _take_in(series, rows.filter(step__gte=last))
    return Charts(
        points=[
            {"step": step, "name": name, "value": value}
            for name in sorted(series)
            for step, value in series[name].points()
        ],
        counts={name: one.count for name, one in series.items()},
    )


def _still_true(kept: _Kept | None, rows: QuerySet[RunPoint]) -> _Kept | None:
    """Return what was kept unless a resume has voided some of its points since."""
    return kept if kept is not None and kept.standing == _standing(rows, kept.upto) else None


def _standing(rows: QuerySet[RunPoint], upto: int) -> _Standing:
    return _Standing(**rows.filter(step__lte=upto).aggregate(points=Count("pk"), newest=Max("pk")))


def _keep(name: str, kept: _Kept) -> None:
    for one in kept.series.values():
        one.settle()
    cache.set(name, kept, _KEPT_SECONDS)


def _take_in(series: dict[str, Thinning], rows: QuerySet[RunPoint]) -> None:
    # In the order of the index: sorting 100,000 rows by name takes longer than reading them.
    found = rows.order_by("step", "name").values_list("step", "name", "value").iterator(chunk_size=_CHUNK)
    while page := list(itertools.islice(found, _CHUNK)):
        new: dict[str, list[Place]] = defaultdict(list)
        for step, name, value in page:
            new[name].append((step, value))
        for name, places in new.items():
            series[name].add(places)
