"""Steps between values: made when they are first asked about, with a neutral story where nobody wrote one."""

import random
import uuid
from collections import Counter
from collections.abc import Mapping

from django.db import transaction

from apps.moralgraph import selectors
from apps.moralgraph.domain import drawing, stories
from apps.moralgraph.models import Context, Story, Transition, Value
from apps.moralgraph.selectors.views import Offer
from apps.shared.models import Study


@transaction.atomic
def draw(
    *,
    study: Study,
    participant_id: uuid.UUID,
    own_value: int | None,
    n: int = 3,
    seed: int = 0,
    shown: Mapping[int, int] | None = None,
    rehearsal: str = "",
) -> list[Offer]:
    """Return up to ``n`` stories to judge, own value in each; makes the steps and stories that are missing.

    ``shown`` says how often each transition was shown before, to anybody: the direction that was shown less
    comes next. The same seed draws the same stories from the same graph. Nothing that the person has
    answered comes again. Where the graph has too few values or no context, fewer come, down to none. Inside
    a rehearsal the stories are about its own values.
    """
    values = {value.pk: value for value in selectors.live_values(study=study, rehearsal=rehearsal)}
    contexts = {context.pk: context for context in selectors.contexts(study=study)}
    drawn = drawing.draw(
        values=sorted(values),
        contexts=sorted(contexts),
        own_value=own_value,
        votes_on_value=_votes_on_value(study=study, rehearsal=rehearsal),
        answered=_answered(study=study, participant_id=participant_id),
        n=n,
        rng=random.Random(f"{seed}:{participant_id}"),  # noqa: S311  (a fair draw, not a secret)
        shown=_directions(study=study, shown=shown or {}),
    )
    return [
        _offer(
            study=study,
            less_wise=values[item.less_wise],
            wiser=values[item.wiser],
            context=contexts[item.context],
        )
        for item in drawn
    ]


def _story(*, study: Study, less_wise: Value, wiser: Value, context: Context) -> Story:
    """Return a story for this step and context: a written one where there is one, else the neutral one."""
    step, _ = Transition.objects.get_or_create(study=study, less_wise=less_wise, wiser=wiser)
    written = (
        Story.objects.filter(transition=step, context=context)
        .exclude(origin=Story.Origin.TEMPLATE)
        .exclude(text="")
    )
    by_somebody = written.order_by("pk").first()
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


def _offer(*, study: Study, less_wise: Value, wiser: Value, context: Context) -> Offer:
    story = _story(study=study, less_wise=less_wise, wiser=wiser, context=context)
    story.context = context
    story.transition.less_wise, story.transition.wiser = less_wise, wiser
    return selectors.offer_of(story)


def _directions(*, study: Study, shown: Mapping[int, int]) -> dict[tuple[int, int], int]:
    steps = Transition.objects.filter(study=study, pk__in=shown.keys())
    ends = steps.values_list("pk", "less_wise_id", "wiser_id")
    return {(less_wise, wiser): shown[pk] for pk, less_wise, wiser in ends}


def _votes_on_value(*, study: Study, rehearsal: str) -> Counter[int]:
    votes = selectors.live_votes(study=study, rehearsal=rehearsal)
    ends = votes.values_list("transition__less_wise_id", "transition__wiser_id")
    return Counter(value for pair in ends for value in pair)


def _answered(*, study: Study, participant_id: uuid.UUID) -> frozenset[drawing.Draw]:
    rows = selectors.votes_of(study=study, participant_id=participant_id).values_list(
        "transition__less_wise_id", "transition__wiser_id", "context_id"
    )
    return frozenset(drawing.Draw(*row) for row in rows)
