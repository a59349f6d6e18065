"""Algorithms over REST: forecast, begin, watch, pause, go on, and read what they said."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.discretion.models import Audit
from apps.shared.models import Study
from tests.factories.discretion import AuditFactory, PrincipleFactory, comparisons
from tests.factories.judges import judge_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(study: Study) -> Audit:
    made = AuditFactory(study=study)
    comparisons(made, 3)
    return made


@pytest.fixture
def url(audit: Audit) -> str:
    return f"/api/studies/{audit.study.slug}/audits/{audit.pk}/annotators/"


def test_a_judge_is_forecast_begun_and_listed_with_what_could_not_be_read(
    researcher: APIClient, url: str, audit: Audit, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    principle = PrincipleFactory(audit=audit)
    asked = {"principles": [principle.pk], "style": "letter", "orders": "both"}
    with judge_server(settings, lambda a, b: "A" if "Write" in a else "I do not know."):
        forecast = researcher.post(f"{url}forecast/", asked).json()
        with django_capture_on_commit_callbacks(execute=True):
            begun = researcher.post(url, {"judge": asked})

    assert (forecast["comparisons"], forecast["requests"], forecast["basis"]) == (3, 6, "assumed")
    assert (forecast["model"], forecast["host"], forecast["cost"]) == ("judge", "127.0.0.1", None)
    assert begun.status_code == 202
    listed = researcher.get(url).json()
    (row,) = listed["annotators"]
    assert listed["seq"] > 0
    assert (row["kind"], row["name"], row["verdicts"]) == ("algorithm", "judge, by principle", 3)
    assert row["judging"]["state"] == "succeeded"
    assert (row["judging"]["asked"], row["judging"]["unparsable"]) == (6, 3)
    assert row["judging"]["config"]["prompt"] == "principle-v1-letter"
    replies = researcher.get(f"{url}{row['id']}/replies/", {"answer": "unparsable"}).json()
    assert {reply["text"] for reply in replies} == {"I do not know."}
    assert {reply["order"] for reply in replies} == {"ba"}


def test_a_null_is_listed_with_its_coverage(
    researcher: APIClient, url: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        researcher.post(url, {"null": "longer"})

    (row,) = researcher.get(url).json()["annotators"]
    assert (row["kind"], row["coverage"]["value"], row["judging"]["method"]) == ("null", 1.0, "null")
    assert (row["judging"]["asked"], row["judging"]["to_ask"]) == (3, 3)


def test_what_has_ended_cannot_be_paused_and_may_go_on(
    researcher: APIClient, url: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        researcher.post(url, {"null": "coin"})
        (row,) = researcher.get(url).json()["annotators"]

    paused = researcher.post(f"{url}{row['id']}/pause/", {})
    resumed = researcher.post(f"{url}{row['id']}/resume/", {})
    again = researcher.post(f"{url}{row['id']}/resume/", {})

    assert (paused.status_code, resumed.status_code, again.status_code) == (409, 202, 409)
    assert researcher.post(f"{url}999/pause/", {}).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"null": "coin", "judge": {}},
        {"judge": {"style": "poem"}},
        {"judge": {"limit": 0}},
        {"judge": {"temperature": "nan"}},
        {"implicit_reward": {"policy": "x"}},
    ],
)
def test_what_makes_no_sense_is_refused(researcher: APIClient, url: str, asked: dict[str, Any]) -> None:
    assert researcher.post(url, asked).status_code == 400


def test_the_list_asks_the_database_the_same_few_times_however_long_it_is(
    researcher: APIClient, url: str, django_capture_on_commit_callbacks: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            researcher.get(url)
        return len(captured)

    researcher.post(url, {"null": "coin"})
    few = queries()
    researcher.post(url, {"null": "longer"})

    assert queries() == few
