"""How long the graph takes to rank as it grows, beside networkx's PageRank on the same edges."""

import math
import random
import time
from collections.abc import Callable

import networkx as nx
import pytest

from apps.moralgraph.domain import edges, mge2023, paired, ranking
from apps.moralgraph.domain.answers import Answer, Judgement

SIZES = [(12, 24, 480), (200, 2_000, 20_000), (2_000, 20_000, 200_000)]


def world(values: int, pairs: int, votes: int) -> list[Judgement]:
    """Return votes by a known order with noise, four a person."""
    rng = random.Random(1)
    strength = [rng.gauss(0, 1) for _ in range(values)]
    asked = [rng.sample(range(values), 2) for _ in range(pairs)]
    found = []
    for number in range(votes):
        low, high = rng.choice(asked)
        wiser = rng.random() < 1 / (1 + math.exp(strength[low] - strength[high]))
        found.append(Judgement(number // 4, low, high, Answer.WISER if wiser else Answer.NOT_WISER))
    return found


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def row(values: int, pairs: int, votes: int) -> str:
    """Return one line of the table; every value must get a score."""
    judgements, names = world(values, pairs, votes), list(range(values))
    compared = ranking.comparisons(judgements, names)
    graph: nx.DiGraph[int] = nx.DiGraph((vote.less_wise, vote.wiser) for vote in judgements)
    few = ranking.Parameters(draws=20)
    assert paired.fit(compared, prior_sd=1.0).shape == (values, 1)
    pool = seconds(lambda: edges.pool(judgements))
    fit = seconds(lambda: paired.fit(compared, prior_sd=1.0))
    drawn = seconds(lambda: ranking.rank(judgements=judgements, values=names, parameters=few))
    published = seconds(lambda: mge2023.rank(judgements=judgements, values=names))
    theirs = seconds(lambda: nx.pagerank(graph))
    times = f"{pool:8.3f} {fit:6.3f} {drawn:16.3f} {published:11.3f} {theirs:11.3f} {fit / theirs:15.2f}"
    return f"{values:7,} {votes:8,} {times}"


@pytest.mark.timeout(300)
def test_time_to_rank() -> None:
    """Print a row a size."""
    rows = [row(*size) for size in SIZES]
    print("\n\n values    votes  edges s  fit s  with 20 draws s  mge-2023 s  networkx s  fit / networkx")
    print("\n".join(rows))
