"""Contexts, values, cards, transitions, stories and votes."""

import uuid
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from apps.moralgraph.models import Belonging, Card, CardVersion, Context, Story, Transition, Value, Vote
from tests.factories.shared import StudyFactory

POLICIES = [
    {"attended": "QUESTIONS", "qualifier": "that a person asks twice"},
    {"attended": "PAUSES", "qualifier": "that come before a plan is named"},
]


class ContextFactory(DjangoModelFactory[Context]):
    """A context in use."""

    class Meta:
        model = Context

    study = factory.SubFactory(StudyFactory)
    name = factory.Sequence(lambda number: f"When moment {number} comes")


class ValueFactory(DjangoModelFactory[Value]):
    """A value of real people."""

    class Meta:
        model = Value

    study = factory.SubFactory(StudyFactory)
    title = factory.Sequence(lambda number: f"Value Number {number}")
    summary = "I listen first."
    policies = factory.LazyFunction(lambda: list(POLICIES))


class CardFactory(DjangoModelFactory[Card]):
    """A card that nobody has decided on, without a version."""

    class Meta:
        model = Card

    study = factory.SubFactory(StudyFactory)
    participant_id = factory.LazyFunction(uuid.uuid4)


class CardVersionFactory(DjangoModelFactory[CardVersion]):
    """The first wording of a card."""

    class Meta:
        model = CardVersion

    card = factory.SubFactory(CardFactory)
    number = 1
    title = "Patient Listening"
    summary = "I listen first."
    policies = factory.LazyFunction(
        lambda: [{**policy, "quote": "I waited.", "turn": 1} for policy in POLICIES]
    )
    by = "interviewer"


class TransitionFactory(DjangoModelFactory[Transition]):
    """A step between two values of the same study."""

    class Meta:
        model = Transition

    study = factory.SubFactory(StudyFactory)
    less_wise = factory.SubFactory(ValueFactory, study=factory.SelfAttribute("..study"))
    wiser = factory.SubFactory(ValueFactory, study=factory.SelfAttribute("..study"))


class StoryFactory(DjangoModelFactory[Story]):
    """A researcher's story."""

    class Meta:
        model = Story

    transition = factory.SubFactory(TransitionFactory)
    context = factory.SubFactory(ContextFactory, study=factory.SelfAttribute("..transition.study"))
    text = "Somebody changed what they attend to."
    origin = "researcher"


class VoteFactory(DjangoModelFactory[Vote]):
    """A person's vote that the step led to a wiser value."""

    class Meta:
        model = Vote

    study = factory.SelfAttribute("transition.study")
    participant_id = factory.LazyFunction(uuid.uuid4)
    transition = factory.SubFactory(TransitionFactory)
    context = factory.SubFactory(ContextFactory, study=factory.SelfAttribute("..transition.study"))
    answer = "wiser"


def step(less_wise: Value, wiser: Value) -> Transition:
    """Return the step between two values, making it where it is new."""
    found, _ = Transition.objects.get_or_create(study=less_wise.study, less_wise=less_wise, wiser=wiser)
    return found


def vote(less_wise: Value, wiser: Value, context: Context, **fields: Any) -> Vote:
    """Return a vote on the step from one value to another."""
    return VoteFactory(transition=step(less_wise, wiser), context=context, **fields)


def merge(card: Card, *, into: Value, by: str = "robin", reason: str = "", retire: bool = True) -> Belonging:
    """Put a card into another value, as a researcher does; the value that it leaves is retired."""
    now = timezone.now()
    Belonging.objects.filter(card=card, undone_at__isnull=True).update(undone_at=now)
    if retire:
        Value.objects.filter(pk=card.value_id).update(retired_at=now)
    Card.objects.filter(pk=card.pk).update(value=into)
    return Belonging.objects.create(card=card, value=into, by=by, reason=reason)
