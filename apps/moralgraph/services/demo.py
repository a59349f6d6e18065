"""The demo study's graph: values, contexts, stories and the votes of simulated people."""

import random
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.moralgraph.domain import demo_cards, simulation, stories
from apps.moralgraph.domain.answers import Answer, Judgement
from apps.moralgraph.domain.cards import Policy, ValuesCard
from apps.moralgraph.domain.demo_cards import DemoValue
from apps.moralgraph.domain.demo_twins import MOMENTS, TWINS, Twin
from apps.moralgraph.models import (
    Belonging,
    Card,
    CardVersion,
    Context,
    ContextProposal,
    Story,
    Transition,
    Value,
    Vote,
)
from apps.shared.models import Study

PEOPLE = 60
VOTES_EACH = 8
_SEED = 16
_CARDS_A_VALUE = 5
_VOTES_A_TWIN = 20


def on_demo_loading(*, study: Study, **_: Any) -> None:
    """Answer the ``demo_loading`` signal."""
    load(study=study)


@transaction.atomic
def load(*, study: Study) -> None:
    """Fill a study with the demo's graph. The same study gets the same people, cards and votes every time."""
    rng = random.Random(f"{study.slug}:{_SEED}")
    people = [uuid.UUID(int=rng.getrandbits(128), version=4) for _ in range(PEOPLE)]
    contexts = Context.objects.bulk_create(
        Context(study=study, name=name, description=description)
        for name, description in demo_cards.CONTEXTS.values()
    )
    values = Value.objects.bulk_create(_value(study, item.card) for item in demo_cards.VALUES)
    _write_cards(study, values, people, rng)
    pairs = simulation.pairs(values=len(values), neighbours=4, rng=rng)
    steps = _make_steps(study, values, pairs)
    told = _tell_stories(steps, contexts)
    cast = simulation.votes(
        voters=PEOPLE, votes_each=VOTES_EACH, pairs=pairs, strengths=_strengths(), rng=rng
    )
    Vote.objects.bulk_create(_vote(study, item, people, steps, contexts, told) for item in cast)
    _write_twins(study, values, people, contexts)
    _say_moments(study, values)


def _strengths() -> list[list[float]]:
    """Return how often each value is preferred, contexts x values; the twins come last."""
    twins = [value for value in demo_cards.VALUES if value.card.title in TWINS]
    return [
        [value.strength + value.shifts.get(context, 0.0) for value in (*demo_cards.VALUES, *twins)]
        for context in demo_cards.CONTEXTS
    ]


def _value(study: Study, card: ValuesCard) -> Value:
    policies = [policy.without_quote() for policy in card.policies]
    return Value(study=study, title=card.title, summary=card.summary, policies=policies, simulated=True)


def _write_twins(
    study: Study, values: Sequence[Value], people: Sequence[uuid.UUID], contexts: Sequence[Context]
) -> None:
    """Give the last person of some values a card of their own that says the same, and votes on it."""
    rng = random.Random(f"{study.slug}:{_SEED}:twins")
    titles = [item.card.title for item in demo_cards.VALUES]
    places = [place for place, title in enumerate(titles) if title in TWINS]
    twins = Value.objects.bulk_create(_value(study, TWINS[titles[place]].card) for place in places)
    for twin, place in zip(twins, places, strict=True):
        _stand_alone(twin, TWINS[titles[place]], person=people[place :: len(values)][_CARDS_A_VALUE - 1])
    every = [*values, *twins]
    cast = [item for turn, place in enumerate(places) for item in _judged(len(values) + turn, place, rng)]
    ends = sorted({(min(item.less_wise, item.wiser), max(item.less_wise, item.wiser)) for item in cast})
    steps = _make_steps(study, every, [(int(low), int(high)) for low, high in ends])
    told = _tell_stories(steps, contexts)
    Vote.objects.bulk_create(_vote(study, item, people, steps, contexts, told) for item in cast)


def _say_moments(study: Study, values: Sequence[Value]) -> None:
    """Let some people say in what kind of moment their story was; a researcher decides."""
    own = Belonging.objects.filter(value__in=values, reason="This value is the person's own card.")
    cards = {row.value.title: row.card_id for row in own.select_related("value").order_by("-pk")}
    ContextProposal.objects.bulk_create(
        ContextProposal(
            study=study, card_id=cards[title], name=name, language="en", origin=ContextProposal.Origin.PERSON
        )
        for title, name in MOMENTS.items()
    )


