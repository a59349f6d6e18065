"""Pilots over the API: begun, listed, downloaded, stopped and deleted."""

import csv
import io
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.elicitation.models import PilotRun, PilotWalk
from apps.shared.models import AuditEntry, Job, Study
from tests.factories.elicitation import ProtocolFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def _address(study: Study, rest: str = "") -> str:
    return f"/api/studies/{study.slug}/pilots/{rest}"


@pytest.fixture
def begun(study: Study, researcher: APIClient) -> dict[str, Any]:
    """Return a pilot of two as the API answers its beginning."""
    ProtocolFactory(study=study)
    answer = researcher.post(_address(study), {"kinds": {"terse": 1, "injecting": 1}, "languages": ["en"]})
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_pilot_begins_waiting_and_is_listed(
    study: Study, researcher: APIClient, begun: dict[str, Any]
) -> None:
    (listed,) = researcher.get(_address(study)).json()

    assert (begun["state"], begun["walks"], begun["ended"]) == ("queued", 2, 0)
    assert [row["kind"] for row in begun["rows"]] == ["terse", "injecting"]
    assert {name: begun[name] for name in listed} == listed


def test_what_is_wrong_with_a_plan_is_said_at_its_place(study: Study, researcher: APIClient) -> None:
    ProtocolFactory(study=study)

    answer = researcher.post(_address(study), {"kinds": {"terse": 1}, "languages": ["ar"]})

    assert answer.status_code == 400
    assert "consent text" in answer.json()["error"]["fields"]["languages"][0]


def test_a_second_pilot_waits_its_turn(study: Study, researcher: APIClient, begun: dict[str, Any]) -> None:
    answer = researcher.post(_address(study), {"kinds": {"terse": 1}, "languages": ["en"]})

    assert answer.status_code == 409


def test_the_report_comes_as_a_file_that_marks_every_row(
    study: Study, researcher: APIClient, begun: dict[str, Any]
) -> None:
    walk = PilotWalk.objects.get(run=begun["id"], kind="terse")
    walk.state, walk.record = (
        "failed",
        {"waited": 30, "failure": {"where": "card", "what": "No line, no card"}},
    )
    walk.save()

    answer = researcher.get(_address(study, f"{begun['id']}/file/"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    whole = researcher.get(_address(study, f"{begun['id']}/file/"), {"form": "json"}).json()

    assert answer["Content-Type"].startswith("text/csv")
    assert [(row["simulated"], row["kind"], row["failed_at"], row["failure"]) for row in rows] == [
        ("true", "terse", "card", "No line, no card"),
        ("true", "injecting", "", ""),
    ]
    assert rows[0]["waiting_minutes"] == "0.5000"
    assert whole["total"]["failed"] == 1
    assert researcher.get(_address(study, f"{begun['id']}/file/"), {"form": "xml"}).status_code == 400


def test_it_is_stopped_and_deleted_and_both_are_noted(
    study: Study, researcher: APIClient, begun: dict[str, Any]
) -> None:
    address = _address(study, f"{begun['id']}/")
    assert researcher.delete(address).status_code == 409

    stopped = researcher.post(address + "stop/").json()
    deleted = researcher.delete(address)

    assert (stopped["state"], deleted.status_code) == ("cancelled", 204)
    assert not PilotRun.objects.exists()
    assert not Job.objects.exists()
    noted = AuditEntry.objects.filter(study=study, action__startswith="pilot.").values_list(
        "action", flat=True
    )
    assert sorted(noted) == ["pilot.deleted", "pilot.started", "pilot.stopped"]
