"""What voters said of each step, as sparse tables, and how scores add up along the steps."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from apps.moralgraph.domain import ballots
from apps.moralgraph.domain.ballots import Ballots, Ints

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Comparisons:
    """What voters said of each step (lower end, upper end) between ``n`` values: steps x voters each."""

    n: int
    ends: Ints
    wiser: sparse.csr_array
    not_wiser: sparse.csr_array
    same: sparse.csr_array

    @property
    def voters(self) -> int:
        """Return the number of voters."""
        return int(self.wiser.shape[1])

    @cached_property
    def ties(self) -> bool:
        """Return whether anybody said "the same"."""
        return bool(self.same.nnz)

    @property
    def unknowns(self) -> int:
        """Return the number of scores, with phi and, where there are ties, lambda."""
        return self.n + 1 + self.ties

    @cached_property
    def incidence(self) -> sparse.csr_array:
        """Return steps x values: what each score adds to d / 2."""
        steps = len(self.ends)
        rows = np.repeat(np.arange(steps), 2)
        return sparse.csr_array((np.tile([-0.5, 0.5], steps), (rows, self.ends.ravel())), (steps, self.n))

    @cached_property
    def transposed(self) -> sparse.csr_array:
        """Return the incidence the other way, values x steps."""
        return self.incidence.T.tocsr()

    def gather(self, along: Floats, leaning: Floats, ties: Floats) -> Floats:
        """Return what each unknown gets of changes of steps: along d / 2, phi / 2 and lambda."""
        found = [self.transposed @ along, leaning.sum(axis=0, keepdims=True) / 2]
        return np.vstack([*found, ties.sum(axis=0, keepdims=True)] if self.ties else found)


def compare(votes: Ballots) -> Comparisons:
    """Return votes as what is said of each step; "unsure" says nothing of which is wiser and is left out."""
    said = votes.where((votes.answer != ballots.UNSURE) & (votes.answer != ballots.NOT_ABOUT))
    n = len(votes.values)
    keys, step = np.unique(said.less_wise * n + said.wiser, return_inverse=True)
    shape = (len(keys), len(votes.voters))
    ends = np.column_stack([keys // max(1, n), keys % max(1, n)])
    found = []
    for answer in (ballots.WISER, ballots.NOT_WISER, ballots.SAME):
        rows = said.answer == answer
        ones = np.ones(int(np.count_nonzero(rows)))
        found.append(sparse.coo_array((ones, (step[rows], said.voter[rows])), shape=shape).tocsr())
    return Comparisons(n, ends, *found)
