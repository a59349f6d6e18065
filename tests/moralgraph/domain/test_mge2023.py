"""The published rule, against numbers worked out by hand."""

import pytest

from apps.moralgraph.domain import mge2023
from apps.moralgraph.domain.answers import Answer, Judgement
from apps.moralgraph.domain.mge2023 import Counters, Parameters


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


def test_every_vote_marks_both_directions() -> None:
    counted = mge2023.count(said("a", "b", YES, YES, NO, UNSURE, SAME, AWAY) + said("b", "a", YES))

    assert counted["a", "b"] == Counters(wiser=2, not_wiser=1, less_wise=1, unsure=2, impressions=6)
    assert counted["b", "a"] == Counters(wiser=1, not_wiser=0, less_wise=2, unsure=0, impressions=6)


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ([YES], False),  # fewer than two
        ([YES, YES], True),
        ([YES, YES, NO, NO, NO, NO], True),  # w = 2/6, just over 0.33
        ([YES, YES, NO, NO, NO, NO, NO], False),  # w = 2/7
        ([YES] * 4 + [NO] * 3 + [UNSURE] * 3, False),  # h = 1.571 bit, H = 1 + h/2 = 1.785
        ([YES] * 6 + [NO] * 2 + [UNSURE] * 2, True),  # h = 1.371 bit, H = 1.685
    ],
)
def test_the_cuts(answers: list[Answer], kept: bool) -> None:
    assert bool(mge2023.edges(said("a", "b", *answers))) is kept


def test_the_cuts_can_be_moved() -> None:
    assert len(mge2023.edges(said("a", "b", YES), Parameters(wiser_at_least=1))) == 1


def test_page_rank_of_a_chain_leaks_as_published() -> None:
    kept = mge2023.edges(said("a", "b", YES, YES) + said("b", "c", YES, YES))

    r = mge2023.page_rank(kept)

    # (1-d)/N = 0.05; a = 0.05, b = 0.05 + 0.85 a, c = 0.05 + 0.85 b
    assert r == pytest.approx({"a": 0.05, "b": 0.0925, "c": 0.128625}, abs=1e-9)
    assert sum(r.values()) == pytest.approx(0.271125, abs=1e-9)


def test_page_rank_splits_by_likelihood() -> None:
    kept = mge2023.edges(said("a", "b", YES, YES, YES, YES) + said("a", "c", YES, YES, NO, NO))

    r = mge2023.page_rank(kept)

    # w = 1 and 1/2: two thirds and one third of a's mass
    assert r["b"] == pytest.approx(0.05 + 0.85 * 0.05 * 2 / 3, abs=1e-9)
    assert r["c"] == pytest.approx(0.05 + 0.85 * 0.05 / 3, abs=1e-9)


def test_page_rank_of_a_two_value_circle_stops_after_the_given_rounds() -> None:
    votes = said("a", "b", *[YES] * 9) + said("b", "a", *[YES] * 3)
    kept = mge2023.edges(votes, Parameters(likelihood_at_least=-1.0))

    once = mge2023.page_rank(kept, Parameters(rounds=1))

    # w(a,b) = (9-3)/12 = 0.5 and w(b,a) = (3-9)/12 = -0.5, each the only way out, so shares are 1
    assert once == pytest.approx({"a": 0.075 + 0.85 * 0.5, "b": 0.075 + 0.85 * 0.5}, abs=1e-9)


def test_only_values_with_a_kept_edge_have_a_place() -> None:
    ranking = mge2023.rank(judgements=said("a", "b", YES, YES) + said("b", "c", YES), values=["a", "b", "c"])

    assert [(item.value, item.rank, item.n) for item in ranking.values] == [("b", 1, 3), ("a", 2, 2)]
    assert (ranking.votes, ranking.support) == (3, "none")


def test_no_votes_give_an_empty_ranking() -> None:
    assert mge2023.rank(judgements=[], values=["a"]).values == ()
