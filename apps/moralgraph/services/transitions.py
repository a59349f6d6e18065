"""Steps between values: made when they are first asked about, with a neutral story where nobody wrote one."""

import random
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Count

from apps.moralgraph import selectors
from apps.moralgraph.domain import drawing, stories
from apps.moralgraph.domain.drawing import Draw, Shown
from apps.moralgraph.models import Context, Story, Transition, Value
from apps.moralgraph.selectors.asked import asked_steps, closed_pairs, ends
from apps.moralgraph.selectors.views import Offer
from apps.shared.models import Study


@transaction.atomic
def draw(
    *,
    study: Study,
    participant_id: uuid.UUID,
    own_value: int | None,
    n: int = 3,
    own_pairs: int | None = None,
    language: str | None = None,
    seed: int = 0,
    shown: Mapping[int, Shown] | None = None,
    rehearsal: str = "",
) -> list[Offer]:
    """Return up to ``n`` stories to judge; makes the steps and stories that are missing.

    Pairs come that tell most about which value is on top (``domain.choosing``), ``own_pairs`` of them
    with the person's own value, or a third where that is not said. ``shown`` says how often each
    transition was shown before, to anybody: the direction that was shown less comes next. The same seed
    draws the same stories from the same graph. No pair that the person has answered comes again, and no
    retired one. Where the graph has too few values or no context, fewer come, down to none. Inside a
    rehearsal the stories are about its own values. With a ``language`` cards in it come first, and others
    where these are not enough.
    """
    readable, others = selectors.readable_values(
        study=study, language=language, own=own_value, rehearsal=rehearsal
    )
    contexts = {context.pk: context for context in selectors.contexts(study=study)}
    rng = random.Random(f"{seed}:{participant_id}")
    steps = asked_steps(study=study, rehearsal=rehearsal)
    directions = _directions(study=study, shown=shown or {})
    avoid = set(closed_pairs(study=study, participant_id=participant_id))
    drawn: list[Draw] = []
    for known in (readable, [*readable, *others]) if others else (readable,):
        drawn += drawing.draw(
            values=[value.id for value in known],
            contexts=sorted(contexts),
            own_value=own_value,
            n=n - len(drawn),
            own_pairs=_own_pairs_left(own_pairs, own_value, drawn),
            rng=rng,
            steps=steps,
            shown=directions,
            avoid=avoid | {frozenset((item.less_wise, item.wiser)) for item in drawn},
        )
    values = Value.objects.in_bulk([end for item in drawn for end in (item.less_wise, item.wiser)])
    return [_offer(study=study, item=item, values=values, contexts=contexts) for item in drawn]


def _own_pairs_left(own_pairs: int | None, own: int | None, drawn: Sequence[Draw]) -> int | None:
    """Return how many pairs with one's own value are still wanted; None where nobody said."""
    if own_pairs is None:
        return None
    return max(0, own_pairs - sum(own in (item.less_wise, item.wiser) for item in drawn))


def _story(*, study: Study, less_wise: Value, wiser: Value, context: Context) -> Story:
    """Return a story for this step and context: a written one where there is one, else the neutral one."""
    step, _ = Transition.objects.get_or_create(study=study, less_wise=less_wise, wiser=wiser)
    written = (
        Story.objects.filter(transition=step, context=context, retired_at__isnull=True)
        .filter(state=Story.State.TAKEN)
        .exclude(origin=Story.Origin.TEMPLATE)
        .exclude(text="")
    )
    # Of several stories the one that was judged least, so that none speaks for the pair alone.
    by_somebody = written.annotate(judged=Count("votes")).order_by("judged", "pk").first()
    if by_somebody is not None:
        return by_somebody
    text = stories.neutral(context=context.name, less_wise=less_wise.title, wiser=wiser.title)
    found, _ = Story.objects.get_or_create(
        transition=step, context=context, origin=Story.Origin.TEMPLATE, defaults={"text": text}
    )
    if not found.text:
        # Erased by a withdrawal, while the value lives on in another person's words.
        found.text = text
        found.save(update_fields=["text"])
    return found


def _offer(
    *, study: Study, item: Draw, values: Mapping[int, Value], contexts: Mapping[int, Context]
) -> Offer:
    less_wise, wiser, context = values[item.less_wise], values[item.wiser], contexts[item.context]
    story = _story(study=study, less_wise=less_wise, wiser=wiser, context=context)
    story.context = context
    story.transition.less_wise, story.transition.wiser = less_wise, wiser
    return selectors.offer_of(story)


def _directions(*, study: Study, shown: Mapping[int, Shown]) -> dict[tuple[int, int], Shown]:
    found: dict[tuple[int, int], Shown] = {}
    for pk, pair in ends(study=study) if shown else ():
        if pk in shown:
            before = found.get(pair, Shown(0))
            found[pair] = Shown(before.times + shown[pk].times, before.open + shown[pk].open)
    return found
