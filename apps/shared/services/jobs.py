"""Jobs: enqueue, claim, renew, finish, stop, and give the lost ones back to the queue."""

import logging
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.shared.errors import TouchstoneError
from apps.shared.events import JobChanged
from apps.shared.models import Job, Study
from apps.shared.services import streams
from apps.shared.signals import job_lost

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=8)
HEARTBEAT_SECONDS = 2.0
MAX_ATTEMPTS = 6
FORGOTTEN_AFTER = timedelta(seconds=30)


class LeaseLost(Exception):
    """Another worker holds the job now; whoever sees this must stop without writing."""


@transaction.atomic
def enqueue(
    *,
    study: Study,
    task: str,
    subject: str = "",
    config: dict[str, Any] | None = None,
    data_hash: str = "",
    created_by: AbstractBaseUser | None = None,
) -> Job:
    """Make a job and send its task once the transaction is committed."""
    job = Job.objects.create(
        study=study,
        task=task,
        subject=subject,
        config=config or {},
        data_hash=data_hash,
        created_by_id=created_by.pk if created_by else None,
    )
    _announce(job=job)
    _send(job=job)
    return job


def _send(*, job: Job) -> None:
    """Send once committed; where the store is down, the reaper sends again what was forgotten."""
    task, job_id = job.task, str(job.pk)

    def send() -> None:
        # From the registry, because ``send_task`` would go to the broker even in eager tests.
        if task not in current_app.tasks:
            current_app.loader.import_default_modules()
        try:
            current_app.tasks[task].apply_async(kwargs={"job_id": job_id})
        except OperationalError:
            logger.warning("The store did not take job %s; it is sent again later.", job_id)

    transaction.on_commit(send)


def _announce(*, job: Job) -> None:
    event = JobChanged(
        job=str(job.pk),
        task=job.task,
        subject=job.subject,
        state=job.state,  # type: ignore[arg-type]
        progress=job.progress,
        message=job.message,
        attempts=job.attempts,
        stop_requested=job.stop_requested,
    )
    streams.publish(stream=streams.stream_of(study=job.study, path=f"job/{job.pk}"), event=event)


@transaction.atomic
def claim(*, job_id: str, owner: str) -> Job | None:
    """Take the job's lease; return None where it has ended or somebody else holds it."""
    now = timezone.now()
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_expires_at__lt=now)
    taken = Job.objects.filter(free, pk=job_id).update(
        state=Job.State.RUNNING, lease_owner=owner, lease_expires_at=now + LEASE, started_at=now
    )
    if not taken:
        return None
    job = Job.objects.select_related("study").get(pk=job_id)
    job.attempts += 1
    job.save(update_fields=["attempts"])
    _announce(job=job)
    return job


def renew(*, job_id: str, owner: str) -> None:
    """Keep the lease. Raises LeaseLost where it is no longer ours."""
    kept = Job.objects.filter(pk=job_id, lease_owner=owner, state=Job.State.RUNNING).update(
        lease_expires_at=timezone.now() + LEASE
    )
    if not kept:
        raise LeaseLost(job_id)


@transaction.atomic
def report(*, job: Job, progress: float, message: str = "") -> None:
    """Say how far the job is (0 to 1)."""
    Job.objects.filter(pk=job.pk).update(progress=progress, message=message)
    job.progress, job.message = progress, message
    _announce(job=job)


@transaction.atomic
def finish(*, job: Job, state: Job.State, message: str = "") -> None:
    """End the job, if it is still ours to end."""
    ended = Job.objects.filter(pk=job.pk, lease_owner=job.lease_owner, state=Job.State.RUNNING).update(
        state=state,
        message=message[:500],
        finished_at=timezone.now(),
        lease_expires_at=None,
        progress=1.0 if state == Job.State.SUCCEEDED else job.progress,
    )
    if ended:
        job.refresh_from_db()
        _announce(job=job)


@transaction.atomic
def request_stop(*, job: Job) -> Job:
    """Ask a running job to save and stop; a queued one is cancelled at once."""
    Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED,
        stop_requested=True,
        message="Stopped before it began.",
        finished_at=timezone.now(),
    )
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(stop_requested=True)
    job.refresh_from_db()
    _announce(job=job)
    return job


