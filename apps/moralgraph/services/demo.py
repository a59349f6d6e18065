"""The demo study's graph: values, contexts, stories and the votes of simulated people."""

import random
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.moralgraph.domain import demo_cards, simulation, stories
from apps.moralgraph.domain.answers import Judgement
from apps.moralgraph.domain.cards import Policy
from apps.moralgraph.domain.demo_cards import DemoValue
from apps.moralgraph.models import Belonging, Card, CardVersion, Context, Story, Transition, Value, Vote
from apps.shared.models import Study

PEOPLE = 60
VOTES_EACH = 8
_SEED = 16
_CARDS_A_VALUE = 5


def on_demo_loading(*, study: Study, **_: Any) -> None:
    """Answer the ``demo_loading`` signal."""
    load(study=study)


@transaction.atomic
def load(*, study: Study) -> None:
    """Fill a study with the demo's graph. The same study gets the same people, cards and votes every time."""
    rng = random.Random(f"{study.slug}:{_SEED}")  # noqa: S311  (a fixed play, not a secret)
    people = [uuid.UUID(int=rng.getrandbits(128), version=4) for _ in range(PEOPLE)]
    contexts = Context.objects.bulk_create(
        Context(study=study, name=name, description=description)
        for name, description in demo_cards.CONTEXTS.values()
    )
    values = Value.objects.bulk_create(_value(study, item) for item in demo_cards.VALUES)
    _write_cards(study, values, people, rng)
    pairs = simulation.pairs(values=len(values), neighbours=4, rng=rng)
    steps = _make_steps(study, values, pairs)
    told = _tell_stories(steps, contexts)
    cast = simulation.votes(
        voters=PEOPLE, votes_each=VOTES_EACH, pairs=pairs, strengths=_strengths(), rng=rng
    )
    Vote.objects.bulk_create(_vote(study, item, people, steps, contexts, told) for item in cast)


def _strengths() -> list[list[float]]:
    return [
        [value.strength + value.shifts.get(context, 0.0) for value in demo_cards.VALUES]
        for context in demo_cards.CONTEXTS
    ]


def _value(study: Study, item: DemoValue) -> Value:
    policies = [policy.without_quote() for policy in item.card.policies]
    return Value(
        study=study, title=item.card.title, summary=item.card.summary, policies=policies, simulated=True
    )


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
