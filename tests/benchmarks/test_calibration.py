"""Do intervals hold what they promise, and who finds the wisest value: votes simulated from a known truth."""

import math
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pytest

from apps.moralgraph.domain import counting, mge2023, ranking, simulation
from apps.moralgraph.domain.answers import Answer, Judgement
from apps.moralgraph.domain.ballots import Ballots, collect

VALUES, VOTES_EACH = 12, 4
WORLDS = int(os.environ.get("WORLDS", "60"))
"""For figures that are written down: 400, which leave a standard error below half a point."""
Law = Callable[..., Answer]


def plain(*, gap: float, rng: random.Random, same: float = 0.0, unsure: float = 0.0) -> Answer:
    """Answer by Bradley and Terry's law; a fixed share says "the same" or is unsure of anything."""
    dice = rng.random()
    if dice < same + unsure:
        return Answer.SAME if dice < same else Answer.UNSURE
    return decided(gap, rng)


def davidson(*, gap: float, rng: random.Random, even: float) -> Answer:
    """Answer by Davidson's law; ``even`` is the share who say "the same" of equal values."""
    odds = even / (1 - even) / math.cosh(gap / 2)
    return Answer.SAME if rng.random() < odds / (1 + odds) else decided(gap, rng)


def decided(gap: float, rng: random.Random) -> Answer:
    """Answer one way or the other, with nobody leaning."""
    return Answer.WISER if rng.random() < 1 / (1 + math.exp(-gap)) else Answer.NOT_WISER


LAWS: dict[str, Law] = {
    "as people are simulated": simulation.answer,
    "the same, with 4 % careless “the same”": partial(simulation.answer, careless=0.04),
    "plain Bradley and Terry": plain,
    "plain, 10 % “the same” of anything": partial(plain, same=0.1),
    "plain, 10 % “the same” and 15 % unsure of anything": partial(plain, same=0.1, unsure=0.15),
    "Davidson, 10 % “the same” of equal values": partial(davidson, even=0.1),
    "Davidson, 40 % “the same” of equal values": partial(davidson, even=0.4),
}
FIRST, CARELESS, *OTHERS = LAWS
ROWS = [
    *((FIRST, 1.0, voters) for voters in (10, 20, 40, 80, 160, 320)),
    *((FIRST, spread, voters) for spread in (0.5, 2.0) for voters in (10, 20, 80, 320)),
    *((CARELESS, 1.0, voters) for voters in (40, 160)),
    *((law, spread, voters) for law in OTHERS for spread, voters in ((1.0, 20), (1.0, 160), (2.0, 320))),
]


@dataclass
class Row:
    """What came out in all worlds of one kind, one number a world."""

    covered: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    published: list[float] = field(default_factory=list)
    sure: list[float] = field(default_factory=list)

    def line(self) -> str:
        """Return the row's numbers; the standard error of the coverage is that over worlds."""
        cover, first = np.mean(self.covered), np.mean(self.ours)
        error = np.std(self.covered) / math.sqrt(len(self.covered))
        flags = "" if 0.93 <= cover <= 0.97 else "  outside 93 to 97 %"
        flags += "" if first >= np.mean(self.published) else "  behind mge-2023"
        numbers = f"{cover:9.1%} ± {error:.1%} {first:11.2f} {np.mean(self.published):11.2f}"
        return f"{numbers} {np.mean(self.sure):14.2f}{flags}"


def cast(*, truth: list[float], voters: int, law: Law, rng: random.Random) -> Ballots:
    """Return votes on a random graph of four neighbours a value."""
    pairs = simulation.pairs(values=len(truth), neighbours=4, rng=rng)
    votes = []
    for voter in range(voters):
        for pair in rng.sample(pairs, VOTES_EACH):
            low, high = pair if rng.random() < 0.5 else pair[::-1]
            votes.append(Judgement(voter, low, high, law(gap=truth[high] - truth[low], rng=rng)))
    return collect(votes, range(len(truth)))


def simulated(*, law: str, spread: float, voters: int, worlds: int) -> Row:
    """Rank many worlds of one kind by both rules."""
    row = Row()
    for world in range(worlds):
        rng = random.Random(f"{law}:{spread}:{voters}:{world}")
        truth = [rng.gauss(0, spread) for _ in range(VALUES)]
        votes = cast(truth=truth, voters=voters, law=LAWS[law], rng=rng)
        best = int(np.argmax(truth))
        ranked = ranking.rank(votes=votes, parameters=ranking.Parameters(draws=200))
        true = {place: value - float(np.mean(truth)) for place, value in enumerate(truth)}
        held = [(item.low or 0) <= true[int(item.value)] <= (item.high or 0) for item in ranked.values]
        row.covered.append(float(np.mean(held)))
        top = ranked.top
        assert top is not None
        row.ours.append(float(top.value == best))
        row.sure.append(max(item.p_top or 0 for item in ranked.values))
        crowned = mge2023.crowned(votes)
        # Where the published rule crowns several or none, it is given the share that a guess would have.
        row.published.append((best in crowned) / len(crowned) if crowned else 1 / VALUES)
    return row


@pytest.mark.timeout(7200)
def test_intervals_hold_the_truth_and_the_wisest_value_is_found() -> None:
    """Print coverage and top-1 accuracy by number of voters; a row that misses the target says so."""
    print(f"\n\n{WORLDS} worlds a row, {VALUES} values, {VOTES_EACH} votes a person")
    print("targets: 93 to 97 % coverage, and first place at least as often found as by mge-2023")
    print("spread of values  voters  coverage         touchstone    mge-2023  mean of P(top)")
    former = ""
    for law, spread, voters in ROWS:
        if law != former:
            print(f"{law}:")
        row = simulated(law=law, spread=spread, voters=voters, worlds=WORLDS)
        print(f"{spread:16.1f} {voters:7} {row.line()}", flush=True)
        former = law


def test_the_counts_of_a_world_are_those_of_its_votes() -> None:
    """Check the simulation itself: every vote is counted once in its direction."""
    votes = cast(truth=[0.0] * VALUES, voters=30, law=simulation.answer, rng=random.Random(3))

    counters = counting.tally(votes).counters
    assert counters[:, counting.IMPRESSIONS].sum() == 2 * len(votes.counted)