@transaction.atomic
def requeue(*, job: Job) -> Job:
    """Queue an ended job again; it goes on from its last checkpoint."""
    changed = Job.objects.filter(pk=job.pk, state__in=[Job.State.CANCELLED, Job.State.FAILED]).update(
        state=Job.State.QUEUED,
        stop_requested=False,
        message="",
        attempts=0,
        queued_at=timezone.now(),
        finished_at=None,
    )
    job.refresh_from_db()
    if changed:
        _announce(job=job)
        _send(job=job)
    return job


@transaction.atomic
def set_aside(*, job: Job, message: str) -> bool:
    """End a job that no worker holds, so that none takes it; return whether that was so."""
    waits = [Job.State.QUEUED, Job.State.CANCELLED, Job.State.FAILED]
    changed = Job.objects.filter(pk=job.pk, state__in=waits).update(
        state=Job.State.CANCELLED, message=message[:500], finished_at=timezone.now()
    )
    job.refresh_from_db()
    _announce(job=job)
    return bool(changed)


def forget(*, study: Study, subject: str) -> None:
    """Delete the jobs about something that is deleted itself; a worker that holds one loses its lease."""
    Job.objects.filter(study=study, subject=subject).delete()


def stop_requested(*, job: Job) -> bool:
    """Say whether somebody asked for a stop since the job was read."""
    return Job.objects.filter(pk=job.pk, stop_requested=True).exists()


class _Heartbeat(threading.Thread):
    """Renews a lease until told to stop; notes when the lease is lost."""

    def __init__(self, *, job_id: str, owner: str) -> None:
        super().__init__(daemon=True, name=f"lease of {job_id}")
        self.job_id, self.owner = job_id, owner
        self.stopped, self.lost = threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            while not self.stopped.wait(HEARTBEAT_SECONDS):
                renew(job_id=self.job_id, owner=self.owner)
        except LeaseLost:
            self.lost.set()
        finally:
            connection.close()


@contextmanager
def hold(*, job_id: str) -> Iterator[Job | None]:
    """Claim a job for the length of the block and end it with the block; None where there is nothing to do.

    A named error becomes the job's sentence; any other error is logged and the job fails. A block that set
    another end itself (``finish``) keeps that end.
    """
    owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    job = claim(job_id=job_id, owner=owner)
    if job is None:
        yield None
        return
    heartbeat = _Heartbeat(job_id=job_id, owner=owner)
    if not settings.CELERY_TASK_ALWAYS_EAGER:
        heartbeat.start()
    try:
        yield job
    except LeaseLost:
        logger.warning("Job %s is held by another worker now.", job_id)
    except TouchstoneError as error:
        finish(job=job, state=Job.State.FAILED, message=str(error))
    except Exception:
        logger.exception("Job %s failed.", job_id)
        finish(
            job=job,
            state=Job.State.FAILED,
            message="Something unexpected stopped this job; the log says what.",
        )
        if settings.CELERY_TASK_EAGER_PROPAGATES:
            raise
    else:
        finish(job=job, state=Job.State.SUCCEEDED)
    finally:
        heartbeat.stopped.set()


@transaction.atomic
def reap() -> int:
    """Queue again what a dead worker left behind or a broker forgot; return how many jobs."""
    now = timezone.now()
    lost = Q(state=Job.State.RUNNING, lease_expires_at__lt=now)
    forgotten = Q(state=Job.State.QUEUED, queued_at__lt=now - FORGOTTEN_AFTER)
    jobs = list(Job.objects.select_for_update().filter(lost | forgotten).select_related("study")[:100])
    for job in jobs:
        _revive(job=job)
    return len(jobs)


def _revive(*, job: Job) -> None:
    was_running = job.state == Job.State.RUNNING
    job.lease_owner, job.lease_expires_at, job.queued_at = "", None, timezone.now()
    if job.attempts >= MAX_ATTEMPTS:
        job.state, job.finished_at = Job.State.FAILED, timezone.now()
        job.message = f"The worker died {job.attempts} times on this job, so it was given up."
    elif job.stop_requested:
        job.state, job.finished_at = Job.State.CANCELLED, timezone.now()
        job.message = "Stopped."
    else:
        job.state = Job.State.QUEUED
    job.save()
    _announce(job=job)
    if was_running:
        job_lost.send(sender=None, job=job)
    if job.state == Job.State.QUEUED:
        _send(job=job)
