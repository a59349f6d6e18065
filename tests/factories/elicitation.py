"""Protocols, and participants with a link in their hands."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any, cast

import factory
from factory.django import DjangoModelFactory

from apps.elicitation.domain.drafting import draft
from apps.elicitation.domain.guided import rehearse
from apps.elicitation.domain.interview import Phase
from apps.elicitation.domain.protocol import Codes, Question, Review, StudyState
from apps.elicitation.domain.protocol import Protocol as Content
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.transcript import Turn
from apps.elicitation.models import Interview, Participant, Protocol
from apps.elicitation.models import Turn as TurnRow
from apps.elicitation.services import cards, drafts, interviews, participants, protocols, way
from apps.elicitation.services.participants import Session, Ticks
from apps.shared.models import Study
from tests.factories.moralgraph import ContextFactory, ValueFactory
from tests.factories.shared import StudyFactory

QUESTION = "What do you pay attention to when somebody asks you for advice?"
AGREED = Ticks(version=1, research=True, quotes=True, training=False, of_age=True)
RICH = (
    "Last winter my sister called me late at night because she did not know whether to leave her job. "
    "She talked for an hour and I mostly listened.",
    "I noticed that she went quiet whenever I mentioned money. "
    "And I listened to how she talked about her team.",
    "The pauses before she answered. When she stopped talking I waited until she started again.",
    "Because she could only hear herself when nobody hurried her.",
    "I looked at whether she smiled when she talked about the new place.",
    "With a friend who was thinking about a divorce. I asked him what he would miss.",
    "Listen for what they leave out. Watch their hands. And give them time.",
)


def content(**changes: Any) -> Content:
    """Return a small protocol that can open, with these changes."""
    plain: dict[str, Any] = {
        "questions": (Question(key="advice", title={"en": "Advice"}, text={"en": QUESTION}),),
        "disclosure": {"en": "A study of advice."},
        "who_may_read": {"en": "The researchers may read along."},
        "consent": {"en": "You agree to be asked."},
        "help_contact": "help@example.org",
        "codes": Codes(complete="DONE-1"),
        "retention_until": datetime.date(2099, 1, 1),
        "reviews": (
            Review(language="en", by="robin", at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
        ),
    }
    return Content(**{**plain, **changes})


class ProtocolFactory(DjangoModelFactory[Protocol]):
    """What a study asks: an open study, unless another state is wished for."""

    class Meta:
        model = Protocol
        skip_postgeneration_save = True

    study = factory.SubFactory(StudyFactory)
    draft = factory.LazyFunction(lambda: content().to_json())
    state = StudyState.OPEN

    @factory.post_generation
    def opened(obj, create: bool, extracted: bool | None, **_: object) -> None:  # noqa: N805
        """Freeze what the draft says, unless ``opened=False``."""
        protocol = cast("Protocol", obj)
        if extracted is not False:
            protocol.current = protocols.freeze(protocol=protocol, actor=None, pilot=False)
            protocol.save()


def enrol(*, study: Study | None = None, ticks: Ticks = AGREED) -> Session:
    """Return a participant who consented, with the secret of the link."""
    protocol = Protocol.objects.filter(study=study).first() if study else None
    protocol = protocol or ProtocolFactory(**({"study": study} if study else {}))
    assert protocol.current is not None
    return participants.enrol(version=protocol.current, ticks=ticks, address="127.0.0.1")


def talk(*, session: Session, answers: Sequence[str]) -> None:
    """Say these answers, one after the other; replies come where the test runs what happens after commit."""
    for text in answers:
        interviews.say(participant=session.participant, text=text, client_id=uuid.uuid4())


def transcript(answers: Sequence[str]) -> list[Turn]:
    """Return the guided interview in which these answers are given."""
    return rehearse(question=QUESTION, answers=answers)


def at_the_card(*, study: Study | None = None) -> Session:
    """Return somebody in front of the card that was drafted from their guided interview."""
    session = enrol(study=study)
    interview = Interview.objects.select_related("participant__consent").get(participant=session.participant)
    said = transcript(RICH[:4])
    TurnRow.objects.bulk_create(
        TurnRow(
            interview=interview, position=turn.position, speaker=turn.speaker, text=turn.text, move=turn.move
        )
        for turn in said[1:]  # The opening is there.
    )
    drafts.keep(interview=interview, card=draft(turns=said), up_to=said[-1].position)
    interview.phase = Phase.CARD_READY
    interview.save()
    return Session(way.go_on(participant=session.participant, done=Step.INTERVIEW), session.token)


def at_the_stories(*, others: int = 3) -> Participant:
    """Return somebody who accepted their card, in a study with so many values of others."""
    person = at_the_card().participant
    ContextFactory(study=person.study)
    ValueFactory.create_batch(others, study=person.study)
    return cards.accept(participant=person)
