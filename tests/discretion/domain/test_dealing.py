"""Dealing pairs out: who gets which, in what order, and what returns with its sides changed."""

import random
from collections import Counter

import pytest

from apps.discretion.domain.dealing import Pair, choose, lay, returns, share_out

PAIRS = [Pair(str(number), verdicts=number % 3, dispute=number / 10) for number in range(10)]


def _rng() -> random.Random:
    return random.Random(4)


def test_each_pair_goes_to_as_many_as_asked_and_nobody_gets_much_more() -> None:
    work = share_out(pairs=PAIRS, people=[1, 2, 3], overlap=2, rng=_rng())

    given = Counter(item for pile in work.values() for item in pile)
    assert given == {pair.id: 2 for pair in PAIRS}
    sizes = sorted(len(pile) for pile in work.values())
    assert sizes == [6, 7, 7]
    assert all(len(set(pile)) == len(pile) for pile in work.values())


def test_nobody_gets_what_they_have_judged() -> None:
    pairs = [Pair("seen", 1, 0, frozenset({1, 2})), Pair("new", 0, 0)]

    work = share_out(pairs=pairs, people=[1, 2, 3], overlap=2, rng=_rng())

    assert work[3] == ["seen"] or work[3] == ["seen", "new"]
    assert "seen" not in work[1] + work[2]


@pytest.mark.parametrize(
    ("strategy", "first"),
    [("fewest", {"0", "3", "6", "9"}), ("disputed", {"9", "8", "7", "6"})],
)
def test_the_first_pairs_are_the_least_judged_or_the_most_disputed(strategy: str, first: set[str]) -> None:
    assert {pair.id for pair in choose(pairs=PAIRS, size=4, strategy=strategy, rng=_rng())} == first


def test_random_pairs_come_in_another_order_each_time() -> None:
    rng = _rng()

    drawn = [choose(pairs=PAIRS, size=10, strategy="random", rng=rng) for _ in range(2)]

    assert drawn[0] != drawn[1]
    assert sorted(pair.id for pair in drawn[0]) == sorted(pair.id for pair in PAIRS)


@pytest.mark.parametrize(("count", "repeats"), [(2, 0), (3, 1), (40, 2), (100, 5)])
def test_a_few_per_cent_return_at_a_distance(count: int, repeats: int) -> None:
    firsts = [str(number) for number in range(count)]

    pile = lay(firsts=firsts, probes=["p"], repeat_share=0.05, gap=8, rng=_rng())

    assert [item.id for item in pile if item.kind == "first"] == firsts
    again = [item.id for item in pile if item.kind == "repeat"]
    assert len(again) == repeats == len(set(again))
    places = {(item.id, item.kind): place for place, item in enumerate(pile)}
    for item in again:
        distance = places[item, "repeat"] - places[item, "first"]
        assert distance > min(8, count - 2)
    assert places["p", "probe"] >= 1


def test_without_a_share_nothing_returns() -> None:
    pile = lay(firsts=["a", "b", "c", "d"], probes=[], repeat_share=0, gap=8, rng=_rng())

    assert [item.kind for item in pile] == ["first"] * 4


def test_without_a_batch_the_same_pairs_return_every_time_one_asks() -> None:
    names = [str(number) for number in range(2000)]
    chosen = [name for name in names if returns(annotator="7", comparison=name, share=0.05)]

    assert 60 < len(chosen) < 140
    assert chosen == [name for name in names if returns(annotator="7", comparison=name, share=0.05)]
    assert chosen != [name for name in names if returns(annotator="8", comparison=name, share=0.05)]
