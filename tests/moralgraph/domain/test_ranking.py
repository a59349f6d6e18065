"""The paired-comparison rule: hand-worked scores, and properties that must hold for any votes."""

import dataclasses
import math
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize

from apps.moralgraph.domain import ranking
from apps.moralgraph.domain.answers import Answer, Judgement, Key
from apps.moralgraph.domain.ballots import collect
from apps.moralgraph.domain.paired import TIES_MEAN, TIES_SD
from apps.moralgraph.domain.ranking import Parameters
from apps.moralgraph.domain.results import Ranking

VALUES = ["a", "b", "c", "d"]
FEW = Parameters(draws=20, prior_sd=1.0)
PLAIN = Parameters(draws=20, prior_sd=1.0, leaning_sd=0.0)
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


def said(less_wise: str, wiser: str, answer: Answer, times: int, first_voter: int = 0) -> list[Judgement]:
    return [Judgement(first_voter + number, less_wise, wiser, answer) for number in range(times)]


def wins(winner: str, loser: str, times: int, first_voter: int = 0) -> list[Judgement]:
    return said(loser, winner, Answer.WISER, times, first_voter)


def rank(
    votes: Sequence[Judgement], values: Sequence[Key] = ("a", "b"), parameters: Parameters = FEW
) -> Ranking:
    return ranking.rank(votes=collect(votes, values), parameters=parameters)


def scores(result: Ranking) -> dict[object, float]:
    return {item.value: item.score for item in result.values}


def place(result: Ranking, value: str) -> ranking.Scored:
    return next(item for item in result.values if item.value == value)


def test_two_values_and_three_wins_to_one_by_hand() -> None:
    votes = said("a", "b", Answer.WISER, 3) + said("a", "b", Answer.NOT_WISER, 1, 7)

    result = rank(votes, parameters=dataclasses.replace(PLAIN, prior_sd=2.0))

    # By symmetry s_b = -s_a = x, and the slope 3 sigma(-2x) - 1 sigma(2x) - x/4 is 0 at the maximum.
    x = brentq(lambda x: 3 / (1 + math.exp(2 * x)) - 1 / (1 + math.exp(-2 * x)) - x / 4, 0, 5, xtol=1e-14)
    assert scores(result) == pytest.approx({"a": -x, "b": x}, abs=1e-9)


def test_what_people_say_of_both_directions_alike_is_the_story_and_not_the_value() -> None:
    votes = [vote for ends in ("ab", "ba") for vote in said(*ends, Answer.WISER, 23)]
    votes += [vote for ends in ("ab", "ba") for vote in said(*ends, Answer.NOT_WISER, 4, 30)]

    result = rank(votes)

    # The scores are equal; phi is where 46 sigma(-phi) - 8 sigma(phi) - phi = 0.
    phi = brentq(lambda x: 46 / (1 + math.exp(x)) - 8 / (1 + math.exp(-x)) - x, 0, 5, xtol=1e-14)
    assert scores(result) == {"a": 0.0, "b": 0.0}
    assert result.fitted["leaning"] == pytest.approx(phi, abs=1e-6)


def test_a_yes_from_yes_sayers_says_less_than_a_no() -> None:
    # Everybody says "wiser" of c and d in both directions; of a and b only the step to b was asked about.
    yes_sayers = [vote for ends in ("cd", "dc") for vote in said(*ends, Answer.WISER, 40)]
    yes = rank([*yes_sayers, *wins("b", "a", 10, 50)], VALUES)
    no = rank([*yes_sayers, *said("a", "b", Answer.NOT_WISER, 10, 50)], VALUES)

    assert 0 < scores(yes)["b"] < 0.6 * scores(no)["a"]


def test_a_weak_prior_comes_to_the_log_of_the_odds() -> None:
    votes = said("a", "b", Answer.WISER, 300) + said("a", "b", Answer.NOT_WISER, 100, 400)

    result = scores(rank(votes, parameters=Parameters(draws=2, prior_sd=20.0, leaning_sd=0.0)))

    assert result["b"] - result["a"] == pytest.approx(math.log(3), abs=1e-3)


def test_the_same_draws_together_and_unsure_and_not_about_this_move_nothing() -> None:
    base = wins("b", "a", 8)
    same = base + said("a", "b", Answer.SAME, 8, 20)
    unsure = base + said("a", "b", Answer.UNSURE, 8, 20)
    away = base + said("a", "b", Answer.NOT_ABOUT, 8, 20)

    assert 0 < scores(rank(same))["b"] < 0.9 * scores(rank(base))["b"]
    assert scores(rank(unsure)) == pytest.approx(scores(rank(base)), abs=1e-9)
    assert scores(rank(away)) == pytest.approx(scores(rank(base)), abs=1e-9)
    assert [rank(votes).votes for votes in (same, unsure, away)] == [16, 16, 8]


