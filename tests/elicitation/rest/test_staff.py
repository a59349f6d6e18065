"""What staff see of participants, and how a protocol is drafted and opened."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.elicitation.models import Participant, ProtocolVersion
from apps.shared.models import AuditEntry, Role, Study
from tests.factories.elicitation import ProtocolFactory, content, enrol

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def _api(study: Study, rest: str) -> str:
    return f"/api/studies/{study.slug}/{rest}"


def test_participants_are_counted_by_step_and_listed_without_words_or_codes(
    study: Study, researcher: APIClient
) -> None:
    ProtocolFactory(study=study)
    first, second = enrol(study=study), enrol(study=study)
    Participant.objects.filter(pk=second.participant.pk).update(step="card")

    answer = researcher.get(_api(study, "room/"))

    page = answer.json()
    assert page["total"] == 2
    assert (page["counts"]["interview"], page["counts"]["card"]) == (1, 1)
    assert {row["id"] for row in page["participants"]} == {
        str(first.participant.pk),
        str(second.participant.pk),
    }
    assert first.participant.short_code not in answer.content.decode()


def test_the_list_takes_the_same_queries_for_two_and_for_twelve(
    study: Study, researcher: APIClient, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    ProtocolFactory(study=study)
    for _ in range(2):
        enrol(study=study)
    with django_assert_max_num_queries(12) as few:
        researcher.get(_api(study, "room/"))
    for _ in range(10):
        enrol(study=study)

    with django_assert_num_queries(len(few)):
        researcher.get(_api(study, "room/"))


def test_a_transcript_is_word_for_word_and_its_reading_is_noted(study: Study, researcher: APIClient) -> None:
    ProtocolFactory(study=study)
    session = enrol(study=study)

    answer = researcher.get(_api(study, f"participants/{session.participant.pk}/transcript/"))

    (opening,) = answer.json()["turns"]
    assert "this is a guided interview" in opening["text"]
    assert AuditEntry.objects.get(action="transcript.read").subject == str(session.participant.pk)


def test_a_transcript_of_nobody_is_missing(study: Study, researcher: APIClient) -> None:
    answer = researcher.get(_api(study, f"participants/{uuid.uuid4()}/transcript/"))

    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "There is no such participant in this study."


def _put(client: APIClient, study: Study, draft: dict[str, Any], revision: int = 0) -> Any:
    return client.put(_api(study, "protocol/"), {"draft": draft, "revision": revision}, format="json")


def test_a_draft_is_saved_and_says_what_it_lacks(study: Study, researcher: APIClient) -> None:
    ProtocolFactory(study=study, opened=False, state="draft")

    saved = _put(researcher, study, content(retention_until=None, help_contact="").to_json())

    assert saved.status_code == 200, saved.json()
    assert set(saved.json()["lacks"]) == {"retention_until", "help_contact"}
    assert saved.json()["revision"] == 1
    refused = researcher.post(_api(study, "protocol/state/"), {"state": "open"}, format="json")
    assert refused.status_code == 400
    assert "retention_until" in refused.json()["error"]["fields"]
    assert not ProtocolVersion.objects.filter(study=study).exists()


def test_a_draft_that_somebody_else_saved_meanwhile_is_not_overwritten(
    study: Study, researcher: APIClient
) -> None:
    ProtocolFactory(study=study)
    assert _put(researcher, study, content(minutes=20).to_json()).status_code == 200

    second = _put(researcher, study, content(minutes=30).to_json())

    assert second.status_code == 409
    assert researcher.get(_api(study, "protocol/")).json()["draft"]["minutes"] == 20


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"minutes": 0}, "minutes"),
        ({"colour": "red"}, "colour"),
        ({"quotas": [{"item": "age", "option": "old", "at_most": 3}]}, "protocol"),
        ({"disclosure": {"tlh": "nuqneH"}}, "disclosure.tlh.[key]"),
    ],
)
def test_a_draft_that_is_none_is_refused_with_its_place(
    study: Study, researcher: APIClient, change: dict[str, Any], place: str
) -> None:
    ProtocolFactory(study=study)

    refused = _put(researcher, study, {**content().to_json(), **change})

    assert refused.status_code == 400
    assert place in refused.json()["error"]["fields"]


def test_opening_freezes_a_version_and_a_later_edit_makes_another(
    study: Study, researcher: APIClient
) -> None:
    ProtocolFactory(study=study, opened=False, state="draft")

    def go(state: str) -> Any:
        return researcher.post(_api(study, "protocol/state/"), {"state": state}, format="json").json()

    opened = go("open")
    assert [version["number"] for version in opened["versions"]] == [1]
    assert opened["changed"] is False
    changed = _put(researcher, study, content(minutes=25).to_json()).json()
    assert changed["changed"] is True
    assert changed["versions"][0]["hash"] != changed["hash"]
    assert go("paused")["versions"][0]["number"] == 1
    reopened = go("open")
    assert [version["number"] for version in reopened["versions"]] == [2, 1]
    assert reopened["versions"][0]["hash"] == reopened["hash"]


def test_opening_again_without_a_change_is_the_same_version(study: Study, researcher: APIClient) -> None:
    ProtocolFactory(study=study)

    for state in ("paused", "open"):
        researcher.post(_api(study, "protocol/state/"), {"state": state}, format="json")

    assert ProtocolVersion.objects.filter(study=study).count() == 1


def test_a_study_cannot_go_everywhere(study: Study, researcher: APIClient) -> None:
    ProtocolFactory(study=study, opened=False, state="draft")

    answer = researcher.post(_api(study, "protocol/state/"), {"state": "paused"}, format="json")

    assert answer.status_code == 409


def test_an_auditor_reads_the_protocol_and_changes_nothing(
    study: Study, sign_in: Callable[[Role], APIClient]
) -> None:
    ProtocolFactory(study=study)
    auditor = sign_in(Role.AUDITOR)

    assert auditor.get(_api(study, "protocol/")).status_code == 200
    assert _put(auditor, study, content().to_json()).status_code == 403
