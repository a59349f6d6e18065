"""Who may read somebody's words, what is noted of it, and what is never shown."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.elicitation.domain.protocol import Item
from apps.elicitation.models import Participant
from apps.elicitation.services import participants, withdrawals
from apps.elicitation.services.participants import Session
from apps.shared.models import AuditEntry, Role, Study
from tests.factories.elicitation import RICH, ProtocolFactory, at_the_card, content, enrol
from tests.factories.shared import StudyFactory, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def session(study: Study) -> Session:
    """Return somebody of the study who was interviewed."""
    ProtocolFactory(study=study)
    return at_the_card(study=study)


def _read(client: APIClient, session: Session, *, study: Study | None = None) -> Any:
    slug = (study or session.participant.study).slug
    return client.get(f"/api/studies/{slug}/participants/{session.participant.pk}/transcript/")


def _reads() -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(action="transcript.read").select_related("actor").order_by("pk")
    return [(row.actor.get_username() if row.actor else "", row.subject) for row in rows]


def test_a_transcript_is_the_whole_interview_in_order_with_how_each_reply_was_made(
    session: Session, researcher: APIClient
) -> None:
    found = _read(researcher, session).json()

    turns = found["turns"]
    assert [turn["position"] for turn in turns] == list(range(len(turns)))
    assert [turn["text"] for turn in turns if turn["speaker"] == "person"] == list(RICH[:4])
    assert turns[0]["engine"]["interviewer"] == found["interviewer"] == "guided"
    assert (found["quotes"], found["training"], found["simulated"]) == (True, False, False)


def test_a_transcript_shows_neither_link_nor_code(session: Session, researcher: APIClient) -> None:
    shown = _read(researcher, session).content.decode()

    assert RICH[0][:20] in shown
    me = Participant.objects.get(pk=session.participant.pk)
    for secret in (session.token, me.token_hash, me.short_code, me.consent.receipt_code):
        assert secret not in shown


def test_every_reader_is_noted_with_whose_words_they_read(session: Session, study: Study) -> None:
    people = [member(study=study, role=role) for role in (Role.RESEARCHER, Role.AUDITOR, Role.ADMIN)]

    for person in people:
        client = APIClient()
        client.force_login(person)
        assert _read(client, session).status_code == 200

    assert _reads() == [(person.get_username(), str(session.participant.pk)) for person in people]


def test_an_annotator_reads_nobodys_words_and_nothing_is_noted(
    session: Session, sign_in: Callable[[Role], APIClient]
) -> None:
    answer = _read(sign_in(Role.ANNOTATOR), session)

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")
    assert RICH[0][:20] not in answer.content.decode()
    assert _reads() == []


def test_somebody_who_is_not_signed_in_reads_nothing(session: Session) -> None:
    assert _read(APIClient(), session).status_code == 403
    assert _reads() == []


def test_a_study_that_is_not_there_and_one_of_others_answer_alike(
    session: Session, sign_in: Callable[[Role], APIClient]
) -> None:
    client, others = sign_in(Role.ADMIN), StudyFactory()
    nowhere = client.get(f"/api/studies/nowhere/participants/{session.participant.pk}/transcript/")

    answer = _read(client, session, study=others)

    assert nowhere.status_code == answer.status_code == 404
    assert nowhere.json() == answer.json()
    assert _reads() == []


def test_a_person_is_not_found_through_another_study(session: Session) -> None:
    others = StudyFactory()
    client = APIClient()
    client.force_login(member(study=others, role=Role.ADMIN))

    assert _read(client, session, study=others).status_code == 404
    assert _reads() == []


def test_whoever_withdrew_is_read_by_nobody(session: Session, researcher: APIClient) -> None:
    withdrawals.withdraw(participant=session.participant)

    answer = _read(researcher, session)

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")
    assert _reads() == []


def test_somebody_who_never_agreed_is_read_by_nobody(study: Study, researcher: APIClient) -> None:
    version = ProtocolFactory(study=study).current
    participants.note_ineligible(version=version, address="127.0.0.1")

    answer = _read(researcher, Session(Participant.objects.get(), ""))

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")
    assert _reads() == []


def test_somebody_who_has_not_begun_to_talk_has_an_empty_transcript(
    study: Study, researcher: APIClient
) -> None:
    about = (Item(key="work", label={"en": "What do you work?"}),)
    ProtocolFactory(study=study, draft=content(about=about).to_json())

    found = _read(researcher, enrol(study=study)).json()

    assert (found["turns"], found["interviewer"]) == ([], None)


def test_the_room_of_a_study_without_anybody_is_empty_and_of_no_study_is_missing(
    study: Study, researcher: APIClient
) -> None:
    ProtocolFactory(study=study)

    room = researcher.get(f"/api/studies/{study.slug}/room/").json()

    assert (room["total"], room["participants"], set(room["counts"].values())) == (0, [], {0})
    assert researcher.get("/api/studies/nowhere/room/").status_code == 404


def test_people_of_another_study_are_not_in_this_ones_room(session: Session, researcher: APIClient) -> None:
    enrol()

    room = researcher.get(f"/api/studies/{session.participant.study.slug}/room/").json()

    assert [row["id"] for row in room["participants"]] == [str(session.participant.pk)]
    assert room["total"] == sum(room["counts"].values()) == 1
