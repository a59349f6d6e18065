"""An interview in each language from beginning to end: by the guided interviewer, and behind a model."""

import uuid
from collections.abc import Callable

import pytest

from apps.elicitation.domain import notices
from apps.elicitation.domain.tongues import TONGUES, tongue_of
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import interviews, participants
from apps.elicitation.services.participants import Arrival, Session
from apps.models.engine.base import EngineBroken
from apps.models.engine.fake import FakeChatModel
from apps.moralgraph import selectors as moralgraph
from tests.elicitation.people import PEOPLE, Person
from tests.factories.elicitation import AGREED, QUESTION, ProtocolFactory
from tests.factories.replies import reply_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
LANGUAGES = pytest.mark.parametrize("language", TONGUES)


def _enrol(language: str) -> Session:
    protocol = ProtocolFactory()
    assert protocol.current is not None
    arrival = Arrival(language=language)
    return participants.enrol(version=protocol.current, ticks=AGREED, address="127.0.0.1", arrival=arrival)


def _turns(session: Session) -> list[Turn]:
    return list(Turn.objects.filter(interview__participant=session.participant).order_by("position"))


@pytest.mark.parametrize("person", [PEOPLE[0], PEOPLE[5], PEOPLE[10]], ids=["en", "es", "ar"])
def test_the_guided_interview_is_in_the_persons_language_from_opening_to_card(person: Person) -> None:
    session, wording = _enrol(person.language), tongue_of(person.language).wording

    for turn in person.turns[1::2]:
        interviews.say(participant=session.participant, text=turn.text, client_id=uuid.uuid4())

    rows = _turns(session)
    assert rows[0].text == wording.OPENING.format(question=QUESTION)
    assert [row.text for row in rows[1:]] == [turn.text for turn in person.turns[1:]]
    card = moralgraph.card_of(participant_id=session.participant.pk)
    assert card is not None
    assert (card.title, card.policies) == (person.card.title, person.card.policies)

    interviews.talk_on(participant=Participant.objects.get(pk=session.participant.pk))
    assert _turns(session)[-1].text == wording.MISSING


@LANGUAGES
def test_a_model_opens_in_the_persons_language_and_is_told_to_write_in_it(
    model: Callable[..., FakeChatModel], language: str
) -> None:
    named = {"en": "Write in English", "es": "Write in Spanish", "ar": "Write in Arabic"}
    asks = {"en": "What did you see?", "es": "¿Qué vio usted?", "ar": "ماذا رأيتم؟"}[language]
    fake = model(asks)
    session = _enrol(language)

    written = reply_to(session=session, text=PEOPLE[0].turns[1].text)

    assert written.text == asks
    assert _turns(session)[0].text == tongue_of(language).wording.OPENING_AI.format(question=QUESTION)
    assert named[language] in fake.asked[0][0].content


@LANGUAGES
def test_where_the_model_fails_the_guided_interviewer_goes_on_in_the_persons_language(
    model: Callable[..., FakeChatModel], language: str
) -> None:
    person = next(person for person in PEOPLE if person.language == language)
    model(EngineBroken("The line was cut."))
    session = _enrol(language)

    written = reply_to(session=session, text=person.turns[1].text)

    assert written.text == f"{tongue_of(language).wording.TAKES_OVER}\n\n{person.turns[2].text}"
    assert Interview.objects.get(participant=session.participant).interviewer == "guided"
    assert notices.TAKEN_OVER[language] != notices.TAKEN_OVER["en"] or language == "en"
