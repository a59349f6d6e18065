"""Audits over REST: make one, fill it, read it."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from apps.discretion.models import Annotator, Audit
from apps.moralgraph.services import graphs
from apps.shared.models import Study
from apps.shared.selectors import events_after
from tests.factories import discretion_files as make
from tests.factories import moralgraph as graph_factories
from tests.factories.discretion import AnnotatorFactory, AuditFactory, comparisons, verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(study: Study) -> Audit:
    return AuditFactory(study=study)


@pytest.fixture
def url(audit: Audit) -> str:
    return f"/api/studies/{audit.study.slug}/audits/{audit.pk}/"


def upload(name: str = "pairs.json", content: bytes | None = None, **fields: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, make.pandalm() if content is None else content), **fields}


@pytest.fixture
def send(researcher: APIClient, url: str, django_capture_on_commit_callbacks: Any) -> Any:
    def _send(**fields: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return researcher.post(f"{url}imports/", upload(**fields), format="multipart")

    return _send


def test_a_researcher_begins_an_audit(researcher: APIClient, study: Study) -> None:
    answer = researcher.post(f"/api/studies/{study.slug}/audits/", {"title": "  Advice  "})

    assert answer.status_code == 201
    listed = researcher.get(f"/api/studies/{study.slug}/audits/").json()
    assert [(row["id"], row["title"], row["withdrawn"]) for row in listed] == [
        (answer.json()["id"], "Advice", 0)
    ]


def test_an_audit_needs_a_title(researcher: APIClient, study: Study) -> None:
    answer = researcher.post(f"/api/studies/{study.slug}/audits/", {"title": "  "})

    assert answer.status_code == 400
    assert "title" in answer.json()["error"]["fields"]


def test_a_new_audit_says_that_nothing_is_known_yet(researcher: APIClient, url: str) -> None:
    found = researcher.get(url).json()

    assert found["counts"] == {"comparisons": 0, "verdicts": 0, "judged": 0}
    assert found["alpha_nominal"]["value"] is None
    assert found["alpha_nominal"]["note"] == "No pair was judged by two people."


def test_an_audit_of_another_study_is_not_there(researcher: APIClient, study: Study) -> None:
    other = AuditFactory()

    answer = researcher.get(f"/api/studies/{study.slug}/audits/{other.pk}/")

    assert answer.status_code == 404


def test_an_uploaded_file_is_read_and_the_audit_shows_coverage_and_agreement(
    send: Any, researcher: APIClient, url: str
) -> None:
    answer = send()

    assert answer.status_code == 202
    assert answer.json()["job"]
    found = researcher.get(url).json()
    assert found["counts"] == {"comparisons": 12, "verdicts": 36, "judged": 12}
    first = next(row for row in found["annotators"] if row["name"] == "annotator1")
    assert first["coverage"] == pytest.approx({"value": 1.0, "low": 0.757, "high": 1.0, "n": 12}, abs=1e-3)
    assert found["alpha_nominal"]["n_units"] == 12
    assert found["imports"][0]["state"] == "done"
    assert found["seq"] > 0


def test_those_who_watch_are_told_of_an_import(send: Any, audit: Audit) -> None:
    send()

    events = events_after(stream=f"study/{audit.study.slug}/audit/{audit.pk}", last=0)
    assert events[-1]["kind"] == "audit.changed"
    assert events[-1]["data"] == {"audit": audit.pk, "comparisons": 12, "verdicts": 36, "what": "comparisons"}


def test_a_malformed_upload_answers_at_once_and_the_import_says_what_is_wrong(
    send: Any, researcher: APIClient, url: str
) -> None:
    answer = send(content=b'[{"idx": 1,')

    found = researcher.get(f"{url}imports/{answer.json()['import']['id']}/").json()
    assert found["state"] == "refused"
    assert "not complete JSON" in found["report"]["message"]
    assert researcher.get(url).json()["counts"]["comparisons"] == 0


def test_an_oversized_upload_is_413_and_names_the_limit(send: Any, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000

    answer = send()

    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "too_large"
    assert "1,000 bytes" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"format": "parquet"}, "format"), ({"on_error": "guess"}, "on_error")],
)
def test_an_unknown_choice_is_refused_by_its_name(send: Any, fields: dict[str, str], wrong: str) -> None:
    answer = send(**fields)

    assert answer.status_code == 400
    assert wrong in answer.json()["error"]["fields"]


def test_an_upload_without_a_file_is_refused(researcher: APIClient, url: str) -> None:
    answer = researcher.post(f"{url}imports/", {"format": "auto"}, format="multipart")

    assert answer.status_code == 400
    assert "file" in answer.json()["error"]["fields"]


def test_values_of_a_snapshot_become_principles_once(researcher: APIClient, url: str, study: Study) -> None:
    kind, frank = graph_factories.ValueFactory.create_batch(2, study=study)
    context = graph_factories.ContextFactory(study=study)
    for _ in range(3):
        graph_factories.vote(kind, frank, context)
    snapshot = graphs.take_snapshot(study=study)

    for _ in range(2):
        answer = researcher.post(
            f"{url}principles/", {"snapshot": snapshot.pk, "values": [frank.pk, kind.pk]}
        )

    assert answer.status_code == 201
    assert [(row["title"], row["value"], row["snapshot"]) for row in answer.json()] == [
        (frank.title, frank.pk, snapshot.pk),
        (kind.title, kind.pk, snapshot.pk),
    ]
    assert answer.json()[0]["statement"]


def test_a_value_that_is_not_in_the_snapshot_is_refused(
    researcher: APIClient, url: str, study: Study
) -> None:
    kind, frank = graph_factories.ValueFactory.create_batch(2, study=study)
    graph_factories.vote(kind, frank, graph_factories.ContextFactory(study=study))
    snapshot = graphs.take_snapshot(study=study)

    answer = researcher.post(f"{url}principles/", {"snapshot": snapshot.pk, "values": [kind.pk, 987654]})

    assert answer.status_code == 400
    assert researcher.get(f"{url}principles/").json() == []


def test_a_principle_in_own_words_can_be_added_and_retired(researcher: APIClient, url: str) -> None:
    words = {"title": "Be brief", "statement": "Prefer the response that ends where enough is said."}

    added = researcher.post(f"{url}principles/", words).json()
    researcher.delete(f"{url}principles/{added[0]['id']}/")

    assert added[0]["title"] == "Be brief"
    assert researcher.get(f"{url}principles/").json() == []


@pytest.mark.parametrize("body", [{}, {"title": "x"}, {"snapshot": 1}, {"title": "x", "statement": " "}])
def test_half_a_principle_is_refused(researcher: APIClient, url: str, body: dict[str, Any]) -> None:
    assert researcher.post(f"{url}principles/", body).status_code == 400


@pytest.mark.parametrize("null", ["coin", "longer"])
def test_a_null_judges_every_pair(
    researcher: APIClient, url: str, audit: Audit, null: str, django_capture_on_commit_callbacks: Any
) -> None:
    comparisons(audit, 9)

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = researcher.post(f"{url}annotators/", {"null": null})

    assert answer.status_code == 202
    annotator = Annotator.objects.get(audit=audit)
    assert annotator.kind == "null"
    answers = list(annotator.verdicts.values_list("answer", flat=True))
    assert len(answers) == 9
    assert set(answers) == {"a"} if null == "longer" else set(answers) <= {"a", "b"}


@pytest.mark.parametrize("body", [{}, {"null": "dice"}, {"null": "coin", "checkpoint": "x"}])
def test_an_annotator_must_be_a_checkpoint_or_a_null(
    researcher: APIClient, url: str, body: dict[str, Any]
) -> None:
    assert researcher.post(f"{url}annotators/", body).status_code == 400


def test_an_unknown_checkpoint_is_not_found(researcher: APIClient, url: str) -> None:
    answer = researcher.post(f"{url}annotators/", {"checkpoint": "8b1f7c4e-1e6c-4c59-9a7e-2f4f5d3a0b11"})

    assert answer.status_code == 404


def test_verdicts_become_a_data_set_and_ties_are_counted_as_left_out(
    researcher: APIClient, url: str, audit: Audit
) -> None:
    one, other = AnnotatorFactory.create_batch(2, audit=audit)
    rows = comparisons(audit, 12)
    for row in rows[:10]:
        verdict(one, row, "a")
        verdict(other, row, "b" if row is rows[0] else "a")
    verdict(one, rows[10], "tie")

    answer = researcher.post(f"{url}data-sets/", {"target": "verdicts", "name": "Ten"})

    assert answer.status_code == 201
    built = answer.json()
    assert built["name"] == "Ten"
    assert built["train_count"] + built["held_out_count"] == 10
    assert built["left_out"] == {"only ties": 1, "no human vote": 1}


def test_a_data_set_of_nothing_is_refused(researcher: APIClient, url: str) -> None:
    answer = researcher.post(f"{url}data-sets/", {"target": "verdicts"})

    assert answer.status_code == 400
    assert "nothing to train on" in answer.json()["error"]["message"]


def test_a_graph_target_needs_principles_of_the_graph(researcher: APIClient, url: str, audit: Audit) -> None:
    comparisons(audit, 3)

    answer = researcher.post(f"{url}data-sets/", {"target": "graph"})

    assert answer.status_code == 409
    assert "Take some over from a snapshot" in answer.json()["error"]["message"]


@pytest.mark.parametrize("size", [2, 12])
def test_an_audits_page_asks_the_database_as_often_however_large_it_is(
    researcher: APIClient, url: str, audit: Audit, size: int, django_assert_max_num_queries: Any
) -> None:
    for annotator in AnnotatorFactory.create_batch(size, audit=audit):
        for row in comparisons(audit, 2):
            verdict(annotator, row, "a")

    with django_assert_max_num_queries(18):
        assert len(researcher.get(url).json()["annotators"]) == size


@pytest.mark.parametrize("size", [1, 20])
def test_the_list_of_audits_asks_the_database_as_often_however_long_it_is(
    researcher: APIClient, study: Study, size: int, django_assert_max_num_queries: Any
) -> None:
    AuditFactory.create_batch(size, study=study)

    with django_assert_max_num_queries(5):
        assert len(researcher.get(f"/api/studies/{study.slug}/audits/").json()) == size


def test_a_file_is_looked_at_before_it_is_imported(researcher: APIClient, study: Study) -> None:
    audit = AuditFactory(study=study)
    file = SimpleUploadedFile("x.csv", b"left,right\nyes,no\n")
    columns = json.dumps({"response_a": "left", "response_b": "right", "prompt": ""})

    answer = researcher.post(
        f"/api/studies/{study.slug}/audits/{audit.pk}/imports/preview/",
        {"file": file, "columns": columns},
        format="multipart",
    )

    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert (found["format"], found["names"]) == ("chosen_rejected", ["left", "right"])
    row = found["rows"][0]
    assert (row["row"], row["response_a"], row["verdicts"][0]["answer"]) == (1, "yes", "a")
    assert not audit.imports.exists()


def test_columns_that_are_no_object_are_refused(researcher: APIClient, study: Study) -> None:
    audit = AuditFactory(study=study)

    answer = researcher.post(
        f"/api/studies/{study.slug}/audits/{audit.pk}/imports/preview/",
        {"file": SimpleUploadedFile("x.csv", b"left,right\n"), "columns": "[1"},
        format="multipart",
    )

    assert answer.status_code == 400
    assert "columns" in answer.json()["error"]["fields"]
