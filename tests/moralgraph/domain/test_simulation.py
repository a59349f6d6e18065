"""Simulated people follow their known order, with noise."""

import random
from collections import Counter

from apps.moralgraph.domain import simulation
from apps.moralgraph.domain.answers import Answer


def test_every_value_is_compared_with_several_others() -> None:
    pairs = simulation.pairs(values=12, neighbours=4, rng=random.Random(1))

    degree = Counter(end for pair in pairs for end in pair)
    assert set(degree) == set(range(12))
    assert min(degree.values()) >= 2
    assert len(set(pairs)) == len(pairs)


def test_nobody_is_asked_about_a_pair_twice() -> None:
    pairs = simulation.pairs(values=6, neighbours=2, rng=random.Random(1))

    votes = simulation.votes(voters=9, votes_each=4, pairs=pairs, strengths=[[0.0] * 6], rng=random.Random(2))

    asked = Counter((vote.voter, frozenset((vote.less_wise, vote.wiser))) for vote in votes)
    assert len(votes) == 36
    assert set(asked.values()) == {1}
    assert all(vote.simulated for vote in votes)


def test_a_large_gap_is_seen_by_nearly_all_and_no_gap_leaves_people_unsure() -> None:
    rng = random.Random(3)

    wide = Counter(simulation.answer(gap=4.0, rng=rng) for _ in range(2000))
    none = Counter(simulation.answer(gap=0.0, rng=rng) for _ in range(2000))

    assert wide[Answer.WISER] > 1700
    assert none[Answer.UNSURE] > 5 * wide[Answer.UNSURE]
    assert none[Answer.WISER] > none[Answer.NOT_WISER] > 0.5 * none[Answer.WISER]
