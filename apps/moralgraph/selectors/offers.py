"""Reads of transitions, stories and votes, and the stories that were offered."""

import uuid
from collections.abc import Collection, Sequence

from django.db.models import Q, QuerySet

from apps.moralgraph.domain import stories
from apps.moralgraph.models import Story, Transition, Vote
from apps.moralgraph.selectors import standing
from apps.moralgraph.selectors.counted import counted, counted_or_of
from apps.moralgraph.selectors.standing import LeftOut
from apps.moralgraph.selectors.views import Offer, view_of_value
from apps.shared.models import Study


def standing_votes(*, study: Study, context: int | None = None, rehearsal: str = "") -> QuerySet[Vote]:
    """Return the votes that were neither undone nor withdrawn, on steps of any value.

    Votes of simulated people count only where the study asks for them, rehearsed ones in their rehearsal.
    A context has the votes of those that were put into it.
    """
    here = Q()
    if context is not None:
        here = Q(context_id__in=standing.of_context(study=study, context=context))
    counted = counted_or_of(study=study, rehearsal=rehearsal)
    return Vote.objects.filter(counted, here, study=study, undone_at__isnull=True, withdrawn_at__isnull=True)


def live_votes(*, study: Study, context: int | None = None, rehearsal: str = "") -> QuerySet[Vote]:
    """Return the votes that count: standing ones between values of the graph.

    Those on a value that was put into another one count there (``selectors.standing``).
    """
    now = standing.standing(study=study)
    cast = standing_votes(study=study, context=context, rehearsal=rehearsal)
    rows = cast.filter(_live("transition__less_wise", now), _live("transition__wiser", now)).filter(
        *(
            counted_or_of(study=study, rehearsal=rehearsal, path=path)
            for path in ("transition__less_wise__", "transition__wiser__")
        )
    )
    out = standing.left_out(votes=rows, now=now)
    if out.same_value:
        rows = rows.exclude(transition__in=standing.collapsed(study=study, now=now))
    return rows.exclude(pk__in=out.answered_again) if out.answered_again else rows


def votes_of_before_and_after(
    *, study: Study, participant_id: uuid.UUID, cast: Collection[int], undone: Collection[int]
) -> tuple[int, int]:
    """Return how many votes of a person count without those just cast and with those just undone, and now.

    What stands for what is looked up only where the person judged something that was put away.
    """
    rows = Vote.objects.filter(
        *(counted(study=study, path=path) for path in ("", "transition__less_wise__", "transition__wiser__")),
        Q(undone_at__isnull=True) | Q(pk__in=undone),
        study=study,
        participant_id=participant_id,
        withdrawn_at__isnull=True,
    )
    away = ("transition__less_wise__retired_at", "transition__wiser__retired_at", "context__retired_at")
    ends = ("transition__less_wise_id", "transition__wiser_id")
    found = list(rows.values_list("pk", "undone_at", "context_id", *ends, *away))
    now = standing.standing(study=study) if any(any(row[5:]) for row in found) else standing.NOTHING
    before, after = set(), set()
    for pk, undone_at, context, low, high, low_away, high_away, _ in found:
        question = now.value(low), now.value(high), now.context(context)
        gone = (low_away and low not in now.values) or (high_away and high not in now.values)
        if gone or question[0] == question[1]:
            continue
        if pk not in cast:
            before.add(question)
        if undone_at is None:
            after.add(question)
    return len(before), len(after)


def left_out(*, study: Study, now: standing.Standing, context: int | None = None) -> LeftOut:
    """Return the standing votes that do not count because of what was put together since."""
    if not now:
        return LeftOut()
    cast = standing_votes(study=study, context=context)
    rows = cast.filter(_live("transition__less_wise", now), _live("transition__wiser", now))
    return standing.left_out(votes=rows, now=now)


def _live(end: str, now: standing.Standing) -> Q:
    live = Q(**{f"{end}__retired_at__isnull": True})
    return live | Q(**{f"{end}_id__in": list(now.values)}) if now.values else live


def votes_of(*, study: Study, participant_id: uuid.UUID) -> QuerySet[Vote]:
    """Return a person's votes that stand, in the order they were cast."""
    rows = Vote.objects.filter(study=study, participant_id=participant_id, undone_at__isnull=True)
    return rows.filter(withdrawn_at__isnull=True).order_by("pk")


def live_transitions(*, study: Study) -> QuerySet[Transition]:
    """Return the transitions that may be offered."""
    return Transition.objects.filter(
        counted(study=study, path="less_wise__"),
        counted(study=study, path="wiser__"),
        study=study,
        retired_at__isnull=True,
        less_wise__retired_at__isnull=True,
        wiser__retired_at__isnull=True,
    )


def offers(*, study: Study, shown: Sequence[tuple[int, int, int]]) -> list[Offer]:
    """Return stored offers (transition, context, story) in their order; what was withdrawn is left out."""
    rows = Story.objects.filter(
        pk__in=[story for _, _, story in shown],
        transition__study=study,
        transition__less_wise__retired_at__isnull=True,
        transition__wiser__retired_at__isnull=True,
    ).select_related("context", "transition__less_wise", "transition__wiser")
    found = {(row.transition_id, row.context_id, row.pk): offer_of(row) for row in rows}
    return [found[key] for key in shown if key in found]


def offer_of(story: Story) -> Offer:
    """Return a story as an offer; its context and values should be loaded with it."""
    return Offer(
        transition_id=story.transition_id,
        context_id=story.context_id,
        story_id=story.pk,
        # The words of one that a withdrawal erased are gone; what was asked stays to be answered.
        story_text=story.text
        or stories.neutral(
            context=story.context.name,
            less_wise=story.transition.less_wise.title,
            wiser=story.transition.wiser.title,
        ),
        less_wise=view_of_value(story.transition.less_wise),
        wiser=view_of_value(story.transition.wiser),
        context_name=story.context.name,
    )
