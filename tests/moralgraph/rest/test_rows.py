"""What stands behind the numbers: votes one by one, pairs with their stories, the graph of some people."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.moralgraph.domain.exchange.incoming import Named
from apps.moralgraph.selectors import rows
from apps.moralgraph.services import graph_imports
from apps.shared.models import Study
from apps.shared.signals import traits_asked, withdrawn
from tests.factories.moralgraph import StoryFactory, ValueFactory, step, vote
from tests.moralgraph.conftest import World


def url(world: World, rest: str) -> str:
    return f"/api/studies/{world.study.slug}/{rest}"


@pytest.fixture
def ages(world: World) -> Iterator[None]:
    """Let people tell an age: five young ones, whom the world has, six old ones, and four very old ones."""
    told = {uuid.UUID(int=number): "young" for number in range(5)}
    for number in range(6):
        person = uuid.UUID(int=100 + number)
        told[person] = "old"
        vote(world.low, world.high, world.first, participant_id=person, answer="not_wiser")
    for number in range(4):
        person = uuid.UUID(int=200 + number)
        told[person] = "very old"
        vote(world.low, world.high, world.first, participant_id=person)

    def answer(**_: Any) -> dict[str, dict[uuid.UUID, str]]:
        return {"age": told, "question": dict.fromkeys(list(told)[:8], "advice")}

    traits_asked.connect(answer)
    yield
    traits_asked.disconnect(answer)


def test_votes_are_listed_by_pair_context_and_answer(world: World, researcher: APIClient) -> None:
    vote(world.high, world.low, world.first, answer="unsure", reason="It depends.")
    asked = {"value": world.low.pk, "other": world.high.pk}

    everywhere = researcher.get(url(world, "graph/votes/"), asked).json()
    here = researcher.get(url(world, "graph/votes/"), {**asked, "context": world.first.pk}).json()
    unsure = researcher.get(url(world, "graph/votes/"), {"answer": "unsure"}).json()

    assert (everywhere["total"], here["total"], unsure["total"]) == (6, 1, 1)
    row = unsure["votes"][0]
    assert (row["less_wise"], row["wiser"], row["reason"]) == (world.high.pk, world.low.pk, "It depends.")
    assert "participant" not in str(everywhere)


def test_many_votes_come_in_pages_without_a_gap(
    world: World, researcher: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "AT_ONCE", 7)
    pages = [researcher.get(url(world, "graph/votes/")).json()]
    while pages[-1]["before"]:
        pages.append(researcher.get(url(world, "graph/votes/"), {"before": pages[-1]["before"]}).json())

    assert [len(page["votes"]) for page in pages] == [7, 7, 1]
    assert len({row["id"] for page in pages for row in page["votes"]}) == pages[0]["total"] == 15


def test_a_pair_has_its_stories_and_its_answers_by_direction_and_context(
    world: World, researcher: APIClient
) -> None:
    story = StoryFactory(transition=step(world.low, world.high), context=world.first, text="She waited.")
    vote(world.low, world.high, world.first, story=story)
    vote(world.high, world.low, world.first, answer="same")

    found = researcher.get(url(world, f"values/{world.high.pk}/{world.low.pk}/")).json()

    assert [value["title"] for value in found["values"]] == ["High", "Low"]
    assert [(item["text"], item["origin"], item["votes"]) for item in found["stories"]] == [
        ("She waited.", "researcher", 1)
    ]
    counted = {
        (item["context_id"], item["less_wise"], item["wiser"]): (item["n"], item["counts"])
        for item in found["steps"]
    }
    assert set(counted) == {
        (world.first.pk, world.low.pk, world.high.pk),
        (world.first.pk, world.high.pk, world.low.pk),
        (world.second.pk, world.low.pk, world.high.pk),
    }
    n, counts = counted[world.second.pk, world.low.pk, world.high.pk]
    assert (n, counts["not_wiser"], counts["wiser"]) == (5, 5, 0)


def test_a_pair_with_a_value_of_another_study_is_missing(world: World, researcher: APIClient) -> None:
    foreign = ValueFactory()

    assert researcher.get(url(world, f"values/{world.high.pk}/{foreign.pk}/")).status_code == 404


@pytest.mark.usefixtures("ages")
def test_the_graph_of_one_group_rests_on_its_votes_alone(world: World, researcher: APIClient) -> None:
    here = {"context": world.first.pk}
    young = researcher.get(url(world, "graph/"), {**here, "by": "age", "group": "young"}).json()
    old = researcher.get(url(world, "graph/"), {**here, "by": "age", "group": "old"}).json()
    both = researcher.get(url(world, "graph/"), {**here, "question": "advice"}).json()

    assert (young["participants"], young["winner"]["title"]) == (5, "High")
    assert (old["participants"], old["votes"], old["winner"]["title"]) == (6, 6, "Low")
    assert both["participants"] == 8


@pytest.mark.usefixtures("ages")
def test_people_who_are_so_few_that_they_could_be_named_are_not_shown(
    world: World, researcher: APIClient
) -> None:
    few = {"by": "age", "group": "very old"}
    graph = researcher.get(url(world, "graph/"), few)
    votes = researcher.get(url(world, "graph/votes/"), few)
    nobody_told = researcher.get(url(world, "graph/"), {"by": "shoe size", "group": "40"})

    assert (graph.status_code, votes.status_code, nobody_told.status_code) == (400, 400, 400)
    assert "could name them" in graph.json()["error"]["message"]
    assert "there is: age, question" in nobody_told.json()["error"]["message"]


@pytest.mark.usefixtures("ages")
def test_the_votes_of_a_group_are_its_rows(world: World, researcher: APIClient) -> None:
    found = researcher.get(url(world, "graph/votes/"), {"by": "age", "group": "old"}).json()

    assert (found["total"], {row["answer"] for row in found["votes"]}) == (6, {"not_wiser"})


@pytest.mark.usefixtures("ages")
def test_people_of_no_group_that_is_shown_are_rows_once_they_are_enough(
    world: World, researcher: APIClient
) -> None:
    asked = {"rest": "age", "context": world.first.pk}
    four = researcher.get(url(world, "graph/votes/"), asked)
    vote(world.low, world.high, world.first, answer="unsure", participant_id=uuid.UUID(int=900))

    five = researcher.get(url(world, "graph/votes/"), asked).json()

    assert four.status_code == 400
    assert "Fewer than 5 people cast these votes here" in four.json()["error"]["message"]
    assert (five["total"], {row["answer"] for row in five["votes"]}) == (5, {"wiser", "unsure"})


def test_votes_are_listed_by_direction_and_by_story(world: World, researcher: APIClient) -> None:
    story = StoryFactory(transition=step(world.low, world.high), context=world.first)
    told = vote(world.low, world.high, world.first, story=story)
    vote(world.high, world.low, world.first)

    def numbers(**asked: Any) -> list[int]:
        found = researcher.get(url(world, "graph/votes/"), {"context": world.first.pk, **asked}).json()
        return [row["id"] for row in found["votes"]]

    pair = {"value": world.high.pk, "other": world.low.pk}
    assert len(numbers(**pair)) == 2
    assert numbers(**pair, toward=world.high.pk) == numbers(story=story.pk) == [told.pk]


def test_the_votes_that_came_with_a_file_are_its_rows(world: World, researcher: APIClient) -> None:
    values = [{"id": 1, "title": "A"}, {"id": 2, "title": "B"}]
    files = {
        "graph": Named("values.json", json.dumps(values).encode()),
        "votes": Named(
            "votes.csv", b"participant,from,to,context,answer\np1,1,2,tea,wiser\np2,1,2,tea,same\n"
        ),
    }
    row = graph_imports.bring_in(study=world.study, actor=None, files=files, source="Delft")

    found = researcher.get(url(world, "graph/votes/"), {"imported": row.pk}).json()

    assert (found["total"], [row["answer"] for row in found["votes"]]) == (2, ["same", "wiser"])


def test_the_published_cuts_are_parameters_of_the_graph(world: World, researcher: APIClient) -> None:
    asked = {"rule": "mge-2023", "context": world.first.pk}
    usual = researcher.get(url(world, "graph/"), asked).json()
    strict = researcher.get(url(world, "graph/"), {**asked, "wiser_at_least": 6}).json()
    unknown = researcher.get(url(world, "graph/"), {"rule": "touchstone", "wiser_at_least": 6})

    assert (len(usual["edges"]["wiser"]), strict["edges"]["wiser"]) == (2, [])
    assert strict["parameters"]["wiser_at_least"] == 6
    assert unknown.status_code == 400


def test_rows_take_as_many_queries_for_many_as_for_few(world: World, researcher: APIClient) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert researcher.get(url(world, path)).status_code == 200
        return len(found)

    paths = ["graph/votes/", f"values/{world.low.pk}/{world.high.pk}/"]
    before = [queries(path) for path in paths]
    for _ in range(8):
        StoryFactory(transition=step(world.low, world.high), context=world.first)
        vote(world.low, world.high, world.first)

    assert [queries(path) for path in paths] == before


def test_a_snapshot_opens_the_votes_that_it_holds(world: World, researcher: APIClient) -> None:
    vote(world.low, world.middle, world.first, answer="not_about")
    kept = researcher.post(url(world, "snapshots/"), {}, format="json").json()
    vote(world.low, world.middle, world.first)

    now = researcher.get(url(world, "graph/votes/")).json()
    then = researcher.get(url(world, "graph/votes/"), {"snapshot": kept["id"]}).json()
    on_middle = researcher.get(
        url(world, "graph/votes/"), {"snapshot": kept["id"], "value": world.middle.pk, "answer": "wiser"}
    ).json()

    assert (now["total"], now["not_about"]) == (17, 1)
    assert (then["total"], then["not_about"], on_middle["total"]) == (16, 1, 10)
    assert (kept["votes"], kept["not_about"]) == (15, 1)
    assert researcher.get(url(world, "graph/votes/"), {"snapshot": 4711}).status_code == 404


def test_votes_that_were_withdrawn_since_are_no_rows_of_a_snapshot(
    world: World, researcher: APIClient
) -> None:
    kept = researcher.post(url(world, "snapshots/"), {}, format="json").json()
    withdrawn.send(sender=Study, study=world.study, participant_id=uuid.UUID(int=0))

    def rows(**asked: Any) -> tuple[int, int]:
        found = researcher.get(url(world, "graph/votes/"), asked).json()
        return found["total"], found["withdrawn"]

    assert rows(snapshot=kept["id"]) == (12, 3)
    assert rows(snapshot=kept["id"], value=world.middle.pk) == (8, 2)
    assert rows() == (12, 0)
