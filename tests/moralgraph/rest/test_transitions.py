"""Researchers see every pair with its stories, write, review, retire and bring back; nothing is deleted."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.moralgraph import selectors
from apps.moralgraph.models import Retirement, Story, Transition, Vote
from apps.moralgraph.services import transitions
from apps.shared.models import AuditEntry, Study
from tests.factories.moralgraph import StoryFactory, ValueFactory, step, vote
from tests.moralgraph.conftest import World

TEXT = "For years she gave advice at once. Then she began to wait until she was asked."


def address(study: Study, path: str = "transitions/") -> str:
    return f"/api/studies/{study.slug}/{path}"


def listed(client: APIClient, study: Study, **query: Any) -> Any:
    answer = client.get(address(study), query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_pairs_come_with_both_directions_their_counts_and_stories(
    world: World, researcher: APIClient
) -> None:
    vote(world.middle, world.low, world.first, answer="unsure")
    told = StoryFactory(transition=step(world.low, world.middle), context=world.first, text=TEXT)
    Vote.objects.filter(pk=world.votes[0].pk).update(story=told)

    found = listed(researcher, world.study)

    assert (found["total"], found["proposed"], found["retired"]) == (3, 0, 0)
    pair = found["pairs"][0]
    assert (pair["titles"], pair["votes"]) == (["Low", "Middle"], 6)
    up, down = pair["directions"]
    assert (up["less_wise"], up["wiser"]) == (world.low.pk, world.middle.pk)
    assert (up["counts"]["wiser"], down["counts"]["unsure"]) == (5, 1)
    assert [(item["text"], item["votes"]) for item in up["stories"]] == [(TEXT, 1)]


def test_a_researchers_story_is_shown_to_people_and_its_reverse_is_there(
    world: World, researcher: APIClient
) -> None:
    given = {"less_wise": world.high.pk, "wiser": world.low.pk, "context": world.second.pk, "text": TEXT}

    made = researcher.post(address(world.study), given, format="json")

    assert made.status_code == 201
    story = Story.objects.get(pk=made.json()["id"])
    assert (story.origin, story.state, story.text) == ("researcher", "taken", TEXT)
    assert Transition.objects.filter(less_wise=world.low, wiser=world.high).exists()
    assert AuditEntry.objects.filter(action="story.written", subject=f"story/{story.pk}").exists()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"text": "Too short."}, 400), ({"wiser": None}, 400), ({"wiser": "same"}, 400),
        ({"context": 999_999}, 404), ({"less_wise": 999_999}, 404),
    ],
)  # fmt: skip
def test_a_story_that_cannot_be_one_is_refused(
    world: World, researcher: APIClient, change: dict[str, Any], status: int
) -> None:
    given = {"less_wise": world.low.pk, "wiser": world.high.pk, "context": world.first.pk, "text": TEXT}
    given |= {key: world.low.pk if value == "same" else value for key, value in change.items()}

    assert researcher.post(address(world.study), given, format="json").status_code == status
    assert not Story.objects.exists()


def test_a_retired_pair_is_asked_in_neither_direction_keeps_its_votes_and_comes_back(
    world: World, researcher: APIClient
) -> None:
    pair = step(world.low, world.middle)
    path = address(world.study, f"transitions/{pair.pk}/retirement/")

    assert researcher.post(path, {"reason": "  Both say  the same. "}, format="json").status_code == 200
    assert researcher.post(path, {"reason": "Again."}, format="json").status_code == 409

    found = listed(researcher, world.study, state="retired")
    assert [item["titles"] for item in found["pairs"]] == [["Low", "Middle"]]
    assert found["pairs"][0]["retired"]["reason"] == "Both say the same."
    assert selectors.live_votes(study=world.study).count() == 15
    assert {world.low.pk, world.middle.pk} not in asked(world)

    assert researcher.delete(path).status_code == 200
    assert researcher.delete(path).status_code == 409
    assert listed(researcher, world.study)["retired"] == 0
    assert {world.low.pk, world.middle.pk} in asked(world)
    rows = Retirement.objects.filter(
        transition__in=Transition.objects.filter(less_wise__in=[world.low, world.middle])
    )
    assert rows.filter(undone_at__isnull=False).count() == rows.count() == 2


def asked(world: World) -> list[set[int]]:
    """Return the pairs that somebody new is asked about."""
    drawn = transitions.draw(study=world.study, participant_id=uuid.uuid4(), own_value=None, n=3)
    return [{offer.less_wise.id, offer.wiser.id} for offer in drawn]


def test_a_retired_story_is_told_no_more_until_it_comes_back(world: World, researcher: APIClient) -> None:
    both = (step(world.low, world.middle), step(world.middle, world.low))
    told = [StoryFactory(transition=pair, context=place, text=TEXT)
            for pair in both for place in (world.first, world.second)]  # fmt: skip

    for story in told:
        path = address(world.study, f"stories/{story.pk}/retirement/")
        assert researcher.post(path, {"reason": "Leading."}, format="json").status_code == 200

    assert TEXT not in texts(world)
    for story in told:
        assert researcher.delete(address(world.study, f"stories/{story.pk}/retirement/")).status_code == 200
    assert TEXT in texts(world)


def texts(world: World) -> list[str]:
    """Return the stories that somebody new is told."""
    drawn = transitions.draw(study=world.study, participant_id=uuid.uuid4(), own_value=None, n=3)
    return [offer.story_text for offer in drawn]


def test_a_proposal_is_shown_to_nobody_until_it_is_taken_and_can_be_reworded(
    world: World, researcher: APIClient
) -> None:
    both = (step(world.low, world.middle), step(world.middle, world.low))
    told = [StoryFactory(transition=pair, context=place, text=TEXT, origin="llm", state="proposed")
            for pair in both for place in (world.first, world.second)]  # fmt: skip
    assert TEXT not in texts(world)
    assert listed(researcher, world.study, state="proposed")["total"] == 1

    first, *others = told
    path = address(world.study, f"stories/{first.pk}/")
    assert researcher.patch(path, {"take": False}, format="json").status_code == 400
    declined = researcher.patch(path, {"take": False, "reason": "It takes sides."}, format="json")
    assert declined.status_code == 200
    first.refresh_from_db()
    assert (first.state, first.reason) == ("declined", "It takes sides.")
    assert (
        researcher.patch(path, {"take": True, "text": f"{TEXT} It was quiet."}, format="json").status_code
        == 200
    )
    assert researcher.patch(path, {"take": True}, format="json").status_code == 409
    for story in others:
        researcher.patch(address(world.study, f"stories/{story.pk}/"), {"take": True}, format="json")

    first.refresh_from_db()
    assert (first.state, first.text) == ("taken", f"{TEXT} It was quiet.")
    assert any(text.startswith(TEXT) for text in texts(world))
    assert listed(researcher, world.study)["proposed"] == 0


def test_a_neutral_story_cannot_be_retired(world: World, researcher: APIClient) -> None:
    drawn = transitions.draw(study=world.study, participant_id=uuid.uuid4(), own_value=None, n=1)

    path = address(world.study, f"stories/{drawn[0].story_id}/retirement/")

    assert researcher.post(path, {"reason": "No."}, format="json").status_code == 409


def test_a_list_of_many_pairs_asks_the_database_as_often_and_comes_in_pages(
    world: World, researcher: APIClient
) -> None:
    with CaptureQueriesContext(connection) as few:
        listed(researcher, world.study)
    for value in ValueFactory.create_batch(60, study=world.study):
        vote(world.low, value, world.first, participant_id=uuid.uuid4())

    with CaptureQueriesContext(connection) as many:
        first = listed(researcher, world.study)

    assert len(many) == len(few)
    assert (first["total"], len(first["pairs"]), first["page_size"]) == (63, 50, 50)
    assert len(listed(researcher, world.study, page=2)["pairs"]) == 13
