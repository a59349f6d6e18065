"""Who or what would have to change for another value to take the first place."""

from functools import partial

import numpy as np
import pytest
from scipy.stats import norm

from apps.moralgraph.domain import influence, ranking, settling
from apps.moralgraph.domain.answers import Answer, Judgement
from apps.moralgraph.domain.ballots import Ballots, collect
from apps.moralgraph.domain.contests import ModelContest, PublishedContest

VALUES = ["a", "b", "c", "d"]
YES, NO = Answer.WISER, Answer.NOT_WISER
OPEN = {
    "touchstone": partial(ModelContest.of, parameters=ranking.Parameters(prior_sd=1.0)),
    "mge-2023": PublishedContest.of,
}


def votes(*cast: tuple[str, str, Answer, int], each: int = 1) -> Ballots:
    """Return votes (lower end, upper end, answer, first voter), ``each`` times by voters in a row."""
    return collect(
        [Judgement(voter + n, low, high, answer) for low, high, answer, voter in cast for n in range(each)],
        VALUES,
    )


def test_one_participant_who_decides_is_found() -> None:
    # Three say that b is wiser than a. Of c two do, and voter 9, who finds it wiser than d as well.
    cast = [
        ("a", "b", YES, 0),
        ("a", "b", YES, 1),
        ("a", "b", YES, 2),
        ("a", "c", YES, 3),
        ("a", "c", YES, 4),
    ]
    everything = votes(*cast, ("a", "c", YES, 9), ("d", "c", YES, 9))

    found = influence.without_each_voter(everything, open_contest=OPEN["touchstone"])

    assert [(item.who, item.votes, item.winner) for item in found if item.changed] == [(9, 2, "b")]
    assert {item.winner for item in found if not item.changed} == {"c"}


def test_one_participant_who_holds_an_edge_over_the_cut_is_found() -> None:
    cast = [
        ("a", "b", YES, 0),
        ("a", "b", YES, 1),
        ("a", "b", YES, 2),
        ("b", "c", YES, 5),
        ("b", "c", YES, 9),
    ]

    found = influence.without_each_voter(votes(*cast), open_contest=OPEN["mge-2023"])

    assert [(item.who, item.winner) for item in found if item.changed] == [(5, "b"), (9, "b")]


@pytest.mark.parametrize("rule", OPEN)
def test_leaving_out_agrees_with_ranking_what_is_left(rule: str) -> None:
    rng = np.random.default_rng(5)
    cast = [
        Judgement(int(rng.integers(12)), *rng.permutation(VALUES)[:2].tolist(), rng.choice([YES, YES, NO]))
        for _ in range(60)
    ]
    everything = collect(cast, VALUES)

    found = influence.without_each_voter(everything, open_contest=OPEN[rule])

    for item in found:
        left = collect([vote for vote in cast if vote.voter != item.who], VALUES)
        assert OPEN[rule](left).winner == item.winner


def test_a_group_is_left_out_as_a_whole() -> None:
    everything = votes(("a", "b", YES, 0), ("a", "c", YES, 10), each=4)
    everything = collect([*everything.judgements(), Judgement(3, "c", "b", YES)], VALUES)
    groups = {voter: "young" if voter < 10 else "old" for voter in everything.voters}

    found = influence.without_each_group(everything, groups, open_contest=OPEN["touchstone"])

    assert [(item.who, item.votes, item.winner, item.changed) for item in found] == [
        ("old", 4, "b", False), ("young", 5, "c", True),
    ]  # fmt: skip


def test_nobody_left_is_nobody_first() -> None:
    found = influence.without_each_voter(votes(("a", "b", YES, 0)), open_contest=OPEN["touchstone"])

    assert [(item.winner, item.changed) for item in found] == [(None, True)]


def test_one_false_voter_lifts_an_edge_over_the_cut() -> None:
    # d has one "wiser" each from b and c, which the rule of two cuts off; c wins with two of b's votes.
    everything = votes(
        ("a", "b", YES, 0), ("a", "b", YES, 1), ("b", "c", YES, 2), ("b", "c", YES, 3), ("c", "d", YES, 4)
    )

    upset = influence.false_voters(everything, open_contest=OPEN["mge-2023"])[0]

    assert (upset.value, upset.count) == ("d", 1)
    assert influence.Change("c", "d", YES, 1) in upset.changes
    # And so it is when somebody does it.
    joined = [
        *everything.judgements(),
        *(Judgement(99, c.less_wise, c.wiser, c.answer) for c in upset.changes),
    ]
    assert PublishedContest.of(collect(joined, VALUES)).winner == "d"


