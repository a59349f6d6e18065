"""Votes become edges that point to the value more people find wiser."""

from apps.moralgraph.domain import edges
from apps.moralgraph.domain.answers import Answer, Judgement
from apps.moralgraph.domain.edges import Counts

YES, NO, UNSURE, SAME, AWAY = Answer.WISER, Answer.NOT_WISER, Answer.UNSURE, Answer.SAME, Answer.NOT_ABOUT


def said(less_wise: int, wiser: int, *answers: Answer, context: int = 1) -> list[Judgement]:
    return [
        Judgement(voter=number, less_wise=less_wise, wiser=wiser, answer=answer, context=context)
        for number, answer in enumerate(answers)
    ]


def test_both_directions_are_pooled_and_kept_apart() -> None:
    edge = edges.pool(said(1, 2, YES, YES, YES, NO) + said(2, 1, YES, NO, NO, AWAY, context=2))[0]

    assert (edge.less_wise, edge.wiser) == (1, 2)
    assert edge.counts == Counts(wiser=5, not_wiser=2, not_about=1)
    assert edge.likelihood == 5 / 7
    assert [(item.less_wise, item.counts.n) for item in edge.asked] == [(1, 4), (2, 3)]
    assert edge.contexts == (1, 2)


def test_an_edge_points_to_what_most_find_wiser_however_it_was_asked() -> None:
    edge = edges.pool(said(1, 2, NO, NO, YES))[0]

    assert (edge.less_wise, edge.wiser) == (2, 1)
    assert (edge.counts.wiser, edge.counts.not_wiser, edge.likelihood) == (2, 1, 2 / 3)


def test_unsure_and_the_same_are_half_and_not_about_this_is_not_counted() -> None:
    edge = edges.pool(said(1, 2, YES, UNSURE, SAME, AWAY, AWAY))[0]

    assert (edge.n, edge.likelihood) == (3, 2 / 3)


def test_a_pair_that_nobody_found_to_the_point_says_nothing() -> None:
    edge = edges.pool(said(1, 2, AWAY))[0]

    assert (edge.n, edge.likelihood) == (0, 0.5)
    assert edges.cycles([edge]) == []


def test_a_circle_of_three_is_found_and_what_hangs_on_it_is_not() -> None:
    votes = said(1, 2, YES) + said(2, 3, YES) + said(3, 1, YES) + said(3, 4, YES) + said(5, 4, YES)

    assert edges.cycles(edges.pool(votes)) == [[1, 2, 3]]


def test_two_circles_come_apart_and_an_even_pair_closes_none() -> None:
    one = said(1, 2, YES) + said(2, 3, YES) + said(3, 1, YES)
    other = said(7, 8, YES) + said(8, 9, YES) + said(9, 7, YES)
    even = said(4, 5, YES) + said(5, 6, YES) + said(6, 4, YES, NO)

    assert edges.cycles(edges.pool(one + other + even)) == [[1, 2, 3], [7, 8, 9]]
