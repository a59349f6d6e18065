"""Snapshots over REST."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.moralgraph.selectors import rankings
from apps.moralgraph.services import graphs
from apps.shared.models import Job
from tests.moralgraph.conftest import World


def url(world: World, rest: str = "") -> str:
    return f"/api/studies/{world.study.slug}/snapshots/{rest}"


def test_a_researcher_takes_a_snapshot_and_opens_it(world: World, researcher: APIClient) -> None:
    made = researcher.post(url(world), {"parameters": {"draws": 100}})

    assert made.status_code == 201
    snapshot = made.json()
    assert (snapshot["number"], snapshot["parameters"]["draws"], snapshot["withdrawn"]) == (1, 100, 0)
    assert len(snapshot["hash"]) == 64
    opened = researcher.get(url(world, f"{snapshot['id']}/"), {"context": world.first.pk}).json()
    assert opened["snapshot"] == snapshot
    assert [node["title"] for node in opened["graph"]["nodes"]] == ["High", "Middle", "Low"]


def test_a_large_snapshot_is_answered_with_its_job(
    world: World, researcher: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rankings, "MANY_VOTES", 9)

    made = researcher.post(url(world), {})

    snapshot = made.json()
    assert (made.status_code, snapshot["state"], snapshot["hash"]) == (201, "computing", "")
    assert Job.objects.get(pk=snapshot["job"]).subject == f"snapshot/{snapshot['id']}"
    shown = researcher.get(url(world, f"{snapshot['id']}/")).json()["graph"]
    assert [node["low"] for node in shown["nodes"]] == [None, None, None]


def test_a_bad_parameter_is_named_and_nothing_is_kept(world: World, researcher: APIClient) -> None:
    answer = researcher.post(url(world), {"parameters": {"draws": -1}})

    assert answer.status_code == 400
    assert "draws" in answer.json()["error"]["message"]
    assert researcher.get(url(world)).json() == []


def test_a_snapshot_that_is_not_there(world: World, researcher: APIClient) -> None:
    assert researcher.get(url(world, "4711/")).status_code == 404


def test_many_snapshots_take_as_many_queries_as_one(world: World, researcher: APIClient) -> None:
    counts = []
    for _ in range(2):
        graphs.take_snapshot(study=world.study)
        graphs.take_snapshot(study=world.study)
        with CaptureQueriesContext(connection) as found:
            rows = researcher.get(url(world)).json()
        counts.append((len(rows), len(found)))

    assert [rows for rows, _ in counts] == [2, 4]
    assert counts[0][1] == counts[1][1]