def test_false_voters_by_the_model_are_enough_and_honest_margins_need_more() -> None:
    close = votes(("a", "b", YES, 0), ("b", "a", NO, 20), ("a", "c", YES, 40), each=5)
    wide = votes(("a", "b", YES, 0), ("b", "a", NO, 20), ("c", "b", YES, 40), ("a", "c", YES, 60), each=15)

    near = influence.false_voters(close, open_contest=OPEN["touchstone"])
    far = influence.false_voters(wide, open_contest=OPEN["touchstone"])

    assert near[0].count < far[0].count <= influence.MOST_FALSE_VOTERS
    joined = [
        *close.judgements(),
        *(
            Judgement(1000 + n, change.less_wise, change.wiser, change.answer)
            for change in near[0].changes
            for n in range(change.votes)
        ),
    ]
    assert OPEN["touchstone"](collect(joined, VALUES)).winner == near[0].value


@pytest.mark.parametrize("rule", OPEN)
def test_the_smallest_change_is_one_vote_where_one_vote_decides(rule: str) -> None:
    # b has 4 of 5 from a, c has 3 of 5 from a: turn one of c's refusals and they are level or past.
    cast = [("a", "b", YES, n) for n in range(4)] + [("a", "b", NO, 4)]
    cast += [("a", "c", YES, 10 + n) for n in range(4)] + [("a", "c", NO, 14), ("b", "c", NO, 15)]
    everything = votes(*cast)
    before = OPEN[rule](everything).winner

    upset = influence.smallest_change(everything, open_contest=OPEN[rule])

    assert upset is not None
    assert upset.count == 1
    change = upset.changes[0]
    turned = list(everything.judgements())
    place = next(
        n
        for n, vote in enumerate(turned)
        if (vote.less_wise, vote.wiser) == (change.less_wise, change.wiser)
        and vote.answer is not change.answer
    )
    turned[place] = Judgement(turned[place].voter, change.less_wise, change.wiser, change.answer)
    assert OPEN[rule](collect(turned, VALUES)).winner == upset.value != before


def test_nothing_changes_a_graph_without_votes() -> None:
    for open_contest in OPEN.values():
        assert influence.smallest_change(votes(), open_contest=open_contest) is None
        assert influence.false_voters(votes(), open_contest=open_contest) == []


def belief_of(everything: Ballots) -> settling.Belief:
    return settling.Belief.of(ranking.fitted(everything, parameters=ranking.Parameters(prior_sd=1.0)))


def test_the_votes_that_help_most_are_between_those_who_may_be_first() -> None:
    # a and b are level on top of c, d and e, which nobody doubts.
    everything = votes(
        ("c", "a", YES, 0), ("c", "b", YES, 20), ("d", "c", YES, 40), ("d", "a", YES, 60), each=12
    )

    found = settling.most_helpful(values=VALUES, belief=belief_of(everything), asked=np.zeros((4, 4)), most=3)

    assert {found[0].less_wise, found[0].wiser} == {"a", "b"}
    assert found[0].worth > found[1].worth > 0


def test_the_direction_that_was_asked_less_comes_next() -> None:
    everything = votes(("a", "b", YES, 0), ("a", "b", NO, 10), each=5)
    asked = np.zeros((4, 4))
    asked[0, 1] = 10

    found = settling.most_helpful(values=VALUES, belief=belief_of(everything), asked=asked, most=6)

    ends = [(item.less_wise, item.wiser) for item in found]
    assert ("b", "a") in ends
    assert ("a", "b") not in ends


def test_the_worth_of_a_vote_is_the_share_of_variance_that_it_takes() -> None:
    everything = votes(
        ("a", "b", YES, 0), ("b", "a", YES, 10), ("a", "b", NO, 20), ("c", "b", YES, 30), each=6
    )
    belief = belief_of(everything)

    # Recompute one pair from the definition, with the covariance after h x x' is added to the precision.
    first, low, high = int(np.argmax(belief.theta[:4])), 0, 1
    x = np.zeros(5)
    x[[low, high, 4]] = -0.5, 0.5, 0.5
    after = np.linalg.inv(np.linalg.inv(belief.covariance) + belief.information()[low, high] * np.outer(x, x))
    total = 0.0
    for rival in set(range(4)) - {first}:
        c = np.zeros(5)
        c[[first, rival]] = 1, -1
        before_v, after_v = c @ belief.covariance @ c, c @ after @ c
        lead = belief.theta[first] - belief.theta[rival]
        total += norm.cdf(-lead / np.sqrt(before_v)) * (1 - after_v / before_v)
    assert settling.worth(belief)[low, high] == pytest.approx(total, rel=1e-6)
