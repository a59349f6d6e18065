"""What an annotator may say beyond A and B, and how little of it can get lost."""

import csv
import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.discretion.models import Act, Audit, Comparison, Verdict
from tests.discretion.rest.conftest import Desk
from tests.factories.discretion import comparisons

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(audit: Audit) -> Desk:
    return Desk(audit)


def _refusal(desk: Desk, item: dict[str, Any], **fields: Any) -> str:
    body = {"comparison": item["comparison"], "order": item["order"], "principles": []} | fields
    answer = desk.client.post(f"{desk.url}next/", body, format="json")
    assert answer.status_code in {400, 409}, answer.content
    return str(answer.json()["error"]["code"])


def test_who_cannot_tell_says_why_and_it_is_no_rating(desk: Desk, url: str, researcher: APIClient) -> None:
    item = desk.next()

    assert _refusal(desk, item, overall="cannot_tell") == "why_required"
    assert _refusal(desk, item, overall="a", why="principles_clash") == "invalid"
    desk.say(item, "cannot_tell", why="principles_clash", by=("a", "b"))

    opened = researcher.get(f"{url}comparisons/{item['comparison']}/").json()["verdicts"]
    overall = next(row for row in opened if row["principle"] is None)
    assert (overall["answer"], overall["why"]) == ("cannot_tell", "principles_clash")
    assert researcher.get(f"{url}measures/").json()["agreement"]["alpha_nominal"]["n_ratings"] == 0
    assert researcher.get(f"{url}quality/").json()[0]["why"] == {"principles_clash": 1}


def test_a_pair_that_is_too_distressing_is_put_aside_without_a_mark_against_anybody(
    desk: Desk, url: str, researcher: APIClient, begin: Callable[..., int]
) -> None:
    begin([desk], size=2)
    item = desk.next()

    desk.say(item, "skip", why="too_distressing")

    assert desk.next()["comparison"] != item["comparison"]
    batch = researcher.get(f"{url}batches/").json()["batches"][0]
    assert (batch["set_aside"], batch["people"][0]["done"]) == (1, 1)
    quality = researcher.get(f"{url}quality/").json()[1]
    assert quality["why"] == {}
    assert "too_distressing" not in str(quality)
    assert _refusal(desk, desk.next(), overall="a", why="too_distressing") == "invalid"


def test_the_same_act_sent_twice_is_kept_once_even_when_a_newer_one_came_between(desk: Desk) -> None:
    item = desk.next()
    first = {"act": str(uuid.uuid4()), "reason": "One."}

    desk.say(item, "a", **first)
    desk.say(item, "b", act=str(uuid.uuid4()))
    again = desk.say(item, "a", **first)

    assert again["act"] == first["act"]
    assert [row.answer for row in Verdict.objects.filter(superseded_at=None)] == ["b"]
    assert Act.objects.count() == 2


def test_nobody_sends_under_anothers_act(desk: Desk, audit: Audit) -> None:
    other = Desk(audit)
    act = desk.say(desk.next())["act"]

    assert _refusal(other, other.next(), overall="a", act=act) == "conflict"


def test_a_choice_against_all_ones_own_principles_is_kept_as_such(
    desk: Desk, url: str, researcher: APIClient
) -> None:
    item = desk.next()
    desk.say(item, "a", by=("b", "b"), reason="=Kinder")
    desk.say(desk.next(), "a", by=("a", "b"))

    opened = researcher.get(f"{url}comparisons/{item['comparison']}/").json()["verdicts"]
    assert [row["against_own"] for row in opened if row["principle"] is None] == [True]
    assert researcher.get(f"{url}quality/").json()[0]["against_own"] == 1
    assert desk.client.get(f"{desk.url}mine/").json()[1]["against_own"] is True


def test_every_verdict_leaves_as_a_row_with_how_it_came_about(
    desk: Desk, url: str, researcher: APIClient, begin: Callable[..., int]
) -> None:
    researcher.post(f"{url}guidelines/", {"text": "Attend to the person."}, format="json")
    begin([desk], size=1)
    item = desk.next()
    assert item["guideline"] == 1
    desk.say(item, "a", by=("b", "b"), reason="=Kinder", guideline=1, seconds=12.5)
    researcher.post(f"{url}guidelines/", {"text": "Attend more.", "changes": "More."}, format="json")

    answer = researcher.get(f"{url}verdicts.csv")

    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    overall = next(row for row in rows if row["principle"] == "")
    assert len(rows) == 3
    wanted = {
        "answer": "a", "against_own": "true", "reason": "'=Kinder", "guideline": "1", "outdated": "true",
        "batch": "First round", "seconds": "12.5", "order": item["order"], "swapped": "",
        "simulated": "false",
    }  # fmt: skip
    assert {name: overall[name] for name in wanted} == wanted


