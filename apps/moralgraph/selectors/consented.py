"""A snapshot's graph from the votes of those people alone who agreed to what it is used for."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.graph import build
from apps.moralgraph.models import Vote
from apps.moralgraph.selectors.ballots import votes_of_snapshot
from apps.moralgraph.selectors.snapshots import own, score_draws, settled
from apps.moralgraph.selectors.traits import balanced
from apps.shared.errors import Conflict
from apps.shared.models import Study


@dataclass(frozen=True)
class Voters:
    """Whose votes a snapshot holds: those who agreed, and how many votes are theirs and others'."""

    snapshot: int
    agreed: frozenset[uuid.UUID]
    votes: int
    others: int


def voters(
    *, study: Study, snapshot_id: int, people: Collection[uuid.UUID], imported: bool = False
) -> Voters:
    """Return which of these people voted in a snapshot; with ``imported``, also whoever came with a file.

    Raises Missing, and Conflict where the snapshot is not complete or none of them voted in it.
    """
    row = settled(own(study, snapshot_id))
    votes = votes_of_snapshot(row)
    named = [uuid.UUID(str(name)) for name in votes.voters]
    came = _imported(study) if imported else frozenset()
    agreed = frozenset(named) & (frozenset(people) | came)
    if not agreed:
        raise Conflict(
            f"Nobody whose votes are in snapshot {row.number} agreed that a model is trained on them."
        )
    kept = _of(votes, agreed)
    return Voters(row.pk, agreed, len(kept), len(votes) - len(kept))


def draws_of_voters(
    *, study: Study, snapshot_id: int, people: Collection[uuid.UUID], context: int | None = None
) -> tuple[list[int], NDArray[np.float64]]:
    """Return the values' ids and their scores under resampled people (draws x values), from these alone.

    Where they are all who voted, these are the draws that the snapshot holds. No draws come where none of
    them voted in the context. Raises Missing, and Conflict where the snapshot's rule does not say how sure
    it is.
    """
    row = settled(own(study, snapshot_id))
    votes = votes_of_snapshot(row, context)
    kept = _of(votes, people)
    if not len(kept):
        return [int(value) for value in votes.values], np.zeros((0, len(votes.values)))
    values, draws = score_draws(snapshot=row.pk, context=context)
    if len(kept) == len(votes):
        return values, draws
    held = balanced(study=row.study, votes=kept, rule=row.rule, balance=row.balance)
    graph = build(votes=kept, rule=row.rule, given=row.parameters, held=held)
    return [int(value) for value in graph.ranking.order], graph.ranking.draws


def _of(votes: Ballots, people: Collection[uuid.UUID]) -> Ballots:
    wanted = frozenset(people)
    chosen = np.array([uuid.UUID(str(name)) in wanted for name in votes.voters], dtype=np.bool_)
    return votes.of_voters(chosen)


def _imported(study: Study) -> frozenset[uuid.UUID]:
    rows = Vote.objects.filter(study=study, imported__isnull=False)
    return frozenset(rows.values_list("participant_id", flat=True).distinct())
