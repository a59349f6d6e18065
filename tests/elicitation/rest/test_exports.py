"""Exports over HTTP: what may be chosen, who may ask, fetch and remove, and what is noted of it."""

import hashlib
import io
import uuid
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import AsyncClient, TestCase
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.elicitation.models import Export, Participant
from apps.elicitation.services import withdrawals
from apps.shared.models import AuditEntry, Job, Role, Study
from tests.factories.exports import ask, full_study, somebody
from tests.factories.shared import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def study(db: None) -> Study:
    """Return a study with one person in it."""
    made = full_study()
    somebody(study=made)
    return made


def _address(study: Study, *parts: object) -> str:
    return "/".join(["/api/studies", study.slug, "exports", *(str(part) for part in parts), ""])


def _ask(client: APIClient, study: Study, **choice: Any) -> Any:
    sent = {"purpose": "research", "tables": ["participants", "votes"], "formats": ["csv"], **choice}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(_address(study), sent, format="json")


def _listed(client: APIClient, study: Study) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(_address(study)).json()["exports"]
    return found


def test_a_researcher_asks_for_an_export_and_fetches_it(study: Study, researcher: APIClient) -> None:
    answer = _ask(researcher, study)

    assert answer.status_code == 201
    [made] = _listed(researcher, study)
    assert (made["id"], made["state"], made["people"]) == (answer.json()["id"], "ready", 1)
    assert made["rows"] == {"participants": 1, "votes": 2}
    fetched = researcher.get(_address(study, made["id"], "file"))
    data = b"".join(fetched.streaming_content)
    assert fetched["Content-Disposition"].startswith(f'attachment; filename="{study.slug}-research-')
    assert fetched["Cache-Control"] == "private, no-store"
    assert len(data) == made["size"] == int(fetched["Content-Length"])
    assert hashlib.sha256(data).hexdigest() == made["sha256"]
    names = {name.rpartition("/")[2] for name in zipfile.ZipFile(io.BytesIO(data)).namelist()}
    assert names == {"participants.csv", "votes.csv", "codebook.json", "codebook.md"}


def test_a_file_that_is_removed_while_it_is_sent_still_comes_whole(
    study: Study, researcher: APIClient
) -> None:
    made = _ask(researcher, study).json()["id"]
    begun = researcher.get(_address(study, made, "file"))

    with TestCase.captureOnCommitCallbacks(execute=True):
        assert researcher.delete(_address(study, made)).status_code == 200

    data = b"".join(begun.streaming_content)
    assert hashlib.sha256(data).hexdigest() == Export.objects.get().sha256
    assert researcher.get(_address(study, made, "file")).status_code == 409


def test_what_was_done_with_an_export_is_in_the_log(study: Study, researcher: APIClient) -> None:
    made = _ask(researcher, study).json()["id"]
    assert list(researcher.get(_address(study, made, "file")).streaming_content)
    researcher.delete(_address(study, made))

    entries = AuditEntry.objects.filter(subject=made).order_by("pk")
    assert [entry.action for entry in entries] == [
        "export.asked", "export.made", "export.fetched", "export.removed",
    ]  # fmt: skip
    assert {entry.actor for entry in entries} == {Export.objects.get().created_by}
    assert entries[0].detail["purpose"] == "research"
    assert entries[1].detail["rows"] == {"participants": 1, "votes": 2}
    assert entries[1].detail["sha256"] == entries[2].detail["sha256"] == Export.objects.get().sha256


def test_what_may_be_chosen_comes_with_how_many_agreed(study: Study, researcher: APIClient) -> None:
    somebody(study=study, quotes=False, training=True)

    found = researcher.get(_address(study)).json()

    people = {item["purpose"]: (item["people"], item["simulated"]) for item in found["purposes"]}
    assert people == {"research": (2, 0), "quotes": (1, 0), "training": (2, 0)}
    assert [(item["number"], item["people"]) for item in found["versions"]] == [(2, 2), (1, 0)]
    assert [item["name"] for item in found["tables"]][:3] == ["participants", "turns", "cards"]
    assert found["exports"] == []


def test_the_demos_simulated_people_are_counted_apart(study: Study, researcher: APIClient) -> None:
    Study.objects.filter(pk=study.pk).update(include_simulated=True)
    Participant.objects.filter(study=study).update(simulated=True, persona="demo")

    found = researcher.get(_address(study)).json()["purposes"]

    assert {(item["people"], item["simulated"]) for item in found} == {(0, 1)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": "selling"},
        {"tables": []},
        {"tables": ["tokens"]},
        {"formats": ["xlsx"]},
        {"formats": []},
        {"versions": [7]},
        {"versions": [0]},
    ],
    ids=str,
)
def test_a_choice_that_is_none_is_refused(study: Study, researcher: APIClient, wrong: dict[str, Any]) -> None:
    answer = _ask(researcher, study, **wrong)

    assert answer.status_code == 400
    assert {field.split(".")[0] for field in answer.json()["error"]["fields"]} == set(wrong)
    assert not Export.objects.exists()


