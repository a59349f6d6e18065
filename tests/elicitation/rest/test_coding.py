"""Codes and memos on transcripts: marked, found again across people, and gone with the words."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.elicitation.models import Code, Participant, Passage, Turn
from apps.elicitation.services import withdrawals
from apps.elicitation.services.participants import Session
from apps.shared.models import AuditEntry, Role, Study
from tests.factories.elicitation import RICH, ProtocolFactory, at_the_card
from tests.factories.shared import StudyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
FIRST = 1  # The first answer; the interviewer speaks at 0.


@pytest.fixture
def person(study: Study) -> Session:
    """Return somebody of the study whose interview is over."""
    ProtocolFactory(study=study)
    return at_the_card(study=study)


def _code(client: APIClient, study: Study, name: str = "silence") -> dict[str, Any]:
    answer = client.post(f"/api/studies/{study.slug}/codes/", {"name": name})
    assert answer.status_code == 201, answer.json()
    made: dict[str, Any] = answer.json()
    return made


def _mark(client: APIClient, person: Session, **changes: Any) -> Any:
    participant = person.participant
    sent = {"position": FIRST, "start": 0, "end": 11, **changes}
    address = f"/api/studies/{participant.study.slug}/participants/{participant.pk}/passages/"
    return client.post(address, sent, format="json")


def _transcript(client: APIClient, person: Session) -> dict[str, Any]:
    participant = person.participant
    address = f"/api/studies/{participant.study.slug}/participants/{participant.pk}/transcript/"
    found: dict[str, Any] = client.get(address).json()
    return found


def test_a_passage_with_a_code_and_a_memo_stands_on_the_transcript(
    study: Study, person: Session, researcher: APIClient
) -> None:
    code = _code(researcher, study)

    assert _mark(researcher, person, code=code["id"], memo="She waits.").status_code == 201

    [passage] = _transcript(researcher, person)["passages"]
    assert (passage["position"], passage["start"], passage["end"]) == (FIRST, 0, 11)
    assert (passage["code"], passage["memo"]) == (code["id"], "She waits.")


def test_passages_with_a_code_are_found_across_people_with_their_words(
    study: Study, person: Session, researcher: APIClient
) -> None:
    other, code = at_the_card(study=study), _code(researcher, study)
    for somebody in (person, other):
        _mark(researcher, somebody, code=code["id"])

    found = researcher.get(f"/api/studies/{study.slug}/codes/{code['id']}/passages/").json()

    assert found["total"] == 2
    assert {item["participant"] for item in found["passages"]} == {
        str(person.participant.pk), str(other.participant.pk)
    }  # fmt: skip
    assert {item["words"] for item in found["passages"]} == {RICH[0][:11]}
    [listed] = researcher.get(f"/api/studies/{study.slug}/codes/").json()
    assert (listed["passages"], listed["people"]) == (2, 2)
    assert AuditEntry.objects.filter(action="passages.read").count() == 1


def test_a_code_is_renamed_retired_and_brought_back(
    study: Study, person: Session, researcher: APIClient
) -> None:
    code = _code(researcher, study)
    address = f"/api/studies/{study.slug}/codes/{code['id']}/"

    assert researcher.patch(address, {"name": "pauses"}).json()["name"] == "pauses"
    assert researcher.patch(address, {"retired": True}).json()["retired_at"]
    assert _mark(researcher, person, code=code["id"]).status_code == 400
    assert researcher.patch(address, {"retired": False}).json()["retired_at"] is None
    assert _mark(researcher, person, code=code["id"]).status_code == 201


@pytest.mark.parametrize("name", ["Silence", "silence "])
def test_two_codes_never_have_the_same_name(study: Study, researcher: APIClient, name: str) -> None:
    _code(researcher, study)

    answer = researcher.post(f"/api/studies/{study.slug}/codes/", {"name": name})

    assert (answer.status_code, Code.objects.count()) == (409, 1)


@pytest.mark.parametrize(
    "wrong",
    [{"end": 100_000}, {"start": 11}, {"memo": "", "code": None}, {"code": 999_999}, {"position": 400}],
    ids=["past the end", "of no length", "says nothing", "no such code", "no such turn"],
)
def test_a_passage_that_is_none_is_refused(
    person: Session, researcher: APIClient, wrong: dict[str, Any]
) -> None:
    answer = _mark(researcher, person, **{"memo": "Something", **wrong})

    assert answer.status_code in {400, 404}
    assert not Passage.objects.exists()


def test_a_mark_that_was_taken_away_can_be_set_again(person: Session, researcher: APIClient) -> None:
    made = _mark(researcher, person, memo="She waits.").json()
    address = f"/api/studies/{person.participant.study.slug}/passages/{made['id']}/"

    assert researcher.delete(address).status_code == 204
    assert _transcript(researcher, person)["passages"] == []
    assert _mark(researcher, person, memo="She waits.").status_code == 201


def test_a_memo_goes_with_the_words_when_the_person_withdraws(
    study: Study, person: Session, researcher: APIClient
) -> None:
    code = _code(researcher, study)
    _mark(researcher, person, code=code["id"], memo="She waits.")

    withdrawals.withdraw(participant=Participant.objects.get())

    assert not Passage.objects.exists()
    assert _mark(researcher, person, memo="Late").status_code == 403
    assert researcher.get(f"/api/studies/{study.slug}/codes/").json()[0]["passages"] == 0


def test_another_studys_code_and_passage_are_out_of_reach(
    study: Study, person: Session, researcher: APIClient
) -> None:
    elsewhere = ProtocolFactory(study=StudyFactory()).study
    other = at_the_card(study=elsewhere)
    turn = Turn.objects.get(interview__participant=other.participant, position=FIRST)
    passage = Passage.objects.create(turn=turn, start=0, end=4, memo="Theirs")
    code = Code.objects.create(study=elsewhere, name="theirs")

    assert researcher.delete(f"/api/studies/{study.slug}/passages/{passage.pk}/").status_code == 404
    assert _mark(researcher, person, code=code.pk).status_code == 404
    assert researcher.get(f"/api/studies/{study.slug}/codes/{code.pk}/passages/").status_code == 404


def test_an_auditor_reads_codes_and_writes_none(
    person: Session, researcher: APIClient, sign_in: Callable[[Role], APIClient]
) -> None:
    _mark(researcher, person, memo="She waits.")
    auditor = sign_in(Role.AUDITOR)

    assert len(_transcript(auditor, person)["passages"]) == 1
    assert _mark(auditor, person, memo="Mine").status_code == 403
