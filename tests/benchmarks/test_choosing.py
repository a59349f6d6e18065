"""How many votes it takes until the wisest value is first: our choice of pairs beside the published draw."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from apps.moralgraph.domain import drawing, ranking, simulation
from apps.moralgraph.domain.ballots import ANSWERS, Ballots
from apps.moralgraph.domain.drawing import Steps

TARGETS = (0.6, 0.7, 0.8)
MOST = 0.6
"""The share of the published draw's votes that ours may need."""
NEAREST = 12
"""How many neighbours a value is linked with in the published pool of pairs."""
WORLDS = {6: 300, 12: 120, 30: 40}
LAST = {(6, 0.5): 905, (6, 1.0): 453, (6, 2.0): 226, (12, 0.5): 1280, (12, 1.0): 640, (12, 2.0): 320}
Pair = tuple[int, int]


@dataclass
class Ours:
    """Pairs as the product draws them, for people whose own value is any of the values."""

    n: int
    each: int
    rng: random.Random
    answers: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.answers = np.zeros((self.n, self.n, len(ANSWERS)), dtype=np.int64)

    def draw(self) -> list[Pair]:
        """Return what the next person is asked."""
        low, high = np.nonzero(self.answers.sum(axis=2))
        own = self.rng.randrange(self.n)
        drawn = drawing.draw(
            values=range(self.n), contexts=[0], own_value=own, n=self.each, rng=self.rng,
            steps=Steps(low, high, self.answers[low, high]),
        )  # fmt: skip
        return [(item.less_wise, item.wiser) for item in drawn]

    def note(self, pair: Pair, answer: int) -> None:
        """Count an answer."""
        self.answers[(*pair, answer)] += 1


@dataclass
class Published:
    """Pairs by dice over a fixed pool of near neighbours, in both directions.

    Each story comes with chance 0.3 from the most agreed with, 0.3 from those into a value that another pair
    made popular and this one has not, else from the least voted on; the first of its list that is not taken.
    """

    n: int
    each: int
    rng: random.Random
    pool: list[Pair] = field(init=False)
    agreed: np.ndarray = field(init=False)
    voted: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        points = [(self.rng.random(), self.rng.random(), self.rng.random()) for _ in range(self.n)]
        near = np.linalg.norm(np.array(points)[:, None] - np.array(points)[None], axis=2)
        ends = {
            (one, int(other)) for one in range(self.n) for other in np.argsort(near[one])[1 : NEAREST + 1]
        }
        self.pool = sorted(ends | {pair[::-1] for pair in ends})
        self.rng.shuffle(self.pool)
        self.agreed, self.voted = np.zeros(len(self.pool)), np.zeros(len(self.pool))

    def draw(self) -> list[Pair]:
        """Return what the next person is asked."""
        into = np.array([high for _, high in self.pool])
        most = np.zeros(self.n)
        np.maximum.at(most, into, self.agreed)
        lacking = (most[into] - self.agreed) / np.maximum(most[into], 1)
        lists = [np.argsort(keys, kind="stable") for keys in (-self.agreed, -lacking, self.voted)]
        taken: list[int] = []
        while len(taken) < min(self.each, len(self.pool)):
            dice = self.rng.random()
            chosen = lists[0 if dice < 0.3 else 1 if dice < 0.6 else 2]
            taken.append(next(int(place) for place in chosen if int(place) not in taken))
        return [self.pool[place] for place in taken]

    def note(self, pair: Pair, answer: int) -> None:
        """Count an answer."""
        place = self.pool.index(pair)
        self.voted[place] += 1
        self.agreed[place] += ANSWERS[answer] == "wiser"


def checkpoints(last: int) -> list[int]:
    """Return numbers of votes, each the former times the root of 2."""
    return [round(5 * 2 ** (step / 2)) for step in range(40) if round(5 * 2 ** (step / 2)) <= last]


def answers(kind: Ours | Published, truth: list[float], rng: random.Random) -> Iterator[list[int]]:
    """Yield votes (voter, less wise, wiser, answer) without end."""
    voter = 0
    while True:
        for pair in kind.draw():
            said = ANSWERS.index(simulation.answer(gap=truth[pair[1]] - truth[pair[0]], rng=rng))
            kind.note(pair, said)
            yield [voter, *pair, said]
        voter += 1


def first(votes: list[list[int]], n: int) -> int:
    """Return the value that our ranking puts first; both draws are ranked alike."""
    voter, low, high, answer = np.array(votes, dtype=np.int64).T
    cast = Ballots(
        tuple(range(n)),
        tuple(range(int(voter.max()) + 1)),
        ("",),
        voter,
        low,
        high,
        np.zeros_like(low),
        answer,
    )
    model = ranking.fitted(cast.counted, parameters=ranking.Parameters(draws=0, prior_sd=1.0))
    return int(np.argmax(model.scores))