def test_a_judgement_is_changed_in_the_history_and_the_first_one_is_kept(desk: Desk) -> None:
    item = desk.next()
    desk.say(item, "a", by=("a", "tie"))
    desk.say(desk.next(), "tie")

    opened = desk.client.get(f"{desk.url}mine/{item['comparison']}/").json()
    assert (opened["overall"], opened["order"], opened["left"]) == ("a", item["order"], item["left"])
    assert [row["answer"] for row in opened["answers"]] == ["a", "tie"]
    desk.say(opened, "both_bad")

    after = desk.client.get(f"{desk.url}mine/{item['comparison']}/").json()
    assert [(row["overall"], row["replaced"]) for row in after["acts"]] == [
        ("both_bad", False),
        ("a", True),
    ]
    assert desk.client.get(f"{desk.url}mine/standing/").json()["changed"] == 1
    assert desk.client.get(f"{desk.url}mine/{uuid.uuid4()}/").status_code == 404


def test_a_new_guideline_says_what_changed_and_marks_what_was_judged_before(
    desk: Desk, url: str, researcher: APIClient
) -> None:
    def publish(**body: Any) -> int:
        return int(researcher.post(f"{url}guidelines/", body, format="json").status_code)

    assert publish(text="Attend to the person.") == 201
    desk.say(desk.next(), guideline=1)
    assert publish(text="Attend to both.") == 400
    assert publish(text="Attend to both.", changes="Both people now.") == 201
    desk.say(desk.next(), guideline=2)

    assert [row["outdated"] for row in desk.client.get(f"{desk.url}mine/").json()] == [False, True]
    newest, first = desk.client.get(f"{desk.url}guidelines/").json()
    assert (newest["number"], newest["changes"]) == (2, "Both people now.")
    assert [(piece["kind"], piece["text"]) for piece in newest["difference"]] == [
        ("same", "Attend to "), ("out", "the person."), ("in", "both."),
    ]  # fmt: skip
    assert first["difference"] == []
    assert researcher.get(f"{url}quality/").json()[0]["outdated"] == 1


def test_the_protocol_says_which_answers_there_are_and_keeps_its_versions(
    desk: Desk, url: str, researcher: APIClient
) -> None:
    asked = {
        "overall": ["tie"],
        "by_principle": ["not_applicable"],
        "reasons": "always",
        "repeat_share": 0,
        "blur": "sensitive",
        "sensitive_words": ["letter"],
    }
    address = f"{url}annotation-protocol/"
    assert researcher.post(address, asked, format="json").status_code == 201
    assert researcher.post(address, asked, format="json").status_code == 409
    assert researcher.post(address, asked | {"repeat_share": 0.9}, format="json").status_code == 400

    item = desk.next()
    assert (item["protocol"], item["blurred"]) == (1, True), "Every prompt here speaks of a letter."
    assert item["asked"] == {"overall": ["tie"], "by_principle": ["not_applicable"], "reasons": "always"}
    assert _refusal(desk, item, overall="both_bad", reason="x") == "invalid"
    assert _refusal(desk, item, overall="a") == "reason_required"
    desk.say(item, "a", reason="It is shorter.")
    assert Act.objects.get().protocol == 1
    assert [row["number"] for row in desk.client.get(address).json()] == [1, 0]


def test_a_pair_that_is_marked_sensitive_is_blurred(desk: Desk, audit: Audit) -> None:
    Comparison.objects.filter(audit=audit).update(metadata={"sensitive": True})

    assert desk.next()["blurred"] is True


def test_without_a_batch_some_pairs_return_as_well(
    desk: Desk, audit: Audit, url: str, researcher: APIClient
) -> None:
    comparisons(audit, 24)
    researcher.post(
        f"{url}annotation-protocol/",
        {"overall": ["tie"], "by_principle": ["tie"], "reasons": "against", "repeat_share": 0.25,
         "blur": "never", "sensitive_words": []},
        format="json",
    )  # fmt: skip

    seen = desk.finish()

    pairs = [item["comparison"] for item in seen]
    again = [pair for place, pair in enumerate(pairs) if pair in pairs[:place]]
    assert len(set(pairs)) == 30
    assert 1 <= len(again) == len(set(again)) <= 15
    for pair in again:
        first, last = (item for item in seen if item["comparison"] == pair)
        assert first["order"] != last["order"]
        assert pairs.index(pair) + 8 < len(pairs) - pairs[::-1].index(pair) - 1
    assert Verdict.objects.exclude(swapped="").count() == len(again)
