"""Games between principles: every two that clash about a pair play one, and an annotator's choice decides it.

Comparisons with the same votes are alike to every measure, so they are counted once with their number. A
bootstrap then asks only how often each kind was drawn, and a hundred draws become one matrix product.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from apps.discretion.domain.preferences import Bools, Floats, Ints, Signs

Counts = NDArray[np.unsignedinteger]
CHUNK = 2048
"""Kinds worked on at a time: their games (CHUNK, C, C) should stay in the processor's cache."""

TOGETHER = 3
"""Annotators whose games are played together: they choose alike in at most 27 ways."""

TRITS = 39
"""So many ternary votes fit into one 64-bit number."""


@dataclasses.dataclass(frozen=True)
class Clashes:
    """The comparisons on which principles clash and somebody decided, one column for each kind.

    ``preferences`` (C, m) and ``choices`` (K, m) are -1, 0 or +1; ``times`` (m,) says how many of the ``n``
    comparisons are of a kind; ``kind`` (n,) names each comparison's kind, m where there is no game.
    """

    preferences: Signs
    choices: Signs
    times: Ints
    kind: NDArray[np.int32]

    @property
    def n(self) -> int:
        """Return how many comparisons there are, clash or not."""
        return self.kind.size


def condense(*, preferences: Signs, choices: Signs) -> Clashes:
    """Count comparisons by kind; shapes (C, n) and (K, n)."""
    clashing = (preferences > 0).any(axis=0) & (preferences < 0).any(axis=0) & (choices != 0).any(axis=0)
    rows = clashing.nonzero()[0]
    # Choices lead, so that kinds on which people choose alike stand side by side.
    votes = np.concatenate([choices[:, rows], preferences[:, rows]])
    _, first, inverse, times = np.unique(
        _names(votes), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    kind = np.full(preferences.shape[1], first.size, dtype=np.int32)
    kind[rows] = inverse.ravel()
    people = len(choices)
    return Clashes(votes[people:, first], votes[:people, first], times.astype(np.int64), kind)


def _names(votes: Signs) -> Ints:
    """Return one whole number, or several side by side, that say all the ternary votes of a column."""
    words = []
    for start in range(0, len(votes), TRITS):
        word = np.zeros(votes.shape[1], dtype=np.int64)
        for row in votes[start : start + TRITS]:
            word *= 3
            word += row
        words.append(word)
    return words[0] if len(words) == 1 else np.stack(words, axis=1)


def resample(*, clashes: Clashes, draws: int, rng: np.random.Generator) -> Counts:
    """Draw all n comparisons with replacement, and count the kinds: shape (draws, m).

    Every annotator is measured on the same draws, which is what makes them paired.
    """
    m = clashes.times.size
    roomy = clashes.times.max(initial=0) >= 1 << 14
    counts = np.empty((draws, m), dtype=np.uint32 if roomy else np.uint16)
    for row in counts:
        drawn = clashes.kind[rng.integers(0, clashes.n, size=clashes.n, dtype=np.int32)]
        row[:] = np.bincount(drawn, minlength=m + 1)[:m]
    return counts


def play(*, preferences: Signs, choice: Signs) -> Floats:
    """Return G of shape (C, C) for one annotator: ``G[c, d]`` counts the games of c against d that the
    annotator decided for c, which is Pref_c * Pref_d = -1, Pref_a != 0 and Pref_a * Pref_c = 1.

    Votes are packed to bits, so that 64 comparisons are counted at a time.
    """
    sided = preferences * choice
    won, lost = (_bits(side) for side in (sided > 0, sided < 0))
    total = np.empty((len(preferences),) * 2)
    for row, bits in zip(total, won, strict=True):
        row[:] = np.bitwise_count(bits & lost).sum(axis=1, dtype=np.int64)
    return total


def _bits(sides: Bools) -> NDArray[np.uint64]:
    """Return the rows as bits, 64 to a number; the last is filled up with zeros."""
    packed = np.packbits(sides, axis=1)
    filled = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))
    return np.ascontiguousarray(filled).view(np.uint64)


def play_draws(*, clashes: Clashes, counts: Counts, annotators: Sequence[int]) -> Floats:
    """Return G of each annotator for each row of ``counts`` (B, m): shape (annotators, B, C, C)."""
    parts = [annotators[start : start + TOGETHER] for start in range(0, len(annotators), TOGETHER)]
    # Two threads of the linear algebra wait for each other longer than they work on pieces this small.
    with threadpool_limits(limits=1, user_api="blas"):
        return np.concatenate([_play_together(clashes, counts, part) for part in parts])


def _play_together(clashes: Clashes, counts: Counts, annotators: Sequence[int]) -> Floats:
    """Play the games of kinds on which these annotators choose alike only once, for all of them."""
    choices = clashes.choices[list(annotators)]
    names = _names(choices)
    principles = len(clashes.preferences)
    total = np.zeros((len(annotators), len(counts), principles, principles))
    for name in np.unique(names):
        kinds = (names == name).nonzero()[0]
        chosen = choices[:, kinds[0]]
        if chosen.any():
            games = _play_for_a(clashes.preferences, counts, kinds)
            total[chosen > 0] += games
            total[chosen < 0] += games.transpose(0, 2, 1)
    return total


def _play_for_a(preferences: Signs, counts: Counts, kinds: NDArray[np.intp]) -> Floats:
    """Return G, shape (B, C, C), of somebody who chooses A in all of these kinds.

    Sums inside a chunk stay below 2 ** 24, up to which single precision is exact on whole numbers.
    """
    principles = len(preferences)
    total = np.zeros((len(counts), principles * principles))
    room = np.empty((min(CHUNK, kinds.size), principles, principles), dtype=np.float32)
    for start in range(0, kinds.size, CHUNK):
        part = kinds[start : start + CHUNK]
        side_by_side = part[-1] - part[0] + 1 == part.size
        taken = slice(part[0], part[-1] + 1) if side_by_side else part
        votes = preferences[:, taken].T
        won, lost = (side.astype(np.float32) for side in (votes > 0, votes < 0))
        games = np.multiply(won[:, :, None], lost[:, None, :], out=room[: part.size])
        total += counts[:, taken].astype(np.float32) @ games.reshape(part.size, -1)
    return total.reshape(len(counts), principles, principles)
