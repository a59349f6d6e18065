"""What the distance between two annotators' priorities is made of: the principles that they rank the other
way round, and how each of them decided when these two clashed.
"""

import dataclasses

import numpy as np

from apps.discretion.domain import games, measures, priorities, report
from apps.discretion.domain.preferences import Floats, Ints, Signs, signs, ternary


@dataclasses.dataclass(frozen=True)
class Reversal:
    """Two principles that one annotator ranks ``principle`` first, the other ``over``; each one's rank of
    both and how often each sided with the first; ``apart`` clashes of the two that they decided differently.
    """

    principle: str
    over: str
    ranks: tuple[int, int]
    other_ranks: tuple[int, int]
    sided: report.Rate
    other_sided: report.Rate
    apart: int


def reversals(*, judgements: report.Judgements, choice: Floats, other: Floats) -> list[Reversal]:
    """List the principles that two annotators order the other way round, the most telling first."""
    preferences = signs(ternary(judgements.by_principle))
    mine, theirs = signs(choice), signs(other)
    played = np.stack([games.play(preferences=preferences, choice=side) for side in (mine, theirs)])
    ranks = measures.ranks(priorities.fit(games=played)).astype(int)
    apart = _apart(preferences, mine, theirs)
    names = [item.id for item in judgements.principles]
    steps = np.sign(ranks[:, :, None] - ranks[:, None, :])
    reversed_ = (steps[0] < 0) & (steps[1] > 0)
    found = [
        Reversal(
            principle=names[first],
            over=names[second],
            ranks=(int(ranks[0, first]), int(ranks[0, second])),
            other_ranks=(int(ranks[1, first]), int(ranks[1, second])),
            sided=_sided(played[0], first, second),
            other_sided=_sided(played[1], first, second),
            apart=int(apart[first, second]),
        )
        for first, second in zip(*reversed_.nonzero(), strict=True)
    ]
    return sorted(found, key=lambda row: -row.apart)


def _apart(preferences: Signs, mine: Signs, theirs: Signs) -> Ints:
    """Return how often each two principles clash where both decided, differently; shape (C, C)."""
    rows = (mine * theirs < 0).nonzero()[0]
    won = games.play(preferences=preferences[:, rows], choice=mine[rows])
    return np.asarray(won + won.T, dtype=np.int64)


def _sided(played: Floats, first: int, second: int) -> report.Rate:
    won = int(played[first, second])
    return report.rate(successes=won, n=won + int(played[second, first]))
