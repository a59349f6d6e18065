"""The live room: who stands where, told as it changes; one person helped without touching another."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from apps.elicitation import selectors
from apps.elicitation.domain.budget import AT_MOST
from apps.elicitation.models import Participant, Protocol, StepTime
from apps.elicitation.selectors import MEDIAN_NEEDS
from apps.elicitation.services import cards, participants, watch
from apps.elicitation.services.participants import Session
from apps.shared import selectors as shared
from apps.shared.models import AuditEntry, Membership, Role, Study
from tests.factories.elicitation import RICH, ProtocolFactory, at_the_card, enrol, talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def session(study: Study) -> Session:
    """Return somebody in the interview of the study."""
    ProtocolFactory(study=study)
    return enrol(study=study)


def _help(client: APIClient, session: Session, action: str) -> Any:
    study, pk = session.participant.study, session.participant.pk
    return client.post(f"/api/studies/{study.slug}/participants/{pk}/help/", {"action": action})


def _room(client: APIClient, study: Study) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/studies/{study.slug}/room/").json()
    return found


def _events(study: Study, kind: str = "room.participant") -> list[dict[str, Any]]:
    events = shared.events_after(stream=f"study/{study.slug}/room", last=0)
    return [event["data"] for event in events if event["kind"] == kind]


def test_every_change_of_a_participant_is_one_event_in_the_rooms_stream(
    study: Study, django_capture_on_commit_callbacks: Any
) -> None:
    ProtocolFactory(study=study)
    with django_capture_on_commit_callbacks(execute=True):
        session = enrol(study=study)
    with django_capture_on_commit_callbacks(execute=True):
        talk(session=session, answers=[RICH[0]])

    events = _events(study)

    # Arrived; said something and has the reply, which the guided interviewer gives at once.
    assert [(event["answers"], event["waiting"]) for event in events] == [(0, False), (1, False)]
    assert {event["id"] for event in events} == {str(session.participant.pk)}
    assert len(events[-1]["reply_seconds"]) == 1
    assert not any(RICH[0][:20] in str(event) for event in events)


def test_the_room_starts_where_its_stream_stands(
    study: Study, session: Session, researcher: APIClient, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        watch.tell(participant=session.participant)

    room = _room(researcher, study)

    assert room["seq"] == 1
    assert [row["id"] for row in room["participants"]] == [str(session.participant.pk)]
    assert [step["step"] for step in room["steps"]] == ["interview", "card", "votes", "result"]
    assert [step["reached"] for step in room["steps"]] == [1, 0, 0, 0]


def test_how_far_people_come_and_how_long_it_takes_them_is_told_when_somebody_moves(
    study: Study, researcher: APIClient, django_capture_on_commit_callbacks: Any
) -> None:
    ProtocolFactory(study=study)
    people = [at_the_card(study=study).participant for _ in range(MEDIAN_NEEDS)]
    began = timezone.now() - datetime.timedelta(minutes=9)
    StepTime.objects.filter(step="interview").update(
        entered_at=began, left_at=began + datetime.timedelta(minutes=4)
    )
    with django_capture_on_commit_callbacks(execute=True):
        cards.accept(participant=people[0])

    (told,) = _events(study, "room.steps")

    assert [(step["step"], step["reached"]) for step in told["steps"]] == [
        ("interview", 5), ("card", 5), ("votes", 1), ("result", 0),
    ]  # fmt: skip
    assert [step["median_minutes"] for step in told["steps"]] == [4.0, None, None, None]
    assert told["steps"] == _room(researcher, study)["steps"]


def test_a_page_that_stays_open_is_noted_at_most_every_fifteen_seconds(
    session: Session, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            watch.see(participant=session.participant)

    assert len(_events(session.participant.study)) == 1


def test_a_paused_person_waits_until_they_may_go_on(session: Session, researcher: APIClient) -> None:
    assert _help(researcher, session, "pause").status_code == 204
    assert Participant.objects.get().paused_at is not None

    assert _help(researcher, session, "go_on").status_code == 204

    assert Participant.objects.get().paused_at is None
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["participant.paused", "participant.went_on"]


def test_an_extended_interview_may_ask_three_questions_more(session: Session, researcher: APIClient) -> None:
    _help(researcher, session, "extend")

    interview = selectors.interview_of(participant=Participant.objects.get())
    assert selectors.budget_of(interview=interview, turns=[]).at_most == AT_MOST + 3


def test_a_released_person_is_complete_with_its_code(
    session: Session, researcher: APIClient, client: Any
) -> None:
    _help(researcher, session, "release")

    person = Participant.objects.get()
    assert (person.step, person.exit) == ("done", "complete")
    assert 'value="DONE-1"' in client.get(f"/p/{session.token}/", follow=True).content.decode()


@pytest.mark.parametrize("action", ["pause", "extend", "release"])
def test_nothing_is_done_for_somebody_who_left(session: Session, researcher: APIClient, action: str) -> None:
    Participant.objects.update(step="done")

    assert _help(researcher, session, action).status_code == 409


def test_helping_one_person_leaves_another_alone(session: Session, researcher: APIClient) -> None:
    other = enrol(study=session.participant.study)
    before = Participant.objects.values().get(pk=other.participant.pk)

    for action in ("pause", "extend", "release"):
        _help(researcher, session, action)

    assert Participant.objects.values().get(pk=other.participant.pk) == before


def test_a_study_is_made_with_a_protocol_and_its_maker_as_admin(researcher: APIClient) -> None:
    answer = researcher.post("/api/studies/", {"title": "What tea is for", "slug": "tea"})

    assert answer.status_code == 201, answer.json()
    study = Study.objects.get(slug="tea")
    assert Membership.objects.get(study=study).role == Role.ADMIN
    assert Protocol.objects.get(study=study).state == "draft"
    assert researcher.get("/api/studies/tea/protocol/").json()["lacks"]


def test_a_new_study_asks_the_seven_published_questions_in_every_language(researcher: APIClient) -> None:
    researcher.post("/api/studies/", {"title": "What tea is for", "slug": "tea"})

    survey = researcher.get("/api/studies/tea/protocol/").json()["draft"]["survey"]
    assert [item["kind"] for item in survey] == ["scale"] * 7 + ["words"]
    assert survey[0]["text"]["en"] == "Taking part was enjoyable or meaningful to me."
    assert all(set(item["text"]) == {"en", "es", "ar"} for item in survey)


@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.AUDITOR])
def test_who_is_researcher_nowhere_makes_no_study(sign_in: Callable[[Role], APIClient], role: Role) -> None:
    answer = sign_in(role).post("/api/studies/", {"title": "Tea", "slug": "tea"})

    assert answer.status_code == 403
    assert not Study.objects.filter(slug="tea").exists()


def test_a_name_that_is_taken_is_refused_with_its_field(study: Study, researcher: APIClient) -> None:
    answer = researcher.post("/api/studies/", {"title": "Again", "slug": study.slug})

    assert answer.status_code == 409
    assert "slug" in answer.json()["error"]["fields"]


def test_a_link_of_nobody_is_no_participant(study: Study, researcher: APIClient) -> None:
    ProtocolFactory(study=study)

    answer = researcher.post(
        f"/api/studies/{study.slug}/participants/00000000-0000-0000-0000-000000000000/help/",
        {"action": "pause"},
    )

    assert answer.status_code == 404
    assert participants.session_of_prolific(study=study, pid="") is None
