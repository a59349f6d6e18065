"""A ranking that can be asked "what if": with voters left out, votes added, and votes turned round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from apps.moralgraph.domain import ballots, counting, mge2023, paired, ranking
from apps.moralgraph.domain.answers import Answer, Key
from apps.moralgraph.domain.ballots import Ballots, Bools
from apps.moralgraph.domain.counting import Floats, Tally

_AT_ONCE = 200


@dataclass(frozen=True)
class Move:
    """One vote on a step: a new one, or one that was turned round to this answer."""

    less_wise: Key
    wiser: Key
    answer: Answer
    turned: bool
    step: int


class Contest(Protocol):
    """Votes under a rule."""

    @property
    def winner(self) -> Key | None:
        """Return the value in the first place, the first of equals; None where nothing is ranked."""
        ...

    def rivals(self, most: int) -> list[Key]:
        """Return the values next in rank."""
        ...

    def winners_without(self, absent: Sequence[Bools]) -> list[Key | None]:
        """Return the winner without each of the sets of voters (one truth a voter)."""
        ...

    def best_new_votes(self, rival: Key, most: int) -> list[Move]:
        """Return new votes on different steps that help a rival most."""
        ...

    def best_turned_vote(self, rival: Key) -> list[Move]:
        """Return the one vote that helps a rival most when it is turned round; none where none helps."""
        ...

    def after(self, moves: Sequence[Move]) -> "Contest":
        """Return the contest with these votes."""
        ...


@dataclass(frozen=True)
class ModelContest:
    """Votes under ``touchstone``, at the prior that the votes spoke for before anything was changed."""

    votes: Ballots
    model: ranking.Model
    problem: paired.Problem
    theta: Floats

    @classmethod
    def of(
        cls,
        votes: Ballots,
        parameters: ranking.Parameters | None = None,
        weights: Mapping[Key, float] | None = None,
    ) -> "ModelContest":
        """Return the contest of some votes; weights say how much each voter counts."""
        counted = votes.counted
        model = ranking.fitted(counted, parameters=parameters, weights=weights)
        return cls(counted, model, model.at_fit.problem, model.fitted.theta)

    @property
    def scores(self) -> Floats:
        """Return the scores, rounded so that what is equal is equal."""
        found: Floats = np.round(self.theta[: len(self.votes.values), 0], 9)
        return found

    @property
    def winner(self) -> Key | None:
        """Return the value with the highest score."""
        if not len(self.votes):
            return None
        return self.votes.values[int(np.argmax(self.scores))]

    def rivals(self, most: int) -> list[Key]:
        """Return the values with the next scores."""
        best_first = np.argsort(-self.scores, kind="stable")[1 : most + 1]
        return [self.votes.values[place] for place in best_first.tolist()]

    def winners_without(self, absent: Sequence[Bools]) -> list[Key | None]:
        """Fit again without each, many side by side."""
        found: list[Key | None] = []
        for first in range(0, len(absent), _AT_ONCE):
            present = 1.0 - np.column_stack(absent[first : first + _AT_ONCE]).astype(np.float64)
            weights = present * self.model.weights[:, None]
            fitted = paired.fit(
                self.model.comparisons,
                prior_sd=self.model.prior_sd,
                leaning_sd=self.model.leaning_sd,
                sharpness=self.model.sharpness,
                weights=weights,
                start=self.theta[:, 0],
                tolerance=1e-8,
            )
            tops = np.argmax(np.round(fitted.scores, 9), axis=0).tolist()
            left = present.sum(axis=0) > 0
            found += [
                self.votes.values[top] if any_left else None for top, any_left in zip(tops, left, strict=True)
            ]
        return found

    def best_new_votes(self, rival: Key, most: int) -> list[Move]:
        """Return the votes with the steepest gain in the rival's lead over the winner."""
        gain, direction, apart = self._gains(rival)
        said_wiser, said_not = gain * (1 - direction) + apart, -gain * (1 + direction) + apart
        best = np.maximum(said_wiser, said_not)
        chosen = [step for step in np.argsort(-best, kind="stable")[:most].tolist() if best[step] > 0]
        return [
            self._move(step, Answer.WISER if said_wiser[step] >= said_not[step] else Answer.NOT_WISER, False)
            for step in chosen
        ]

    def best_turned_vote(self, rival: Key) -> list[Move]:
        """Return the vote with the steepest gain among those that were cast."""
        gain, _, _ = self._gains(rival)
        wiser = (self.problem.decided[:, 0] + self.problem.lead[:, 0]) / 2
        helps = np.where(gain > 0, self.problem.decided[:, 0] - wiser, wiser) >= 1
        size = np.where(helps, np.abs(gain), 0.0)
        if not size.any():
            return []
        step = int(np.argmax(size))
        return [self._move(step, Answer.WISER if gain[step] > 0 else Answer.NOT_WISER, True)]

    def after(self, moves: Sequence[Move]) -> "ModelContest":
        """Fit again with these votes."""
        lead, decided = self.problem.lead.copy(), self.problem.decided.copy()
        for move in moves:
            sign = 1 if move.answer is Answer.WISER else -1
            lead[move.step] += 2 * sign if move.turned else sign
            decided[move.step] += 0 if move.turned else 1
        problem = replace(self.problem, lead=lead, decided=decided)
        return replace(self, problem=problem, theta=problem.climb(self.theta))

    def _gains(self, rival: Key) -> tuple[Floats, Floats, Floats]:
        """Return how much a push along each step's eta moves the rival past the winner, and E of a vote.

        The last is how much a vote moves it by not being "the same", whichever way it is decided.
        """
        n = len(self.votes.values)
        place = self.problem.at(self.theta)
        towards = np.zeros((len(self.theta), 1))
        towards[self.votes.values.index(rival)] += 1
        towards[int(np.argmax(self.scores))] -= 1
        pull = place.solve(towards)
        along = self.problem.comparisons.incidence @ pull[:n]
        gain: Floats = along + pull[n] / 2
        apart: Floats = -place.ties.chance * (place.ties.pull * along + pull[-1])
        return gain[:, 0], place.direction[:, 0], np.broadcast_to(apart, gain.shape)[:, 0]

    def _move(self, step: int, answer: Answer, turned: bool) -> Move:
        low, high = self.model.comparisons.ends[step].tolist()
        return Move(self.votes.values[low], self.votes.values[high], answer, turned, step)


