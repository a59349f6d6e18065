"""The instant model of an audit: fitted anew as verdicts arrive, from those alone who may be heard.

What the encoder has read lies in the database already, so that no test waits for it to be loaded.
"""

import hashlib
from typing import Any

import numpy as np
import pytest
from rest_framework.test import APIClient

from apps.discretion.models import Annotator, Audit, Comparison, InstantModel, Principle
from apps.discretion.services import audits, data_sets, fitting, instant_models, principles
from apps.discretion.services.targeting import Asked
from apps.elicitation.models import Consent
from apps.elicitation.services import withdrawals
from apps.models.services import vectors
from apps.moralgraph.services import graphs
from apps.shared.models import Job, Role, Study
from apps.shared.selectors import events_after
from tests.factories import moralgraph as make
from tests.factories.discretion import AnnotatorFactory, AuditFactory, comparisons, verdict
from tests.factories.elicitation import at_the_card
from tests.factories.shared import UserFactory, member

pytestmark = pytest.mark.django_db
WIDTH = 8


def place_of(text: str) -> np.ndarray:
    """Return a point for a text: its first number says whether it is kind, the others nothing."""
    noise = np.frombuffer(hashlib.sha256(text.encode()).digest()[: WIDTH - 1], dtype=np.uint8) / 255 - 0.5
    return np.array([1.0 if "one question" in text else -1.0, *noise], dtype=np.float32)


@pytest.fixture
def audit(study: Study) -> Audit:
    return AuditFactory(study=study)


@pytest.fixture
def rows(audit: Audit) -> list[Comparison]:
    """Return sixty pairs of sixty prompts that the encoder has read already."""
    found = comparisons(audit, 60)
    for number, row in enumerate(found):
        row.split_key = f"prompt {number}"
        if number % 2:
            row.response_a, row.response_b = row.response_b, row.response_a
        row.save()
    asked = [(row.prompt, text) for row in found for text in (row.response_a, row.response_b)]
    vectors.keep(study=audit.study, read={vectors.digest_of(*one): place_of(one[1]) for one in asked})
    return found


def kind_side(row: Comparison) -> str:
    return "a" if "one question" in row.response_a else "b"


def keep(audit: Audit, **asked: Any) -> InstantModel:
    """Keep an instant model and have it fitted, as the worker does."""
    given = {
        "target": "verdicts",
        "principle": None,
        "snapshot": None,
        "imported": False,
        "temperature": 0.25,
    }
    return instant_models.keep(audit=audit, asked=given | asked, created_by=UserFactory())


def run_jobs(audit: Audit) -> int:
    """Do what was queued; return how many fits there were to do."""
    queued = list(Job.objects.filter(task=instant_models.TASK, state=Job.State.QUEUED))
    for job in queued:
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
        fitting.fit(job=job)
        Job.objects.filter(pk=job.pk).update(state=Job.State.SUCCEEDED)
    return len(queued)


def test_verdicts_teach_it_what_people_prefer_beside_what_a_coin_and_length_reach(
    audit: Audit, rows: list[Comparison]
) -> None:
    person = AnnotatorFactory(audit=audit)
    for row in rows:
        verdict(person, row, kind_side(row))
    keep(audit)

    assert run_jobs(audit) == 1

    found = InstantModel.objects.get(audit=audit)
    assert (found.train_count, found.held_out_count, found.read) == (45, 15, 0)
    assert found.figures["accuracy"]["value"] == 1.0
    assert found.figures["accuracy"]["n"] == found.figures["longer"]["n"] == 15
    assert found.figures["coin"]["value"] < 1.0
    assert found.seconds > 0
    assert found.fitted_at is not None


def test_a_new_verdict_has_it_fitted_anew_and_whoever_watches_is_told(
    audit: Audit, rows: list[Comparison]
) -> None:
    person = AnnotatorFactory(audit=audit)
    for row in rows[:40]:
        verdict(person, row, kind_side(row))
    keep(audit)
    run_jobs(audit)
    before = InstantModel.objects.get(audit=audit)

    for row in rows[40:]:
        verdict(person, row, kind_side(row))
        audits.touch(audit=audit, what="verdicts", annotators=[person.pk])

    assert run_jobs(audit) == 1
    after = InstantModel.objects.get(audit=audit)
    assert (before.train_count + before.held_out_count, after.train_count + after.held_out_count) == (40, 60)
    assert after.wanted == after.fitted
    told = events_after(stream=instant_models.stream(study=audit.study), last=0)
    assert [event["data"] for event in told] == [{"audit": audit.pk}] * 2
    assert Job.objects.filter(task=instant_models.TASK).count() == 1


