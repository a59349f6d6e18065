"""Votes as columns, so that 200,000 of them are counted in milliseconds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from apps.moralgraph.domain.answers import Answer, Judgement, Key

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ANSWERS = tuple(Answer)
WISER, NOT_WISER, UNSURE, SAME, NOT_ABOUT = range(len(ANSWERS))
_CODE = {answer: code for code, answer in enumerate(ANSWERS)}


class TooManyCells(ValueError):
    """There are too many values and contexts for one number a cell."""


@dataclass(frozen=True)
class Cell:
    """How many people gave one answer to one step in one context."""

    less_wise: Key
    wiser: Key
    answer: Answer
    context: Key
    count: int


@dataclass(frozen=True)
class Ballots:
    """One row a vote; every column but ``answer`` (a code of ``ANSWERS``) holds positions in the names."""

    values: tuple[Key, ...]
    voters: tuple[Key, ...]
    contexts: tuple[Key, ...]
    voter: Ints
    less_wise: Ints
    wiser: Ints
    context: Ints
    answer: Ints

    def __len__(self) -> int:
        return len(self.answer)

    def where(self, chosen: Bools) -> "Ballots":
        """Return the chosen rows; the names stay."""
        return replace(
            self,
            voter=self.voter[chosen],
            less_wise=self.less_wise[chosen],
            wiser=self.wiser[chosen],
            context=self.context[chosen],
            answer=self.answer[chosen],
        )

    @property
    def counted(self) -> "Ballots":
        """Return the votes about their pair: all but "not about this"."""
        return self.where(self.answer != NOT_ABOUT)

    @property
    def people(self) -> int:
        """Return how many people cast these votes."""
        return int(np.count_nonzero(np.bincount(self.voter, minlength=1)))

    def of_voters(self, chosen: Bools) -> "Ballots":
        """Return the votes of the chosen voters (one truth a voter), who alone are named."""
        rows = chosen[self.voter]
        place = np.cumsum(chosen) - 1
        kept = self.where(rows)
        names = tuple(name for name, there in zip(self.voters, chosen, strict=True) if there)
        return replace(kept, voters=names, voter=place[kept.voter])

    def in_context(self, context: Key) -> "Ballots":
        """Return the votes of one context; none where nobody voted in it."""
        if context not in self.contexts:
            return self.where(np.zeros(len(self), dtype=np.bool_))
        return self.where(self.context == self.contexts.index(context))

    def joined(self, others: Sequence[Judgement]) -> "Ballots":
        """Return these votes and others between the same values, after them."""
        return collect([*self.judgements(), *others], self.values)

    def cells(self) -> Iterator[Cell]:
        """Return the counts by step, context and answer, in a fixed order; empty cells are left out."""
        n, contexts = len(self.values), max(1, len(self.contexts))
        _check_size(n * n * contexts * len(ANSWERS))
        code = (self.less_wise * n + self.wiser) * contexts + self.context
        found, counts = np.unique(code * len(ANSWERS) + self.answer, return_counts=True)
        rest, answers = np.divmod(found, len(ANSWERS))
        step, places = np.divmod(rest, contexts)
        low, high = np.divmod(step, n)
        columns = (low.tolist(), high.tolist(), answers.tolist(), places.tolist(), counts.tolist())
        for one, other, answer, place, count in zip(*columns, strict=True):
            yield Cell(self.values[one], self.values[other], ANSWERS[answer], self.contexts[place], count)

    def judgements(self) -> list[Judgement]:
        """Return the votes one by one."""
        columns = (self.voter, self.less_wise, self.wiser, self.answer, self.context)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return [
            Judgement(self.voters[v], self.values[low], self.values[high], ANSWERS[a], self.contexts[c])
            for v, low, high, a, c in rows
        ]


def collect(judgements: Iterable[Judgement], values: Sequence[Key]) -> Ballots:
    """Return the judgements between the given values as columns; others are left out.

    Voters and contexts are named in a fixed order, so that the order of the judgements changes nothing.
    """
    known = {value: place for place, value in enumerate(values)}
    rows = [item for item in judgements if item.less_wise in known and item.wiser in known]
    voters = sorted({item.voter for item in rows}, key=order)
    contexts = sorted({item.context for item in rows}, key=order)
    voter = {name: place for place, name in enumerate(voters)}
    context = {name: place for place, name in enumerate(contexts)}
    table = chain.from_iterable(
        (voter[item.voter], known[item.less_wise], known[item.wiser], context[item.context],
         _CODE[item.answer])
        for item in rows
    )  # fmt: skip
    columns = np.fromiter(table, dtype=np.int64, count=5 * len(rows)).reshape(-1, 5).T
    return Ballots(tuple(values), tuple(voters), tuple(contexts), *map(np.ascontiguousarray, columns))


def latest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the votes that stand: of one person on one step in one context the last one counts."""
    standing: dict[tuple[Key, Key, Key, Key], Judgement] = {}
    for item in judgements:
        standing[item.voter, item.less_wise, item.wiser, item.context] = item
    return list(standing.values())


def order(key: Key) -> tuple[bool, int, str]:
    """Sort numbers as numbers and words as words, numbers first."""
    return (True, 0, key) if isinstance(key, str) else (False, key, "")


def _check_size(cells: int) -> None:
    if cells > np.iinfo(np.int64).max:
        raise TooManyCells("There are too many values and contexts to count.")
