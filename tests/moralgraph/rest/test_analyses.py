"""Long answers over REST: a job works, and the same votes are answered at once the second time."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from apps.moralgraph.domain import influence
from apps.moralgraph.services import graphs
from apps.shared.models import Job
from apps.shared.signals import trait_words_asked, traits_asked
from tests.factories.moralgraph import ContextFactory, vote
from tests.moralgraph.conftest import World


def url(world: World, rest: str) -> str:
    return f"/api/studies/{world.study.slug}/{rest}"


@pytest.fixture
def ages(world: World) -> Any:
    """Let people tell an age: the world's five voters are young, and as many old ones say the opposite."""
    old = [uuid.UUID(int=100 + number) for number in range(6)]
    for person in old:
        vote(world.low, world.high, world.first, participant_id=person, answer="not_wiser")
    told = {uuid.UUID(int=number): "young" for number in range(5)} | dict.fromkeys(old, "old")

    def answer(**_: Any) -> dict[str, dict[uuid.UUID, str]]:
        return {"age": told}

    def wordings(**_: Any) -> dict[str, tuple[str, dict[str, str]]]:
        return {"age": ("How old are you?", {"old": "60 or older"})}

    traits_asked.connect(answer)
    trait_words_asked.connect(wordings)
    yield told
    traits_asked.disconnect(answer)
    trait_words_asked.disconnect(wordings)


