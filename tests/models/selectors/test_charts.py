"""A long run's charts are read once; whatever happens to the run after that is seen."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.models.models import Run, RunPoint
from apps.models.selectors.charts import Charts, charts
from apps.models.services import following, runs
from tests.factories.models import frozen_data_set
from tests.factories.shared import StudyFactory, UserFactory

LONG = 6000


@pytest.fixture
def run(db: None) -> Run:
    """Return a run with two long series."""
    study = StudyFactory()
    data_set = frozen_data_set(study=study)
    made = runs.launch(study=study, data_set=data_set, config={}, created_by=UserFactory())
    write(
        made, range(1, LONG + 1), loss=lambda step: 9.0 if step == 4321 else 0.5, kl=lambda step: step / LONG
    )
    return made


def write(run: Run, steps: Iterable[int], **series: Callable[[int], float]) -> None:
    """Write series over some steps."""
    RunPoint.objects.bulk_create(
        RunPoint(run=run, step=step, name=name, value=value(step))
        for step in steps
        for name, value in series.items()
    )


def series(found: Charts, name: str = "loss") -> dict[int, float]:
    """Return what is drawn of a series, by step."""
    return {point["step"]: point["value"] for point in found.points if point["name"] == name}


def as_read_anew(run: Run) -> Charts:
    """Return the charts by somebody who kept nothing."""
    cache.clear()
    return charts(run=run)


def rows_read(read: Callable[[], Any]) -> int:
    """Return how many statements read points one by one."""
    with CaptureQueriesContext(connection) as seen:
        read()
    return sum("ORDER BY" in query["sql"] for query in seen.captured_queries)


def test_what_was_read_is_not_read_again(run: Run) -> None:
    first = charts(run=run)

    again = charts(run=run)

    assert (again.counts, series(again), series(again, "kl")) == (
        first.counts,
        series(first),
        series(first, "kl"),
    )
    assert first.counts == {"loss": LONG, "kl": LONG}
    # The last step alone, which may get more points.
    assert rows_read(lambda: charts(run=run)) == 1


def test_points_that_came_since_are_drawn_with_every_peak(run: Run) -> None:
    charts(run=run)
    write(run, range(LONG + 1, LONG + 5001), loss=lambda step: -7.0 if step == LONG + 77 else 0.25)
    # The last step of before gets one more.
    write(run, [LONG], held_out_loss=lambda _: 0.75)

    found = charts(run=run)

    drawn = series(found)
    assert found.counts == {"loss": LONG + 5000, "kl": LONG, "held_out_loss": 1}
    assert (drawn[4321], drawn[LONG + 77], drawn[LONG + 5000]) == (9.0, -7.0, 0.25)
    assert series(found, "held_out_loss") == {LONG: 0.75}
    assert len(drawn) <= 1000


def test_a_resume_takes_its_voided_points_out_of_the_drawing(run: Run) -> None:
    charts(run=run)
    lines = [
        {"n": 1, "event": "resumed", "step": 4000},
        *({"n": step, "step": step, "name": "loss", "value": 0.125} for step in range(4001, LONG + 1)),
    ]

    following.take_over(run=run, lines=lines)
    found = charts(run=run)

    drawn = series(found)
    assert max(value for step, value in drawn.items() if step > 4000) == 0.125
    assert (found.counts, series(found)) == ((anew := as_read_anew(run)).counts, series(anew))
    assert found.counts == {"loss": LONG, "kl": 4000}


def test_a_point_that_comes_late_is_not_lost(run: Run) -> None:
    charts(run=run)
    write(run, [100], late=lambda _: 3.0)

    assert series(charts(run=run), "late") == {100: 3.0}


def test_a_short_run_is_read_each_time(run: Run) -> None:
    RunPoint.objects.filter(run=run, step__gt=100).delete()
    charts(run=run)

    assert rows_read(lambda: charts(run=run)) == 2
