"""Dealing pairs out to people: which come into a batch, who gets which, in what order, and what returns."""

import dataclasses
import random
from collections.abc import Sequence
from typing import Literal

Kind = Literal["first", "repeat", "probe"]


@dataclasses.dataclass(frozen=True)
class Pair:
    """A comparison that could come into a batch: how often people judged it, how much they disagree, and who
    of them must not get it.
    """

    id: str
    verdicts: int
    dispute: float
    judged_by: frozenset[int] = frozenset()


@dataclasses.dataclass(frozen=True)
class Dealt:
    """One pair before one person."""

    id: str
    kind: Kind


def choose(*, pairs: Sequence[Pair], size: int, strategy: str, rng: random.Random) -> list[Pair]:
    """Return the pairs of a batch, the first first: at random, the least judged, or the most disputed.

    Equals come in random order.
    """
    drawn = list(pairs)
    rng.shuffle(drawn)
    if strategy == "fewest":
        drawn.sort(key=lambda pair: pair.verdicts)
    elif strategy == "disputed":
        drawn.sort(key=lambda pair: (-pair.dispute, pair.verdicts))
    return drawn[:size]


def share_out(
    *, pairs: Sequence[Pair], people: Sequence[int], overlap: int, rng: random.Random
) -> dict[int, list[str]]:
    """Give each pair to ``overlap`` people who have not judged it, those with the least work first.

    A pair that too few can still judge goes to as many as there are. Each keeps the order of the pairs.
    """
    work: dict[int, list[str]] = {person: [] for person in people}
    for pair in pairs:
        able = [person for person in people if person not in pair.judged_by]
        rng.shuffle(able)
        able.sort(key=lambda person: len(work[person]))
        for person in able[:overlap]:
            work[person].append(pair.id)
    return work


def lay(
    *, firsts: Sequence[str], probes: Sequence[str], repeat_share: float, gap: int, rng: random.Random
) -> list[Dealt]:
    """Return one person's pile: the pairs in their order, probes among them, and a share that returns.

    A return lies at least ``gap`` pairs after the first time, or at the very end of a short pile; never
    next to it. A share above nothing returns at least one pair where there are three or more.
    """
    pile = [Dealt(item, "first") for item in firsts]
    for probe in probes:
        pile.insert(rng.randint(min(1, len(pile)), len(pile)), Dealt(probe, "probe"))
    wanted = round(repeat_share * len(firsts))
    if repeat_share > 0 and len(firsts) >= 3:
        wanted = max(wanted, 1)
    # Those that come late have no room left for a distance.
    early = list(firsts[: max(len(firsts) - gap, len(firsts) // 2)])
    for item in rng.sample(early, min(wanted, len(early))):
        place = next(index for index, dealt in enumerate(pile) if dealt.id == item)
        earliest = min(place + gap + 1, len(pile))
        pile.insert(rng.randint(earliest, len(pile)), Dealt(item, "repeat"))
    return pile


def returns(*, annotator: str, comparison: str, share: float) -> bool:
    """Say whether a pair comes back to somebody who works without a batch: a coin fixed by the two names."""
    return random.Random(f"return|{annotator}|{comparison}").random() < share
