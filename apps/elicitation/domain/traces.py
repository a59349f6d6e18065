"""How an answer was typed: pairs of milliseconds since the first key and characters so far."""

from itertools import pairwise
from typing import Any

MOST_PAIRS = 600
LONGEST_MS = 86_400_000
MOST_CHARACTERS = 100_000

Trace = list[list[int]]


def read_trace(raw: Any) -> Trace:
    """Return a trace as it is kept; what is none is left out, for words matter more than how they came."""
    if not isinstance(raw, list) or len(raw) > MOST_PAIRS:
        return []
    pairs = [pair for pair in raw if _is_pair(pair)]
    if len(pairs) < len(raw) or any(later[0] < sooner[0] for sooner, later in pairwise(pairs)):
        return []
    return [list(pair) for pair in pairs]


def _is_pair(raw: Any) -> bool:
    if not isinstance(raw, list) or len(raw) != 2 or any(type(part) is not int for part in raw):
        return False
    milliseconds, characters = raw
    return bool(0 <= milliseconds <= LONGEST_MS and 0 <= characters <= MOST_CHARACTERS)
