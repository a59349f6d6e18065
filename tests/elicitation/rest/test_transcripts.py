"""Reading and searching what people said: with their consent, and always noted."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.elicitation.models import Participant, Turn
from apps.elicitation.services import interviews, withdrawals
from apps.elicitation.services.participants import Session
from apps.shared.models import AuditEntry, Study
from tests.factories.elicitation import RICH, ProtocolFactory, at_the_card, enrol

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def person(study: Study) -> Session:
    """Return somebody of the study in front of their card."""
    ProtocolFactory(study=study)
    return at_the_card(study=study)


def _search(client: APIClient, study: Study, text: str, page: int = 1) -> Any:
    return client.get(f"/api/studies/{study.slug}/transcripts/", {"q": text, "page": page})


def _read(client: APIClient, person: Session, **query: Any) -> Any:
    participant = person.participant
    return client.get(
        f"/api/studies/{participant.study.slug}/participants/{participant.pk}/transcript/", query
    )


def test_a_transcript_comes_with_the_card_and_the_words_it_rests_on(
    person: Session, researcher: APIClient
) -> None:
    found = _read(researcher, person).json()

    [wording] = found["wordings"]
    quotes = [quote for policy in wording["policies"] for quote in policy["quotes"]]
    said = {turn["position"]: turn["text"] for turn in found["turns"]}
    assert quotes
    assert all(quote["quote"] in said[quote["turn"]] for quote in quotes)
    assert (found["step"], found["version"], found["accepted"]) == ("card", 1, False)


def test_reading_along_is_noted_once_in_a_sitting_and_reading_each_time(
    person: Session, researcher: APIClient
) -> None:
    for _ in range(3):
        _read(researcher, person, along="true")
        _read(researcher, person)

    actions = list(AuditEntry.objects.values_list("action", flat=True))
    assert actions.count("transcript.read_along") == 1
    assert actions.count("transcript.read") == 3


def test_a_search_finds_words_in_any_case_with_what_stands_around_them(
    study: Study, person: Session, researcher: APIClient
) -> None:
    found = _search(researcher, study, "SHE TALKED for").json()

    [hit] = found["hits"]
    assert hit["before"] + hit["match"] + hit["after"] == RICH[0]
    assert (hit["match"], hit["position"]) == ("She talked for", 1)
    assert hit["participant"] == str(person.participant.pk)


def test_every_search_is_noted_without_the_words_that_were_looked_for(
    study: Study, person: Session, researcher: APIClient
) -> None:
    _search(researcher, study, "sister")

    entry = AuditEntry.objects.get(action="transcripts.searched")
    assert (entry.detail, entry.actor_id is not None) == ({"found": 1, "page": 1}, True)


def test_words_of_who_withdrew_or_another_study_are_not_found(
    study: Study, person: Session, researcher: APIClient
) -> None:
    at_the_card()  # The same answers, in another study.
    withdrawals.withdraw(participant=Participant.objects.get(pk=person.participant.pk))

    assert _search(researcher, study, "sister").json()["total"] == 0


@pytest.mark.parametrize("text", ["", " ", "a"])
def test_a_search_for_next_to_nothing_is_refused(study: Study, researcher: APIClient, text: str) -> None:
    assert _search(researcher, study, text).status_code == 400


def test_a_search_is_paged_and_asks_no_more_for_more_hits(
    study: Study, person: Session, researcher: APIClient
) -> None:
    interview = Turn.objects.filter(interview__participant=person.participant).first()
    assert interview is not None
    _search(researcher, study, "pebble")
    with CaptureQueriesContext(
        connection,
    ) as few:
        _search(researcher, study, "pebble")
    Turn.objects.bulk_create(
        Turn(interview=interview.interview, position=100 + n, speaker="person", text=f"A pebble, {n}.")
        for n in range(60)
    )

    with CaptureQueriesContext(connection) as many:
        first = _search(researcher, study, "pebble").json()
    last = _search(researcher, study, "pebble", page=3).json()

    assert (first["total"], first["pages"], len(first["hits"]), len(last["hits"])) == (60, 3, 25, 10)
    assert len(many) <= len(few) + 1


def test_a_room_of_many_asks_no_more_than_a_room_of_few(study: Study, researcher: APIClient) -> None:
    ProtocolFactory(study=study)
    enrol(study=study)
    researcher.get(f"/api/studies/{study.slug}/room/")
    with CaptureQueriesContext(connection) as few:
        researcher.get(f"/api/studies/{study.slug}/room/")
    template = Participant.objects.get()
    Participant.objects.bulk_create(
        Participant(
            study=study, version=template.version, step="interview", token_hash=f"t{n}", short_code=f"c{n}"
        )
        for n in range(220)
    )

    with CaptureQueriesContext(connection) as many:
        room = researcher.get(f"/api/studies/{study.slug}/room/").json()

    assert len(room["participants"]) == 221
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("sent", "kept"), [([[0, 1], [1000, 9]], [[0, 1], [1000, 9]]), ([[5, 1], [1, 9]], []), (None, [])]
)
def test_how_an_answer_was_typed_comes_with_it_and_never_costs_the_answer(
    study: Study, researcher: APIClient, sent: Any, kept: list[list[int]]
) -> None:
    ProtocolFactory(study=study)
    session = enrol(study=study)

    interviews.say(participant=session.participant, text=RICH[0], client_id=uuid.uuid4(), trace=sent)

    answer = _read(researcher, session).json()["turns"][1]
    assert (answer["text"], answer["trace"]) == (RICH[0], kept)
