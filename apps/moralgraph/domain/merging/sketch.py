"""Nearly the products of many sparse points, for a small part of their price.

A run of letters that is in every text makes a product for every pair, and tells next to nothing. So the
terms are parted by how many texts have them: with X = [R, F], R the rare and F the frequent ones,

    X X' = R R' + F F',  F F' ~ Y Y',  Y = F Q,

where Q (frequent terms, rank) spans what F mostly varies in (the range finder of Halko, Martinsson and Tropp
2011 with one power step). R R' is sparse and exact, Y Y' is dense and what BLAS is good at.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

RARE, RANK = 200, 384
_SEED = 20


@dataclass(frozen=True)
class Sketch:
    """Points in two parts: their rare terms, sparse, and the rest folded into a few dense columns."""

    rare: sparse.csr_matrix
    folded: NDArray[np.float32]

    @classmethod
    def of(cls, points: sparse.csr_matrix) -> "Sketch":
        """Fold points, (points, terms); the same points give the same sketch."""
        thin = points.astype(np.float32)
        is_rare = np.bincount(thin.indices, minlength=thin.shape[1]) <= RARE
        return cls(sparse.csr_matrix(thin[:, is_rare]), _folded(sparse.csr_matrix(thin[:, ~is_rare])))

    def against_all(self, start: int, stop: int) -> NDArray[np.float32]:
        """Return nearly the products of some points with all, (stop - start, points)."""
        found: NDArray[np.float32] = self.folded[start:stop] @ self.folded.T
        shared = (self.rare[start:stop] @ self.rare.T).tocoo()
        found[shared.row, shared.col] += shared.data
        return found


def _folded(frequent: sparse.csr_matrix) -> NDArray[np.float32]:
    if frequent.shape[1] <= RANK:
        return np.asarray(frequent.toarray(), dtype=np.float32)
    start = np.random.default_rng(_SEED).standard_normal((frequent.shape[1], RANK)).astype(np.float32)
    basis, _ = np.linalg.qr(frequent.T @ (frequent @ start))
    return np.ascontiguousarray(frequent @ basis, dtype=np.float32)
