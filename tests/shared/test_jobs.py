"""A job's row is the truth: claimed once, renewed, ended once, and revived when its worker died."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.shared import selectors
from apps.shared.errors import Invalid
from apps.shared.models import Job, Study
from apps.shared.services import jobs


@pytest.fixture
def job(study: Study) -> Job:
    """Return a queued job whose task was never sent (its transaction is not committed)."""
    return jobs.enqueue(study=study, task="shared.reap", subject="run/1")


def _let_lease_run_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))


def test_a_second_worker_cannot_claim_a_held_job(job: Job) -> None:
    first = jobs.claim(job_id=str(job.pk), owner="one")
    second = jobs.claim(job_id=str(job.pk), owner="two")

    assert first is not None
    assert first.attempts == 1
    assert second is None


def test_a_lease_that_ran_out_can_be_claimed_and_its_old_owner_must_stop(job: Job) -> None:
    jobs.claim(job_id=str(job.pk), owner="one")
    _let_lease_run_out(job)

    taken = jobs.claim(job_id=str(job.pk), owner="two")

    assert taken is not None
    with pytest.raises(jobs.LeaseLost):
        jobs.renew(job_id=str(job.pk), owner="one")
    jobs.renew(job_id=str(job.pk), owner="two")


def test_an_owner_that_lost_its_lease_cannot_end_the_job(job: Job) -> None:
    old = jobs.claim(job_id=str(job.pk), owner="one")
    _let_lease_run_out(job)
    jobs.claim(job_id=str(job.pk), owner="two")
    assert old is not None

    jobs.finish(job=old, state=Job.State.SUCCEEDED)

    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_hold_ends_the_job_with_the_sentence_of_a_named_error(job: Job) -> None:
    with jobs.hold(job_id=str(job.pk)) as held:
        assert held is not None
        raise Invalid("There are no pairs to train on.")

    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.FAILED, "There are no pairs to train on.")


def test_hold_succeeds_and_says_so_on_the_jobs_stream(job: Job) -> None:
    with jobs.hold(job_id=str(job.pk)) as held:
        assert held is not None
        jobs.report(job=held, progress=0.5)

    states = [event["data"]["state"] for event in selectors.events_after(stream=_stream(job), last=0)]
    progress = [event["data"]["progress"] for event in selectors.events_after(stream=_stream(job), last=0)]
    assert states == ["queued", "running", "running", "succeeded"]
    assert progress == [0.0, 0.0, 0.5, 1.0]


def test_hold_does_nothing_for_a_job_that_has_ended(job: Job) -> None:
    with jobs.hold(job_id=str(job.pk)):
        pass

    with jobs.hold(job_id=str(job.pk)) as again:
        assert again is None


def test_the_reaper_queues_the_job_of_a_dead_worker_again(job: Job) -> None:
    jobs.claim(job_id=str(job.pk), owner="one")
    _let_lease_run_out(job)

    assert jobs.reap() == 1

    job.refresh_from_db()
    assert (job.state, job.lease_owner, job.attempts) == (Job.State.QUEUED, "", 1)


def test_the_reaper_leaves_a_living_worker_alone(job: Job) -> None:
    jobs.claim(job_id=str(job.pk), owner="one")

    assert jobs.reap() == 0


def test_the_reaper_sends_again_what_the_broker_forgot(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(queued_at=timezone.now() - timedelta(minutes=1))

    assert jobs.reap() == 1


def test_the_reaper_gives_up_after_too_many_deaths_and_says_how_many(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(attempts=jobs.MAX_ATTEMPTS - 1)
    jobs.claim(job_id=str(job.pk), owner="one")
    _let_lease_run_out(job)

    jobs.reap()

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert f"{jobs.MAX_ATTEMPTS} times" in job.message


def test_a_queued_job_is_cancelled_at_once_and_can_be_queued_again(job: Job) -> None:
    stopped = jobs.request_stop(job=job)
    assert stopped.state == Job.State.CANCELLED

    again = jobs.requeue(job=stopped)

    assert (again.state, again.stop_requested) == (Job.State.QUEUED, False)


def test_a_running_job_is_asked_to_stop(job: Job) -> None:
    held = jobs.claim(job_id=str(job.pk), owner="one")
    assert held is not None

    jobs.request_stop(job=job)

    assert jobs.stop_requested(job=held)
    assert job.state == Job.State.RUNNING


def test_a_job_that_was_to_stop_when_its_worker_died_is_not_started_again(job: Job) -> None:
    jobs.claim(job_id=str(job.pk), owner="one")
    jobs.request_stop(job=job)
    _let_lease_run_out(job)

    jobs.reap()

    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def _stream(job: Job) -> str:
    return f"study/{job.study.slug}/job/{job.pk}"