@dataclass(frozen=True)
class PublishedContest:
    """Votes under ``mge-2023``."""

    votes: Ballots
    tally: Tally
    parameters: mge2023.Parameters

    @classmethod
    def of(cls, votes: Ballots, parameters: mge2023.Parameters | None = None) -> "PublishedContest":
        """Return the contest of some votes."""
        counted = votes.counted
        return cls(counted, counting.tally(counted), parameters or mge2023.Parameters())

    @cached_property
    def page_rank(self) -> Floats:
        """Return PageRank, 0 outside the graph, rounded so that what is equal is equal."""
        found = np.nan_to_num(mge2023.publish(self.tally, self.parameters).page_rank)
        return np.round(found, 12).astype(np.float64)

    @property
    def winner(self) -> Key | None:
        """Return the value with the highest PageRank."""
        return self._top(self.tally)

    def rivals(self, most: int) -> list[Key]:
        """Return the values with the next PageRank."""
        best_first = np.argsort(-self.page_rank, kind="stable")
        return [self.votes.values[place] for place in best_first[1 : most + 1].tolist()]

    def winners_without(self, absent: Sequence[Bools]) -> list[Key | None]:
        """Count and rank again without each."""
        return [self._top(counting.tally(self.votes.where(~members[self.votes.voter]))) for members in absent]

    def best_new_votes(self, rival: Key, most: int) -> list[Move]:
        """Return the votes that, each tried alone, bring the rival's PageRank closest to the winner's."""
        tried = [
            self._move(step, answer, False)
            for step in self._steps
            for answer in (Answer.WISER, Answer.NOT_WISER)
        ]
        ordered = sorted(tried, key=lambda move: self._promise(rival, move), reverse=True)
        chosen: dict[int, Move] = {}
        for move in ordered:
            chosen.setdefault(move.step, move)
        return list(chosen.values())[:most]

    def best_turned_vote(self, rival: Key) -> list[Move]:
        """Return the vote that, turned round, brings the rival's PageRank closest to the winner's."""
        tried = [
            self._move(step, Answer.NOT_WISER if column == counting.WISER else Answer.WISER, True)
            for step in self._steps
            for column in (counting.WISER, counting.NOT_WISER)
            if self.tally.counters[step, column]
        ]
        return [max(tried, key=lambda move: self._promise(rival, move))] if tried else []

    def after(self, moves: Sequence[Move]) -> "PublishedContest":
        """Count again with these votes."""
        tally = self.tally
        for move in moves:
            tally = self._changed(tally, move)
        return PublishedContest(self.votes, tally, self.parameters)

    @cached_property
    def _steps(self) -> list[int]:
        """Return the rows of the steps that somebody was asked about."""
        direct = self.tally.counters[:, [counting.WISER, counting.NOT_WISER, counting.UNSURE]].sum(axis=1)
        return np.flatnonzero(direct > 0).tolist()

    def _top(self, tally: Tally) -> Key | None:
        first = mge2023.first(mge2023.publish(tally, self.parameters).page_rank)
        return self.votes.values[first[0]] if first else None

    def _promise(self, rival: Key, move: Move) -> tuple[float, float]:
        """Return the lead after a move and, where one vote alone passes no cut, how it helps with others.

        Votes into the rival come first, from values of high PageRank, then votes against its way out.
        """
        into = move.wiser == rival and move.answer is Answer.WISER
        out = move.less_wise == rival and move.answer is Answer.NOT_WISER
        source = self.page_rank[self.tally.less_wise[move.step]]
        return round(self._lead(rival, move), 12), 1 + float(source) if into else float(out)

    def _lead(self, rival: Key, move: Move) -> float:
        """Return how far the rival stands before the best of all others after a move."""
        tally = self._changed(self.tally, move)
        found = np.nan_to_num(mge2023.publish(tally, self.parameters).page_rank)
        place = self.votes.values.index(rival)
        return float(found[place] - np.delete(found, place).max(initial=0.0))

    def _changed(self, tally: Tally, move: Move) -> Tally:
        ends = {"less_wise": int(self.tally.less_wise[move.step]), "wiser": int(self.tally.wiser[move.step])}
        codes = {Answer.WISER: ballots.WISER, Answer.NOT_WISER: ballots.NOT_WISER}
        if move.turned:
            other = Answer.NOT_WISER if move.answer is Answer.WISER else Answer.WISER
            tally = tally.without_vote(**ends, answer=codes[other])
        return tally.with_vote(**ends, answer=codes[move.answer])

    def _move(self, step: int, answer: Answer, turned: bool) -> Move:
        low, high = int(self.tally.less_wise[step]), int(self.tally.wiser[step])
        return Move(self.votes.values[low], self.votes.values[high], answer, turned, step)