@pytest.mark.parametrize("rule", ["touchstone", "mge-2023"])
def test_a_job_finds_how_firm_the_first_place_is(
    world: World,
    researcher: APIClient,
    rule: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked = {"context": world.first.pk, "rule": rule}
    with django_capture_on_commit_callbacks(execute=True):
        first = researcher.get(url(world, "graph/influence/"), asked).json()
    second = researcher.get(url(world, "graph/influence/"), asked).json()

    assert (first["state"], first["found"]) == ("computing", None)
    assert Job.objects.get(pk=first["job"]).state == Job.State.SUCCEEDED
    assert (second["state"], second["job"]) == ("ready", None)
    found = second["found"]
    assert (found["winner"], found["tried"], found["participants"]) == (world.high.pk, 5, 5)
    assert found["decisive"] == []
    assert found["smallest_change"]["count"] >= 1
    assert found["helpful"][0]["worth"] > 0
    assert {item["value"] for item in found["false_voters"]} <= {world.low.pk, world.middle.pk}


def test_the_votes_of_those_who_decide_are_rows_once_they_are_known(
    world: World,
    researcher: APIClient,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    # Five people say it twice, ten votes; nine others say the opposite once, from one side or the other.
    # Without one of the five it is eight to nine, without one of the nine ten to eight.
    place = ContextFactory(study=world.study)
    for number in range(5):
        vote(world.low, world.high, place, participant_id=uuid.UUID(int=number))
        vote(world.high, world.low, place, participant_id=uuid.UUID(int=number), answer="not_wiser")
    for number in range(9):
        ends = (world.low, world.high) if number < 5 else (world.high, world.low)
        said = "not_wiser" if number < 5 else "wiser"
        vote(*ends, place, participant_id=uuid.UUID(int=100 + number), answer=said)
    asked = {"context": place.pk, "decisive": "touchstone"}

    unknown = researcher.get(url(world, "graph/votes/"), asked)
    with django_capture_on_commit_callbacks(execute=True):
        researcher.get(url(world, "graph/influence/"), {"context": place.pk})
    decisive = researcher.get(url(world, "graph/influence/"), {"context": place.pk}).json()["found"][
        "decisive"
    ]
    found = researcher.get(url(world, "graph/votes/"), asked).json()

    assert unknown.status_code == 409
    assert [row["votes"] for row in decisive] == [2] * 5
    assert found["total"] == 10
    assert {(row["less_wise"], row["answer"]) for row in found["votes"]} == {
        (world.low.pk, "wiser"), (world.high.pk, "not_wiser"),
    }  # fmt: skip


def test_every_group_is_left_out_in_turn(
    world: World,
    ages: dict[uuid.UUID, str],
    researcher: APIClient,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked = {"context": str(world.first.pk)}
    with django_capture_on_commit_callbacks(execute=True):
        researcher.get(url(world, "graph/influence/"), asked)

    found = researcher.get(url(world, "graph/influence/"), asked).json()["found"]

    without = {item["name"]: item for item in found["groups"]}
    assert (without["young"]["people"], without["young"]["votes"], without["young"]["winner"]) == (
        5, 10, world.low.pk,
    )  # fmt: skip
    assert (without["old"]["people"], without["old"]["winner"]) == (6, world.high.pk)
    assert {item["by"] for item in found["groups"]} == {"age"}
    assert sum(item["changed"] for item in found["groups"]) == 1


def test_one_question_makes_one_job_and_new_votes_make_a_new_one(world: World, researcher: APIClient) -> None:
    jobs = [researcher.get(url(world, "graph/influence/")).json()["job"] for _ in range(2)]
    vote(world.low, world.high, world.first)
    jobs.append(researcher.get(url(world, "graph/influence/")).json()["job"])

    assert jobs[0] == jobs[1] != jobs[2]


def test_a_job_that_failed_says_why_and_is_not_tried_for_ever(
    world: World,
    researcher: APIClient,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    settings: Any,
) -> None:
    settings.CELERY_TASK_EAGER_PROPAGATES = False
    monkeypatch.setattr(influence, "false_voters", lambda *_, **__: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        researcher.get(url(world, "graph/influence/"))

    found = researcher.get(url(world, "graph/influence/")).json()

    assert (found["state"], found["found"]) == ("failed", None)
    assert "unexpected" in found["message"]
    assert Job.objects.count() == 1


def test_groups_stand_side_by_side(
    world: World,
    ages: dict[uuid.UUID, str],
    researcher: APIClient,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked = {"context": world.first.pk, "by": "age"}
    assert researcher.get(url(world, "graph/groups/")).json() == {
        "state": "ready", "job": None, "message": "", "available": ["age"], "found": None,
        "traits": [
            {
                "by": "age",
                "label": "How old are you?",
                "groups": [
                    {"name": "old", "people": 6, "label": "60 or older"},
                    {"name": "young", "people": 5, "label": "young"},
                ],
            }
        ],
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        researcher.get(url(world, "graph/groups/"), asked)

    found = researcher.get(url(world, "graph/groups/"), asked).json()["found"]

    assert [(group["name"], group["people"], group["votes"]) for group in found["groups"]] == [
        ("old", 6, 6), ("young", 5, 10),
    ]  # fmt: skip
    assert [group["values"][0]["value"] for group in found["groups"]] == [world.low.pk, world.high.pk]
    highest = {item["value"]: item["highest"] for item in found["differences"]}
    assert (highest[world.low.pk], highest[world.high.pk]) == ("old", "young")
    assert found["left_out"] == 0


def outnumber(world: World, ages: dict[uuid.UUID, str]) -> None:
    """Let 36 old people find High less wise than Low, where five and five others find it the wiser."""
    for number in range(40):
        person = uuid.UUID(int=300 + number)
        ages[person] = "old" if number < 30 else "young" if number < 35 else "between"
        said = ("not_wiser", "wiser") if number < 30 else ("wiser", "not_wiser")
        vote(world.low, world.high, world.first, participant_id=person, answer=said[0])
        vote(world.high, world.low, world.first, participant_id=person, answer=said[1])


def test_groups_that_count_the_same_move_the_scores_and_no_count(
    world: World, ages: dict[uuid.UUID, str], researcher: APIClient
) -> None:
    outnumber(world, ages)
    asked = {"context": world.first.pk}
    plain = researcher.get(url(world, "graph/"), asked).json()
    even = researcher.get(url(world, "graph/"), {**asked, "balance": "age"}).json()
    again = researcher.get(url(world, "graph/"), asked).json()

    def scores(found: Any) -> dict[int, float]:
        return {node["id"]: node["score"] for node in found["nodes"]}

    assert scores(plain)[world.low.pk] > scores(plain)[world.high.pk]
    assert scores(even)[world.high.pk] > scores(even)[world.low.pk]
    assert (plain["balance"], even["balance"]) == ("", "age")
    assert (plain["edges"], plain["votes"]) == (even["edges"], even["votes"])
    assert scores(again) == scores(plain)


def test_groups_count_by_shares_that_were_set_and_the_graph_says_so(
    world: World, ages: dict[uuid.UUID, str], researcher: APIClient
) -> None:
    outnumber(world, ages)
    asked = {"context": world.first.pk}
    even = researcher.get(url(world, "graph/"), {**asked, "balance": "age"}).json()
    young = researcher.get(url(world, "graph/"), {**asked, "balance": "age=old:1,young:9"}).json()
    wrong = researcher.get(url(world, "graph/"), {**asked, "balance": "age=old:many"})

    def lead(found: Any) -> float:
        scores = {node["id"]: node["score"] for node in found["nodes"]}
        return float(scores[world.high.pk] - scores[world.low.pk])

    assert lead(young) > lead(even) > 0
    assert "Every group by “How old are you?” counts the same." in even["summary"]
    assert "count by shares that were set: 60 or older: 10 %, young: 90 %." in young["summary"]
    assert wrong.status_code == 400
    assert "such as “old:70”" in wrong.json()["error"]["fields"]["balance"][0]


def test_people_of_a_small_group_or_of_none_count_one(
    world: World, ages: dict[uuid.UUID, str], researcher: APIClient
) -> None:
    lone = uuid.UUID(int=300)
    vote(world.low, world.high, world.first, participant_id=lone)
    untold = researcher.get(url(world, "graph/"), {"balance": "age"}).json()

    ages[lone] = "very old"

    assert researcher.get(url(world, "graph/"), {"balance": "age"}).json() == untold


def test_balance_is_refused_where_it_means_nothing(
    world: World, ages: dict[uuid.UUID, str], researcher: APIClient
) -> None:
    by_height = researcher.get(url(world, "graph/"), {"balance": "height"})
    published = researcher.get(url(world, "graph/"), {"balance": "age", "rule": "mge-2023"})

    assert (by_height.status_code, published.status_code) == (400, 400)
    assert "there is: age" in by_height.json()["error"]["fields"]["balance"][0]
    assert "touchstone" in published.json()["error"]["message"]


def test_the_firmness_of_balanced_groups_is_that_of_their_winner(
    world: World,
    ages: dict[uuid.UUID, str],
    researcher: APIClient,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    outnumber(world, ages)
    asked = {"context": world.first.pk}
    with django_capture_on_commit_callbacks(execute=True):
        for more in ({}, {"balance": "age"}):
            researcher.get(url(world, "graph/influence/"), {**asked, **more})

    plain = researcher.get(url(world, "graph/influence/"), asked).json()["found"]
    even = researcher.get(url(world, "graph/influence/"), {**asked, "balance": "age"}).json()["found"]

    assert (plain["winner"], even["winner"]) == (world.low.pk, world.high.pk)


def test_a_grouping_that_nobody_was_asked_about_is_an_error(
    world: World, ages: dict[uuid.UUID, str], researcher: APIClient
) -> None:
    answer = researcher.get(url(world, "graph/groups/"), {"by": "height"})

    assert answer.status_code == 400
    assert "there is: age" in answer.json()["error"]["message"]


def test_two_snapshots_are_compared(world: World, researcher: APIClient) -> None:
    before = graphs.take_snapshot(study=world.study)
    for number in range(60):
        person = uuid.UUID(int=900 + number)
        vote(world.high, world.low, world.first, participant_id=person)
        vote(world.low, world.high, world.first, participant_id=person, answer="not_wiser")
    after = graphs.take_snapshot(study=world.study)

    asked = {"since": before.pk, "context": world.first.pk}
    found = researcher.get(url(world, f"snapshots/{after.pk}/drift/"), asked).json()

    assert (found["winner_after"], found["winner_changed"]) == (world.low.pk, True)
    assert (found["votes_before"], found["votes_after"]) == (10, 130)
    assert len(found["values"]) == 3


def test_snapshots_of_unlike_rules_or_of_nowhere_are_refused(world: World, researcher: APIClient) -> None:
    ours = graphs.take_snapshot(study=world.study)
    published = graphs.take_snapshot(study=world.study, rule="mge-2023")

    unlike = researcher.get(url(world, f"snapshots/{ours.pk}/drift/"), {"since": published.pk})
    nowhere = researcher.get(url(world, f"snapshots/{ours.pk}/drift/"), {"since": 4711})

    assert (unlike.status_code, nowhere.status_code) == (409, 404)
    assert "same rule" in unlike.json()["error"]["message"]


def test_more_participants_take_no_more_queries(
    world: World, ages: dict[uuid.UUID, str], researcher: APIClient
) -> None:
    def queries(path: str, **asked: object) -> int:
        researcher.get(url(world, path), asked)
        with CaptureQueriesContext(connection) as found:
            assert researcher.get(url(world, path), asked).status_code == 200
        return len(found)

    before = [queries("graph/influence/"), queries("graph/groups/", by="age")]
    for number in range(20):
        vote(world.low, world.high, world.first, participant_id=uuid.UUID(int=500 + number))

    assert [queries("graph/influence/"), queries("graph/groups/", by="age")] == before
