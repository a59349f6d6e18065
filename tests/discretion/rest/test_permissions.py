"""Who may do what with audits."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from apps.shared.models import Role, Study
from tests.factories.discretion import AuditFactory

pytestmark = pytest.mark.django_db
ALL = {Role.ANNOTATOR, Role.RESEARCHER, Role.AUDITOR, Role.ADMIN}
JUDGE = {Role.ANNOTATOR, Role.RESEARCHER, Role.ADMIN}
READ = {Role.RESEARCHER, Role.AUDITOR, Role.ADMIN}
WRITE = {Role.RESEARCHER, Role.ADMIN}

TABLE = [
    ("get", "", ALL),
    ("post", "", WRITE),
    ("get", "{id}/", READ),
    ("post", "{id}/imports/", WRITE),
    ("get", "{id}/imports/1/", READ),
    ("get", "{id}/principles/", READ),
    ("post", "{id}/principles/", WRITE),
    ("delete", "{id}/principles/1/", WRITE),
    ("patch", "{id}/principles/1/", WRITE),
    ("post", "{id}/annotators/", WRITE),
    ("post", "{id}/data-sets/", WRITE),
    ("get", "{id}/measures/", READ),
    ("get", "{id}/agreement/", READ),
    ("post", "{id}/contexts/", WRITE),
    ("patch", "{id}/contexts/", WRITE),
    ("get", "{id}/courses/", READ),
    ("get", "{id}/distance/", READ),
    ("get", "{id}/comparisons/", READ),
    ("get", "{id}/next/", JUDGE),
    ("post", "{id}/next/", JUDGE),
    ("post", "{id}/verdicts/undo/", JUDGE),
    ("get", "{id}/mine/", JUDGE),
]


@pytest.mark.parametrize(("method", "path", "allowed"), TABLE, ids=[f"{row[0]} {row[1]}" for row in TABLE])
@pytest.mark.parametrize("role", sorted(ALL))
def test_each_role_may_do_what_the_table_says(
    study: Study, sign_in: Callable[[Role], APIClient], method: str, path: str, allowed: set[Role], role: Role
) -> None:
    url = f"/api/studies/{study.slug}/audits/{path.format(id=AuditFactory(study=study).pk)}"
    body = {} if method == "post" and "imports" not in path else None
    format = "multipart" if "imports" in path else "json"

    status = getattr(sign_in(role), method)(url, body, format=format).status_code

    assert (status != 403) == (role in allowed)


@pytest.mark.parametrize(("method", "path", "allowed"), TABLE, ids=[f"{row[0]} {row[1]}" for row in TABLE])
def test_strangers_learn_nothing(study: Study, method: str, path: str, allowed: set[Role]) -> None:
    stranger = APIClient()
    url = f"/api/studies/{study.slug}/audits/{path.format(id=AuditFactory(study=study).pk)}"

    assert getattr(stranger, method)(url).status_code in {401, 403}


def test_members_of_other_studies_are_told_that_there_is_no_such_study(
    sign_in: Callable[[Role], APIClient],
) -> None:
    elsewhere = AuditFactory()

    answer = sign_in(Role.ADMIN).get(f"/api/studies/{elsewhere.study.slug}/audits/{elsewhere.pk}/")

    assert answer.status_code == 404
