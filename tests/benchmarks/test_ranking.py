"""How long the graph takes to count and rank as it grows, from memory from the database, and beside others.

Machines are shared, so targets are printed beside the times and not asserted.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from itertools import islice

import networkx as nx
import numpy as np
import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from apps.moralgraph import selectors
from apps.moralgraph.domain import counting, mge2023, ranking
from apps.moralgraph.domain.ballots import ANSWERS, Ballots
from apps.moralgraph.models import ContextChange, MergeDecision, Transition, Value, Vote
from apps.moralgraph.services import changes
from apps.moralgraph.services import votes as ballot_box
from apps.shared.models import StreamEvent, Study
from tests.factories.moralgraph import ContextFactory

SIZES = [(12, 24, 480), (200, 2_000, 20_000), (2_000, 20_000, 200_000)]
DRAWS = 200
MERGED = 200
"""How many values were put into others where the cost of one more vote is measured again."""


def world(values: int, pairs: int, votes: int) -> Ballots:
    """Return votes by a known order with noise, four a person."""
    rng = np.random.default_rng(1)
    strength = rng.normal(size=values)
    asked = rng.integers(0, values, (2 * pairs, 2))
    asked = np.unique(asked[asked[:, 0] != asked[:, 1]], axis=0)
    asked = asked[rng.permutation(len(asked))[:pairs]]
    low, high = asked[rng.integers(0, len(asked), votes)].T
    wiser = rng.random(votes) < 1 / (1 + np.exp(strength[low] - strength[high] - 0.35))
    dice = rng.random(votes)
    answer = np.select([dice < 0.04, dice < 0.1, wiser], [3, 2, 0], 1)
    voter = np.arange(votes) // 4
    return Ballots(
        tuple(range(values)),
        tuple(f"{number:08d}" for number in range(votes // 4)),
        ("",),
        voter,
        low,
        high,
        np.zeros_like(low),
        answer,
    )


def milliseconds(work: Callable[[], object], times: int = 1) -> float:
    """Return how long one call takes; the best of several."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return 1000 * min(taken)


def published_loop(edges: list[tuple[int, int, float]], n: int, rounds: int) -> list[float]:
    """Rank as the published program's loop does: the edge list is filtered again for every edge and round."""
    r = [1 / n] * n
    for _ in range(rounds):
        new = [0.15 / n] * n
        for source, target, w in edges:
            total = sum(edge[2] for edge in edges if edge[0] == source)
            new[target] += 0.85 * r[source] * w / total
        r = new
    return r


@pytest.mark.timeout(600)
def test_time_to_rank_from_memory() -> None:
    """Print a row a size; targets of the last: 50 ms counts and mge-2023, 5 ms a vote, 10 s resamples."""
    print("\n\n values    votes   counts ms  and mge-2023  one more vote    touchstone  200 resamples")
    for size in SIZES:
        votes = world(*size)
        counted = counting.tally(votes)
        rows = [
            milliseconds(lambda votes=votes: counting.tally(votes), 5),
            milliseconds(lambda votes=votes: mge2023.publish(counting.tally(votes)), 5),
            milliseconds(lambda counted=counted: counted.with_vote(less_wise=1, wiser=2, answer=0), 5),
            milliseconds(lambda votes=votes: ranking.fitted(votes)),
            milliseconds(lambda votes=votes: ranked(votes)),
        ]
        print(f"{size[0]:7,} {size[2]:8,} " + " ".join(f"{ms:12,.2f}" for ms in rows))


def ranked(votes: Ballots) -> None:
    """Rank with as many resamples as the target names; every value gets an interval."""
    found = ranking.rank(votes=votes, parameters=ranking.Parameters(draws=DRAWS))
    assert all(item.low is not None for item in found.values)


@pytest.mark.timeout(600)
def test_beside_networkx_and_the_published_loop() -> None:
    """Print ratios on the same graphs; all three must find the same scores, up to networkx's sinks."""
    kept = mge2023.publish(counting.tally(world(*SIZES[-1]))).kept
    w = counting.likelihood(kept.counters)
    ours = milliseconds(lambda: pagerank(kept.n, kept.less_wise, kept.wiser, w), 5)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_weighted_edges_from(zip(kept.less_wise.tolist(), kept.wiser.tolist(), w.tolist(), strict=True))
    theirs = milliseconds(lambda: nx.pagerank(graph, alpha=0.85, tol=1e-12, max_iter=500), 3)
    print(f"\n\nPageRank of {len(w):,} kept edges, ms: ours {ours:.2f}, networkx {theirs:.1f} ", end="")
    print(f"({theirs / ours:.0f} times)")

    rows = np.random.default_rng(2).permutation(len(w))[:4000]
    sources, targets, few = kept.less_wise[rows], kept.wiser[rows], w[rows]
    names, places = np.unique(np.r_[sources, targets], return_inverse=True)
    sources, targets = places[:4000], places[4000:]
    edges = list(zip(sources.tolist(), targets.tolist(), few.tolist(), strict=True))
    start = time.perf_counter()
    by_loop = published_loop(edges, len(names), 1)
    loop = (time.perf_counter() - start) * 1000
    once = mge2023.page_rank(
        n=len(names), sources=sources, targets=targets, w=few, parameters=mge2023.Parameters(rounds=1)
    )
    np.testing.assert_allclose(once, by_loop, atol=1e-12)
    ours = milliseconds(lambda: pagerank(len(names), sources, targets, few), 5)
    print(f"4,000 edges, 100 rounds, ms: ours {ours:.2f}, the published loop's shape in Python ", end="")
    print(f"{100 * loop:,.0f} (one round timed, times 100; {100 * loop / ours:,.0f} times)")


