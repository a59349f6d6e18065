"""Endpoints of counterfactuals: what launching one answers, and its page while its runs wait."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.models.models import RunAlert
from apps.shared.models import Study
from tests.factories.models import frozen_data_set, kind_world


@pytest.fixture
def address(study: Study) -> str:
    return f"/api/studies/{study.slug}/counterfactuals/"


def launched(client: APIClient, address: str, study: Study, *, repeat: bool = True) -> Any:
    """Launch one recipe on two data sets and return the answer."""
    first, second = (
        frozen_data_set(study=study, name=name, examples=kind_world(count=16)) for name in ("Kind", "Brusque")
    )
    body = {
        "data_set": str(first.pk), "second": str(second.pk), "method": "reward_model", "size": "tiny",
        "repeat": repeat,
    }  # fmt: skip
    return client.post(address, body, format="json")


def test_launching_answers_the_runs_with_their_places_in_the_queue(
    admin: APIClient, researcher: APIClient, study: Study, address: str
) -> None:
    answer = launched(admin, address, study)

    assert answer.status_code == 201
    found = researcher.get(f"{address}{answer.json()['id']}/").json()
    assert found["state"] == "training"
    assert [(run["data_set_name"], run["place"]) for run in found["runs"]] == [
        ("Kind", 1),
        ("Brusque", 2),
        ("Kind", 3),
    ]


def test_the_runs_are_read_at_once(admin: APIClient, study: Study, address: str) -> None:
    def asked(repeat: bool) -> int:
        made = launched(admin, address, study, repeat=repeat).json()
        for run in made["runs"]:
            RunAlert.objects.create(run_id=run["id"], kind="stall", step=1, message="It stands.")
        with CaptureQueriesContext(connection) as done:
            assert len(admin.get(f"{address}{made['id']}/").json()["runs"]) == 2 + repeat
        return len(done)

    assert asked(repeat=True) == asked(repeat=False)
