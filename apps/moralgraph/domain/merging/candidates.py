"""Which cards lie near each other: a search in blocks, the same for the same cards in any order."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from apps.moralgraph.domain.merging.sketch import Sketch

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Vectors = NDArray[np.float32] | sparse.csr_matrix

BLOCK = 512
MOST = 20
"""So many nearest cards of each are kept at most: a desk is no use where one card has a thousand."""
_MARGIN = 1e-4
"""Products of large blocks differ in the last digits from machine to machine; what is near the cut is worked
out again, pair by pair."""
_DIGITS, _AT_ONCE = 4, 10_000
MANY, _SLACK = 3_000, 0.03
"""So many sparse points are sketched; a sketch may be so far from a product."""


@dataclass(frozen=True)
class Pairs:
    """Places of cards, ``first`` < ``second``, and their similarity, a cosine; the nearest first."""

    first: Ints
    second: Ints
    similarity: Floats

    def __len__(self) -> int:
        return len(self.first)


def find(*, vectors: Vectors, threshold: float, most: int = MOST) -> Pairs:
    """Return the pairs of cards at least as similar as the threshold.

    Args: ``vectors`` (cards, width), each of length 1, dense or sparse. A pair is kept where it is among the
    ``most`` nearest of its first card or of its second; equal distances go by place. Takes cards^2 products,
    and memory for one block of them. Of many sparse points a sketch proposes, and what it proposes is worked
    out exactly: a hundredth of the nearest may be missed (``docs/experiments.md``).
    """
    n = int(vectors.shape[0])
    if sparse.issparse(vectors) and n > MANY:
        sketch = Sketch.of(vectors)
        parts = [
            _near(sketch.against_all(start, start + BLOCK), start, threshold - _SLACK, most + most // 2)
            for start in range(0, n, BLOCK)
        ]
    else:
        parts = [_near(_products(vectors, start), start, threshold, most) for start in range(0, n, BLOCK)]
    both_ways = np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)
    first, second = np.divmod(both_ways, max(n, 1))
    similarity = _exactly(vectors, first, second)
    near = similarity >= threshold
    return _nearest(first[near], second[near], similarity[near], n=n, most=most)


def _products(vectors: Vectors, start: int) -> NDArray[np.float32]:
    product = vectors[start : start + BLOCK] @ vectors.T
    return np.asarray(product.toarray() if sparse.issparse(product) else product, dtype=np.float32)


def _near(found: NDArray[np.float32], start: int, threshold: float, most: int) -> Ints:
    """Return the nearest of each card of a block (cards, all), a pair as the number first * all + second."""
    n, rows = found.shape[1], np.arange(len(found))
    found[rows, rows + start] = -2.0
    nearest = np.partition(found, -most, axis=1)[:, -most] if n > most else np.full(len(found), -2.0)
    near = found >= np.maximum(nearest, threshold)[:, None] - _MARGIN
    # Many cards at one distance would become the square of them: then the first of them are taken.
    for row in np.flatnonzero(near.sum(axis=1) > 4 * most):
        order = np.argsort(-found[row], kind="stable")
        near[row] = False
        near[row, order[:most]] = True
    places, other = np.nonzero(near)
    card = places + start
    return np.asarray(np.minimum(card, other) * n + np.maximum(card, other), dtype=np.int64)


def _exactly(vectors: Vectors, first: Ints, second: Ints) -> Floats:
    parts = [slice(start, start + _AT_ONCE) for start in range(0, len(first), _AT_ONCE)]
    # Neither numpy nor scipy holds the interpreter's lock while it multiplies.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        found = list(threads.map(lambda part: _each(vectors[first[part]], vectors[second[part]]), parts))
    return np.round(np.concatenate(found) if found else np.empty(0), _DIGITS)


def _each(a: Vectors, b: Vectors) -> Floats:
    if sparse.issparse(a):
        return np.asarray(a.multiply(b).sum(axis=1)).ravel()
    return np.asarray((np.asarray(a, dtype=np.float64) * np.asarray(b)).sum(axis=1))


def _nearest(first: Ints, second: Ints, similarity: Floats, *, n: int, most: int) -> Pairs:
    order = np.lexsort((second, first, -similarity))
    first, second, similarity = first[order], second[order], similarity[order]
    kept = (_rank(first, second, n=n) < most).any(axis=0)
    return Pairs(first[kept], second[kept], similarity[kept])


def _rank(first: Ints, second: Ints, *, n: int) -> Ints:
    """Return how many nearer pairs each end of a pair is in, (2, pairs); pairs come nearest first."""
    ends = np.column_stack([first, second]).ravel()
    order = np.argsort(ends, kind="stable")
    begins = np.searchsorted(ends[order], np.arange(n))
    ranks = np.empty(len(ends), dtype=np.int64)
    ranks[order] = np.arange(len(ends)) - begins[ends[order]]
    return ranks.reshape(-1, 2).T