@settings(max_examples=20, deadline=None)
@given(judgements)
def test_scores_are_where_the_stated_posterior_is_highest(votes: list[Judgement]) -> None:
    index = {value: number for number, value in enumerate(VALUES)}
    ties = any(vote.answer is Answer.SAME for vote in votes)
    result = rank(votes, VALUES)
    sharpness = result.fitted["sharpness"]

    def loss(theta: np.ndarray) -> float:
        s, phi, readiness = theta[:4], theta[4], theta[5]
        total = (s**2).sum() / 2 + phi**2 / 2 + (readiness - TIES_MEAN) ** 2 / (2 * TIES_SD**2)
        for vote in votes:
            if vote.answer in (Answer.UNSURE, Answer.NOT_ABOUT):
                continue
            d = s[index[str(vote.wiser)]] - s[index[str(vote.less_wise)]]
            u = readiness - sharpness * math.log(math.cosh(d / 2))
            same = 1 / (1 + math.exp(-u)) if ties else 0.0
            wiser = 1 / (1 + math.exp(-d - phi))
            chance = {Answer.WISER: wiser * (1 - same), Answer.NOT_WISER: (1 - wiser) * (1 - same)}
            total -= math.log(chance.get(vote.answer, same))
        return float(total)

    started = [*[scores(result)[value] for value in VALUES], result.fitted["leaning"], TIES_MEAN]
    best = minimize(loss, np.array(started), method="BFGS", options={"gtol": 1e-8}).x

    assert [scores(result)[value] for value in VALUES] == pytest.approx(best[:4], abs=2e-5)


