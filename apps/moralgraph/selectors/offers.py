"""Reads of transitions, stories and votes, and the stories that were offered."""

import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from apps.moralgraph.models import Story, Transition, Vote
from apps.moralgraph.selectors.counted import counted, counted_or_of
from apps.moralgraph.selectors.views import Offer, view_of_value
from apps.shared.models import Study


def standing_votes(*, study: Study, context: int | None = None, rehearsal: str = "") -> QuerySet[Vote]:
    """Return the votes that were neither undone nor withdrawn, on steps of any value.

    Votes of simulated people count only where the study asks for them, rehearsed ones in their rehearsal.
    """
    here = Q() if context is None else Q(context_id=context)
    counted = counted_or_of(study=study, rehearsal=rehearsal)
    return Vote.objects.filter(counted, here, study=study, undone_at__isnull=True, withdrawn_at__isnull=True)


def live_votes(*, study: Study, context: int | None = None, rehearsal: str = "") -> QuerySet[Vote]:
    """Return the votes that count: standing ones between values of the graph."""
    return standing_votes(study=study, context=context, rehearsal=rehearsal).filter(
        *(
            counted_or_of(study=study, rehearsal=rehearsal, path=path)
            for path in ("transition__less_wise__", "transition__wiser__")
        ),
        transition__less_wise__retired_at__isnull=True,
        transition__wiser__retired_at__isnull=True,
    )


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
        story_text=story.text,
        less_wise=view_of_value(story.transition.less_wise),
        wiser=view_of_value(story.transition.wiser),
        context_name=story.context.name,
    )
