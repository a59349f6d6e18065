"""How long the measures of discretion take on a million comparisons, beside a plain pandas version of the
same formulas, and Krippendorff's alpha. Prints tables and asserts only that the two agree.
"""

import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from apps.discretion.domain import agreement, published
from apps.discretion.domain.preferences import Signs

N, PRINCIPLES, ANNOTATORS = 1_000_000, 21, 3


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long one call takes, and what it gives."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def votes(*, active: float) -> published.Votes:
    """Return principles that speak about this share of pairs and mostly agree, and three annotators."""
    rng = np.random.default_rng(1)
    better = rng.choice(np.array([-1, 1], dtype=np.int8), size=N)
    preferences: Signs = np.where(
        rng.random((PRINCIPLES, N)) < active, np.where(rng.random((PRINCIPLES, N)) < 0.8, better, -better), 0
    ).astype(np.int8)
    choices = rng.choice(np.array([-1, 0, 1], dtype=np.int8), size=(ANNOTATORS, N), p=[0.45, 0.1, 0.45])
    follows = rng.random((ANNOTATORS, N)) < 0.5
    return published.Votes(
        tuple(f"p{number}" for number in range(PRINCIPLES)),
        tuple(f"a{number}" for number in range(ANNOTATORS)),
        preferences,
        np.where(follows, better, choices).astype(np.int8),
    )


def plain_pandas(some: published.Votes) -> dict[str, Any]:
    """Compute categories, DA and PS as one would write them down with data frames, principle by principle."""
    pandas = pytest.importorskip("pandas", reason="pandas is in the group that `make bench` installs")
    principles = pandas.DataFrame(some.preferences.T, columns=some.principles)
    annotators = pandas.DataFrame(some.choices.T, columns=some.annotators)
    for_a, for_b = (principles > 0).any(axis=1), (principles < 0).any(axis=1)
    consensus, conflict = for_a ^ for_b, for_a & for_b
    sign = principles[consensus].sum(axis=1).map(lambda total: 1 if total > 0 else -1)
    found: dict[str, Any] = {"consensus": consensus.mean(), "conflict": conflict.mean(), "da": {}, "won": {}}
    for name in some.annotators:
        decided = annotators.loc[consensus, name]
        decided = decided[decided != 0]
        found["da"][name] = (decided * sign[decided.index] < 0).mean()
        choice = annotators[name]
        won = np.zeros((PRINCIPLES, PRINCIPLES))
        for i, first in enumerate(some.principles):
            for j, second in enumerate(some.principles):
                clash = (principles[first] * principles[second] < 0) & (choice != 0)
                won[i, j] = (choice[clash] * principles.loc[clash, first] > 0).sum()
        found["won"][name] = won
    return found


def agrees(found: published.Published, plain: dict[str, Any]) -> bool:
    """Say whether the two versions give the same numbers."""
    same = [
        abs(found.found.consensus.mean() - plain["consensus"]) < 1e-12,
        abs(found.found.conflict.mean() - plain["conflict"]) < 1e-12,
    ]
    for row in found.annotators:
        share = row.arbitrariness.successes / row.arbitrariness.n
        same += [
            abs(share - plain["da"][row.name]) < 1e-12,
            bool((row.games == plain["won"][row.name]).all()),
        ]
    return all(same)


@pytest.mark.timeout(900)
def test_a_million_comparisons() -> None:
    """Print how long the measures take, with few and with many active principles."""
    print(f"\n\n {N:,} comparisons, {PRINCIPLES} principles, {ANNOTATORS} annotators; seconds")
    print(" active  conflict  measures  pandas  pandas / ours  with 100 bootstraps   load")
    for active in (0.16, 0.67):
        some = votes(active=active)
        ours, found = timed(lambda some=some: published.measure(votes=some, reference=0, draws=0))
        drawn, again = timed(lambda some=some: published.measure(votes=some, reference=0, draws=100))
        theirs, plain = timed(lambda some=some: plain_pandas(some))
        assert agrees(found, plain)
        assert all(row.bootstrap is not None for row in again.annotators)
        conflict = found.found.conflict.mean()
        print(
            f" {active:6.0%} {conflict:9.0%} {ours:9.2f} {theirs:7.1f} {theirs / ours:14.0f} {drawn:20.1f} "
            f"{os.getloadavg()[0]:6.1f}"
        )


def test_alpha_of_many_ratings() -> None:
    """Print how long Krippendorff's alpha takes, with its bootstrap."""
    rng = np.random.default_rng(2)
    truth = rng.choice([-1.0, 0.0, 1.0], size=100_000)
    noise = rng.choice([-1.0, 0.0, 1.0], size=(5, 100_000))
    ratings = np.where(rng.random((5, 100_000)) < 0.6, truth, noise)
    ratings[rng.random((5, 100_000)) < 0.1] = np.nan
    print("\n\n Krippendorff's alpha, 100,000 comparisons by 5 annotators, 1,000 bootstraps; seconds")
    for level in ("nominal", "ordinal"):
        seconds, found = timed(
            lambda level=level: agreement.krippendorff_alpha(
                counts=agreement.value_counts(ratings=ratings), level=level
            )
        )
        assert found.value is not None
        print(f" {level:8} {found.value:6.3f} [{found.low:.3f}, {found.high:.3f}] {seconds:6.2f}")