def near_and_far(*, near_same: int, far_same: int) -> list[Judgement]:
    """Return 400 votes on two values that are even, and 400 on two of which one has nine of ten."""
    even = (400 - near_same) // 2
    far = 400 - far_same
    return [
        *said("a", "b", Answer.WISER, even),
        *said("a", "b", Answer.NOT_WISER, even, 1000),
        *said("a", "b", Answer.SAME, near_same, 2000),
        *said("c", "d", Answer.WISER, far * 9 // 10, 3000),
        *said("c", "d", Answer.NOT_WISER, far // 10, 4000),
        *said("c", "d", Answer.SAME, far_same, 5000),
    ]


@pytest.mark.parametrize(("near_same", "far_same"), [(40, 0), (40, 40), (40, 25), (80, 0), (80, 80), (0, 40)])
def test_the_same_leaves_the_odds_of_what_was_decided_whoever_says_it_of_what(
    near_same: int, far_same: int
) -> None:
    # Whoever says "the same" of near equals alone, or of anything, or as Davidson has it (40 and 25): nine
    # to one among those who decided is a gap of ln 9 = 2.197.
    votes = near_and_far(near_same=near_same, far_same=far_same)

    found = scores(rank(votes, VALUES, Parameters(draws=2, prior_sd=20.0, leaning_sd=0.0)))

    assert found["d"] - found["c"] == pytest.approx(math.log(9), abs=0.08)
    assert found["a"] == pytest.approx(found["b"], abs=1e-6)


def test_how_sharply_the_same_is_kept_for_near_values_is_learned() -> None:
    asked = {"near": (40, 0), "by Davidson": (40, 25), "anything": (40, 40), "nobody": (0, 0)}

    found = {
        name: rank(near_and_far(near_same=near, far_same=far), VALUES, PLAIN).fitted["sharpness"]
        for name, (near, far) in asked.items()
    }

    # Davidson's odds fall by cosh(ln(9) / 2) = 5/3 from 40 to 360 down to 25 to 375.
    assert found["by Davidson"] == pytest.approx(1, abs=0.1)
    assert found["near"] > 3
    assert found["anything"] < 0.5
    assert found["nobody"] == 1


def test_nobody_voted_so_nothing_is_known() -> None:
    result = rank([], VALUES, Parameters())

    assert result.support == "none"
    assert [item.score for item in result.values] == [0, 0, 0, 0]
    assert all(item.rank == 1 and (item.rank_low, item.rank_high) == (1, 4) for item in result.values)
    assert all(item.p_top == pytest.approx(0.25, abs=0.06) for item in result.values)


def test_no_values_and_one_value() -> None:
    assert rank([], []).values == ()
    alone = rank([], ["a"]).values[0]
    assert (alone.score, alone.p_top, alone.rank_high) == (0.0, 1.0, 1)


def test_without_draws_nothing_is_said_of_how_sure_it_is() -> None:
    result = rank(wins("b", "a", 60), parameters=Parameters(draws=0))

    assert (result.support, len(result.draws)) == ("none", 0)
    assert [(item.value, item.low, item.p_top) for item in result.values] == [
        ("b", None, None),
        ("a", None, None),
    ]


def test_a_value_that_nobody_judged_is_less_certain_than_one_that_many_judged() -> None:
    votes = wins("b", "a", 30) + wins("a", "b", 30, 40)

    result = rank(votes, VALUES[:3], Parameters(prior_sd=1.0))

    width = {item.value: (item.high or 0) - (item.low or 0) for item in result.values}
    assert width["c"] > 1.5 * width["a"]
    assert place(result, "c").n == 0


def test_many_people_who_agree_give_clear_support_and_few_do_not() -> None:
    clear = rank(wins("b", "a", 60), parameters=Parameters())
    thin = rank(wins("b", "a", 1), parameters=Parameters())
    even = rank(wins("b", "a", 30) + wins("a", "b", 30, 40), parameters=Parameters())

    assert (clear.support, thin.support, even.support) == ("clear", "leaning", "contested")
    assert place(clear, "b").p_top == pytest.approx(1.0, abs=0.05)


def judged(winner: str, loser: str, voters: range, times: int) -> list[Judgement]:
    """Return votes of people who each prefer the winner so many times, asked both ways alike."""
    return [
        vote
        for voter in voters
        for turn in range(times)
        for vote in (
            said(loser, winner, Answer.WISER, 1, voter)
            if turn % 2 == voter % 2
            else said(winner, loser, Answer.NOT_WISER, 1, voter)
        )
    ]


def test_loud_people_count_as_people_and_not_as_their_votes() -> None:
    # 400 votes, six of ten for b: by ten people who never differ from themselves, and by 400.
    loud = judged("b", "a", range(6), 40) + judged("a", "b", range(6, 10), 40)
    many = judged("b", "a", range(240), 1) + judged("a", "b", range(240, 400), 1)

    found = [place(rank(votes, parameters=Parameters(prior_sd=1.0)), "b") for votes in (loud, many)]

    assert found[0].score == pytest.approx(found[1].score, abs=1e-6)
    widths = [(item.high or 0) - (item.low or 0) for item in found]
    assert widths[0] > 2 * widths[1]


@pytest.mark.parametrize("people", [60, 300, 1000])
def test_people_who_all_agree_leave_open_how_often_others_would_not(people: int) -> None:
    votes = judged("b", "a", range(people), 1)

    result = place(rank(votes, parameters=Parameters(prior_sd=2.0, leaning_sd=0.0)), "b")

    # No resampling of these people shows another answer. The posterior of s_b = -s_a = x is as
    # sigma(2x)^people exp(-x^2 / 4): 95 % of it are from 1.53 to 4.16 with 60, from 2.28 to 4.65 with 300.
    x = np.linspace(-2.0, 20.0, 20_001)
    told = np.exp(-people * np.log1p(np.exp(-2 * x)) - x**2 / 4)
    low, high = np.interp([0.025, 0.975], np.cumsum(told) / told.sum(), x)
    assert result.low == pytest.approx(low, abs=0.15)
    assert result.high == pytest.approx(high, abs=0.45)


def test_a_voter_who_counts_three_times_weighs_as_three_who_say_so() -> None:
    votes = wins("b", "a", 1) + wins("a", "b", 1, 5)
    three = wins("b", "a", 3) + wins("a", "b", 1, 5)

    weighed = ranking.rank(votes=collect(votes, ["a", "b"]), parameters=FEW, weights={0: 3.0})

    assert scores(weighed) == pytest.approx(scores(rank(three)), abs=1e-8)


def test_the_spread_of_values_is_learned_from_enough_votes() -> None:
    found = {}
    for spread in (0.3, 1.0, 2.5):
        rng = random.Random(4)
        truth = [rng.gauss(0, spread) for _ in range(40)]
        votes = []
        for voter in range(4000):
            low, high = rng.sample(range(40), 2)
            wiser = rng.random() < 1 / (1 + math.exp(truth[low] - truth[high]))
            votes.append(Judgement(voter, low, high, Answer.WISER if wiser else Answer.NOT_WISER))
        found[spread] = rank(votes, range(40), Parameters(draws=0)).fitted["prior_sd"] / np.std(truth)

    assert list(found.values()) == pytest.approx([1, 1, 1], abs=0.2)
    # Two votes say next to nothing, so that tau stays near 1.
    assert rank(wins("b", "a", 2), parameters=Parameters(draws=0)).fitted["prior_sd"] == pytest.approx(
        1, abs=0.2
    )


@settings(max_examples=40, deadline=None)
@given(judgements)
def test_reversing_every_vote_reverses_the_ranking_exactly(votes: list[Judgement]) -> None:
    turned = [dataclasses.replace(vote, answer=REVERSED.get(vote.answer, vote.answer)) for vote in votes]

    here = rank(votes, VALUES)
    there = rank(turned, VALUES)

    for value in VALUES:
        one, other = place(here, value), place(there, value)
        assert one.score == pytest.approx(-other.score, abs=1e-6)
        assert one.low == pytest.approx(-(other.high or 0), abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(judgements, st.permutations(VALUES))
def test_another_win_never_lowers_a_score(votes: list[Judgement], order: list[str]) -> None:
    # At a given leaning: otherwise a "wiser" also tells that people say "wiser" readily.
    winner, loser = order[:2]
    decided = [vote for vote in votes if vote.answer is not Answer.SAME]

    before = place(rank(decided, VALUES, PLAIN), winner)
    after = place(rank([*decided, *wins(winner, loser, 1, 99)], VALUES, PLAIN), winner)

    assert after.score > before.score
    assert after.rank <= before.rank


@settings(max_examples=40, deadline=None)
@given(judgements, st.permutations(VALUES))
def test_another_win_always_makes_the_next_one_likelier(votes: list[Judgement], order: list[str]) -> None:
    winner, loser = order[:2]

    def expected(cast: list[Judgement]) -> float:
        result = rank(cast, VALUES)
        return scores(result)[winner] - scores(result)[loser] + result.fitted["leaning"]

    assert expected([*votes, *wins(winner, loser, 1, 99)]) > expected(votes)


@settings(max_examples=30, deadline=None)
@given(judgements, st.randoms(use_true_random=False))
def test_the_order_of_votes_changes_nothing(votes: list[Judgement], rng: random.Random) -> None:
    shuffled = list(votes)
    rng.shuffle(shuffled)

    assert rank(votes, VALUES) == rank(shuffled, VALUES)


@settings(max_examples=30, deadline=None)
@given(judgements, st.permutations(VALUES))
def test_the_order_of_values_changes_no_score(votes: list[Judgement], order: list[str]) -> None:
    here = scores(rank(votes, VALUES))
    there = scores(rank(votes, order))

    assert here == pytest.approx(there, abs=1e-7)


@settings(max_examples=30, deadline=None)
@given(judgements, st.permutations(VALUES))
def test_other_names_give_the_same_scores_under_other_names(votes: list[Judgement], order: list[str]) -> None:
    new = dict(zip(VALUES, order, strict=True))
    renamed = [
        dataclasses.replace(vote, less_wise=new[str(vote.less_wise)], wiser=new[str(vote.wiser)])
        for vote in votes
    ]

    here, there = scores(rank(votes, VALUES)), scores(rank(renamed, VALUES))

    assert {new[str(value)]: score for value, score in here.items()} == pytest.approx(there, abs=1e-7)


@settings(max_examples=30, deadline=None)
@given(judgements)
def test_what_is_reported_is_consistent(votes: list[Judgement]) -> None:
    result = rank(votes, VALUES, Parameters(draws=21))

    assert sum(item.p_top or 0 for item in result.values) == pytest.approx(1.0)
    assert sum(item.score for item in result.values) == pytest.approx(0.0, abs=1e-7)
    assert [item.score for item in result.values] == sorted(
        (item.score for item in result.values), reverse=True
    )
    for item in result.values:
        assert (item.low or 0) <= item.score <= (item.high or 0)
        assert 1 <= (item.rank_low or 0) <= (item.rank_high or 0) <= len(VALUES)


def test_parameters_out_of_range_are_refused() -> None:
    for bad in (
        {"draws": -1},
        {"prior_sd": -1},
        {"prior_sd": 30},
        {"leaning_sd": -1},
        {"seed": -1},
        {"level": 1.0},
    ):
        with pytest.raises(ValueError, match=next(iter(bad))):
            Parameters(**bad)
