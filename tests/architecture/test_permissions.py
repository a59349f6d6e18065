"""Who may do what: one table over every endpoint inside a study, tried with every kind of person."""

import uuid
from collections.abc import Iterator

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from rest_framework.test import APIClient

from apps.shared.access import StudyView
from apps.shared.models import Role, Study
from tests.factories.shared import StudyFactory, member

SEE = set(Role)
ANNOTATE = {Role.ANNOTATOR, Role.RESEARCHER, Role.ADMIN}
READ = {Role.RESEARCHER, Role.AUDITOR, Role.ADMIN}
WRITE = {Role.RESEARCHER, Role.ADMIN}
TRAIN = {Role.ADMIN}
MANAGE = {Role.ADMIN}

TABLE: dict[tuple[str, str], set[Role]] = {
    ("job", "GET"): READ,
    ("job", "DELETE"): WRITE,
    ("audit-log", "GET"): WRITE,
    ("room", "GET"): READ,
    ("help-participant", "POST"): WRITE,
    ("transcript", "GET"): READ,
    ("search-transcripts", "GET"): READ,
    ("passages", "POST"): WRITE,
    ("passage", "PATCH"): WRITE,
    ("passage", "DELETE"): WRITE,
    ("places", "GET"): READ,
    ("pilots", "GET"): READ,
    ("pilots", "POST"): WRITE,
    ("pilot", "GET"): READ,
    ("pilot", "DELETE"): WRITE,
    ("pilot-stop", "POST"): WRITE,
    ("pilot-resume", "POST"): WRITE,
    ("pilot-file", "GET"): READ,
    ("members", "GET"): WRITE,
    ("members", "POST"): MANAGE,
    ("member", "PATCH"): MANAGE,
    ("member", "DELETE"): MANAGE,
    ("codes", "GET"): READ,
    ("codes", "POST"): WRITE,
    ("code", "PATCH"): WRITE,
    ("code-passages", "GET"): READ,
    ("exports", "GET"): READ,
    ("exports", "POST"): WRITE,
    ("export", "DELETE"): WRITE,
    ("export-file", "GET"): WRITE,
    ("protocol", "GET"): READ,
    ("protocol", "PUT"): WRITE,
    ("protocol-state", "POST"): WRITE,
    ("contexts", "GET"): SEE,
    ("contexts", "POST"): WRITE,
    ("context-desk", "GET"): READ,
    ("context-desk", "POST"): WRITE,
    ("context", "PATCH"): WRITE,
    ("context", "POST"): WRITE,
    ("context-change", "DELETE"): WRITE,
    ("context-proposal", "PATCH"): WRITE,
    ("values", "GET"): READ,
    ("value", "GET"): READ,
    ("pair", "GET"): READ,
    ("vote-rows", "GET"): READ,
    ("objections", "GET"): READ,
    ("objection", "GET"): READ,
    ("objection", "POST"): WRITE,
    ("objection", "DELETE"): WRITE,
    ("merges", "GET"): READ,
    ("merges", "POST"): WRITE,
    ("merge-history", "GET"): READ,
    ("merge-splits", "POST"): WRITE,
    ("merge-opinions", "POST"): WRITE,
    ("merge-decision", "DELETE"): WRITE,
    ("merge-pair", "GET"): READ,
    ("merge-pair", "POST"): WRITE,
    ("transitions", "GET"): READ,
    ("transitions", "POST"): WRITE,
    ("transition-retirement", "POST"): WRITE,
    ("transition-retirement", "DELETE"): WRITE,
    ("story", "PATCH"): WRITE,
    ("told-stories", "GET"): READ,
    ("told-stories", "POST"): WRITE,
    ("told-story", "PATCH"): WRITE,
    ("story-retirement", "POST"): WRITE,
    ("story-retirement", "DELETE"): WRITE,
    ("graph", "GET"): READ,
    ("graph-file", "GET"): READ,
    ("graph-imports", "GET"): READ,
    ("graph-imports", "POST"): WRITE,
    ("graph-import", "GET"): READ,
    ("graph-import", "DELETE"): WRITE,
    ("mge-export", "GET"): READ,
    ("votes-export", "GET"): READ,
    ("votes-table", "GET"): READ,
    ("influence", "GET"): READ,
    ("groups", "GET"): READ,
    ("drift", "GET"): READ,
    ("snapshots", "GET"): READ,
    ("snapshots", "POST"): WRITE,
    ("snapshot", "GET"): READ,
    ("audits", "GET"): SEE,
    ("audits", "POST"): WRITE,
    ("audit", "GET"): READ,
    ("imports", "POST"): WRITE,
    ("import", "GET"): READ,
    ("preview-import", "POST"): WRITE,
    ("principles", "GET"): READ,
    ("principles", "POST"): WRITE,
    ("principle", "DELETE"): WRITE,
    ("principle", "PATCH"): WRITE,
    ("annotators", "GET"): READ,
    ("annotators", "POST"): WRITE,
    ("annotator-forecast", "POST"): WRITE,
    ("annotator-pause", "POST"): WRITE,
    ("annotator-resume", "POST"): WRITE,
    ("annotator-ask-again", "POST"): WRITE,
    ("annotator-replies", "GET"): READ,
    ("audit-data-sets", "POST"): WRITE,
    ("audit-data-set-pair", "POST"): WRITE,
    ("may-be-heard", "GET"): READ,
    ("instant-models", "GET"): READ,
    ("instant-model", "PUT"): WRITE,
    ("instant-model", "DELETE"): WRITE,
    ("measures", "GET"): READ,
    ("leave-one-out", "GET"): READ,
    ("agreement", "GET"): READ,
    ("comparison-contexts", "POST"): WRITE,
    ("comparison-contexts", "PATCH"): WRITE,
    ("courses", "GET"): READ,
    ("distance", "GET"): READ,
    ("comparisons", "GET"): READ,
    ("comparison", "GET"): READ,
    ("audit-report", "GET"): READ,
    ("next", "GET"): ANNOTATE,
    ("next", "POST"): ANNOTATE,
    ("undo-verdict", "POST"): ANNOTATE,
    ("mine", "GET"): ANNOTATE,
    ("my-standing", "GET"): ANNOTATE,
    ("my-verdict", "GET"): ANNOTATE,
    ("try-again", "POST"): ANNOTATE,
    ("guidelines", "GET"): SEE,
    ("guidelines", "POST"): WRITE,
    ("annotation-protocol", "GET"): SEE,
    ("annotation-protocol", "POST"): WRITE,
    ("batches", "GET"): READ,
    ("batches", "POST"): WRITE,
    ("batch", "DELETE"): WRITE,
    ("hand-over", "POST"): WRITE,
    ("admission", "POST"): WRITE,
    ("probes", "GET"): READ,
    ("probes", "POST"): WRITE,
    ("probe", "DELETE"): WRITE,
    ("annotation-quality", "GET"): READ,
    ("disputes", "GET"): READ,
    ("decisions", "GET"): READ,
    ("decisions", "POST"): WRITE,
    ("gaps", "GET"): READ,
    ("verdict-table", "GET"): READ,
    ("data-sets", "GET"): READ,
    ("data-set", "GET"): READ,
    ("data-set-export", "GET"): READ,
    ("data-set-folder", "GET"): READ,
    ("data-set-examples", "GET"): READ,
    ("runs", "GET"): READ,
    ("runs", "POST"): TRAIN,
    ("run", "GET"): READ,
    ("run-stop", "POST"): TRAIN,
    ("run-first", "POST"): TRAIN,
    ("run-resume", "POST"): TRAIN,
    ("run-clone", "POST"): TRAIN,
    ("run-preview", "POST"): TRAIN,
    ("recipes", "GET"): READ,
    ("run-log", "GET"): READ,
    ("run-log-search", "GET"): READ,
    ("run-log-file", "GET"): READ,
    ("run-points-file", "GET"): READ,
    ("run-choice", "GET"): READ,
    ("run-samples", "GET"): READ,
    ("run-elsewhere", "POST"): TRAIN,
    ("run-elsewhere", "DELETE"): TRAIN,
    ("run-package", "GET"): TRAIN,
    ("run-return", "POST"): TRAIN,
    ("run-folder", "GET"): TRAIN,
    ("language-models", "GET"): READ,
    ("language-models", "POST"): TRAIN,
    ("language-model", "GET"): READ,
    ("language-model", "DELETE"): TRAIN,
    ("language-model-check", "POST"): TRAIN,
    ("model-roles", "GET"): READ,
    ("model-role", "PUT"): TRAIN,
    ("checkpoints", "GET"): READ,
    ("checkpoint", "GET"): READ,
    ("checkpoint-serving", "GET"): READ,
    ("checkpoint-audits", "GET"): READ,
    ("checkpoint-audits", "POST"): TRAIN,
    ("counterfactuals", "GET"): READ,
    ("counterfactuals", "POST"): TRAIN,
    ("counterfactual", "GET"): READ,
    ("compare-targets", "POST"): TRAIN,
    ("checkpoint-measuring", "POST"): TRAIN,
    ("checkpoint-decisions", "GET"): READ,
    ("checkpoint-decisions", "POST"): TRAIN,
    ("model-card", "GET"): READ,
    ("promotion-rule", "GET"): READ,
    ("promotion-rule", "PUT"): TRAIN,
}


