"""Contexts and values over REST."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.moralgraph.models import Belonging
from tests.factories.moralgraph import (
    CardFactory,
    CardVersionFactory,
    ContextFactory,
    ValueFactory,
    merge,
    vote,
)
from tests.moralgraph.conftest import World


def url(world: World, rest: str) -> str:
    return f"/api/studies/{world.study.slug}/{rest}"


def test_contexts_and_values_are_listed(world: World, researcher: APIClient) -> None:
    contexts = researcher.get(url(world, "contexts/")).json()
    values = researcher.get(url(world, "values/")).json()

    assert [item["id"] for item in contexts] == [world.first.pk, world.second.pk]
    assert [item["title"] for item in values] == ["Low", "Middle", "High"]


def test_a_value_opens_down_to_its_votes(world: World, researcher: APIClient) -> None:
    found = researcher.get(url(world, f"values/{world.middle.pk}/")).json()

    assert found["value"]["title"] == "Middle"
    assert len(found["votes"]) == 10
    assert {vote["reason"] for vote in found["votes"]} >= {"Reason 0", "Reason 4"}
    assert "participant" not in str(found)
    assert [item["stands"] for item in found["neighbours"]] == ["above", "below"]


def test_a_value_and_a_pair_name_the_values_that_were_put_into_them(
    world: World, researcher: APIClient
) -> None:
    earlier = ValueFactory(study=world.study)
    card = CardFactory(study=world.study, value=earlier)
    Belonging.objects.create(card=card, value=earlier, by="person")
    merge(card, into=world.high)

    assert researcher.get(url(world, f"values/{world.high.pk}/")).json()["stands_for"] == [earlier.pk]
    assert researcher.get(url(world, f"values/{world.low.pk}/")).json()["stands_for"] == []
    pair = researcher.get(url(world, f"values/{world.low.pk}/{world.high.pk}/")).json()
    assert pair["stands_for"] == [earlier.pk]


def test_quotes_are_shown_only_of_people_who_agreed(world: World, researcher: APIClient) -> None:
    for allowed in (True, False):
        card = CardFactory(study=world.study, value=world.low, quotes_allowed=allowed)
        CardVersionFactory(card=card, title="Agreed" if allowed else "Refused")

    cards = researcher.get(url(world, f"values/{world.low.pk}/")).json()["cards"]

    quotes = {card["title"]: [line["quote"] for line in card["policies"]] for card in cards}
    assert quotes == {"Agreed": ["I waited.", "I waited."], "Refused": ["", ""]}


def test_a_value_of_another_study_is_missing(world: World, researcher: APIClient) -> None:
    foreign = ValueFactory()

    answer = researcher.get(url(world, f"values/{foreign.pk}/"))

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_long_lists_take_as_many_queries_as_short_ones(world: World, researcher: APIClient) -> None:
    def queries(path: str) -> int:
        researcher.get(url(world, path))
        with CaptureQueriesContext(connection) as found:
            assert researcher.get(url(world, path)).status_code == 200
        return len(found)

    paths = ["contexts/", "values/", f"values/{world.low.pk}/", "graph/"]
    before = [queries(path) for path in paths]
    context = ContextFactory(study=world.study)
    for value in ValueFactory.create_batch(10, study=world.study):
        vote(world.low, value, context)
        CardVersionFactory(card=CardFactory(study=world.study, value=world.low))

    assert [queries(path) for path in paths] == [before[0], before[1], before[2] + 1, before[3]]
