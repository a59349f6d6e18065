"""The published rule, against numbers worked out by hand."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.moralgraph.domain import counting, mge2023
from apps.moralgraph.domain.answers import Answer, Judgement
from apps.moralgraph.domain.ballots import Ballots, collect
from apps.moralgraph.domain.mge2023 import Counters, Parameters

VALUES = "abcdef"


def said(less_wise: str, wiser: str, *answers: Answer) -> list[Judgement]:
    return [
        Judgement(voter=f"{less_wise}{wiser}{number}", less_wise=less_wise, wiser=wiser, answer=answer)
        for number, answer in enumerate(answers)
    ]


YES, NO, UNSURE, SAME, AWAY = Answer.WISER, Answer.NOT_WISER, Answer.UNSURE, Answer.SAME, Answer.NOT_ABOUT


def test_the_published_entropy_counts_the_impressions_too() -> None:
    counters = Counters(wiser=3, not_wiser=0, less_wise=0, unsure=1, impressions=4)

    # p = 3/8, 1/8, 4/8: H = 3/8 log2(8/3) + 3/8 + 1/2
    assert counters.entropy == pytest.approx(1.4056390622295662, abs=1e-9)


def test_likelihood_takes_the_reverse_votes_off() -> None:
    assert Counters(wiser=5, not_wiser=1, less_wise=2, unsure=2).likelihood == pytest.approx(0.3, abs=1e-12)
    assert Counters().likelihood == 0.0


def votes(judgements: list[Judgement]) -> Ballots:
    return collect(judgements, VALUES)


def counted(judgements: list[Judgement]) -> dict[tuple[str, str], Counters]:
    found = counting.tally(votes(judgements))
    ends = zip(found.less_wise, found.wiser, strict=True)
    return {
        (VALUES[low], VALUES[high]): Counters(*row)
        for (low, high), row in zip(ends, found.counters.tolist(), strict=True)
    }


def page_rank(judgements: list[Judgement], parameters: Parameters | None = None) -> dict[str, float]:
    found = mge2023.publish(counting.tally(votes(judgements)), parameters).page_rank
    return {name: r for name, r in zip(VALUES, found, strict=True) if not math.isnan(r)}


def test_every_vote_marks_both_directions() -> None:
    found = counted(said("a", "b", YES, YES, NO, UNSURE, SAME, AWAY) + said("b", "a", YES))

    assert found["a", "b"] == Counters(wiser=2, not_wiser=1, less_wise=1, unsure=2, impressions=6)
    assert found["b", "a"] == Counters(wiser=1, not_wiser=0, less_wise=2, unsure=0, impressions=6)


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ([YES], False),  # fewer than two
        ([YES, YES], True),
        ([YES, YES, NO, NO, NO, NO], True),  # w = 2/6, just over 0.33
        ([YES, YES, NO, NO, NO, NO, NO], False),  # w = 2/7
        ([YES] * 33 + [NO] * 67, True),  # w = 33/100, the cut itself
        ([YES] * 4 + [NO] * 3 + [UNSURE] * 3, False),  # h = 1.571 bit, H = 1 + h/2 = 1.785
        ([YES] * 6 + [NO] * 2 + [UNSURE] * 2, True),  # h = 1.371 bit, H = 1.685
    ],
)
def test_the_cuts(answers: list[Answer], kept: bool) -> None:
    assert bool(mge2023.edges(votes(said("a", "b", *answers)))) is kept


def test_the_cuts_can_be_moved() -> None:
    assert len(mge2023.edges(votes(said("a", "b", YES)), Parameters(wiser_at_least=1))) == 1


def test_a_pair_of_which_only_the_reverse_was_denied_is_no_edge_wherever_the_cuts_are() -> None:
    open_to_all = Parameters(wiser_at_least=0, likelihood_at_least=-1, entropy_at_most=9)

    found = mge2023.edges(votes(said("a", "b", NO) + said("c", "d", YES)), open_to_all)

    # (b, a) has impressions and no answer, so no w; (d, c) has w = -1.
    assert [(edge.less_wise, edge.wiser, edge.likelihood) for edge in found] == [
        ("a", "b", 0.0), ("c", "d", 1.0), ("d", "c", -1.0),
    ]  # fmt: skip


def test_contexts_are_those_of_the_votes_that_count_in_that_direction() -> None:
    judgements = [
        Judgement(number, low, high, answer, context)
        for number, (low, high, answer, context) in enumerate(
            [
                ("a", "b", YES, "tea"),
                ("a", "b", UNSURE, "rain"),
                ("a", "b", YES, "tea"),
                ("a", "b", AWAY, "snow"),
                ("b", "a", NO, "wind"),
            ]
        )
    ]

    assert [edge.contexts for edge in mge2023.edges(votes(judgements))] == [("rain", "tea")]


def test_page_rank_of_a_chain_leaks_as_published() -> None:
    r = page_rank(said("a", "b", YES, YES) + said("b", "c", YES, YES))

    # (1-d)/N = 0.05; a = 0.05, b = 0.05 + 0.85 a, c = 0.05 + 0.85 b
    assert r == pytest.approx({"a": 0.05, "b": 0.0925, "c": 0.128625}, abs=1e-9)
    assert sum(r.values()) == pytest.approx(0.271125, abs=1e-9)


def test_page_rank_splits_by_likelihood() -> None:
    r = page_rank(said("a", "b", YES, YES, YES, YES) + said("a", "c", YES, YES, NO, NO))

    # w = 1 and 1/2: two thirds and one third of a's mass
    assert r["b"] == pytest.approx(0.05 + 0.85 * 0.05 * 2 / 3, abs=1e-9)
    assert r["c"] == pytest.approx(0.05 + 0.85 * 0.05 / 3, abs=1e-9)


def test_a_circle_of_three_keeps_its_mass_and_what_hangs_on_it_takes_some() -> None:
    steps = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]
    r = page_rank([vote for step in steps for vote in said(*step, YES, YES)])

    # c passes half of its mass to a and half to d. With k = 0.15/4 = 0.0375:
    # a = k + 0.425 c, b = k + 0.85 a, c = k + 0.85 b
    #   so c = k + 0.85 k + 0.7225 k + 0.3070625 c = 2.5725 k / 0.6929375 = 0.1392171011...
    c = 2.5725 * 0.0375 / 0.6929375
    a = 0.0375 + 0.425 * c
    expected = {"a": a, "b": 0.0375 + 0.85 * a, "c": c, "d": a}
    assert r == pytest.approx(expected, abs=1e-9)
    assert r["c"] == pytest.approx(0.1392171011, abs=1e-9)


def test_after_few_rounds_a_circle_still_holds_what_it_began_with() -> None:
    r = page_rank(said("a", "b", YES, YES) + said("b", "a", NO, NO), Parameters(rounds=2))

    # b to a has w = -2/4 and is cut. r0 = 1/2 each; r1: a = 0.075, b = 0.075 + 0.425 = 0.5;
    # r2: a = 0.075, b = 0.075 + 0.85 * 0.075 = 0.13875
    assert r == pytest.approx({"a": 0.075, "b": 0.13875}, abs=1e-9)


def test_page_rank_of_a_two_value_circle_stops_after_the_given_rounds() -> None:
    judgements = said("a", "b", *[YES] * 9) + said("b", "a", *[YES] * 3)

    once = page_rank(judgements, Parameters(rounds=1, likelihood_at_least=-1.0))

    # w(a,b) = (9-3)/12 = 0.5 and w(b,a) = (3-9)/12 = -0.5, each the only way out, so shares are 1
    assert once == pytest.approx({"a": 0.075 + 0.85 * 0.5, "b": 0.075 + 0.85 * 0.5}, abs=1e-9)


def test_wisdom_adds_up_what_leads_to_a_value() -> None:
    judgements = (
        said("a", "c", YES, YES, YES, NO) + said("b", "c", YES, YES) + said("c", "d", YES, YES, UNSURE)
    )

    found = mge2023.publish(counting.tally(votes(judgements)))

    # w(a,c) = 3/4, w(b,c) = 1, w(c,d) = 2/3
    assert found.wisdom.tolist() == pytest.approx([0, 0, 1.75, 2 / 3, 0, 0], abs=1e-12)


def test_only_values_with_a_kept_edge_have_a_place() -> None:
    ranking = mge2023.rank(votes=votes(said("a", "b", YES, YES) + said("b", "c", YES)))

    assert [(item.value, item.rank, item.n) for item in ranking.values] == [("b", 1, 3), ("a", 2, 2)]
    assert (ranking.votes, ranking.support) == (3, "none")


def test_equal_scores_share_a_rank_however_they_were_added_up() -> None:
    ends = [("a", "c"), ("b", "c"), ("e", "c"), ("e", "d"), ("b", "d"), ("a", "d")]
    ranking = mge2023.rank(votes=votes([vote for step in ends for vote in said(*step, YES, YES, NO)]))

    assert [(item.value, item.rank) for item in ranking.values] == [
        ("c", 1), ("d", 1), ("a", 3), ("b", 3), ("e", 3),
    ]  # fmt: skip


def test_no_votes_give_an_empty_ranking() -> None:
    assert mge2023.rank(votes=votes([])).values == ()
    assert mge2023.rank(votes=collect([], [])).values == ()


def test_a_bootstrap_says_how_often_each_value_is_first() -> None:
    sure = said("a", "b", *[YES] * 40)
    torn = said("c", "d", YES, YES)

    places = {
        item.value: item
        for item in mge2023.rank(votes=votes(sure + torn), parameters=Parameters(draws=400)).values
    }

    # d's edge needs two draws of its two voters among 42: 1 - (40/42)^42 - 42 (2/42) (40/42)^41 = 0.60.
    # Then it stands level with b and they share the first place; else b has it alone.
    assert places["b"].p_top == pytest.approx(0.70, abs=0.06)
    assert (places["b"].p_top or 0) + (places["d"].p_top or 0) == pytest.approx(1)
    assert places["d"].rank_high == 6


# What follows must hold for any votes.

judgements = st.lists(
    st.builds(
        lambda ends, answer, voter: Judgement(voter=voter, less_wise=ends[0], wiser=ends[1], answer=answer),
        st.permutations(VALUES[:4]).map(lambda order: order[:2]),
        st.sampled_from(Answer),
        st.integers(0, 5),
    ),
    max_size=40,
)


def by_the_book(cast: list[Judgement]) -> dict[tuple[str, str], list[int]]:
    """Count as the published program does, one vote after the other."""
    found: dict[tuple[str, str], list[int]] = {}
    column = {YES: 0, NO: 1, UNSURE: 3, SAME: 3}
    for vote in cast:
        if vote.answer is AWAY:
            continue
        here = found.setdefault((str(vote.less_wise), str(vote.wiser)), [0] * 5)
        back = found.setdefault((str(vote.wiser), str(vote.less_wise)), [0] * 5)
        here[column[vote.answer]] += 1
        here[4] += 1
        back[4] += 1
        back[2] += vote.answer is YES
    return found


@settings(max_examples=100)
@given(judgements)
def test_columns_count_as_one_vote_after_the_other_does(cast: list[Judgement]) -> None:
    found = {pair: Counters(*row) for pair, row in by_the_book(cast).items()}

    assert counted(cast) == found


@settings(max_examples=60)
@given(judgements)
def test_votes_added_and_taken_one_by_one_come_to_the_same_counts(cast: list[Judgement]) -> None:
    together = counting.tally(votes(cast))
    growing = counting.tally(votes([]))
    rows = votes(cast)
    for low, high, answer in zip(rows.less_wise, rows.wiser, rows.answer, strict=True):
        growing = growing.with_vote(less_wise=int(low), wiser=int(high), answer=int(answer))

    assert growing.key.tolist() == together.key.tolist()
    assert growing.counters.tolist() == together.counters.tolist()
    for low, high, answer in zip(rows.less_wise, rows.wiser, rows.answer, strict=True):
        growing = growing.without_vote(less_wise=int(low), wiser=int(high), answer=int(answer))
    assert not growing.counters.any()


@settings(max_examples=60)
@given(judgements, st.randoms(use_true_random=False))
def test_the_order_of_votes_changes_nothing(cast: list[Judgement], rng: random.Random) -> None:
    shuffled = rng.sample(cast, len(cast))

    assert mge2023.edges(votes(cast)) == mge2023.edges(votes(shuffled))
    assert page_rank(cast) == page_rank(shuffled)


@settings(max_examples=60)
@given(judgements, st.permutations(VALUES[:4]))
def test_other_names_give_the_same_scores_under_other_names(cast: list[Judgement], names: list[str]) -> None:
    new = dict(zip(VALUES[:4], names, strict=True))
    renamed = [
        Judgement(vote.voter, new[str(vote.less_wise)], new[str(vote.wiser)], vote.answer) for vote in cast
    ]

    here, there = page_rank(cast), page_rank(renamed)

    assert {new[name]: r for name, r in here.items()} == pytest.approx(there, abs=1e-12)


@settings(max_examples=60)
@given(judgements)
def test_weighing_every_voter_once_changes_nothing_and_twice_doubles(cast: list[Judgement]) -> None:
    rows = votes(cast).counted
    once = mge2023.weighed(rows, np.ones(len(rows.voters), dtype=np.int64))
    twice = mge2023.weighed(rows, np.full(len(rows.voters), 2))

    assert once.counters.tolist() == counting.tally(rows).counters.tolist()
    assert twice.counters.tolist() == (2 * once.counters).tolist()