UNKNOWN: dict[str, object] = {
    "UUIDConverter": uuid.uuid4(), "IntConverter": 999_999, "SlugConverter": "unknown",
}  # fmt: skip


def _routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern


def _study_routes() -> list[URLPattern]:
    found = _routes(get_resolver().url_patterns)
    return [pattern for path, pattern in found if path.startswith("api/studies/<")]


def _address(name: str, study: Study) -> str:
    pattern = next(pattern for pattern in _study_routes() if pattern.name == name)
    kwargs: dict[str, object] = {"slug": study.slug}
    for key, converter in pattern.pattern.converters.items():
        if key != "slug":
            kwargs[key] = UNKNOWN[type(converter).__name__]
    return reverse(name, kwargs=kwargs)


def _ask(client: APIClient, *, name: str, method: str, study: Study) -> tuple[int, str]:
    answer = client.generic(method, _address(name, study), data="{}", content_type="application/json")
    code = answer.json().get("error", {}).get("code", "") if answer.status_code >= 400 else ""
    return answer.status_code, code


def test_the_table_names_every_endpoint_and_method() -> None:
    served = {
        (str(pattern.name), method)
        for pattern in _study_routes()
        for method in pattern.callback.view_class.capabilities
    }

    assert served == set(TABLE)


