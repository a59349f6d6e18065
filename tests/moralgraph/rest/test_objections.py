"""Objections over REST: listed, read side by side as consent allows, answered and reopened."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.moralgraph.models import Card, MergeObjection
from apps.moralgraph.services import belongings
from apps.shared.models import Study
from tests.factories.moralgraph import ValueFactory, merge
from tests.moralgraph.services.test_belongings import ME, accepted


def _object(study: Study, *, quotes: bool = False, person: uuid.UUID = ME) -> MergeObjection:
    card = accepted(study, person)
    Card.objects.filter(pk=card.pk).update(quotes_allowed=quotes)
    other = accepted(study, uuid.uuid4(), "Slow Attention")
    assert other.value is not None
    merge(card, into=other.value, by="robin", reason="The same in other words.")
    belongings.object_to_belonging(study=study, participant_id=person, reason="Mine is about time.")
    return MergeObjection.objects.latest("pk")


def _url(study: Study, objection: MergeObjection | None = None) -> str:
    return f"/api/studies/{study.slug}/objections/" + (f"{objection.pk}/" if objection else "")


def test_objections_are_listed_the_open_ones_first(study: Study, researcher: APIClient) -> None:
    older, newer = _object(study), _object(study, person=uuid.uuid4())
    researcher.post(_url(study, newer), {"decision": "apart", "reason": "It is."})

    found = researcher.get(_url(study)).json()

    assert found["open"] == 1
    assert [(item["id"], item["state"]) for item in found["objections"]] == [
        (older.pk, "open"),
        (newer.pk, "apart"),
    ]
    assert found["objections"][0]["reason"] == "Mine is about time."
    assert found["objections"][0]["value"]["title"] == "Slow Attention"
    assert str(ME) not in str(found)


@pytest.mark.parametrize("quotes", [True, False])
def test_both_sides_are_read_in_their_words_as_far_as_they_agreed(
    study: Study, researcher: APIClient, quotes: bool
) -> None:
    objection = _object(study, quotes=quotes)

    found = researcher.get(_url(study, objection)).json()

    assert found["card"]["title"] == "Patient Listening"
    assert [line["quote"] for line in found["card"]["policies"]] == (["She went quiet."] if quotes else [""])
    assert [(card["title"], card["policies"][0]["quote"]) for card in found["members"]] == [
        ("Slow Attention", "")
    ]
    assert (found["merged"]["by"], found["merged"]["reason"]) == ("robin", "The same in other words.")


def test_an_answer_is_given_seen_and_taken_back(study: Study, researcher: APIClient) -> None:
    objection = _object(study)

    given = researcher.post(_url(study, objection), {"decision": "together", "reason": "Read again."}).json()

    assert given["objection"]["state"] == "together"
    assert [card["title"] for card in given["members"]] == ["Slow Attention"]
    assert [(item["reason"], item["undone_at"]) for item in given["answers"]] == [("Read again.", None)]
    back = researcher.delete(_url(study, objection)).json()
    assert back["objection"]["state"] == "open"
    assert back["answers"][0]["undone_at"] is not None
    assert researcher.delete(_url(study, objection)).status_code == 409


@pytest.mark.parametrize("body", [{}, {"decision": "apart"}, {"decision": "away", "reason": "x"}])
def test_an_answer_needs_a_decision_and_a_reason(study: Study, researcher: APIClient, body: Any) -> None:
    assert researcher.post(_url(study, _object(study)), body).status_code == 400


def test_a_long_list_takes_as_many_queries_as_a_short_one(study: Study, researcher: APIClient) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert researcher.get(_url(study)).status_code == 200
        return len(found)

    _object(study)
    ValueFactory(study=study)
    few = queries()
    for _ in range(5):
        _object(study, person=uuid.uuid4())

    assert queries() == few
