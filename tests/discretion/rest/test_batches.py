"""Batches: dealt out blind, with known answers and returns among them, after a round of training."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.discretion.models import Act, Audit, Probe, Verdict
from apps.shared.models import Role
from tests.discretion.rest.conftest import Desk

pytestmark = pytest.mark.django_db
Begin = Callable[..., int]


def _probe(researcher: APIClient, url: str, kind: str = "gold", **fields: Any) -> dict[str, Any]:
    body = {
        "kind": kind,
        "prompt": "Which one names a month?",
        "response_a": "The first is May.",
        "response_b": "The second is Tuesday.",
        "expected": "a",
        "explanation": "May is a month.",
    }
    answer = researcher.post(f"{url}probes/", body | fields, format="json")
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def _batch(researcher: APIClient, url: str, number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = researcher.get(f"{url}batches/").json()["batches"][number]
    return found


def test_each_pair_gets_its_judgements_and_the_fill_moves(
    audit: Audit, url: str, researcher: APIClient, begin: Begin
) -> None:
    desks = [Desk(audit) for _ in range(3)]
    begin(desks, overlap=2)
    before = _batch(researcher, url)

    seen = [[item["comparison"] for item in desk.finish()] for desk in desks]

    after = _batch(researcher, url)
    assert (before["pairs"], before["full"], before["done"]) == (6, 0, 0)
    assert (after["pairs"], after["full"]) == (6, 6)
    assert after["done"] == after["asked"]
    judged = Counter(pair for pile in seen for pair in set(pile))
    assert judged == {str(row.pk): 2 for row in audit.comparisons.all()}
    assert [desk.next()["left_count"] for desk in desks] == [0, 0, 0]


def test_a_batch_leaves_the_desk_open_to_those_who_are_not_in_it(audit: Audit, begin: Begin) -> None:
    inside, outside = Desk(audit), Desk(audit)
    begin([inside], size=2)

    assert inside.next()["batch"]["title"] == "First round"
    free = outside.next()
    assert (free["batch"], free["left_count"], free["open_count"]) == (None, 6, 0)
    assert len(outside.finish()) == 6


def test_who_has_finished_a_pile_is_told_and_goes_on_only_when_asked(audit: Audit, begin: Begin) -> None:
    desk = Desk(audit)
    begin([desk], size=2)
    dealt = {item["comparison"] for item in desk.finish()}

    end = desk.next()
    assert (end["comparison"], end["done"], end["open_count"]) == (None, 2, 4)
    more = desk.next(beyond="true")
    assert more["comparison"] not in dealt
    assert (more["batch"], more["done"], more["left_count"]) == (None, 2, 4)
    desk.say(more)
    assert (desk.next()["open_count"], desk.next(beyond="true")["done"]) == (3, 3)


def test_beyond_the_piles_nothing_is_judged_where_the_desk_is_closed_or_a_round_not_passed(
    audit: Audit, url: str, researcher: APIClient, begin: Begin
) -> None:
    desk, outside = Desk(audit), Desk(audit)
    _probe(researcher, url, "practice")
    begin([desk], training=begin([desk], kind="training", threshold=0.9, title="Training"))
    desk.say(desk.next(), "b")

    locked = desk.next(beyond="true")
    assert (locked["comparison"], locked["locked"], locked["open_count"]) == (None, True, 0)
    assert outside.next()["comparison"] is not None
    asked = researcher.get(f"{url}annotation-protocol/").json()[0]["content"]
    researcher.post(f"{url}annotation-protocol/", asked | {"free_desk": False}, format="json")

    assert outside.next()["comparison"] is None
    assert desk.next(beyond="true")["open_count"] == 0


def test_a_pair_that_became_a_known_answer_is_not_judged_freely(
    audit: Audit, url: str, researcher: APIClient
) -> None:
    row = audit.comparisons.first()
    assert row is not None
    _probe(researcher, url, comparison=str(row.pk), response_a="", response_b="", prompt="")

    seen = [item["comparison"] for item in Desk(audit).finish()]

    assert len(seen) == 5
    assert str(row.pk) not in seen


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"overlap": 2}, "overlap"),
        ({"title": "  "}, "title"),
        ({"people": [999_999]}, "people"),
        ({"kind": "training"}, "kind"),
        ({"training": 999_999}, "training"),
    ],
)
def test_a_batch_that_cannot_be_dealt_says_why(
    audit: Audit, url: str, researcher: APIClient, fields: dict[str, Any], field: str
) -> None:
    body = {"title": "Round", "overlap": 1, "people": [Desk(audit).user.pk]} | fields

    answer = researcher.post(f"{url}batches/", body, format="json")

    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == [field]


def test_a_pair_returns_with_its_sides_changed_and_the_verdict_stays(
    audit: Audit, url: str, researcher: APIClient, begin: Begin
) -> None:
    desk = Desk(audit)
    begin([desk], size=4)

    # Whoever always chooses what stands left answers the returning pair the other way round.
    seen = desk.finish(lambda item: "a" if item["order"] == "ab" else "b")

    assert len(seen) == 5
    first = next(item for item in seen if item["comparison"] == seen[-1]["comparison"])
    assert (first["left"], first["right"]) == (seen[-1]["right"], seen[-1]["left"])
    standing = Verdict.objects.get(comparison=seen[-1]["comparison"], principle=None, superseded_at=None)
    assert standing.answer == ("a" if first["order"] == "ab" else "b")
    assert standing.swapped == ("b" if standing.answer == "a" else "a")
    own = desk.client.get(f"{desk.url}mine/standing/").json()
    assert (own["judged"], own["consistent"]["value"], own["consistent"]["n"]) == (4, 0.0, 1)
    everybody, person = researcher.get(f"{url}quality/").json()
    assert (everybody["name"], person["name"]) == ("", desk.user.get_username())
    for row in (everybody, person):
        assert (row["left"]["value"], row["left"]["n"]) == (1.0, 4)
        assert (row["turned"]["value"], row["turned"]["n"]) == (1.0, 1)
        assert row["turned"]["low"] < 1


def test_a_return_can_be_taken_back_and_given_again(audit: Audit, begin: Begin) -> None:
    desk = Desk(audit)
    begin([desk], size=3)
    last = desk.finish()[-1]

    opened = desk.client.post(f"{desk.url}verdicts/undo/").json()

    assert (opened["comparison"], opened["order"]) == (last["comparison"], last["order"])
    assert not Verdict.objects.exclude(swapped="").exists()
    assert Verdict.objects.filter(principle=None, superseded_at=None).count() == 3
    desk.say(desk.next(), "b")
    assert Verdict.objects.filter(swapped="b").count() == 1


def test_known_answers_lie_unseen_among_the_rest_and_count_nowhere(
    audit: Audit, url: str, researcher: APIClient, begin: Begin
) -> None:
    desk = Desk(audit)
    gold, attention = _probe(researcher, url), _probe(researcher, url, "attention", expected="b")
    begin([desk], probes=2, threshold=0.8, size=2)

    seen = desk.finish(lambda item: "b")

    known = {gold["id"], attention["id"]}
    assert known < {item["comparison"] for item in seen}
    assert all(set(item) == set(seen[0]) and item["batch"] == seen[0]["batch"] for item in seen)
    assert not {str(pk) for pk in Verdict.objects.values_list("comparison", flat=True)} & known
    person = _batch(researcher, url)["people"][0]
    assert (person["known"]["value"], person["known"]["n"], person["below"]) == (0.0, 1, True)
    assert (person["attention"]["value"], person["attention"]["n"]) == (1.0, 1)
    measured = researcher.get(f"{url}measures/").json()["annotators"]
    assert desk.user.get_username() in {row["name"] for row in measured}, "Marked, and not left out."
    assert "known" not in str(desk.client.get(f"{desk.url}mine/").content)


def test_a_comparison_with_a_known_answer_is_not_dealt_as_well(
    audit: Audit, url: str, researcher: APIClient, begin: Begin
) -> None:
    row = audit.comparisons.first()
    assert row is not None
    made = _probe(researcher, url, comparison=str(row.pk), response_a="", response_b="", prompt="")
    again = {"kind": "gold", "expected": "b", "comparison": str(row.pk)}
    assert researcher.post(f"{url}probes/", again, format="json").status_code == 409
    desk = Desk(audit)
    begin([desk], probes=1)

    seen = [item["comparison"] for item in desk.finish()]

    assert made["from_comparison"] == row.external_id
    assert made["id"] in seen
    assert str(row.pk) not in seen


def test_the_training_round_answers_and_has_to_be_passed_first(
    audit: Audit, url: str, researcher: APIClient, begin: Begin
) -> None:
    desk = Desk(audit)
    for _ in range(2):
        _probe(researcher, url, "practice")
    training = begin([desk], kind="training", threshold=0.9, title="Training")
    begin([desk], training=training)

    first = desk.next()
    assert first["batch"]["kind"] == "training"
    said = [desk.say(first, "b"), desk.say(desk.next(), "a")]
    assert [row["feedback"] for row in said] == [
        {"right": False, "expected": "a", "explanation": "May is a month."},
        {"right": True, "expected": "a", "explanation": "May is a month."},
    ]
    assert desk.next()["comparison"] is None
    assert desk.next()["locked"] is True
    assert desk.client.post(f"{desk.url}verdicts/undo/").status_code == 409

    assert desk.client.post(f"{desk.url}mine/batches/{training}/again/").status_code == 204
    for _ in range(2):
        desk.say(desk.next(), "a")

    assert desk.next()["batch"]["kind"] == "work"
    assert desk.client.post(f"{desk.url}mine/batches/{training}/again/").status_code == 409
    assert Act.objects.filter(kind="probe").count() == 4, "The first try is kept."
    place = _batch(researcher, url, 1)["people"][0]
    assert (place["known"]["value"], place["attempt"], place["passed"]) == (1.0, 2, True)


def test_a_researcher_lets_somebody_in_and_says_why(
    audit: Audit, url: str, researcher: APIClient, begin: Begin
) -> None:
    desk = Desk(audit)
    _probe(researcher, url, "practice")
    training = begin([desk], kind="training", threshold=0.9)
    work = begin([desk], training=training)
    desk.say(desk.next(), "b")
    member = _batch(researcher, url)["people"][0]
    address = f"{url}batches/{work}/members/{member['id']}/admission/"

    assert researcher.post(address, {"because": " "}, format="json").status_code == 400
    assert researcher.post(address, {"because": "She wrote the pair."}, format="json").status_code == 204

    assert desk.next()["batch"]["id"] == work
    assert _batch(researcher, url)["people"][0]["admitted_because"] == "She wrote the pair."


def test_what_somebody_left_goes_to_others_once(
    audit: Audit, url: str, researcher: APIClient, begin: Begin
) -> None:
    gone, there = Desk(audit), Desk(audit)
    number = begin([gone, there])
    member = next(row for row in _batch(researcher, url)["people"] if row["name"] == gone.user.get_username())
    address = f"{url}batches/{number}/members/{member['id']}/hand-over/"

    moved = researcher.post(address).json()["moved"]

    assert moved == 3
    assert gone.next()["batch"] is None
    assert {item["comparison"] for item in there.finish()} == {
        str(pk) for pk in audit.comparisons.values_list("pk", flat=True)
    }
    assert researcher.post(address).status_code == 409


def test_a_batch_that_ended_lies_before_nobody(
    audit: Audit, url: str, researcher: APIClient, begin: Begin
) -> None:
    desk = Desk(audit)
    number = begin([desk])
    desk.say(desk.next())

    assert researcher.delete(f"{url}batches/{number}/").status_code == 200

    assert desk.next()["batch"] is None
    assert _batch(researcher, url)["closed_at"] is not None
    assert Verdict.objects.filter(principle=None).count() == 1
    assert researcher.delete(f"{url}batches/{number}/").status_code == 409


def test_the_most_disputed_come_first_and_nobodys_verdict_is_shown(
    audit: Audit, url: str, begin: Begin
) -> None:
    first, second, late = Desk(audit), Desk(audit), Desk(audit, Role.RESEARCHER)
    begin([first, second], overlap=2)
    disputed = {item["comparison"] for item in first.finish(lambda item: "a")[:2]}
    second.finish(lambda item: "b" if item["comparison"] in disputed else "a")
    begin([late], strategy="disputed")

    item = late.next()

    assert item["comparison"] in disputed
    for hidden in (first.user.get_username(), second.user.get_username()):
        assert hidden not in str(item)
    before = late.client.get(f"{url}comparisons/{item['comparison']}/").json()
    assert (before["hidden"], before["verdicts"]) == (True, [])
    assert item["comparison"] not in {row["id"] for row in late.client.get(f"{url}disputes/").json()}
    late.say(item)
    after = late.client.get(f"{url}comparisons/{item['comparison']}/").json()
    assert after["hidden"] is False
    assert len(after["verdicts"]) == 3


def test_a_list_of_batches_needs_as_many_queries_for_many_as_for_one(
    audit: Audit, url: str, researcher: APIClient, begin: Begin, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        begin([Desk(audit), Desk(audit)], size=2)

    with django_assert_max_num_queries(12):
        researcher.get(f"{url}batches/")
    assert not Probe.objects.exists()
