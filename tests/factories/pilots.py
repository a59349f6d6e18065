"""A study of people who went all the way, and simulated people of every kind planted beside them."""

import dataclasses
import uuid
from typing import Any

from apps.elicitation.domain.protocol import Item, Option, Quota
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import (
    About,
    Code,
    Consent,
    Interview,
    Participant,
    Passage,
    PilotRun,
    ProtocolVersion,
    StepTime,
    Survey,
    WiseChoice,
)
from apps.elicitation.services import cards, offers, way, wise
from apps.elicitation.services.participants import Session
from apps.moralgraph.models import Belonging, Card, MergeCandidate, MergeObjection, Value, Vote
from apps.moralgraph.services import belongings, graphs
from apps.shared.models import Study
from tests.factories.elicitation import ProtocolFactory, at_the_card, content
from tests.factories.moralgraph import ContextFactory, VoteFactory, merge, step, vote
from tests.factories.shared import StudyFactory

ABOUT = (
    Item(
        key="where",
        label={"en": "Where?"},
        options=(Option(key="town", label={"en": "Town"}), Option(key="land", label={"en": "Land"})),
    ),
)


@dataclasses.dataclass
class World:
    """A study with people in it; ``demo`` people are simulated, and count because the study asks for them."""

    study: Study
    people: list[Session]
    code: Code

    @property
    def values(self) -> list[Value]:
        """The people's values."""
        return list(Value.objects.filter(study=self.study, rehearsal="").order_by("pk"))


def build(*, include_simulated: bool = False, people: int = 4) -> World:
    """Return a study in which people accepted cards, voted, chose, answered, objected and were coded."""
    study = StudyFactory(include_simulated=include_simulated, is_demo=include_simulated)
    quotas = (Quota(item="where", option="town", at_most=50),)
    draft = content(about=(), wise_values=True, places=100).to_json()
    protocol = ProtocolFactory(study=study, draft=draft)
    # The item is asked in the draft alone, so that nobody here has to walk past it.
    protocol.draft = content(about=ABOUT, quotas=quotas, wise_values=True, places=100).to_json()
    protocol.save()
    ContextFactory(study=study)
    code = Code.objects.create(study=study, name="going quiet")
    world = World(study, [], code)
    for _ in range(people):
        world.people.append(walk(world))
    if include_simulated:
        _mark(Participant.objects.filter(pk=world.people[0].participant.pk), persona="demo")
    _object(world)
    first_card, second_card, *_ = Card.objects.filter(study=study).order_by("pk")
    find_near(first_card, second_card)
    graphs.take_snapshot(study=study)
    return world


def find_near(first: Card, second: Card) -> MergeCandidate:
    """Say that two cards are near each other, as the search for near-duplicates does."""
    return MergeCandidate.objects.create(
        study=first.study, first=first, second=second, similarity=0.6, encoder="letters", language="en"
    )


def _object(world: World) -> None:
    """Let the last person object to a merge into somebody else's value."""
    person = world.people[-1].participant
    merge(Card.objects.get(participant_id=person.pk), into=world.values[0], reason="Alike.")
    belongings.object_to_belonging(study=world.study, participant_id=person.pk, reason="Mine is another.")


def walk(world: World, **marks: Any) -> Session:
    """Let somebody go to the votes and beyond; with marks, as a simulated one."""
    ask_about(world.study, items=())
    session = at_the_card(study=world.study)
    person = session.participant
    if marks:
        _mark(Participant.objects.filter(pk=person.pk), **marks)
        person = Participant.objects.select_related("study", "version").get(pk=person.pk)
        Card.objects.filter(participant_id=person.pk).update(simulated=True, rehearsal=person.rehearsal)
    Consent.objects.filter(participant=person).update(training=True)
    person = cards.accept(participant=person)
    for choice in wise.draw(participant=person):
        WiseChoice.objects.filter(pk=choice.pk).update(chosen=True)
    person = way.go_on(participant=person, done=Step.WISE)
    while (offer := offers.show(participant=person)) is not None:
        row = offer.row
        offers.answer(
            participant=person, transition_id=row.transition_id, context_id=row.context_id, answer="wiser",
            reason=f"Because of {person.pk}.",
        )  # fmt: skip
    person = offers.finish(participant=person)
    ask_about(world.study, items=ABOUT)
    About.objects.create(participant=person, answers={"where": "town"})
    Survey.objects.create(participant=person, answers={"fair": "5"})
    turn = Interview.objects.get(participant=person).turns.filter(speaker="person").first()
    assert turn is not None
    Passage.objects.create(turn=turn, start=0, end=4, code=world.code, memo="quiet")
    return Session(person, session.token)


def ask_about(study: Study, *, items: tuple[Item, ...]) -> None:
    """Let the version ask about people, or not while one walks, who would have to walk past it."""
    for version in ProtocolVersion.objects.filter(study=study):
        version.frozen = version.content.model_copy(update={"about": items}).to_json()
        version.save(update_fields=["frozen"])


def _mark(rows: Any, **marks: Any) -> None:
    rows.update(simulated=True, **marks)


def plant(world: World) -> list[Session]:
    """Put a pilot, a second pilot and a preview beside the people, with all that could leak."""
    first = PilotRun.objects.create(study=world.study)
    second = PilotRun.objects.create(study=world.study)
    planted = [walk(world, pilot_run=first, persona=kind) for kind in ("terse", "hostile", "injecting")]
    planted += [walk(world, pilot_run=second, persona="talkative"), walk(world, persona="preview")]
    _leak_on_purpose(world, planted)
    return planted


def _leak_on_purpose(world: World, planted: list[Session]) -> None:
    """Make rows that no service makes: votes on people's values, a card and an objection among theirs."""
    low, high, *_ = world.values
    context = Vote.objects.filter(study=world.study).first()
    assert context is not None
    for session in planted[:-1]:
        person = session.participant
        vote(
            high, low, context.context, study=world.study, participant_id=person.pk, simulated=True,
            rehearsal=person.rehearsal, reason="Planted.",
        )  # fmt: skip
    # An unmarked one on a rehearsed value: the value's mark alone keeps it out.
    rehearsed = Value.objects.exclude(rehearsal="").filter(study=world.study).first()
    assert rehearsed is not None
    VoteFactory(transition=step(low, rehearsed), context=context.context, participant_id=uuid.uuid4())
    card = Card.objects.get(participant_id=planted[0].participant.pk)
    belonging = merge(card, into=high, retire=False)
    MergeObjection.objects.create(belonging=belonging, reason="Planted.")
    other = Card.objects.get(participant_id=planted[1].participant.pk)
    Belonging.objects.filter(card=other).update(value=high)
    Card.objects.filter(pk=other.pk).update(value=high)
    for person_card in Card.objects.filter(study=world.study, rehearsal="").order_by("pk")[:2]:
        find_near(person_card, other)
    StepTime.objects.filter(participant=planted[0].participant).update(left_at="2030-01-01T00:00:00Z")
