"""Language models over REST: what admins do, what researchers see, and what nobody is told."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.models.models import LanguageModel
from apps.shared.models import Study

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(study: Study) -> str:
    return f"/api/studies/{study.slug}/"


def test_an_admin_registers_a_server_and_its_key_never_comes_back(
    admin: APIClient, url: str, django_capture_on_commit_callbacks: Any
) -> None:
    asked = {
        "name": "Judge", "source": "endpoint", "address": "http://127.0.0.1:9/v1", "model": "m",
        "key": "sk-secret", "price_prompt": 2.5,
    }  # fmt: skip
    made = admin.post(f"{url}language-models/", asked)

    assert made.status_code == 202
    row = made.json()
    assert (row["has_key"], row["state"], row["price_prompt"]) == (True, "checking", 2.5)
    answers = [
        made,
        admin.get(f"{url}language-models/"),
        admin.get(f"{url}language-models/{row['id']}/"),
        admin.get(f"{url}model-roles/"),
        admin.get(f"{url}audit-log/"),
    ]
    assert all(b"sk-secret" not in answer.content for answer in answers)
    assert LanguageModel.objects.get().key == "sk-secret"


def test_a_folder_that_is_no_model_says_so_on_the_list(
    admin: APIClient, researcher: APIClient, url: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(f"{url}language-models/", {"name": "Gone", "source": "folder", "address": "/nowhere"})

    (row,) = researcher.get(f"{url}language-models/").json()

    assert row["state"] == "refused"
    assert "There is no folder /nowhere" in row["problems"][0]


def test_a_model_is_checked_again_and_retired(
    admin: APIClient, url: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = admin.post(
            f"{url}language-models/", {"name": "Gone", "source": "folder", "address": "/nowhere"}
        ).json()
        again = admin.post(f"{url}language-models/{row['id']}/check/", {})

    assert again.status_code == 409 or again.json()["state"] == "checking"
    assert admin.delete(f"{url}language-models/{row['id']}/").status_code == 204
    assert admin.get(f"{url}language-models/").json() == []
    assert admin.get(f"{url}language-models/{row['id']}/").status_code == 404


def test_work_is_given_to_a_model_and_back(admin: APIClient, url: str, study: Study, settings: Any) -> None:
    settings.LLM_URL, settings.LLM_MODEL = "http://all/v1", "for-all"
    model = LanguageModel.objects.create(
        study=study, name="Mine", source="endpoint", address="http://mine/v1", model="m", state="usable"
    )

    chosen = admin.put(f"{url}model-roles/merging/", {"language_model": str(model.pk), "temperature": 0.1})
    back = admin.put(f"{url}model-roles/merging/", {"language_model": None})

    rows = [next(row for row in answer.json() if row["role"] == "merging") for answer in (chosen, back)]
    assert [(row["said_by"], row["name"], row["host"], row["temperature"]) for row in rows] == [
        ("study", "Mine", "mine", 0.1),
        ("environment", "for-all", "all", None),
    ]
    assert admin.put(f"{url}model-roles/cooking/", {"language_model": None}).status_code == 404


def test_the_list_asks_the_database_the_same_few_times_however_long_it_is(
    researcher: APIClient, url: str, study: Study
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            researcher.get(f"{url}language-models/")
        return len(captured)

    LanguageModel.objects.create(study=study, name="0", source="folder", address="/a")
    few = queries()
    for number in range(1, 6):
        LanguageModel.objects.create(study=study, name=str(number), source="folder", address="/a")

    assert queries() == few
