"""Which pairs a person is asked about: own value in each, both directions in balance, contexts varied."""

import random
from collections import Counter
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
    shown: Mapping[tuple[int, int], int] | None = None,
) -> list[Draw]:
    """Return up to ``n`` different pairs.

    With an own value each pair holds it and a different other value, those with the fewest votes first.
    People tend to say "wiser", so each value stands on the upper and the lower end equally often: ``shown``
    says how often each direction (less wise, wiser) was shown before, to anybody. Among two or more stories
    both directions come. Without an own value, pairs of the least-voted values are drawn.
    """
    others = _fewest_first([value for value in values if value != own_value], votes_on_value, rng)
    balance = _Balance(shown or {}, own=own_value, first=rng.random() < 0.5)
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
        if _asked((one, other), drawn):
            continue
        ends = balance.ends(one, other, drawn=drawn, last=len(drawn) == n - 1)
        chosen = _free_context(ends, places, len(drawn), answered)
        if chosen is not None:
            drawn.append(chosen)
    return drawn


class _Balance:
    """Which end each of two values stands on, so that both stand on either end equally often."""

    def __init__(self, shown: Mapping[tuple[int, int], int], *, own: int | None, first: bool) -> None:
        self._shown, self._own, self._first = shown, own, first
        self._lead: Counter[int] = Counter()
        for (less_wise, wiser), times in shown.items():
            self._lead[less_wise] -= times
            self._lead[wiser] += times

    def ends(self, one: int, other: int, *, drawn: Sequence[Draw], last: bool) -> tuple[int, int]:
        """Return the pair as (less wise, wiser).

        The pair's own balance decides, then that of the other value, then what this person saw so far. The
        last of several stories turns round where all before it led to the own value, or away from it.
        """
        ups = [item.wiser == one for item in drawn] if one == self._own else []
        if last and len(set(ups)) == 1:
            return (one, other) if ups[0] else (other, one)
        pair = self._shown.get((one, other), 0) - self._shown.get((other, one), 0)
        seen = len(ups) - 2 * sum(ups)
        tilt = next((lead for lead in (pair, self._lead[other], seen, -self._lead[one]) if lead), 0)
        up = tilt > 0 if tilt else self._first
        return (other, one) if up else (one, other)


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