def test_a_verdict_that_comes_during_a_fit_is_not_left_out(
    audit: Audit, rows: list[Comparison], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = AnnotatorFactory(audit=audit)
    for row in rows[:40]:
        verdict(person, row, kind_side(row))
    keep(audit)
    waits: list[float] = []
    real = data_sets.examples_now

    def and_one_more(**given: Any) -> Any:
        found = real(**given)
        if not waits:
            verdict(person, rows[40], kind_side(rows[40]))
            audits.touch(audit=audit, what="verdicts", annotators=[person.pk])
        return found

    monkeypatch.setattr(data_sets, "examples_now", and_one_more)
    monkeypatch.setattr(fitting.time, "sleep", waits.append)

    assert run_jobs(audit) == 1

    found = InstantModel.objects.get(audit=audit)
    assert found.train_count + found.held_out_count == 41
    assert (found.wanted, found.job) == (found.fitted, None)
    assert waits == [fitting.SETTLE_SECONDS]


def test_an_audit_that_keeps_none_queues_nothing(audit: Audit, rows: list[Comparison]) -> None:
    audits.touch(audit=audit, what="verdicts")

    assert not Job.objects.filter(task=instant_models.TASK).exists()


def test_simulated_people_are_not_heard_unless_the_study_asks_for_them(
    audit: Audit, rows: list[Comparison]
) -> None:
    robot: Annotator = AnnotatorFactory(audit=audit, simulated=True)
    for row in rows:
        verdict(robot, row, kind_side(row))
    keep(audit)

    run_jobs(audit)

    found = InstantModel.objects.get(audit=audit)
    assert found.figures is None
    assert found.message != ""


def test_who_withdraws_is_not_heard_any_more(audit: Audit, rows: list[Comparison]) -> None:
    low, high = (make.ValueFactory(study=audit.study) for _ in range(2))
    context = make.ContextFactory(study=audit.study)
    person = at_the_card(study=audit.study).participant
    Consent.objects.filter(participant=person).update(training=True)
    make.vote(low, high, context, participant_id=person.pk)
    snapshot = graphs.take_snapshot(study=audit.study)
    taken: list[Principle] = principles.take_over(
        audit=audit, snapshot_id=snapshot.pk, value_ids=[low.pk, high.pk]
    )
    reader = AnnotatorFactory(audit=audit)
    for row in rows:
        verdict(reader, row, kind_side(row), taken[1])
    keep(audit, target="graph")
    run_jobs(audit)
    heard = InstantModel.objects.get(audit=audit)
    assert heard.figures is not None
    assert heard.rule["people"] == 1

    withdrawals.withdraw(participant=person)
    run_jobs(audit)

    after = InstantModel.objects.get(audit=audit)
    assert (after.figures, after.rule) == (None, {})
    assert "agreed" in after.message


def test_researchers_keep_and_drop_one_over_the_api(
    researcher: APIClient, audit: Audit, rows: list[Comparison]
) -> None:
    url = f"/api/studies/{audit.study.slug}/"
    listed = researcher.get(f"{url}instant-models/").json()
    assert (listed["kept"], [row["id"] for row in listed["without"]]) == ([], [audit.pk])

    answer = researcher.put(f"{url}audits/{audit.pk}/instant-model/", {"target": "verdicts"}, format="json")

    assert answer.status_code == 200, answer.content
    assert (answer.json()["fitting"], answer.json()["figures"]) == (True, None)
    person = AnnotatorFactory(audit=audit)
    for row in rows:
        verdict(person, row, kind_side(row))
    run_jobs(audit)
    (row,) = researcher.get(f"{url}instant-models/").json()["kept"]
    assert (row["title"], row["target"], row["fitting"]) == (audit.title, "verdicts", False)
    assert row["figures"]["accuracy"]["n"] == 15

    assert researcher.delete(f"{url}audits/{audit.pk}/instant-model/").status_code == 204
    assert researcher.delete(f"{url}audits/{audit.pk}/instant-model/").status_code == 404
    assert not Job.objects.filter(task=instant_models.TASK).exists()


def test_an_auditor_looks_and_keeps_nothing(audit: Audit) -> None:
    client = APIClient()
    client.force_login(member(study=audit.study, role=Role.AUDITOR))
    url = f"/api/studies/{audit.study.slug}/"

    assert client.get(f"{url}instant-models/").status_code == 200
    assert client.put(f"{url}audits/{audit.pk}/instant-model/", {"target": "verdicts"}).status_code == 403


def test_targets_are_those_of_a_data_set(audit: Audit, rows: list[Comparison]) -> None:
    people = AnnotatorFactory.create_batch(3, audit=audit)
    for person, answer in zip(people, "aab", strict=True):
        verdict(person, rows[0], answer)

    (example,), _ = data_sets.examples_now(audit=audit, asked=Asked("verdicts"))

    assert example.p_a == pytest.approx(2 / 3)
