"""Coming in, coming back, and who is let in when."""

import uuid
from typing import Any

import pytest

from apps.elicitation import selectors
from apps.elicitation.domain.protocol import StudyState
from apps.elicitation.models import Participant
from apps.elicitation.services import consents, limits, participants, protocols, transcripts
from apps.elicitation.services.participants import Ticks
from apps.shared.errors import Conflict, Forbidden, Invalid, Missing
from apps.shared.models import AuditEntry
from tests.factories.elicitation import AGREED, ProtocolFactory, content, enrol
from tests.factories.shared import UserFactory

pytestmark = pytest.mark.django_db


def _ticks(**changes: Any) -> Ticks:
    plain = {"version": 1, "research": True, "quotes": False, "training": False, "of_age": True}
    return Ticks(**{**plain, **changes})


def test_a_person_comes_back_with_their_code_and_the_first_link_stays_valid() -> None:
    session = enrol()
    code = participants.show_code(session.participant.short_code)

    again = participants.come_back(
        study=session.participant.study, short_code=code.lower(), address="127.0.0.1"
    )

    assert again.token != session.token
    for token in (session.token, again.token):
        assert selectors.participant_by_token(token=token).pk == session.participant.pk


@pytest.mark.parametrize("code", ["", "XXXXX-XXXXX", "<script>"])
def test_a_code_of_nobody_opens_nothing(code: str) -> None:
    session = enrol()

    with pytest.raises(Missing):
        participants.come_back(study=session.participant.study, short_code=code, address="127.0.0.1")


def test_a_code_of_another_study_opens_nothing() -> None:
    mine, other = enrol(), enrol()

    with pytest.raises(Missing):
        participants.come_back(
            study=other.participant.study, short_code=mine.participant.short_code, address="127.0.0.1"
        )


def test_codes_cannot_be_tried_one_after_the_other() -> None:
    session = enrol()
    study = session.participant.study
    for _ in range(limits.RETURNS):
        with pytest.raises(Missing):
            participants.come_back(study=study, short_code="XXXXXXXXXX", address="10.0.0.9")

    with pytest.raises(limits.TooOften):
        participants.come_back(study=study, short_code=session.participant.short_code, address="10.0.0.9")
    assert participants.come_back(
        study=study, short_code=session.participant.short_code, address="10.0.0.8"
    ).token


def test_the_database_holds_no_link() -> None:
    session = enrol()

    row = Participant.objects.values().get(pk=session.participant.pk)

    assert session.token not in str(row)


@pytest.mark.parametrize(
    ("ticks", "field"),
    [
        (_ticks(research=False), "research"),
        (_ticks(of_age=None), "of_age"),
        (_ticks(version=7), "version"),
    ],
)
def test_what_is_missing_is_named_and_nobody_is_taken_in(ticks: Ticks, field: str) -> None:
    version = ProtocolFactory().current

    with pytest.raises(Invalid) as refused:
        participants.enrol(version=version, ticks=ticks, address="127.0.0.1")

    assert set(refused.value.fields) == {field}
    assert not Participant.objects.exists()


@pytest.mark.parametrize("state", [StudyState.PAUSED, StudyState.CLOSED])
def test_a_study_that_is_not_open_takes_nobody_in(state: StudyState) -> None:
    protocol = ProtocolFactory()
    protocols.go_to(study=protocol.study, actor=None, state=state)

    with pytest.raises(Conflict, match="nobody in at the moment"):
        participants.enrol(version=protocol.current, ticks=AGREED, address="127.0.0.1")


def test_a_person_keeps_the_protocol_that_they_met() -> None:
    session = enrol()
    study = session.participant.study
    changed = content(help_contact="somebody@else.example")
    protocols.save_draft(study=study, actor=UserFactory(), content=changed.to_json(), revision=0)
    protocols.go_to(study=study, actor=None, state=StudyState.PAUSED)
    protocols.go_to(study=study, actor=None, state=StudyState.OPEN)

    later = enrol(study=study)

    assert selectors.protocol_for(participant=session.participant).help_contact == "help@example.org"
    assert selectors.protocol_for(participant=later.participant).help_contact == "somebody@else.example"
    numbers = [who.participant.version.number for who in (session, later) if who.participant.version]
    assert numbers == [1, 2]


def test_a_changed_consent_is_a_new_version_and_the_same_is_not() -> None:
    study = ProtocolFactory().study

    same = consents.publish(study=study, texts={"en": "You agree to be asked."})
    new = consents.publish(study=study, texts={"en": "You agree to much more."})

    assert (same.number, new.number) == (1, 2)
    assert same.hash != new.hash


def test_reading_a_transcript_is_noted_with_who_and_whose() -> None:
    session, reader = enrol(), UserFactory()

    found = transcripts.read(
        study=session.participant.study, participant_id=session.participant.pk, actor=reader
    )

    entry = AuditEntry.objects.get(action="transcript.read")
    assert (entry.actor, entry.subject) == (reader, str(session.participant.pk))
    assert found["quotes"] is True


def test_a_transcript_of_nobody_or_of_another_study_is_not_there() -> None:
    session, other = enrol(), enrol()

    for study, who in (
        (session.participant.study, uuid.uuid4()),
        (other.participant.study, session.participant.pk),
    ):
        with pytest.raises(Missing):
            transcripts.read(study=study, participant_id=who, actor=UserFactory())
    assert not AuditEntry.objects.filter(action="transcript.read").exists()


def test_a_transcript_without_consent_is_not_read_and_not_noted() -> None:
    session = enrol()
    Participant.objects.filter(pk=session.participant.pk).update(withdrawn_at="2026-01-01T00:00Z")

    with pytest.raises(Forbidden):
        transcripts.read(
            study=session.participant.study, participant_id=session.participant.pk, actor=UserFactory()
        )
    assert not AuditEntry.objects.filter(action="transcript.read").exists()
