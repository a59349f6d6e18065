"""How firmly the first place stands: who or what would have to change for another value to take it.

Searches, and what they promise:

* leaving out: every participant, or every group, is left out in turn and all is ranked again. Exact.
* false voters: each answers ``VOTES_A_FALSE_VOTER`` steps that somebody was asked about, once each, and all
  of them alike. For each of the ``RIVALS`` next values the steps and answers are those that move it furthest
  towards the first place, found anew after every voter. The count found crowns the rival for certain; a
  cleverer search could find fewer.
* smallest change: votes that were cast are turned round ("wiser" to "not wiser", or back), one at a time,
  each time the one that brings some rival closest to the first place. The same promise.

"Furthest" and "closest" are judged by the slope of the lead for ``touchstone``, and by trying every step for
``mge-2023``, where no slope exists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from apps.moralgraph.domain.answers import Answer, Key
from apps.moralgraph.domain.ballots import Ballots, Bools
from apps.moralgraph.domain.contests import Contest, Move

RIVALS = 5
VOTES_A_FALSE_VOTER = 3
MOST_FALSE_VOTERS = 40
MOST_CHANGES = 40


@dataclass(frozen=True)
class LeftOut:
    """The winner where a participant or a group is left out; None where nothing is left to rank."""

    who: Key
    votes: int
    winner: Key | None
    changed: bool


@dataclass(frozen=True)
class Change:
    """So many votes on one step that are cast anew, or turned round, with the answer they then have."""

    less_wise: Key
    wiser: Key
    answer: Answer
    votes: int


@dataclass(frozen=True)
class Upset:
    """What crowns another value: how many voters or votes, and which."""

    value: Key
    count: int
    changes: tuple[Change, ...]


class Opener(Protocol):
    """Makes a contest of votes."""

    def __call__(self, votes: Ballots) -> Contest: ...


def without_each_voter(votes: Ballots, *, open_contest: Opener, most: int = 1000) -> list[LeftOut]:
    """Return, for every participant, who wins without them; of many, those with the most votes."""
    contest = open_contest(votes)
    cast = np.bincount(votes.counted.voter, minlength=len(votes.voters))
    places = sorted(np.argsort(-cast, kind="stable")[:most].tolist())
    who = [(votes.voters[place], _one(len(votes.voters), place)) for place in places if cast[place]]
    return _left_out(contest, who, votes)


def without_each_group(votes: Ballots, groups: Mapping[Key, Key], *, open_contest: Opener) -> list[LeftOut]:
    """Return, for every group (voter to group), who wins without its members."""
    names = sorted({str(group) for group in groups.values()})
    members = [
        (name, np.array([str(groups.get(voter, "")) == name for voter in votes.voters], dtype=np.bool_))
        for name in names
    ]
    return _left_out(open_contest(votes), members, votes)


def false_voters(votes: Ballots, *, open_contest: Opener) -> list[Upset]:
    """Return the fewest false voters found for each rival, fewest first; who is never crowned is left out."""
    contest = open_contest(votes)
    found = [_crowned_by_voters(contest, rival) for rival in contest.rivals(RIVALS)]
    return sorted((upset for upset in found if upset), key=lambda upset: upset.count)


def smallest_change(votes: Ballots, *, open_contest: Opener) -> Upset | None:
    """Return the fewest votes found that, turned round, crown another value; None where none were found."""
    contest = open_contest(votes)
    found = [_crowned_by_turning(contest, rival) for rival in contest.rivals(RIVALS)]
    return min((upset for upset in found if upset), key=lambda upset: upset.count, default=None)


def _left_out(contest: Contest, who: Sequence[tuple[Key, Bools]], votes: Ballots) -> list[LeftOut]:
    cast = np.bincount(votes.counted.voter, minlength=len(votes.voters))
    winners = contest.winners_without([members for _, members in who])
    before = contest.winner
    return [
        LeftOut(name, int(cast[members].sum()), winner, winner != before)
        for (name, members), winner in zip(who, winners, strict=True)
    ]


def _one(size: int, place: int) -> Bools:
    chosen = np.zeros(size, dtype=np.bool_)
    chosen[place] = True
    return chosen


def _crowned_by_voters(contest: Contest, rival: Key) -> Upset | None:
    taken: list[Move] = []
    for voters in range(1, MOST_FALSE_VOTERS + 1):
        moves = contest.best_new_votes(rival, VOTES_A_FALSE_VOTER)
        if not moves:
            return None
        contest = contest.after(moves)
        taken += moves
        if contest.winner == rival:
            return Upset(rival, voters, _changes(taken))
    return None


def _crowned_by_turning(contest: Contest, rival: Key) -> Upset | None:
    taken: list[Move] = []
    while len(taken) < MOST_CHANGES:
        moves = contest.best_turned_vote(rival)
        if not moves:
            return None
        contest = contest.after(moves)
        taken += moves
        if contest.winner == rival:
            return Upset(rival, len(taken), _changes(taken))
    return None


def _changes(moves: Sequence[Move]) -> tuple[Change, ...]:
    counted: dict[tuple[Key, Key, Answer], int] = {}
    for move in moves:
        key = (move.less_wise, move.wiser, move.answer)
        counted[key] = counted.get(key, 0) + 1
    return tuple(Change(*key, votes=votes) for key, votes in counted.items())
