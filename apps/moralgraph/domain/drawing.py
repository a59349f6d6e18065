"""Which pairs a person is asked about: own value in each, both directions in balance, contexts varied."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations


@dataclass(frozen=True)
class Draw:
    """A pair to ask about, in a direction and a context."""

    less_wise: int
    wiser: int
    context: int


def draw(
    *,
    values: Sequence[int],
    contexts: Sequence[int],
    own_value: int | None,
    votes_on_value: Mapping[int, int],
    answered: frozenset[Draw],
    n: int,
    rng: random.Random,
) -> list[Draw]:
    """Return up to ``n`` different pairs.

    With an own value each pair holds it and a different other value, those with the fewest votes first, and
    the own value stands on the upper and the lower end in turn: people tend to say "wiser", so one direction
    alone would lift it. Without one, pairs of the least-voted values are drawn.
    """
    others = _fewest_first([value for value in values if value != own_value], votes_on_value, rng)
    own_is_wiser = rng.random() < 0.5
    places = list(contexts)
    rng.shuffle(places)
    if own_value is None or own_value not in values:
        pairs = [(low, high) for low, high in permutations(others[: n + 2], 2)]
        rng.shuffle(pairs)
    else:
        pairs = [(own_value, other) for other in others]
    drawn: list[Draw] = []
    for one, other in pairs:
        if len(drawn) == n:
            break
        up = bool(own_is_wiser) ^ bool(len(drawn) % 2)
        ends = (other, one) if up else (one, other)
        chosen = _free_context(ends, places, len(drawn), answered)
        if chosen is not None and not _asked(ends, drawn):
            drawn.append(chosen)
    return drawn


def _fewest_first(values: list[int], votes: Mapping[int, int], rng: random.Random) -> list[int]:
    shuffled = list(values)
    rng.shuffle(shuffled)
    return sorted(shuffled, key=lambda value: votes.get(value, 0))


def _asked(ends: tuple[int, int], drawn: Sequence[Draw]) -> bool:
    return any({item.less_wise, item.wiser} == set(ends) for item in drawn)


def _free_context(
    ends: tuple[int, int], contexts: Sequence[int], turn: int, answered: frozenset[Draw]
) -> Draw | None:
    for step in range(len(contexts)):
        candidate = Draw(ends[0], ends[1], contexts[(turn + step) % len(contexts)])
        if candidate not in answered:
            return candidate
    return None
