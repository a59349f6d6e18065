"""What people were asked so far: counts for the choice of what to ask next, and which pairs are out."""

import uuid

import numpy as np
from django.core.cache import cache
from django.db.models import Count

from apps.moralgraph.domain.ballots import ANSWERS
from apps.moralgraph.domain.drawing import Steps
from apps.moralgraph.models import Transition
from apps.moralgraph.selectors.offers import standing_votes, votes_of
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
    places: dict[int, int] = {}
    cells = [(places.setdefault(step, len(places)), _CODE[answer], times) for step, answer, times in rows]
    answers = np.zeros((len(places), len(ANSWERS)), dtype=np.int64)
    for place, code, times in cells:
        answers[place, code] = times
    found = dict(ends(study=study))
    table = np.array([found[step] for step in places], dtype=np.int64).reshape(-1, 2)
    return Steps(table[:, 0], table[:, 1], answers)


def ends(*, study: Study) -> list[tuple[int, tuple[int, int]]]:
    """Return the values that each transition of the study leads from and to, retired ones included."""
    rows = Transition.objects.filter(study=study).values_list("pk", "less_wise_id", "wiser_id")
    return [(pk, (less_wise, wiser)) for pk, less_wise, wiser in rows]


def closed_pairs(*, study: Study, participant_id: uuid.UUID) -> set[frozenset[int]]:
    """Return the pairs of values that a person must not be asked: retired ones, and what they answered."""
    retired = Transition.objects.filter(study=study, retired_at__isnull=False)
    answered = votes_of(study=study, participant_id=participant_id)
    pairs = [
        *retired.values_list("less_wise_id", "wiser_id"),
        *answered.values_list("transition__less_wise_id", "transition__wiser_id"),
    ]
    return {frozenset(pair) for pair in pairs}
