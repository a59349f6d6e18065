"""Who am I, jobs, the audit log, and the one shape of every error."""

from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from apps.shared.models import Job, Membership, Role, Study
from apps.shared.services import audit, jobs
from tests.factories.shared import StudyFactory


def test_me_lists_my_studies_with_my_role_in_each(study: Study, researcher: APIClient) -> None:
    StudyFactory(title="Not mine")

    answer = researcher.get("/api/me/").json()

    assert [(item["slug"], item["role"]) for item in answer["studies"]] == [(study.slug, "researcher")]


def test_a_stranger_is_told_to_sign_in_in_the_common_shape(browser_client: Client) -> None:
    answer = browser_client.get("/api/me/")

    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "not_authenticated"


def test_a_job_can_be_read_by_an_auditor_but_not_stopped(
    study: Study, sign_in: Callable[[Role], APIClient]
) -> None:
    job = jobs.enqueue(study=study, task="shared.reap")
    auditor = sign_in(Role.AUDITOR)

    read = auditor.get(f"/api/studies/{study.slug}/jobs/{job.pk}/")
    stop = auditor.delete(f"/api/studies/{study.slug}/jobs/{job.pk}/")

    assert read.json()["state"] == "queued"
    assert stop.status_code == 403
    assert stop.json()["error"]["code"] == "forbidden"


def test_a_researcher_stops_a_queued_job(study: Study, researcher: APIClient) -> None:
    job = jobs.enqueue(study=study, task="shared.reap")

    answer = researcher.delete(f"/api/studies/{study.slug}/jobs/{job.pk}/")

    assert answer.json()["state"] == "cancelled"
    assert Job.objects.get().stop_requested


def test_a_job_of_another_study_does_not_exist(study: Study, researcher: APIClient) -> None:
    job = jobs.enqueue(study=StudyFactory(), task="shared.reap")

    answer = researcher.get(f"/api/studies/{study.slug}/jobs/{job.pk}/")

    assert answer.status_code == 404
    assert answer.json()["error"] == {
        "code": "not_found",
        "message": "There is no such job in this study.",
        "fields": {},
    }


def test_a_study_that_one_is_no_member_of_cannot_be_told_from_none(researcher: APIClient) -> None:
    StudyFactory(slug="secret")

    known = researcher.get("/api/studies/secret/audit-log/")
    unknown = researcher.get("/api/studies/nowhere/audit-log/")

    assert known.status_code == unknown.status_code == 404
    assert known.json() == unknown.json()


def test_rights_end_with_the_membership(study: Study, researcher: APIClient) -> None:
    assert researcher.get(f"/api/studies/{study.slug}/audit-log/").status_code == 200

    Membership.objects.all().delete()

    assert researcher.get(f"/api/studies/{study.slug}/audit-log/").status_code == 404


def test_the_audit_log_says_who_did_what(study: Study, researcher: APIClient) -> None:
    me = Membership.objects.get().user
    audit.record(study=study, actor=me, action="read transcript", subject="participant/1")

    line = researcher.get(f"/api/studies/{study.slug}/audit-log/").json()[0]

    assert (line["actor"], line["action"], line["subject"]) == (
        me.username,
        "read transcript",
        "participant/1",
    )


@pytest.mark.parametrize("number", [2**63, 10**40])
def test_a_number_that_no_row_can_have_is_not_found(study: Study, researcher: APIClient, number: int) -> None:
    answer = researcher.get(f"/api/studies/{study.slug}/merges/4000/{number}/")

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("number", [2**63, 10**40, -(10**40)])
@pytest.mark.parametrize(
    ("path", "sent", "field"),
    [
        ("transitions/", {"less_wise": 1, "context": 1, "text": "T" * 60}, "wiser"),
        ("merges/1/2/", {"decision": "merged", "rubric": {}}, "keep"),
        ("merges/splits/", {"reason": "It is another."}, "card"),
    ],
)
def test_a_number_in_a_body_that_no_row_can_have_is_refused_where_it_stands(
    study: Study, researcher: APIClient, path: str, sent: dict[str, object], field: str, number: int
) -> None:
    answer = researcher.post(f"/api/studies/{study.slug}/{path}", {**sent, field: number}, format="json")

    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == [field]


@pytest.mark.parametrize("number", [2**63, 10**40])
def test_a_number_in_an_address_query_that_no_row_can_have_is_refused(
    study: Study, researcher: APIClient, number: int
) -> None:
    answer = researcher.get(f"/api/studies/{study.slug}/graph/votes/", {"value": number})

    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == ["value"]
