"""An oracle beside people, and the side of the page that it prefers."""

import dataclasses

import numpy as np
import pytest

from apps.discretion.domain import kappa, oracles, report
from apps.discretion.domain.agreement import Agreement
from apps.discretion.domain.ballots import ABSENT
from apps.discretion.domain.oracles import Order
from tests.discretion.domain.test_ballots import SOME

ORACLE = SOME.voters[0]
KIM = report.Rater("7", "Kim", "person")


def test_an_oracle_is_compared_with_people_where_both_voted() -> None:
    # Kim votes on two pairs by Care (A, B) and one by Be frank (A); the oracle says A, A and A there.
    mine = np.array([[1, -1, ABSENT, ABSENT], [1, ABSENT, ABSENT, ABSENT]], dtype=np.int8)
    both = dataclasses.replace(
        SOME,
        voters=(ORACLE, KIM),
        votes=np.stack([SOME.votes[0], mine]),
        sure=np.repeat(SOME.sure, 2, axis=0),
        turned_votes=np.repeat(SOME.turned_votes, 2, axis=0),
    )

    found = oracles.check(ballots=both, rater=ORACLE, orders=[])

    assert (found.sampled, found.votes) == (3, 7)
    # p_o = 2/3 and p_e = 1 * 2/3: no better than chance.
    assert found.kappa.value == pytest.approx(0.0)
    assert found.sentence.startswith("The principles' preferences are votes of “oracle”, an algorithm.")
    assert "People judged 3 of its 7 votes" in found.sentence


def test_where_nobody_judged_a_sample_it_says_so() -> None:
    found = oracles.check(ballots=SOME, rater=ORACLE, orders=[])

    assert (found.sampled, found.kappa.value) == (0, None)
    assert oracles.UNJUDGED in found.sentence


def test_position_bias_counts_what_was_shown_first() -> None:
    found = oracles.position(
        orders=[Order("ab", "a", "a", 6), Order("ab", "a", "b", 3), Order("ba", "b", "", 1)]
    )

    # First shown: six times A, then (other order) B was first but A chosen; three times A, then B; once B.
    assert (found.first.value, found.first.n) == (pytest.approx(13 / 19), 19)
    assert (found.turned.value, found.turned.n) == (pytest.approx(3 / 9), 9)
    assert not found.one_order


def test_a_single_order_cannot_tell_bias_from_quality() -> None:
    found = oracles.position(orders=[Order("ab", "a", "", 9), Order("ab", "not_applicable", "", 5)])

    assert found.one_order
    assert (found.first.n, found.turned.n) == (9, 0)


def _checked(*orders: Order, sampled: int) -> oracles.Check:
    # Half of what people judged is A and half B, and the oracle says the same but for one pair.
    table = np.zeros((3, 3), dtype=int)
    table[0, 0], table[2, 2], table[2, 0] = sampled // 2, sampled // 2 - 1, sampled and 1
    empty = Agreement(None, None, None, 0, 0, oracles.UNJUDGED)
    return oracles.Check(
        rater=ORACLE,
        sampled=sampled,
        votes=400,
        kappa=kappa.cohen_kappa(counts=table) if sampled else empty,
        by_principle=(),
        position=oracles.position(orders=orders),
    )


def test_beside_every_figure_stand_kappa_and_position_bias_each_with_its_n() -> None:
    # p_o = 0.95 and p_e = 0.5: kappa 0.9; 30 of 300 votes turned, Wilson 7 to 14 %.
    both = _checked(Order("ab", "a", "a", 270), Order("ab", "a", "b", 30), sampled=20)
    mixed = _checked(Order("ab", "a", "", 30), Order("ba", "a", "", 10), sampled=20)

    assert both.brief.startswith("“oracle”: Cohen's kappa with people 0.90 [0.")
    assert both.brief.endswith(
        ", n = 20; 10 % [7, 14] of the votes asked both ways turned with the order, n = 300."
    )
    assert "it decided for the response shown first in 75 % [60, 86], n = 40." in mixed.brief


def test_what_is_not_known_of_an_oracle_is_said_as_well() -> None:
    found = _checked(Order("ab", "a", "", 9), sampled=0)

    assert found.brief == (
        "“oracle”: kappa with people not known, n = 0; position bias not known: each pair was shown in one "
        "order, n = 9."
    )
    assert found.sentence.endswith("each pair was shown in one order, n = 9.")