@dataclass
class Curve:
    """How often the wisest was first at each number of votes, and how the pairs were spread."""

    hits: list[list[bool]] = field(default_factory=list)
    tilt: list[int] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    never: list[int] = field(default_factory=list)
    least: list[float] = field(default_factory=list)

    @property
    def accuracy(self) -> np.ndarray:
        """Return the share of worlds."""
        return np.mean(self.hits, axis=0)

    def needed(self, target: float, marks: list[int]) -> float:
        """Return the votes for an accuracy, between two marks by the logarithm; infinite beyond the last.

        The curve is first made to rise by pooling neighbours that fall, so that luck at one mark is no gain.
        """
        pooled: list[list[float]] = []
        for share in self.accuracy.tolist():
            pooled.append([share, 1])
            while len(pooled) > 1 and pooled[-2][0] >= pooled[-1][0]:
                share, size = pooled.pop()
                pooled[-1] = [
                    (pooled[-1][0] * pooled[-1][1] + share * size) / (pooled[-1][1] + size),
                    pooled[-1][1] + size,
                ]
        rising = [share for share, size in pooled for _ in range(int(size))]
        if rising[-1] < target:
            return float("inf")
        at = next(place for place, share in enumerate(rising) if share >= target)
        if at == 0:
            return float(marks[0])
        part = (target - rising[at - 1]) / (rising[at] - rising[at - 1])
        return float(marks[at - 1] * (marks[at] / marks[at - 1]) ** part)


def walk(kind: type[Ours] | type[Published], *, n: int, spread: float, each: int, marks: list[int]) -> Curve:
    """Ask in many worlds; the same worlds for both draws."""
    curve = Curve()
    for world in range(WORLDS[n]):
        truth = [random.Random(f"{n}:{spread}:{world}:{value}").gauss(0, spread) for value in range(n)]
        draw = kind(n, each, random.Random(f"{n}:{spread}:{each}:{world}"))
        stream = answers(draw, truth, random.Random(f"answers:{world}"))
        votes: list[list[int]] = []
        hits = []
        for mark in marks:
            votes += [next(stream) for _ in range(mark - len(votes))]
            hits.append(first(votes, n) == int(np.argmax(truth)))
        curve.hits.append(hits)
        count(curve, np.array(votes), n)
    return curve


def count(curve: Curve, votes: np.ndarray, n: int) -> None:
    """Note how the directions of a pair and the ends of a value were balanced, and who was never asked."""
    asked = np.bincount(votes[:, 1] * n + votes[:, 2], minlength=n * n).reshape(n, n)
    ups, downs = asked.sum(axis=0), asked.sum(axis=1)
    curve.tilt.append(int(np.abs(asked - asked.T).max()))
    curve.ends.append(float((np.abs(ups - downs) / np.maximum(ups + downs, 1)).max()))
    curve.never.append(int(((ups + downs) == 0).sum()))
    curve.least.append(float((ups + downs).min() / (ups + downs).mean()))


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("each", [5, 3])
def test_votes_until_the_wisest_value_is_first(each: int) -> None:
    """Print both curves and the share of votes at each accuracy; a row above the target says so."""
    print(f"\n\n{each} stories a person, each of whom has one of the values; the same rule ranks both")
    for n in WORLDS if each == 5 else (12,):
        for spread in (2.0, 1.0, 0.5) if each == 5 else (1.0,):
            marks = checkpoints(LAST.get((n, spread), 1280))
            began = time.process_time()
            curves = {
                kind: walk(kind, n=n, spread=spread, each=each, marks=marks) for kind in (Ours, Published)
            }
            seconds = time.process_time() - began
            report(curves, n=n, spread=spread, marks=marks, seconds=seconds)
            # Not an aim but a rule: it holds in every world, however the votes fall.
            assert max(curves[Ours].tilt) <= 1
            assert max(curves[Ours].never) == 0


def report(curves: dict[type, Curve], *, n: int, spread: float, marks: list[int], seconds: float) -> None:
    """Print a world's rows."""
    print(f"\n{n} values spread by {spread} (log-odds), {WORLDS[n]} worlds, {seconds:.0f} s")
    print("votes     " + " ".join(f"{mark:5}" for mark in marks))
    for kind, curve in curves.items():
        print(f"{kind.__name__:10}" + " ".join(f"{share:5.2f}" for share in curve.accuracy))
    for target in TARGETS:
        ours, theirs = (curves[kind].needed(target, marks) for kind in (Ours, Published))
        if np.isinf(ours) and np.isinf(theirs):
            print(f"accuracy {target}: reached by neither")
            continue
        share = ours / (marks[-1] if np.isinf(theirs) else theirs)
        flag = (
            "" if share <= MOST else f"  above {MOST}" if not np.isinf(theirs) or np.isinf(ours) else "  open"
        )
        under = "below " if np.isinf(theirs) else ""
        print(f"accuracy {target}: {ours:6.0f} votes for {theirs:6.0f}, {under}{share:.2f}{flag}")
    for kind, curve in curves.items():
        print(
            f"{kind.__name__:10}directions of a pair differ by at most {max(curve.tilt)}; ends of a value by "
            f"{np.mean(curve.ends):.0%}; never asked {np.mean(curve.never):.2f} values; the least asked "
            f"{np.mean(curve.least):.0%} of the mean",
            flush=True,
        )
