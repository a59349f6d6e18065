"""Which pairs of values need stories most: those of values that few told transitions reach."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

ENOUGH = 3
"""A value that so many told pairs reach needs no more from a model."""


@dataclass(frozen=True)
class Wanted:
    """A pair to write about, in a context."""

    low: int
    high: int
    context: int


def wanted(
    *,
    values: Sequence[int],
    contexts: Sequence[int],
    told: Iterable[tuple[int, int]],
    closed: Collection[frozenset[int]] = (),
    most: int,
) -> list[Wanted]:
    """Return up to ``most`` pairs, in contexts that vary: the least reached value with the next such.

    ``told`` are the pairs that have stories or a proposal that waits; ``closed`` ones are written about no
    more. The same graph gives the same pairs.
    """
    if not contexts or most < 1:
        return []
    known = {frozenset(pair) for pair in told}
    reached = Counter(value for pair in known for value in pair)
    found: list[Wanted] = []
    while len(found) < most:
        short = sorted((value for value in values if reached[value] < ENOUGH), key=lambda v: (reached[v], v))
        pair = next(
            (
                (one, other)
                for one in short
                for other in sorted(values, key=lambda v: (reached[v], v))
                if other != one and frozenset((one, other)) not in known | set(closed)
            ),
            None,
        )
        if pair is None:
            return found
        known.add(frozenset(pair))
        reached.update(pair)
        found.append(Wanted(min(pair), max(pair), contexts[len(found) % len(contexts)]))
    return found
