"""What was told of a run is forgotten after its end, and nobody who comes back misses anything."""

from datetime import timedelta

from django.utils import timezone

from apps.models import selectors
from apps.models.models import Run
from apps.models.services import following, forgetting, runs
from apps.shared.models import Job, StreamEvent, Study
from apps.shared.selectors import events_after, is_behind, last_seq
from tests.factories.models import frozen_data_set
from tests.factories.shared import UserFactory


def told_run(study: Study, *, ended: timedelta | None) -> Run:
    """Return a run of 30 steps that ended so long ago, or trains."""
    run = runs.launch(study=study, data_set=frozen_data_set(study=study), config={}, created_by=UserFactory())
    for step in range(1, 31):
        following.take_over(run=run, lines=[{"n": step, "step": step, "name": "loss", "value": 0.5}])
    state = Job.State.RUNNING if ended is None else Job.State.SUCCEEDED
    finished = None if ended is None else timezone.now() - ended
    Job.objects.filter(pk=run.job_id).update(state=state, finished_at=finished)
    return run


def test_a_day_after_its_end_a_run_keeps_its_points_and_the_last_it_said(study: Study) -> None:
    old, fresh = told_run(study, ended=timedelta(days=2)), told_run(study, ended=timedelta(hours=2))
    training = told_run(study, ended=None)
    before = {run.pk: last_seq(stream=runs.stream(run=run)) for run in (old, fresh, training)}

    assert forgetting.forget_events() == before[old.pk] - 1

    assert [event["seq"] for event in events_after(stream=runs.stream(run=old), last=0)] == [before[old.pk]]
    assert [point["step"] for point in selectors.points(run=old)] == list(range(1, 31))
    for run in (fresh, training):
        assert len(events_after(stream=runs.stream(run=run), last=0)) == before[run.pk]
    assert StreamEvent.objects.filter(stream=f"study/{study.slug}/job/{old.job_id}").count() == 1
    assert forgetting.forget_events() == 0


def test_who_comes_back_for_what_was_forgotten_is_behind_and_who_has_it_is_not(study: Study) -> None:
    run = told_run(study, ended=timedelta(days=2))
    stream = runs.stream(run=run)
    last = last_seq(stream=stream)
    assert not is_behind(stream=stream, last=last - 5, most=200)

    forgetting.forget_events()

    assert is_behind(stream=stream, last=last - 5, most=200)
    assert not is_behind(stream=stream, last=last - 1, most=200)
    assert not is_behind(stream=stream, last=last, most=200)

    runs.announce(run=run)

    assert not is_behind(stream=stream, last=last, most=200)
    assert [event["seq"] for event in events_after(stream=stream, last=last)] == [last + 1]
