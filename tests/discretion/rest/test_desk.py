"""The annotator's desk: one comparison after another, blind to others, with a way back."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.discretion.models import Audit, Principle, Verdict
from apps.shared.models import Role, Study
from apps.shared.selectors import events_after
from tests.factories.discretion import AnnotatorFactory, AuditFactory, PrincipleFactory, comparisons, verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(study: Study) -> Audit:
    audit: Audit = AuditFactory(study=study)
    comparisons(audit, 6)
    return audit


@pytest.fixture
def principles(audit: Audit) -> list[Principle]:
    rows: list[Principle] = PrincipleFactory.create_batch(2, audit=audit)
    return rows


@pytest.fixture
def url(audit: Audit) -> str:
    return f"/api/studies/{audit.study.slug}/audits/{audit.pk}/"


@pytest.fixture
def annotator(sign_in: Callable[[Role], APIClient]) -> APIClient:
    return sign_in(Role.ANNOTATOR)


def judgement(
    item: dict[str, Any], overall: str = "a", by: tuple[str, ...] = (), **fields: Any
) -> dict[str, Any]:
    principles = [
        {"principle": row["id"], "answer": answer}
        for row, answer in zip(item["principles"], by, strict=False)
    ]
    given = {"comparison": item["comparison"], "order": item["order"], "overall": overall}
    return given | {"principles": principles} | fields


def test_the_next_comparison_stands_with_its_principles_and_how_much_is_left(
    annotator: APIClient, url: str, audit: Audit, principles: list[Principle]
) -> None:
    item = annotator.get(f"{url}next/").json()

    row = audit.comparisons.get(pk=item["comparison"])
    sides = (row.response_a, row.response_b)
    assert (item["left"], item["right"]) == (sides if item["order"] == "ab" else sides[::-1])
    assert item["prompt"] == row.prompt
    assert [row["title"] for row in item["principles"]] == [row.title for row in principles]
    assert (item["done"], item["left_count"]) == (0, 6)
    assert item["minutes"] == 4.5


def test_it_stays_the_same_until_it_is_judged_and_the_one_after_can_be_fetched_ahead(
    annotator: APIClient, url: str
) -> None:
    first = annotator.get(f"{url}next/").json()
    ahead = annotator.get(f"{url}next/?except={first['comparison']}").json()

    assert annotator.get(f"{url}next/").json() == first
    assert annotator.post(f"{url}next/", judgement(first)).status_code == 201
    second = annotator.get(f"{url}next/").json()
    assert second["comparison"] == ahead["comparison"] != first["comparison"]
    assert (second["done"], second["left_count"]) == (1, 5)


def test_pairs_that_a_checkpoint_judged_come_first(annotator: APIClient, url: str, audit: Audit) -> None:
    model = AnnotatorFactory(audit=audit, kind="algorithm", checkpoint_id=uuid.uuid4())
    first = annotator.get(f"{url}next/").json()["comparison"]
    others = [row for row in audit.comparisons.all() if str(row.pk) != first][:2]
    for row in others:
        verdict(model, row, "a")

    seen = []
    for _ in range(3):
        item = annotator.get(f"{url}next/").json()
        seen.append(item["comparison"])
        annotator.post(f"{url}next/", judgement(item))

    assert set(seen[:2]) == {str(row.pk) for row in others}
    assert seen[2] not in seen[:2]


def test_after_the_last_one_nothing_is_left(annotator: APIClient, url: str) -> None:
    seen = set()
    for _ in range(6):
        item = annotator.get(f"{url}next/").json()
        seen.add(item["comparison"])
        annotator.post(f"{url}next/", judgement(item, "tie"))

    end = annotator.get(f"{url}next/").json()

    assert len(seen) == 6
    assert (end["comparison"], end["done"], end["left_count"]) == (None, 6, 0)


def test_a_judgement_is_kept_with_its_sides_and_principles(
    annotator: APIClient, url: str, principles: list[Principle]
) -> None:
    item = annotator.get(f"{url}next/").json()

    annotator.post(f"{url}next/", judgement(item, "b", ("b", "not_applicable")))

    kept = set(Verdict.objects.values_list("principle", "answer", "preference", "order"))
    assert kept == {
        (None, "b", -1, item["order"]),
        (principles[0].pk, "b", -1, item["order"]),
        (principles[1].pk, "not_applicable", 0, item["order"]),
    }


def test_sending_a_judgement_twice_records_it_once(annotator: APIClient, url: str) -> None:
    item = annotator.get(f"{url}next/").json()

    first, again = (annotator.post(f"{url}next/", judgement(item)).json() for _ in range(2))

    assert first == again
    assert Verdict.objects.count() == 1


def test_going_against_all_ones_own_principles_asks_for_a_reason(
    annotator: APIClient, url: str, principles: list[Principle]
) -> None:
    item = annotator.get(f"{url}next/").json()
    against = judgement(item, "a", ("b", "tie"))

    refused = annotator.post(f"{url}next/", against)
    taken = annotator.post(f"{url}next/", against | {"reason": "The second one is cruel."})

    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "reason_required"
    assert taken.status_code == 201
    assert Verdict.objects.get(principle=None).reason == "The second one is cruel."


@pytest.mark.parametrize("by", [("a", "b"), ("tie", "not_applicable"), ("a", "a")])
def test_no_reason_is_asked_where_a_principle_agrees_or_none_decides(
    annotator: APIClient, url: str, principles: list[Principle], by: tuple[str, ...]
) -> None:
    item = annotator.get(f"{url}next/").json()

    assert annotator.post(f"{url}next/", judgement(item, "a", by)).status_code == 201


def test_sides_that_are_not_those_shown_are_refused(annotator: APIClient, url: str) -> None:
    item = annotator.get(f"{url}next/").json()
    turned = judgement(item) | {"order": "ba" if item["order"] == "ab" else "ab"}

    answer = annotator.post(f"{url}next/", turned)

    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "sides_changed"
    assert not Verdict.objects.exists()


def test_what_does_not_belong_is_refused(annotator: APIClient, url: str) -> None:
    item = annotator.get(f"{url}next/").json()
    elsewhere = PrincipleFactory()
    foreign = comparisons(AuditFactory(study=elsewhere.audit.study), 1)[0]
    wrong = [
        judgement(item, "left"),
        judgement(item) | {"principles": [{"principle": elsewhere.pk, "answer": "a"}]},
        judgement(item) | {"comparison": str(foreign.pk)},
    ]

    codes = [annotator.post(f"{url}next/", body).status_code for body in wrong]

    assert codes == [400, 400, 404]
    assert not Verdict.objects.exists()


def test_undo_opens_the_last_judgement_with_what_it_said(
    annotator: APIClient, url: str, principles: list[Principle]
) -> None:
    first = annotator.get(f"{url}next/").json()
    annotator.post(f"{url}next/", judgement(first))
    second = annotator.get(f"{url}next/").json()
    annotator.post(f"{url}next/", judgement(second, "both_bad", ("a", "tie"), reason="Both lecture."))

    opened = annotator.post(f"{url}verdicts/undo/").json()

    assert opened["comparison"] == second["comparison"]
    assert opened["overall"] == "both_bad"
    assert opened["answers"] == [
        {"principle": principles[0].pk, "answer": "a"},
        {"principle": principles[1].pk, "answer": "tie"},
    ]
    assert opened["reason"] == "Both lecture."
    assert (opened["left"], opened["order"], opened["done"]) == (second["left"], second["order"], 1)
    assert Verdict.objects.filter(superseded_at=None).count() == 1
    assert Verdict.objects.count() == 4


def test_undoing_a_change_brings_the_first_judgement_back(annotator: APIClient, url: str) -> None:
    item = annotator.get(f"{url}next/").json()
    annotator.post(f"{url}next/", judgement(item, "a"))
    annotator.post(f"{url}next/", judgement(item, "b"))

    annotator.post(f"{url}verdicts/undo/")

    assert [row.answer for row in Verdict.objects.filter(superseded_at=None)] == ["a"]
    mine = annotator.get(f"{url}mine/").json()
    assert [(row["overall"], row["undone"], row["replaced"]) for row in mine] == [
        ("b", True, False),
        ("a", False, False),
    ]


def test_there_may_be_nothing_to_undo(annotator: APIClient, url: str) -> None:
    answer = annotator.post(f"{url}verdicts/undo/")

    assert answer.status_code == 409
    assert "no judgement of yours" in answer.json()["error"]["message"]


def test_nobody_sees_or_undoes_what_others_said(
    annotator: APIClient, url: str, audit: Audit, sign_in: Callable[[Role], APIClient]
) -> None:
    judge = AnnotatorFactory(audit=audit, name="Somebody Else")
    for row in audit.comparisons.all():
        verdict(judge, row, "a").reason = "Secret words"
    other = sign_in(Role.ANNOTATOR)
    item = annotator.get(f"{url}next/").json()
    annotator.post(f"{url}next/", judgement(item, "b", reason="My private thought"))

    seen = other.get(f"{url}next/").content + other.get(f"{url}mine/").content

    assert other.get(f"{url}next/").json()["left_count"] == 6
    for hidden in (b"Somebody Else", b"Secret words", b"My private thought"):
        assert hidden not in seen
    assert other.post(f"{url}verdicts/undo/").status_code == 409
    assert other.get(f"{url}mine/").json() == []


def test_two_annotators_go_different_ways_round(audit: Audit, url: str, sign_in: Any) -> None:
    comparisons(audit, 60)

    firsts = {sign_in(Role.ANNOTATOR).get(f"{url}next/").json()["comparison"] for _ in range(6)}

    assert len(firsts) > 2


def test_a_judgement_moves_the_measures_of_those_who_watch(
    annotator: APIClient, researcher: APIClient, url: str, audit: Audit, principles: list[Principle]
) -> None:
    before = researcher.get(f"{url}measures/").json()
    item = annotator.get(f"{url}next/").json()
    annotator.post(f"{url}next/", judgement(item, "a", ("b", "b"), reason="Kinder."))

    after = researcher.get(f"{url}measures/").json()

    assert (before["judged_by_principle"], after["judged_by_principle"]) == (0, 1)
    assert after["categories"]["consensus"]["count"] == 1
    person = next(row for row in after["annotators"] if row["kind"] == "person")
    assert (person["da"]["value"], person["da"]["n"]) == (1.0, 1)
    assert after["seq"] == before["seq"] + 1
    events = events_after(stream=f"study/{audit.study.slug}/audit/{audit.pk}", last=before["seq"])
    assert [(event["kind"], event["data"]["verdicts"]) for event in events] == [("audit.changed", 1)]


def test_an_annotator_needs_few_queries_for_the_next_comparison(
    annotator: APIClient, url: str, audit: Audit, django_assert_max_num_queries: Any
) -> None:
    comparisons(audit, 30)

    with django_assert_max_num_queries(14):
        annotator.get(f"{url}next/")
