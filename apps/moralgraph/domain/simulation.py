"""Simulated people who vote by a known order of values, with noise; for the demo and for tests."""

import math
import random
from collections.abc import Sequence

from apps.moralgraph.domain.answers import Answer, Judgement

_NOT_ABOUT, _SAME_WHEN_EVEN, _UNSURE_WHEN_EVEN = 0.04, 0.08, 0.22
_YES_SAYING = 0.35
"""How much more readily people say "wiser" than "not wiser", in log-odds, whichever way they are asked."""


def pairs(*, values: int, neighbours: int, rng: random.Random) -> list[tuple[int, int]]:
    """Return pairs of positions in which every value has at least ``neighbours`` others."""
    chosen: set[tuple[int, int]] = set()
    order = list(range(values))
    for _ in range(max(1, neighbours // 2)):
        rng.shuffle(order)
        ring = zip(order, order[1:] + order[:1], strict=True)
        chosen |= {(min(one, other), max(one, other)) for one, other in ring if one != other}
    return sorted(chosen)


def answer(*, gap: float, rng: random.Random, careless: float = 0.0) -> Answer:
    """Return what a person says of a step whose upper end is preferred by ``gap`` (log-odds).

    ``careless`` is the least share who say "the same", however far apart both ends are.
    """
    dice = rng.random()
    if dice < _NOT_ABOUT:
        return Answer.NOT_ABOUT
    if dice < _NOT_ABOUT + max(careless, _SAME_WHEN_EVEN * math.exp(-(gap**2))):
        return Answer.SAME
    if rng.random() < _UNSURE_WHEN_EVEN * math.exp(-(gap**2)):
        return Answer.UNSURE
    return Answer.WISER if rng.random() < 1 / (1 + math.exp(-gap - _YES_SAYING)) else Answer.NOT_WISER


def votes(
    *,
    voters: int,
    votes_each: int,
    pairs: Sequence[tuple[int, int]],
    strengths: Sequence[Sequence[float]],
    rng: random.Random,
    careless: float = 0.0,
) -> list[Judgement]:
    """Return every voter's judgements; ``strengths`` is contexts x values, all named by position."""
    found = []
    for voter in range(voters):
        for pair in rng.sample(list(pairs), min(votes_each, len(pairs))):
            less_wise, wiser = pair if rng.random() < 0.5 else pair[::-1]
            context = rng.randrange(len(strengths))
            gap = strengths[context][wiser] - strengths[context][less_wise]
            said = answer(gap=gap, rng=rng, careless=careless)
            found.append(Judgement(voter, less_wise, wiser, said, context, simulated=True))
    return found
