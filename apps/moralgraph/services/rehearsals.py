"""Forgetting what was rehearsed: a pilot's or a preview's cards, values and votes go without a trace."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from apps.moralgraph.models import Belonging, Card, Story, Transition, Value, Vote
from apps.shared.models import Study


@transaction.atomic
def forget(*, study: Study, rehearsal: str, participants: Collection[object] | None = None) -> None:
    """Delete everything that was made in a rehearsal, or by some of those who take part in it.

    What counts is never touched: only rows with the rehearsal's mark are found. Raises ValueError without.
    """
    if not rehearsal:
        raise ValueError("Only what is marked as rehearsed can be forgotten.")
    theirs = Q() if participants is None else Q(participant_id__in=participants)
    cards = Card.objects.filter(theirs, study=study, rehearsal=rehearsal)
    made = Value.objects.filter(study=study, rehearsal=rehearsal)
    # A value that no card belongs to any more goes with whoever goes first.
    values = set(made.filter(Q(belongings__card__in=cards) | Q(belongings=None)).values_list("pk", flat=True))
    ends = Q(transition__less_wise__in=values) | Q(transition__wiser__in=values)
    # A vote on a rehearsed value counts for nobody, whoever cast it.
    Vote.objects.filter((theirs & Q(rehearsal=rehearsal)) | ends, study=study).delete()
    Story.objects.filter(ends).delete()
    Transition.objects.filter(Q(less_wise__in=values) | Q(wiser__in=values)).delete()
    Card.objects.filter(study=study, value__in=values, rehearsal=rehearsal).update(value=None)
    Belonging.objects.filter(Q(card__in=cards) | Q(value__in=values)).delete()
    cards.delete()
    Value.objects.filter(pk__in=values, study=study, rehearsal=rehearsal).delete()
