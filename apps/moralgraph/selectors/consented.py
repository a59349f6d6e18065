"""A snapshot's graph from the votes of those people alone who agreed to what it is used for."""

import dataclasses
import uuid
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.graph import build
from apps.moralgraph.models import Snapshot, Vote
from apps.moralgraph.selectors.ballots import votes_of_snapshot
from apps.moralgraph.selectors.snapshots import own, score_draws, settled
from apps.moralgraph.selectors.traits import balanced
from apps.shared.errors import Conflict
from apps.shared.models import Study


@dataclasses.dataclass(frozen=True)
class Voters:
    """A snapshot's votes, read once, with who of those who cast them agreed, and how many are theirs."""

    row: Snapshot
    cast: Ballots
    agreed: frozenset[uuid.UUID]
    votes: int

    @property
    def snapshot(self) -> int:
        """Return the snapshot's number in the database."""
        return self.row.pk

    @property
    def others(self) -> int:
        """Return how many votes are those of people who did not agree."""
        return len(self.cast) - self.votes

    def among(self, people: Collection[uuid.UUID]) -> "Voters":
        """Return the same votes with these people alone as those who agreed."""
        agreed = self.agreed & frozenset(people)
        return dataclasses.replace(self, agreed=agreed, votes=len(_of(self.cast, agreed)))

    def draws(self, *, context: int | None = None) -> tuple[list[int], NDArray[np.float64]]:
        """Return the values' ids and their scores under resampled people (draws x values), from these alone.

        Where they are all who voted, these are the draws that the snapshot holds. No draws come where none
        of them voted in the context. Raises Conflict where the snapshot's rule does not say how sure it is.
        """
        votes = self.cast if context is None else _alone(self.cast, context)
        kept = _of(votes, self.agreed)
        if not len(kept):
            return [int(value) for value in votes.values], np.zeros((0, len(votes.values)))
        values, draws = score_draws(snapshot=self.row.pk, context=context)
        if len(kept) == len(votes):
            return values, draws
        held = balanced(study=self.row.study, votes=kept, rule=self.row.rule, balance=self.row.balance)
        graph = build(votes=kept, rule=self.row.rule, given=self.row.parameters, held=held)
        return [int(value) for value in graph.ranking.order], graph.ranking.draws


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
    return Voters(row, votes, agreed, len(_of(votes, agreed)))


def _of(votes: Ballots, people: Collection[uuid.UUID]) -> Ballots:
    wanted = frozenset(people)
    cast = np.bincount(votes.voter, minlength=len(votes.voters)) > 0
    named = np.array([uuid.UUID(str(name)) in wanted for name in votes.voters], dtype=np.bool_)
    return votes.of_voters(named & cast)


def _alone(votes: Ballots, context: int) -> Ballots:
    """Return the votes of one context, which alone is named."""
    found = votes.in_context(context)
    return dataclasses.replace(found, contexts=(context,), context=np.zeros(len(found), dtype=np.int64))


def _imported(study: Study) -> frozenset[uuid.UUID]:
    rows = Vote.objects.filter(study=study, imported__isnull=False)
    return frozenset(rows.values_list("participant_id", flat=True).distinct())
