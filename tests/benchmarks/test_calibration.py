"""Do intervals hold what they promise, and who finds the wisest value: votes simulated from a known truth."""

import random
from dataclasses import dataclass

import numpy as np
import pytest

from apps.moralgraph.domain import counting, mge2023, ranking, simulation
from apps.moralgraph.domain.ballots import Ballots, collect

VALUES, VOTES_EACH, WORLDS = 12, 4, 60


@dataclass
class Row:
    """What came out in all worlds of one kind."""

    covered: list[bool]
    ours: list[float]
    published: list[float]
    sure: list[float]

    def line(self) -> str:
        """Return the row's numbers."""
        cover, first = np.mean(self.covered), np.mean(self.ours)
        flags = "" if 0.93 <= cover <= 0.97 else "  outside 93 to 97 %"
        flags += "" if first >= np.mean(self.published) else "  behind mge-2023"
        return f"{cover:9.1%} {first:11.2f} {np.mean(self.published):11.2f} {np.mean(self.sure):14.2f}{flags}"


def cast(*, truth: list[float], voters: int, careless: float, rng: random.Random) -> Ballots:
    """Return votes on a random graph of four neighbours a value."""
    pairs = simulation.pairs(values=len(truth), neighbours=4, rng=rng)
    votes = simulation.votes(
        voters=voters, votes_each=VOTES_EACH, pairs=pairs, strengths=[truth], rng=rng, careless=careless
    )
    return collect(votes, range(len(truth)))


def simulated(*, spread: float, voters: int, careless: float = 0.0, worlds: int = WORLDS) -> Row:
    """Rank many worlds of one kind by both rules."""
    row = Row([], [], [], [])
    for world in range(worlds):
        rng = random.Random(f"{spread}:{voters}:{careless}:{world}")
        truth = [rng.gauss(0, spread) for _ in range(VALUES)]
        votes = cast(truth=truth, voters=voters, careless=careless, rng=rng)
        best = int(np.argmax(truth))
        ranked = ranking.rank(votes=votes, parameters=ranking.Parameters(draws=200))
        for item in ranked.values:
            true = truth[int(item.value)] - float(np.mean(truth))
            row.covered.append((item.low or 0) <= true <= (item.high or 0))
        top = ranked.top
        assert top is not None
        row.ours.append(float(top.value == best))
        row.sure.append(max(item.p_top or 0 for item in ranked.values))
        crowned = mge2023.crowned(votes)
        # Where the published rule crowns several or none, it is given the share that a guess would have.
        row.published.append((best in crowned) / len(crowned) if crowned else 1 / VALUES)
    return row


@pytest.mark.timeout(3600)
def test_intervals_hold_the_truth_and_the_wisest_value_is_found() -> None:
    """Print coverage and top-1 accuracy by number of voters; a row that misses the target says so."""
    print(f"\n\n{WORLDS} worlds a row, {VALUES} values, {VOTES_EACH} votes a person")
    print("targets: 93 to 97 % coverage, and first place at least as often found as by mge-2023")
    print("spread of values  voters  coverage  touchstone    mge-2023  mean of P(top)")
    for spread in (1.0, 0.5, 2.0):
        for voters in (10, 20, 40, 80, 160, 320) if spread == 1.0 else (20, 80, 320):
            print(f"{spread:16.1f} {voters:7} {simulated(spread=spread, voters=voters).line()}", flush=True)
    print("4 % say “the same” of anything, however far apart:")
    for voters in (40, 160):
        print(
            f"{1.0:16.1f} {voters:7} {simulated(spread=1.0, voters=voters, careless=0.04).line()}", flush=True
        )


def test_the_counts_of_a_world_are_those_of_its_votes() -> None:
    """Check the simulation itself: every vote is counted once in its direction."""
    votes = cast(truth=[0.0] * VALUES, voters=30, careless=0.0, rng=random.Random(3))

    counters = counting.tally(votes).counters
    assert counters[:, counting.IMPRESSIONS].sum() == 2 * len(votes.counted)
