"""The work of a pilot against servers that are not there, or never answer: it fails or stops, and says so."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app
from django.db import connection

from apps.elicitation import selectors
from apps.elicitation.models import Participant, PilotRun
from apps.elicitation.services import piloting, pilots
from apps.shared.models import Job, Role, Study
from apps.shared.services import jobs
from tests.factories.elicitation import ProtocolFactory
from tests.factories.shared import member

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def silent() -> Iterator[str]:
    """Return the address of a server that takes connections and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def nobody() -> str:
    """Return an address at which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def queued() -> Iterator[None]:
    """Let jobs wait in their queue, where nobody takes them but the test."""
    before = current_app.conf.task_always_eager
    current_app.conf.task_always_eager = False
    yield
    current_app.conf.task_always_eager = before


def _begin(study: Study) -> tuple[PilotRun, Job]:
    ProtocolFactory(study=study)
    plan = pilots.Plan(kinds={"terse": 2, "hostile": 1}, languages=("en",), seed=1)
    run = pilots.start(study=study, actor=member(study=study, role=Role.RESEARCHER), plan=plan)
    job = jobs.claim(job_id=str(run.job_id), owner="worker")
    assert job is not None
    return run, job


@pytest.mark.django_db
def test_a_server_that_is_not_there_fails_every_walk_at_the_door(
    study: Study, settings: Any, nobody: str
) -> None:
    settings.WEB_ADDRESS = nobody
    run, job = _begin(study)

    piloting.walk(job=job)

    report = selectors.view_pilot(study=study, pilot_id=run.pk)
    assert (report["state"], report["message"]) == ("succeeded", "0 of 3 arrived, 3 failed.")
    assert {(row["state"], row["failed_at"]) for row in report["rows"]} == {("failed", "door")}
    assert all("did not answer" in row["failure"] for row in report["rows"])
    assert report["finished_at"] is not None


def _ask_to_stop(job: Job) -> None:
    """Ask as another process would, with a connection of its own."""
    Job.objects.filter(pk=job.pk).update(stop_requested=True)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_pilot_that_is_stopped_ends_soon_and_leaves_nobody(
    study: Study, settings: Any, silent: str, queued: None
) -> None:
    settings.WEB_ADDRESS = silent
    run, job = _begin(study)
    stopper = threading.Timer(0.5, _ask_to_stop, args=[job])
    stopper.start()

    piloting.walk(job=job)
    stopper.join()

    found = Job.objects.get(pk=job.pk)
    assert (found.state, found.message) == ("cancelled", "Stopped. 0 of 3 arrived, 0 failed.")
    assert set(run.walks.values_list("state", flat=True)) == {"waiting"}
    assert not Participant.objects.exists()
