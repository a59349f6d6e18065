"""A pause for somebody in distress, as the page offers it without JavaScript: help, a way out, a way on."""

import html
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from apps.elicitation.domain import distress
from apps.elicitation.models import Participant, Turn
from apps.elicitation.services import interviews
from apps.elicitation.services.participants import Session
from apps.moralgraph import selectors as moralgraph
from tests.factories.elicitation import RICH, enrol

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]
HURT = "I stood there and thought: I want to kill myself."
STOP, GO_ON = "Stop here, with my code", "I would rather go on"


def _say(session: Session, text: str) -> None:
    interviews.say(participant=session.participant, text=text, client_id=uuid.uuid4())


def _shown(session: Session) -> str:
    return html.unescape(Client().get(f"/p/{session.token}/interview").content.decode())


def _pause(page: str) -> str:
    """Return the part of a page that offers to stop, empty where it is hidden."""
    found = re.search(r'<section class="panel pause"[^>]*>.*?</section>', page, flags=re.S)
    assert found is not None
    return "" if re.match(r"<section[^>]* hidden>", found[0]) else found[0]


@pytest.fixture
def paused() -> Session:
    """Return somebody whom the guided interviewer offered to stop."""
    session = enrol()
    _say(session, HURT)
    return session


def test_nobody_is_offered_to_stop_who_did_not_ask_for_help() -> None:
    session = enrol()
    _say(session, "It rained, and she laughed.")

    assert _pause(_shown(session)) == ""


def test_after_a_pause_the_page_names_the_help_contact_and_both_ways(paused: Session) -> None:
    offered = _pause(_shown(paused))

    assert "help@example.org" in offered
    assert 'data-pause="offered"' in offered
    assert STOP in offered
    assert GO_ON in offered
    # Stopping is confirmed in place: the button that does it stands behind the one that names it.
    assert offered.index(STOP) < offered.index("You cannot go on") < offered.index('value="stop"')


def test_stopping_ends_with_the_code_for_complete_and_keeps_the_words(paused: Session) -> None:
    page = Client().post(f"/p/{paused.token}/interview", {"action": "stop"}, follow=True).content.decode()

    assert 'value="DONE-1"' in page
    assert "help@example.org" in page
    assert "Where your value stands now" not in page
    person = Participant.objects.get(pk=paused.participant.pk)
    assert (person.step, person.exit) == ("done", "complete")
    assert Turn.objects.get(interview__participant=person, speaker="person").text == HURT


def test_stopping_was_never_offered_to_others() -> None:
    session = enrol()

    page = Client().post(f"/p/{session.token}/interview", {"action": "stop"})

    assert page.status_code == 409
    assert "This step is not open now." in page.content.decode()
    assert Participant.objects.get(pk=session.participant.pk).step == "interview"


def test_going_on_brings_the_next_question_once_and_keeps_the_way_out_at_hand(paused: Session) -> None:
    for _ in range(2):
        Client().post(f"/p/{paused.token}/interview", {"action": "go_on"})

    asked = Turn.objects.filter(interview__participant=paused.participant, speaker="interviewer")
    assert [turn.move == distress.MOVE for turn in asked] == [False, True, False]
    at_hand = _pause(_shown(paused))
    assert 'data-pause="at_hand"' in at_hand
    assert STOP in at_hand
    Client().post(f"/p/{paused.token}/interview", {"action": "stop"})
    assert Participant.objects.get(pk=paused.participant.pk).exit == "complete"


def test_a_pause_uses_up_no_question(paused: Session) -> None:
    Client().post(f"/p/{paused.token}/interview", {"action": "go_on"})

    assert "Question 2 of at most 12" in _shown(paused)


@pytest.mark.parametrize(
    ("language", "stop"), [("es", "Parar aquí, con mi código"), ("ar", "التوقف هنا مع رمزي")]
)
def test_the_way_out_speaks_the_persons_language(paused: Session, language: str, stop: str) -> None:
    Participant.objects.filter(pk=paused.participant.pk).update(language=language)

    assert stop in _pause(_shown(paused))


def test_what_is_refused_is_said_in_the_persons_language(paused: Session, client: Any) -> None:
    Participant.objects.filter(pk=paused.participant.pk).update(language="es")

    page = client.post(f"/p/{paused.token}/interview", {"action": "retry"})

    assert page.status_code == 409
    assert "There is no reply" not in page.content.decode()


def test_nothing_that_was_said_in_distress_becomes_a_line_of_the_card(paused: Session) -> None:
    Client().post(f"/p/{paused.token}/interview", {"action": "go_on"})
    for text in RICH[1:5]:
        _say(paused, text)
    if Participant.objects.get(pk=paused.participant.pk).step == "interview":
        interviews.ask_for_card(participant=paused.participant)

    card = moralgraph.card_of(participant_id=paused.participant.pk)

    assert card is not None
    assert len(card.policies) >= 2
    drafted = " ".join([card.title, card.summary, *(f"{line.text} {line.quote}" for line in card.policies)])
    assert "kill" not in drafted
    assert Turn.objects.filter(interview__participant=paused.participant, text=HURT).exists()


def test_after_going_on_one_stands_at_the_newest_question(paused: Session) -> None:
    answer = Client().post(f"/p/{paused.token}/interview", {"action": "go_on"})

    assert answer["Location"].endswith("#latest")
    newest = re.search(r'<li [^>]*data-position="(\d+)" id="latest"', _shown(paused))
    assert newest is not None
    assert newest[1] == "3"
