"""The graph's endpoints."""

import gzip
import json

import pytest
from django.core.cache import cache
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from apps.moralgraph.selectors import rankings
from apps.shared.models import Job
from tests.moralgraph.conftest import World


def url(world: World, rest: str = "") -> str:
    return f"/api/studies/{world.study.slug}/{rest}"


def test_the_graph_of_one_context(world: World, researcher: APIClient) -> None:
    answer = researcher.get(url(world, "graph/"), {"context": world.first.pk})

    assert answer.status_code == 200
    graph = answer.json()
    assert [node["title"] for node in graph["nodes"]] == ["High", "Middle", "Low"]
    assert graph["nodes"][0]["policies"][0] == {
        "attended": "QUESTIONS",
        "qualifier": "that a person asks twice",
    }
    assert (graph["votes"], graph["participants"], graph["rule"], graph["seq"]) == (10, 5, "touchstone", 0)
    assert graph["winner"]["title"] == "High"
    assert len(graph["winner"]["interval"]) == 2
    ends = [(world.low.pk, world.middle.pk), (world.middle.pk, world.high.pk)]
    edges = graph["edges"]
    assert list(zip(edges["less_wise"], edges["wiser"], strict=True)) == ends
    assert (edges["counts"]["wiser"], edges["counts"]["not_wiser"]) == ([5, 5], [0, 0])
    assert (edges["likelihood"], edges["both_ways"]) == ([1.0, 1.0], [False, False])
    assert graph["figure"]["layout"]["title"]["text"] in graph["summary"]


def test_the_graph_by_the_published_rule(world: World, researcher: APIClient) -> None:
    graph = researcher.get(url(world, "graph/"), {"rule": "mge-2023"}).json()

    assert graph["rule"] == "mge-2023"
    assert graph["nodes"][0]["p_top"] is None
    assert graph["winner"]["interval"] is None


def test_bad_questions_get_a_clear_answer(world: World, researcher: APIClient) -> None:
    unknown_rule = researcher.get(url(world, "graph/"), {"rule": "coin"})
    no_number = researcher.get(url(world, "graph/"), {"context": "tea"})
    unknown_context = researcher.get(url(world, "graph/"), {"context": 4711})

    assert (unknown_rule.status_code, no_number.status_code, unknown_context.status_code) == (400, 400, 404)
    assert list(unknown_rule.json()["error"]["fields"]) == ["rule"]
    assert unknown_context.json()["error"]["message"] == "There is no such context in this study."


def test_exports(world: World, researcher: APIClient) -> None:
    published = researcher.get(url(world, "graph/mge-export/")).json()
    votes = researcher.get(url(world, "graph/votes-export/"), {"context": world.second.pk}).json()

    assert {edge["counts"]["markedWiser"] for edge in published["edges"]} == {5}
    assert [vote["answer"] for vote in votes["votes"]] == ["not_wiser"] * 5


def test_the_votes_come_as_a_file(world: World, researcher: APIClient) -> None:
    answer = researcher.get(url(world, "graph/votes-table/"))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"{world.study.slug}-votes.csv" in answer["Content-Disposition"]
    assert answer.content.decode().startswith("participant,from,to,context,answer\r\n")


def test_a_large_graph_is_shown_at_once_and_resampled_by_a_job(
    world: World,
    researcher: APIClient,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(rankings, "MANY_VOTES", 3)
    asked = {"context": world.first.pk}
    with django_capture_on_commit_callbacks(execute=True):
        at_once = researcher.get(url(world, "graph/"), asked).json()
    later = researcher.get(url(world, "graph/"), asked).json()

    assert at_once["winner"]["title"] == later["winner"]["title"] == "High"
    assert (at_once["winner"]["interval"], at_once["winner"]["support"]) == (None, "none")
    assert "has not been worked out yet" in at_once["summary"]
    assert len(later["winner"]["interval"]) == 2
    # Whoever watches the graph is told to read it again.
    assert later["seq"] == at_once["seq"] + 1
    assert [job.state for job in Job.objects.all()] == [Job.State.SUCCEEDED]
    cache.clear()


def test_a_graph_travels_packed_where_the_browser_unpacks_it(world: World, researcher: APIClient) -> None:
    packed = researcher.get(url(world, "graph/"), HTTP_ACCEPT_ENCODING="gzip")
    plain = researcher.get(url(world, "graph/"), HTTP_ACCEPT_ENCODING="identity")

    assert packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content)) == plain.json()
