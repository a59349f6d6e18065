"""The merge desk's endpoints: what waits, side by side, decisions, splits, undo and opinions."""

import itertools
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.moralgraph.models import Card, CardVersion
from apps.shared.models import Role, Study
from tests.moralgraph.merging.test_deciding import near, person, value_of
from tests.moralgraph.services.test_belongings import accepted


@pytest.fixture
def cards(study: Study) -> list[Card]:
    found = [
        accepted(study, person(n), title) for n, title in enumerate(("Slow Ears", "Long Listening", "Care"))
    ]
    near(found[0], found[1], 0.9)
    near(found[1], found[2], 0.4)
    return found


def root(study: Study) -> str:
    return f"/api/studies/{study.slug}/merges/"


def pair(study: Study, first: Card, second: Card) -> str:
    low, high = sorted([value_of(first), value_of(second)])
    return f"{root(study)}{low}/{high}/"


def test_the_desk_lists_what_waits_and_begins_to_compare(
    researcher: APIClient, study: Study, cards: list[Card]
) -> None:
    found = researcher.get(root(study)).json()

    assert [(item["low_title"], item["high_title"], item["similarity"]) for item in found["pairs"]] == [
        ("Slow Ears", "Long Listening", 0.9),
        ("Long Listening", "Care", 0.4),
    ]
    assert (found["open"], found["merged"], found["judge"]) == (2, 0, "")
    assert found["search"]["state"] == "computing"
    again = researcher.post(root(study)).json()
    assert again["search"] == found["search"]


def test_a_pair_shows_quotes_only_of_those_who_agreed(
    researcher: APIClient, study: Study, cards: list[Card]
) -> None:
    Card.objects.filter(pk=cards[0].pk).update(quotes_allowed=True)

    found = researcher.get(pair(study, cards[0], cards[1])).json()

    quotes = [
        {line["quote"] for card in found[side]["cards"] for line in card["policies"]}
        for side in ("low", "high")
    ]
    assert quotes[0] != {""}
    assert quotes[1] == {""}
    assert CardVersion.objects.filter(card=cards[1]).first().policies[0]["quote"]  # type: ignore[union-attr]
    assert [part["number"] for part in found["parts"]] == [1, 2, 3, 4, 5]
    assert (found["stays"], found["opinion"], found["decisions"]) == (found["low"]["value"]["id"], None, [])


def test_merging_splitting_and_undoing_go_there_and_back(
    researcher: APIClient, study: Study, cards: list[Card]
) -> None:
    address, second = pair(study, cards[0], cards[1]), value_of(cards[1])
    refused = researcher.post(address, {"decision": "merged", "keep": second})
    assert refused.status_code == 400
    assert "reason" in refused.json()["error"]["fields"]

    made = researcher.post(
        address, {"decision": "merged", "keep": second, "rubric": dict.fromkeys("12345", "yes")}
    )

    assert made.status_code == 201
    assert value_of(cards[0]) == second
    assert researcher.post(address, {"decision": "apart", "reason": "No."}).status_code == 404
    split = researcher.post(f"{root(study)}splits/", {"card": cards[0].pk, "reason": "Ears."})
    assert (split.status_code, split.json()["kind"]) == (201, "split")
    history = researcher.get(f"{root(study)}history/").json()
    assert [(row["kind"], row["undone_at"]) for row in history] == [("split", None), ("merged", None)]
    for row in history:
        assert researcher.delete(f"{root(study)}decisions/{row['id']}/").status_code == 200
    assert researcher.delete(f"{root(study)}decisions/{history[0]['id']}/").status_code == 409
    assert researcher.get(root(study)).json()["open"] == 2


def test_an_auditor_reads_and_decides_nothing(
    sign_in: Callable[[Role], APIClient], study: Study, cards: list[Card]
) -> None:
    auditor = sign_in(Role.AUDITOR)

    assert auditor.get(pair(study, cards[0], cards[1])).status_code == 200
    assert auditor.post(pair(study, cards[0], cards[1]), {"decision": "apart"}).status_code == 403


def test_pairs_the_wrong_way_round_and_opinions_without_a_model_are_refused(
    researcher: APIClient, study: Study, cards: list[Card]
) -> None:
    low, high = value_of(cards[0]), value_of(cards[1])

    assert researcher.get(f"{root(study)}{high}/{low}/").status_code == 404
    refused = researcher.post(f"{root(study)}opinions/")
    assert (refused.status_code, "No language model" in refused.json()["error"]["message"]) == (409, True)


def test_the_desk_takes_no_more_queries_for_more_pairs(
    researcher: APIClient, study: Study, cards: list[Card]
) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as caught:
            assert researcher.get(root(study)).status_code == 200
        return len(caught)

    queries()
    before = queries()
    more = [accepted(study, person(n), f"More {n}") for n in range(10, 14)]
    for first, second in itertools.pairwise(more):
        near(first, second, 0.5)
    queries()

    assert queries() == before
