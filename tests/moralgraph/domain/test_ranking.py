"""The paired-comparison rule: hand-worked scores, and properties that must hold for any votes."""

import dataclasses
import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from apps.moralgraph.domain import ranking
from apps.moralgraph.domain.answers import Answer, Judgement
from apps.moralgraph.domain.ranking import Parameters
from apps.moralgraph.domain.results import Ranking

VALUES = ["a", "b", "c", "d"]
FEW = Parameters(draws=20)
REVERSED = {Answer.WISER: Answer.NOT_WISER, Answer.NOT_WISER: Answer.WISER}

judgements = st.lists(
    st.builds(
        lambda ends, answer, voter: Judgement(voter=voter, less_wise=ends[0], wiser=ends[1], answer=answer),
        st.permutations(VALUES).map(lambda order: order[:2]),
        st.sampled_from(Answer),
        st.integers(0, 5),
    ),
    max_size=25,
)


def wins(winner: str, loser: str, times: int, first_voter: int = 0) -> list[Judgement]:
    return [Judgement(first_voter + number, loser, winner, Answer.WISER) for number in range(times)]


def scores(result: Ranking) -> dict[object, float]:
    return {item.value: item.score for item in result.values}


def place(result: Ranking, value: str) -> ranking.Scored:
    return next(item for item in result.values if item.value == value)


def test_two_values_and_three_wins_to_one_by_hand() -> None:
    votes = wins("b", "a", 3) + wins("a", "b", 1)

    result = ranking.rank(judgements=votes, values=["a", "b"], parameters=Parameters(prior_sd=2.0))

    # By symmetry s_b = -s_a = x, and the slope 3 sigma(-2x) - 1 sigma(2x) - x/4 is 0 at the maximum.
    x = brentq(lambda x: 3 / (1 + math.exp(2 * x)) - 1 / (1 + math.exp(-2 * x)) - x / 4, 0, 5, xtol=1e-14)
    assert scores(result) == pytest.approx({"a": -x, "b": x}, abs=1e-9)


def test_a_weak_prior_comes_to_the_log_of_the_odds() -> None:
    votes = wins("b", "a", 300) + wins("a", "b", 100)

    result = scores(ranking.rank(judgements=votes, values=["a", "b"], parameters=Parameters(prior_sd=20.0)))

    assert result["b"] - result["a"] == pytest.approx(math.log(3), abs=1e-3)


def test_ties_are_half_a_win_each_and_not_about_this_is_nothing() -> None:
    tie = [Judgement(0, "a", "b", Answer.UNSURE), Judgement(1, "a", "b", Answer.SAME)]
    halves = [Judgement(0, "a", "b", Answer.WISER), Judgement(1, "a", "b", Answer.NOT_WISER)]
    away = [Judgement(2, "a", "b", Answer.NOT_ABOUT)] * 5

    with_ties = ranking.rank(
        judgements=[*tie, *wins("b", "a", 1, 9), *away], values=["a", "b"], parameters=FEW
    )
    with_halves = ranking.rank(judgements=[*halves, *wins("b", "a", 1, 9)], values=["a", "b"], parameters=FEW)

    assert scores(with_ties) == pytest.approx(scores(with_halves), abs=1e-9)
    assert (with_ties.votes, with_ties.participants) == (3, 3)


def test_nobody_voted_so_nothing_is_known() -> None:
    result = ranking.rank(judgements=[], values=VALUES)

    assert result.support == "none"
    assert [item.score for item in result.values] == [0, 0, 0, 0]
    assert all(item.rank == 1 and (item.rank_low, item.rank_high) == (1, 4) for item in result.values)
    assert all(item.p_top == pytest.approx(0.25, abs=0.06) for item in result.values)


def test_no_values_and_one_value() -> None:
    assert ranking.rank(judgements=[], values=[]).values == ()
    alone = ranking.rank(judgements=[], values=["a"]).values[0]
    assert (alone.score, alone.p_top, alone.rank_high) == (0.0, 1.0, 1)


def test_a_value_that_nobody_judged_is_less_certain_than_one_that_many_judged() -> None:
    votes = wins("b", "a", 30) + wins("a", "b", 30, 40)

    result = ranking.rank(judgements=votes, values=["a", "b", "c"])

    width = {item.value: (item.high or 0) - (item.low or 0) for item in result.values}
    assert width["c"] > 1.5 * width["a"]
    assert place(result, "c").n == 0


def test_many_people_who_agree_give_clear_support_and_few_do_not() -> None:
    clear = ranking.rank(judgements=wins("b", "a", 60), values=["a", "b"])
    thin = ranking.rank(judgements=wins("b", "a", 1), values=["a", "b"])
    even = ranking.rank(judgements=wins("b", "a", 30) + wins("a", "b", 30, 40), values=["a", "b"])

    assert (clear.support, thin.support, even.support) == ("clear", "leaning", "contested")
    assert place(clear, "b").p_top is not None
    assert place(clear, "b").p_top == 1.0


