"""A snapshot's graph from the votes of those people alone who agreed to what it is used for."""

import dataclasses
import uuid
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.graph import build
from apps.moralgraph.domain.groups import FEWEST_PEOPLE
from apps.moralgraph.models import Snapshot, Vote
from apps.moralgraph.selectors.ballots import votes_of_snapshot
from apps.moralgraph.selectors.people import EVERYBODY, People, names_of
from apps.moralgraph.selectors.snapshots import own, score_draws, settled
from apps.moralgraph.selectors.traits import balanced
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Study


@dataclasses.dataclass(frozen=True)
class Voters:
    """A snapshot's votes, read once, with who of those asked for agreed, and how many votes are theirs.

    ``asked_for`` counts the votes of all who were asked for, agreed or not. ``fewest`` people must have voted
    in a context, for a graph of a group would name a smaller number.
    """

    row: Snapshot
    cast: Ballots
    agreed: frozenset[uuid.UUID]
    votes: int
    asked_for: int
    fewest: int = 1

    @property
    def snapshot(self) -> int:
        """Return the snapshot's number in the database."""
        return self.row.pk

    @property
    def others(self) -> int:
        """Return how many votes are those of people who were asked for and did not agree."""
        return self.asked_for - self.votes

    def among(self, people: Collection[uuid.UUID]) -> "Voters":
        """Return the same votes with these people alone as those who agreed."""
        agreed = self.agreed & frozenset(people)
        return dataclasses.replace(self, agreed=agreed, votes=len(_of(self.cast, agreed)))

    def people_in(self, *, context: int | None = None) -> int:
        """Return how many of them voted in a context, or anywhere."""
        return _of(self.cast if context is None else _alone(self.cast, context), self.agreed).people

    def draws(self, *, context: int | None = None) -> tuple[list[int], NDArray[np.float64]]:
        """Return the values' ids and their scores under resampled people (draws x values), from these alone.

        Where they are all who voted, these are the draws that the snapshot holds. No draws come where fewer
        of them than ``fewest`` voted in the context. Raises Conflict where the snapshot's rule does not say
        how sure it is.
        """
        votes = self.cast if context is None else _alone(self.cast, context)
        kept = _of(votes, self.agreed)
        if kept.people < self.fewest:
            return [int(value) for value in votes.values], np.zeros((0, len(votes.values)))
        values, draws = score_draws(snapshot=self.row.pk, context=context)
        if len(kept) == len(votes):
            return values, draws
        held = balanced(study=self.row.study, votes=kept, rule=self.row.rule, balance=self.row.balance)
        graph = build(votes=kept, rule=self.row.rule, given=self.row.parameters, held=held)
        return [int(value) for value in graph.ranking.order], graph.ranking.draws


def voters(
    *,
    study: Study,
    snapshot_id: int,
    people: Collection[uuid.UUID],
    imported: bool = False,
    whose: People = EVERYBODY,
) -> Voters:
    """Return which of these people voted in a snapshot; with ``imported``, also whoever came with a file.

    ``whose`` asks for one group alone. Raises Missing, Conflict where the snapshot is not complete or none of
    them voted in it, and Invalid for a trait that nobody told of or a group so small that it could be named.
    """
    row = settled(own(study, snapshot_id))
    votes = votes_of_snapshot(row)
    group = _members(study, whose)
    named = frozenset(uuid.UUID(str(name)) for name in votes.voters)
    came = _imported(study) if imported else frozenset()
    agreed = named & (frozenset(people) | came)
    if not agreed:
        raise Conflict(
            f"Nobody whose votes are in snapshot {row.number} agreed that a model is trained on them."
        )
    if group is None:
        return Voters(row, votes, agreed, len(_of(votes, agreed)), len(votes))
    theirs = _of(votes, agreed & group)
    if theirs.people < FEWEST_PEOPLE:
        raise too_few()
    return Voters(row, votes, agreed & group, len(theirs), len(_of(votes, named & group)), FEWEST_PEOPLE)


def too_few() -> Invalid:
    """Return why a group that could be named is not heard."""
    message = (
        f"Fewer than {FEWEST_PEOPLE} people of this group voted and agreed that a model is trained on it. "
        "A target of so few could name them: take a larger group."
    )
    return Invalid(message, fields={"group": [message]})


def _members(study: Study, whose: People) -> frozenset[uuid.UUID] | None:
    names = names_of(study=study, people=whose)
    return None if names is None else frozenset(uuid.UUID(name) for name in names)


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
