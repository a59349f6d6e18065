"""What people were asked so far: counts for the choice of what to ask next, and which pairs are out."""

import uuid

import numpy as np
from django.core.cache import cache
from django.db.models import Count

from apps.moralgraph.domain.ballots import ANSWERS
from apps.moralgraph.domain.drawing import Steps
from apps.moralgraph.models import Transition
from apps.moralgraph.selectors.offers import standing_votes, votes_of
from apps.moralgraph.selectors.standing import standing
from apps.shared.models import Study

_CODE = {answer.value: code for code, answer in enumerate(ANSWERS)}
_MANY, _KEPT_SECONDS = 20_000, 15
"""So many votes are counted anew only every so often: what to ask next may be a little old."""


def asked_steps(*, study: Study, rehearsal: str = "") -> Steps:
    """Return how often each answer stands on each step of the study, added up by the database."""
    key = f"moralgraph/asked/{study.pk}/{rehearsal}"
    kept: Steps | None = cache.get(key)
    if kept is not None:
        return kept
    steps = _count(study=study, rehearsal=rehearsal)
    if steps.answers.sum() > _MANY:
        cache.set(key, steps, timeout=_KEPT_SECONDS)
    return steps


def _count(*, study: Study, rehearsal: str) -> Steps:
    rows = (
        standing_votes(study=study, rehearsal=rehearsal)
        .order_by()
        .values_list("transition_id", "answer")
        .annotate(times=Count("pk"))
    )
    found = dict(ends(study=study))
    places: dict[tuple[int, int], int] = {}
    cells = [
        (places.setdefault(found[step], len(places)), _CODE[answer], times)
        for step, answer, times in rows
        if step in found
    ]
    answers = np.zeros((len(places), len(ANSWERS)), dtype=np.int64)
    for place, code, times in cells:
        answers[place, code] += times
    table = np.array(list(places), dtype=np.int64).reshape(-1, 2)
    return Steps(table[:, 0], table[:, 1], answers)


def ends(*, study: Study) -> list[tuple[int, tuple[int, int]]]:
    """Return the values that each transition of the study leads from and to now, retired ones included.

    A value that was put into another one is that one; a step whose values are one by now leads nowhere.
    """
    now = standing(study=study)
    rows = Transition.objects.filter(study=study).values_list("pk", "less_wise_id", "wiser_id")
    found = [(pk, (now.value(less_wise), now.value(wiser))) for pk, less_wise, wiser in rows]
    return [(pk, pair) for pk, pair in found if pair[0] != pair[1]]


def closed_pairs(*, study: Study, participant_id: uuid.UUID) -> set[frozenset[int]]:
    """Return the pairs of values that a person must not be asked: retired ones, and what they answered."""
    retired = Transition.objects.filter(study=study, retired_at__isnull=False)
    answered = votes_of(study=study, participant_id=participant_id)
    now = standing(study=study)
    pairs = [
        *retired.values_list("less_wise_id", "wiser_id"),
        *answered.values_list("transition__less_wise_id", "transition__wiser_id"),
    ]
    found = {frozenset((now.value(one), now.value(other))) for one, other in pairs}
    return {pair for pair in found if len(pair) == 2}