def test_every_endpoint_inside_a_study_checks_its_roles() -> None:
    assert all(issubclass(pattern.callback.view_class, StudyView) for pattern in _study_routes())


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_table_says_and_nothing_else(study: Study, role: Role) -> None:
    client = APIClient()
    client.force_login(member(study=study, role=role))
    for (name, method), allowed in TABLE.items():
        status, code = _ask(client, name=name, method=method, study=study)

        refused = (status, code) == (403, "forbidden")

        assert refused == (role not in allowed), f"{role} {method} {name}: {status} {code}"


@pytest.mark.django_db
def test_a_member_of_another_study_finds_nothing(study: Study) -> None:
    client = APIClient()
    client.force_login(member(study=StudyFactory(), role=Role.ADMIN))

    answers = {_ask(client, name=name, method=method, study=study) for name, method in TABLE}

    assert answers == {(404, "not_found")}


@pytest.mark.django_db
def test_nobody_gets_anything_without_signing_in(study: Study) -> None:
    answers = {_ask(APIClient(), name=name, method=method, study=study) for name, method in TABLE}

    assert answers == {(403, "not_authenticated")}


@pytest.mark.django_db
def test_a_method_that_an_endpoint_does_not_serve_is_said_to_be_so(study: Study, admin: APIClient) -> None:
    assert _ask(admin, name="graph", method="DELETE", study=study) == (405, "method_not_allowed")