def _stand_alone(twin: Value, words: Twin, *, person: uuid.UUID) -> None:
    card = Card.objects.get(study=twin.study_id, participant_id=person)
    first, *others = words.card.policies
    lines = [Policy(first.attended, first.qualifier, words.quote, 3), *others]
    CardVersion.objects.filter(card=card).update(
        title=twin.title, summary=twin.summary, policies=[line.to_json() for line in lines]
    )
    Belonging.objects.filter(card=card).update(value=twin, reason="This value is the person's own card.")
    Card.objects.filter(pk=card.pk).update(value=twin)


def _judged(twin: int, same: int, rng: random.Random) -> list[Judgement]:
    """Return what some people say of a twin beside three other values, and two of it beside its like."""
    strengths = _strengths()
    others = rng.sample([place for place in range(len(demo_cards.VALUES)) if place != same], 3)
    found = []
    for turn, voter in enumerate(rng.sample(range(PEOPLE), _VOTES_A_TWIN)):
        context, other = rng.randrange(len(strengths)), same if turn < 2 else others[turn % 3]
        less_wise, wiser = (other, twin) if rng.random() < 0.5 else (twin, other)
        gap = strengths[context][wiser] - strengths[context][less_wise]
        said = Answer.SAME if turn < 2 else simulation.answer(gap=gap, rng=rng)
        found.append(Judgement(voter, less_wise, wiser, said, context, simulated=True))
    return found


def _write_cards(
    study: Study, values: Sequence[Value], people: Sequence[uuid.UUID], rng: random.Random
) -> None:
    """Give each value the card that worded it, and cards of others who said the same in other words."""
    now = timezone.now()
    cards, versions, belongings = [], [], []
    for place, (value, item) in enumerate(zip(values, demo_cards.VALUES, strict=True)):
        for turn, person in enumerate(people[place :: len(values)][:_CARDS_A_VALUE]):
            card = Card(
                study=study,
                participant_id=person,
                simulated=True,
                value=value,
                quotes_allowed=True,
                accepted_at=now,
            )
            cards.append(card)
            versions.append(_version(card, item, turn, rng))
            reason = "This value is the person's own card." if turn == 0 else "The same value in other words."
            belongings.append(Belonging(card=card, value=value, by="demo", reason=reason))
    Card.objects.bulk_create(cards)
    CardVersion.objects.bulk_create(versions)
    Belonging.objects.bulk_create(belongings)


def _version(card: Card, item: DemoValue, turn: int, rng: random.Random) -> CardVersion:
    first, *others = item.card.policies
    lines = [
        Policy(first.attended, first.qualifier, item.quote if turn == 0 else "", 3 if turn == 0 else None)
    ]
    lines += others if turn == 0 else rng.sample(others, k=2)
    return CardVersion(
        card=card,
        number=1,
        title=item.card.title if turn == 0 else item.other_titles[turn % 2],
        summary=item.card.summary,
        policies=[line.to_json() for line in lines],
        by=CardVersion.By.PERSON,
    )


def _make_steps(
    study: Study, values: Sequence[Value], pairs: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], Transition]:
    ends = [end for pair in pairs for end in (pair, pair[::-1])]
    rows = Transition.objects.bulk_create(
        Transition(study=study, less_wise=values[low], wiser=values[high]) for low, high in ends
    )
    return dict(zip(ends, rows, strict=True))


def _tell_stories(
    steps: dict[tuple[int, int], Transition], contexts: Sequence[Context]
) -> dict[tuple[int, int], Story]:
    """Return the neutral story of every step in every context, by their ids."""
    rows = Story.objects.bulk_create(
        Story(
            transition=step,
            context=context,
            origin=Story.Origin.TEMPLATE,
            text=stories.neutral(
                context=context.name, less_wise=step.less_wise.title, wiser=step.wiser.title
            ),
        )
        for step in steps.values()
        for context in contexts
    )
    return {(row.transition_id, row.context_id): row for row in rows}


def _vote(
    study: Study,
    item: Judgement,
    people: Sequence[uuid.UUID],
    steps: dict[tuple[int, int], Transition],
    contexts: Sequence[Context],
    told: dict[tuple[int, int], Story],
) -> Vote:
    step, context = steps[int(item.less_wise), int(item.wiser)], contexts[int(item.context)]
    return Vote(
        study=study,
        participant_id=people[int(item.voter)],
        transition=step,
        context=context,
        story=told[step.pk, context.pk],
        answer=item.answer.value,
        simulated=True,
    )
