"""Disagreements: a queue, a decision with its cause, and verdicts that stay as they are."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.discretion.models import Adjudication, Audit, Verdict
from tests.factories.discretion import AnnotatorFactory, verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairs(audit: Audit) -> list[str]:
    """Return three comparisons: two against one, one against one, and one that all agree on."""
    people = AnnotatorFactory.create_batch(3, audit=audit)
    rows = list(audit.comparisons.order_by("place")[:3])
    for answer, person in zip(("a", "a", "b"), people, strict=True):
        verdict(person, rows[0], answer)
    for answer, person in zip(("a", "tie"), people, strict=False):
        verdict(person, rows[1], answer)
    for person in people:
        verdict(person, rows[2], "a")
    machine = AnnotatorFactory(audit=audit, kind="algorithm")
    verdict(machine, rows[2], "b")
    return [str(row.pk) for row in rows]


def _queue(client: APIClient, url: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{url}disputes/", query).json()
    return found


def _decide(client: APIClient, url: str, pair: str, **body: Any) -> Any:
    return client.post(f"{url}comparisons/{pair}/decisions/", body, format="json")


def test_the_most_disputed_come_first_and_machines_are_not_asked(
    researcher: APIClient, url: str, pairs: list[str]
) -> None:
    rows = _queue(researcher, url)

    assert [row["id"] for row in rows] == [pairs[1], pairs[0]]
    assert rows[0]["dispute"] == 1.0
    assert rows[1]["dispute"] == pytest.approx(2 / 3)
    assert rows[1]["counts"] == {"a": 2, "b": 1, "tie": 0, "both_bad": 0}


def test_a_decision_leaves_the_verdicts_alone_and_takes_the_pair_off_the_queue(
    researcher: APIClient, url: str, pairs: list[str]
) -> None:
    before = list(Verdict.objects.order_by("pk").values())

    answer = _decide(researcher, url, pairs[0], cause="one_is_wrong", holds="a", note="B misquotes.")

    assert answer.status_code == 201
    assert list(Verdict.objects.order_by("pk").values()) == before
    assert [row["id"] for row in _queue(researcher, url)] == [pairs[1]]
    decided = _queue(researcher, url, decided="true")
    assert [(row["id"], row["decision"]["holds"]) for row in decided] == [(pairs[0], "a")]


def test_a_later_decision_supersedes_the_first_which_is_kept(
    researcher: APIClient, url: str, pairs: list[str]
) -> None:
    _decide(researcher, url, pairs[0], cause="one_is_wrong", holds="a")
    _decide(researcher, url, pairs[0], cause="both_defensible")

    rows = researcher.get(f"{url}comparisons/{pairs[0]}/decisions/").json()

    assert [(row["cause"], row["in_force"]) for row in rows] == [
        ("both_defensible", True),
        ("one_is_wrong", False),
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [({"cause": "one_is_wrong"}, "holds"), ({"cause": "guideline_gap"}, "note"), ({"cause": "x"}, "cause")],
)
def test_a_decision_says_what_it_must(
    researcher: APIClient, url: str, pairs: list[str], body: dict[str, str], field: str
) -> None:
    answer = _decide(researcher, url, pairs[0], **body)

    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == [field]
    assert not Adjudication.objects.exists()


def test_gaps_are_listed_until_a_guideline_answers_them(
    researcher: APIClient, url: str, pairs: list[str]
) -> None:
    made = _decide(researcher, url, pairs[0], cause="guideline_gap", note="Is irony allowed?").json()
    _decide(researcher, url, pairs[1], cause="not_enough_context")
    assert [row["note"] for row in researcher.get(f"{url}gaps/").json()] == ["Is irony allowed?"]

    body = {"text": "Irony is allowed.", "gaps": [made["id"]]}
    published = researcher.post(f"{url}guidelines/", body, format="json").json()

    assert published["closes"] == 1
    assert [row["closed_by"] for row in researcher.get(f"{url}gaps/").json()] == [1]
