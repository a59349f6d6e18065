"""The published counters of every directed pair, counted at once or one vote at a time.

Each vote on the step a to b marks the pair (a, b) with its answer and an impression, and the pair (b, a) with
an impression, and, where the answer is "wiser", with a "less wise". "The same" counts as unsure; "not about
this" is left out. Contexts are merged: restrict the votes first where only one of them matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from apps.moralgraph.domain import ballots
from apps.moralgraph.domain.ballots import Ballots, Ints

COLUMNS = ("wiser", "not_wiser", "less_wise", "unsure", "impressions")
WISER, NOT_WISER, LESS_WISE, UNSURE, IMPRESSIONS = range(5)
Floats = NDArray[np.float64]

_COLUMN_OF_ANSWER = np.array([WISER, NOT_WISER, UNSURE, UNSURE, -1])


@dataclass(frozen=True)
class Tally:
    """The counters (pairs x 5, as ``COLUMNS``) of the directed pairs (a, b), whose ``key`` is a * n + b.

    Keys are sorted and come once. Values are positions 0 to n - 1.
    """

    n: int
    key: Ints
    counters: Ints

    @property
    def less_wise(self) -> Ints:
        """Return the lower end of every pair."""
        found: Ints = self.key // max(1, self.n)
        return found

    @property
    def wiser(self) -> Ints:
        """Return the upper end of every pair."""
        found: Ints = self.key % max(1, self.n)
        return found

    def with_vote(self, *, less_wise: int, wiser: int, answer: int) -> "Tally":
        """Return the counters with one more vote (a code of ``ballots.ANSWERS``); this one stays as it is."""
        return self._changed(less_wise, wiser, answer, 1)

    def without_vote(self, *, less_wise: int, wiser: int, answer: int) -> "Tally":
        """Return the counters with one vote fewer, which must be among them."""
        return self._changed(less_wise, wiser, answer, -1)

    def _changed(self, less_wise: int, wiser: int, answer: int, by: int) -> "Tally":
        if answer == ballots.NOT_ABOUT:
            return self
        keys = [less_wise * self.n + wiser, wiser * self.n + less_wise]
        grown = self.holding(keys)
        here, back = np.searchsorted(grown.key, keys)
        counters = grown.counters.copy()
        counters[here, [_COLUMN_OF_ANSWER[answer], IMPRESSIONS]] += by
        counters[back, IMPRESSIONS] += by
        if answer == ballots.WISER:
            counters[back, LESS_WISE] += by
        return replace(grown, counters=counters)

    def holding(self, keys: Sequence[int]) -> "Tally":
        """Return a tally that has a row for each of the keys, of zeros where it is new."""
        places = np.searchsorted(self.key, keys)
        there = np.r_[self.key, -1][places] == keys
        if there.all():
            return self
        new = np.unique(np.asarray(keys)[~there])
        rows = np.searchsorted(self.key, new)
        return Tally(self.n, np.insert(self.key, rows, new), np.insert(self.counters, rows, 0, axis=0))

    def only(self, chosen: NDArray[np.bool_]) -> "Tally":
        """Return the chosen pairs."""
        return Tally(self.n, self.key[chosen], self.counters[chosen])


def tally(votes: Ballots) -> Tally:
    """Count votes given as columns."""
    return of_columns(n=len(votes.values), less_wise=votes.less_wise, wiser=votes.wiser, answer=votes.answer)


def of_columns(*, n: int, less_wise: Ints, wiser: Ints, answer: Ints, times: Ints | None = None) -> Tally:
    """Count votes on steps between ``n`` values; ``times`` says how often each row was cast (once)."""
    marks = len(COLUMNS) - 1
    cell = (less_wise * n + wiser) * marks + _COLUMN_OF_ANSWER[answer]
    about = answer != ballots.NOT_ABOUT
    if not about.all():
        cell, times = cell[about], None if times is None else times[about]
    cells, counts = _summed(cell, times)
    key, column = np.divmod(cells, marks)
    back_key = key % n * n + key // n if n else key
    keys, found = np.unique(np.concatenate([key, back_key]), return_inverse=True)
    here, back = found[: len(key)], found[len(key) :]
    wiser_said = column == WISER
    mark = np.concatenate([here * len(COLUMNS) + column, back[wiser_said] * len(COLUMNS) + LESS_WISE])
    counters = np.bincount(
        mark, weights=np.concatenate([counts, counts[wiser_said]]), minlength=len(keys) * len(COLUMNS)
    )
    table = counters.astype(np.int64).reshape(-1, len(COLUMNS))
    table[:, IMPRESSIONS] = np.bincount(found, weights=np.tile(counts, 2), minlength=len(keys))
    return Tally(n, keys, table)


def likelihood(counters: Ints | Floats) -> Floats:
    """Return w = (wiser - lessWise) / (wiser + notWiser + unsure + lessWise) of each row, in [-1, 1].

    It is 0 where nobody judged the pair.
    """
    total = counters[..., :IMPRESSIONS].sum(axis=-1)
    gain = counters[..., WISER] - counters[..., LESS_WISE]
    w: Floats = np.divide(gain, total, out=np.zeros(total.shape), where=total > 0)
    return w


def entropy(counters: Ints | Floats) -> Floats:
    """Return H = - sum p log2 p in bits over all five counters of each row, the impressions among them."""
    total = counters.sum(axis=-1, keepdims=True)
    p = np.divide(counters, total, out=np.zeros(counters.shape), where=total > 0)
    found: Floats = -np.where(p > 0, p * np.log2(np.where(p > 0, p, 1.0)), 0.0).sum(axis=-1) + 0.0
    return found


def _summed(cell: Ints, times: Ints | None) -> tuple[Ints, Ints]:
    """Return each cell once, sorted, and how often it was there."""
    if times is None:
        ordered = np.sort(cell)
        first = np.flatnonzero(np.r_[len(ordered) > 0, ordered[1:] != ordered[:-1]][: len(ordered)])
        return ordered[first], np.diff(np.r_[first, len(ordered)])
    cells, inverse = np.unique(cell, return_inverse=True)
    return cells, np.bincount(inverse, weights=times, minlength=len(cells)).astype(np.int64)