def pagerank(n: int, sources: np.ndarray, targets: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Rank by the published 100 rounds."""
    return mge2023.page_rank(n=n, sources=sources, targets=targets, w=w)


@pytest.fixture
def stored(study: Study) -> Iterator[Study]:
    """Return a study that holds the largest world."""
    votes = world(*SIZES[-1])
    values = Value.objects.bulk_create(Value(study=study, title=f"Value {n}") for n in range(SIZES[-1][0]))
    context = ContextFactory(study=study)
    ends = sorted(set(zip(votes.less_wise.tolist(), votes.wiser.tolist(), strict=True)))
    steps = Transition.objects.bulk_create(
        Transition(study=study, less_wise=values[low], wiser=values[high]) for low, high in ends
    )
    step = dict(zip(ends, (row.pk for row in steps), strict=True))
    cast = {
        (voter, step[low, high]): ANSWERS[answer].value
        for voter, low, high, answer in zip(
            *(column.tolist() for column in (votes.voter, votes.less_wise, votes.wiser, votes.answer)),
            strict=True,
        )
    }
    rows = (
        Vote(
            study=study, participant_id=uuid.UUID(int=voter), transition_id=pk, context=context, answer=answer
        )
        for (voter, pk), answer in cast.items()
    )
    while part := list(islice(rows, 20_000)):
        Vote.objects.bulk_create(part)
    yield study
    cache.clear()


@pytest.mark.timeout(600)
def test_time_to_rank_from_the_database(stored: Study) -> None:
    """Print how long votes take to be read, counted and ranked by the published rule; the target is 1 s."""
    votes = selectors.ballots(study=stored)
    found = selectors.tally(study=stored)
    np.testing.assert_array_equal(found.counters, counting.tally(votes).counters)
    counts = milliseconds(lambda: selectors.tally(study=stored), 3)
    published = milliseconds(lambda: mge2023.publish(selectors.tally(study=stored)), 3)
    read = milliseconds(lambda: selectors.ballots(study=stored), 3)
    print(
        f"\n\n{len(votes):,} votes in {connection.vendor}, ms: counts {counts:,.0f}, counts and mge-2023 "
        f"{published:,.0f}; all votes read one by one {read:,.0f}"
    )


@pytest.mark.timeout(600)
def test_time_of_one_more_vote_in_the_store(stored: Study) -> None:
    """Print what keeping a vote and telling the counts takes, before and after merges; the target is 5 ms."""
    print(f"\n\n200,000 votes in {connection.vendor}; milliseconds by the clock, and of processor time")
    print(
        "                                              one more vote    of it its counts         all counted"
    )
    report_one_more_vote("nothing put together", stored)
    put_together(stored)
    report_one_more_vote(f"{MERGED} values and a context put into others", stored)


def report_one_more_vote(title: str, study: Study) -> None:
    """Print the middle of forty people's fifth votes; what is told must be what all votes come to."""
    steps = Transition.objects.filter(study=study, less_wise__retired_at=None, wiser__retired_at=None)
    place = ContextFactory(study=study)
    changes.announce(study=study)
    whole, counts = [], []
    for number, step in enumerate(steps.order_by("-pk")[:40]):
        person = uuid.UUID(int=number)
        began = now()
        ballot_box.cast(
            study=study, participant_id=person, transition_id=step.pk, context_id=place.pk, story_id=None,
            answer="wiser",
        )  # fmt: skip
        kept = now()
        changes.announce_of(study=study, participant_id=person)
        whole.append(kept - began)
        counts.append(now() - kept)
    newest = StreamEvent.objects.filter(stream_id=f"study/{study.slug}/graph").latest("seq")
    began = now()
    assert newest.data == changes.counts(study=study).model_dump()
    columns = [np.median(whole, axis=0), np.median(counts, axis=0), now() - began]
    print(f"{title:45} " + "  ".join(f"{clock:8.1f} {processor:8.1f}" for clock, processor in columns))


def now() -> np.ndarray:
    """Return the clock and the process's own time, in milliseconds."""
    return 1000 * np.array([time.perf_counter(), time.process_time()])


def put_together(study: Study) -> None:
    """Put values and a context into others, and cast half of the votes in that context."""
    values = list(study.values.order_by("pk")[: 2 * MERGED])
    other = ContextFactory(study=study)
    kept = study.contexts.order_by("pk")[0]
    # As the desk leaves it: what was put into another is put away.
    type(other).objects.filter(pk=other.pk).update(retired_at=timezone.now())
    Vote.objects.filter(study=study, pk__in=Vote.objects.filter(study=study).values("pk")[:100_000]).update(
        context=other
    )
    ContextChange.objects.create(study=study, kind="merged", context=other, other=kept, by="robin")
    for one, into in zip(values[::2], values[1::2], strict=True):
        MergeDecision.objects.create(study=study, kind="merged", low=one, high=into, kept=into, by="robin")
    Value.objects.filter(pk__in=[one.pk for one in values[::2]]).update(retired_at=timezone.now())