def test_the_panels_ids_leave_only_when_an_admin_asks_for_research(
    study: Study, researcher: APIClient, admin: APIClient
) -> None:
    pid = Participant.objects.get(study=study).prolific_pid

    assert _ask(researcher, study, panel_ids=True).status_code == 403
    assert _ask(admin, study, panel_ids=True, purpose="quotes").status_code == 400
    made = _ask(admin, study, panel_ids=True).json()["id"]

    assert researcher.get(_address(study, made, "file")).status_code == 403
    data = b"".join(admin.get(_address(study, made, "file")).streaming_content)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        [name] = [name for name in packed.namelist() if name.endswith("participants.csv")]
        assert pid.encode() in packed.read(name)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("making", "still being made"),
        ("outdated", "withdrew"),
        ("removed", "removed"),
        ("failed", "could not"),
    ],
)
def test_where_there_is_no_file_the_answer_says_why(
    study: Study, researcher: APIClient, state: str, says: str
) -> None:
    made = ask(study=study)
    Export.objects.filter(pk=made.pk).update(state=state)

    answer = researcher.get(_address(study, made.pk, "file"))

    assert (answer.status_code, says in answer.json()["error"]["message"]) == (409, True)


def test_removing_deletes_the_file_and_keeps_that_it_was_made(study: Study, researcher: APIClient) -> None:
    made = _ask(researcher, study).json()["id"]

    with TestCase.captureOnCommitCallbacks(execute=True):
        answers = [researcher.delete(_address(study, made)) for _ in range(2)]

    assert [(answer.status_code, answer.json()["state"]) for answer in answers] == [(200, "removed")] * 2
    assert _listed(researcher, study)[0]["rows"] == {"participants": 1, "votes": 2}
    assert researcher.get(_address(study, made, "file")).status_code == 409


def test_an_export_that_waits_is_stopped_by_removing_it(study: Study, researcher: APIClient) -> None:
    made = researcher.post(
        _address(study), {"purpose": "research", "tables": ["turns"], "formats": ["csv"]}, format="json"
    ).json()

    researcher.delete(_address(study, made["id"]))

    assert Job.objects.get(pk=made["job"]).state == "cancelled"
    assert _listed(researcher, study)[0]["state"] == "removed"


def test_after_a_withdrawal_the_list_says_that_it_is_out_of_date(study: Study, researcher: APIClient) -> None:
    _ask(researcher, study)

    with TestCase.captureOnCommitCallbacks(execute=True):
        withdrawals.withdraw(participant=Participant.objects.get(study=study))

    [listed] = _listed(researcher, study)
    assert (listed["state"], listed["outdated_at"] is not None) == ("outdated", True)
    assert "withdrew" in listed["message"]


def test_an_auditor_sees_the_list_and_fetches_nothing(
    study: Study, researcher: APIClient, sign_in: Callable[[Role], APIClient]
) -> None:
    made = _ask(researcher, study).json()["id"]
    auditor = sign_in(Role.AUDITOR)

    assert len(_listed(auditor, study)) == 1
    assert auditor.get(_address(study, made, "file")).status_code == 403
    assert _ask(auditor, study).status_code == 403


def test_another_studys_export_is_out_of_reach(study: Study, researcher: APIClient) -> None:
    elsewhere = ask(study=full_study())

    assert researcher.get(_address(study, elsewhere.pk, "file")).status_code == 404
    assert researcher.delete(_address(study, elsewhere.pk)).status_code == 404
    assert researcher.delete(_address(study, uuid.uuid4())).status_code == 404


def test_a_list_of_many_asks_no_more_than_a_list_of_few(study: Study, researcher: APIClient) -> None:
    ask(study=study)
    _listed(researcher, study)
    with CaptureQueriesContext(connection) as few:
        _listed(researcher, study)
    [template] = Export.objects.all()
    Export.objects.bulk_create(
        Export(study=study, purpose="research", choice=template.choice, state=state, job_id=uuid.uuid4())
        for state in ["making", "ready", "removed"] * 10
    )

    with CaptureQueriesContext(connection) as many:
        found = _listed(researcher, study)

    assert len(found) == 31
    assert len(many) <= len(few) + 1


@pytest.mark.django_db(transaction=True)
async def test_the_server_sends_the_file_in_pieces(settings: Any) -> None:
    made = await sync_to_async(_made)()
    client = AsyncClient()
    await client.aforce_login(await get_user_model().objects.aget(pk=made.created_by_id))

    answer = await client.get(_address(made.study, made.pk, "file"))

    assert answer.is_async
    data = b"".join([piece async for piece in answer.streaming_content])
    assert hashlib.sha256(data).hexdigest() == made.sha256


def _made() -> Export:
    study = full_study()
    return ask(study=study, actor=member(study=study, role=Role.RESEARCHER))