def test_one_loud_person_counts_as_one_person() -> None:
    loud = [Judgement("one", "a", "b", Answer.WISER)] * 30 + [Judgement("two", "b", "a", Answer.WISER)] * 20
    many = wins("b", "a", 30) + wins("a", "b", 20, 40)

    widths = []
    for votes in (loud, many):
        result = place(ranking.rank(judgements=votes, values=["a", "b"]), "b")
        widths.append((result.high or 0) - (result.low or 0))

    assert widths[0] > 2 * widths[1]


def test_scores_and_intervals_recover_a_known_order() -> None:
    rng = random.Random(4)
    truth = {value: rng.gauss(0, 1) for value in range(10)}
    votes = []
    for voter in range(300):
        for _ in range(4):
            low, high = rng.sample(range(10), 2)
            wiser = rng.random() < 1 / (1 + math.exp(truth[low] - truth[high]))
            votes.append(Judgement(voter, low, high, Answer.WISER if wiser else Answer.NOT_WISER))

    result = ranking.rank(judgements=votes, values=list(range(10)))

    mean = sum(truth.values()) / 10
    covered = [(item.low or 0) <= truth[int(item.value)] - mean <= (item.high or 0) for item in result.values]
    found = [item.score for item in sorted(result.values, key=lambda item: int(item.value))]
    assert np.corrcoef(found, list(truth.values()))[0, 1] > 0.97
    assert sum(covered) >= 8


@settings(max_examples=40, deadline=None)
@given(judgements)
def test_reversing_every_vote_reverses_the_ranking_exactly(votes: list[Judgement]) -> None:
    turned = [dataclasses.replace(vote, answer=REVERSED.get(vote.answer, vote.answer)) for vote in votes]

    here = ranking.rank(judgements=votes, values=VALUES, parameters=FEW)
    there = ranking.rank(judgements=turned, values=VALUES, parameters=FEW)

    for value in VALUES:
        one, other = place(here, value), place(there, value)
        assert one.score == pytest.approx(-other.score, abs=1e-6)
        assert one.low == pytest.approx(-(other.high or 0), abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(judgements, st.permutations(VALUES))
def test_another_win_never_lowers_a_score(votes: list[Judgement], order: list[str]) -> None:
    winner, loser = order[:2]

    before = place(ranking.rank(judgements=votes, values=VALUES, parameters=FEW), winner)
    after = place(
        ranking.rank(judgements=[*votes, *wins(winner, loser, 1, 99)], values=VALUES, parameters=FEW), winner
    )

    assert after.score > before.score
    assert after.rank <= before.rank


@settings(max_examples=30, deadline=None)
@given(judgements, st.randoms(use_true_random=False))
def test_the_order_of_votes_changes_nothing(votes: list[Judgement], rng: random.Random) -> None:
    shuffled = list(votes)
    rng.shuffle(shuffled)

    assert ranking.rank(judgements=votes, values=VALUES, parameters=FEW) == ranking.rank(
        judgements=shuffled, values=VALUES, parameters=FEW
    )


@settings(max_examples=30, deadline=None)
@given(judgements, st.permutations(VALUES))
def test_the_order_of_values_changes_no_score(votes: list[Judgement], order: list[str]) -> None:
    here = scores(ranking.rank(judgements=votes, values=VALUES, parameters=FEW))
    there = scores(ranking.rank(judgements=votes, values=order, parameters=FEW))

    assert here == pytest.approx(there, abs=1e-7)


@settings(max_examples=30, deadline=None)
@given(judgements)
def test_what_is_reported_is_consistent(votes: list[Judgement]) -> None:
    result = ranking.rank(judgements=votes, values=VALUES, parameters=FEW)

    assert sum(item.p_top or 0 for item in result.values) == pytest.approx(1.0)
    assert sum(item.score for item in result.values) == pytest.approx(0.0, abs=1e-8)
    assert [item.score for item in result.values] == sorted(
        (item.score for item in result.values), reverse=True
    )
    for item in result.values:
        assert (item.low or 0) <= item.score <= (item.high or 0)
        assert 1 <= (item.rank_low or 0) <= (item.rank_high or 0) <= len(VALUES)


def test_parameters_out_of_range_are_refused() -> None:
    for bad in ({"draws": 3}, {"draws": 0}, {"prior_sd": 0}, {"level": 1.0}):
        with pytest.raises(ValueError, match=next(iter(bad))):
            Parameters(**bad)
