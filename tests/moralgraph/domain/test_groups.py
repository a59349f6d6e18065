"""The same graph by group, and what changed between two graphs."""

import pytest

from apps.moralgraph.domain import drift, graph, groups
from apps.moralgraph.domain.answers import Answer, Judgement
from apps.moralgraph.domain.ballots import collect
from apps.moralgraph.domain.graph import Graph
from apps.moralgraph.domain.ranking import Parameters

VALUES = ["a", "b", "c"]
YES, NO = Answer.WISER, Answer.NOT_WISER
FEW = Parameters(draws=100, prior_sd=1.0)


def said(voters: range, low: str, high: str, answer: Answer = YES) -> list[Judgement]:
    return [Judgement(voter, low, high, answer) for voter in voters]


def both_ways(voters: range, low: str, high: str) -> list[Judgement]:
    return said(voters, low, high) + said(voters, high, low, NO)


OLD, YOUNG, TINY = range(20), range(20, 40), range(40, 43)
GROUPS = dict.fromkeys(OLD, "old") | dict.fromkeys(YOUNG, "young") | dict.fromkeys(TINY, "tiny")
# Both find b wiser than a; the old put c on top and the young at the bottom.
CAST = [
    *said(range(40), "a", "b"), *said(OLD, "b", "c"), *said(YOUNG, "b", "c", NO),
    *said(YOUNG, "a", "c", NO), *said(OLD, "a", "c"), *said(TINY, "a", "b", NO),
    *said(range(50, 52), "a", "b"),
]  # fmt: skip


def compared() -> groups.Comparison:
    return groups.compare(votes=collect(CAST, VALUES), groups=GROUPS, parameters=FEW)


def test_each_group_has_its_own_order_and_small_ones_are_not_shown() -> None:
    found = compared()

    assert [(group.name, group.people) for group in found.groups] == [("old", 20), ("young", 20)]
    orders = [[item.value for item in group.ranking.values] for group in found.groups]
    assert orders == [["c", "b", "a"], ["b", "a", "c"]]
    # Three of a group too small, and two of whom nothing is known.
    assert found.left_out == 5


def test_what_groups_disagree_on_comes_first_and_with_certainty() -> None:
    first, *others = compared().differences

    assert (first.value, first.highest, first.lowest, first.certain) == ("c", "old", "young", True)
    assert first.low < first.gap < first.high
    assert all(item.low <= first.low for item in others)


def test_what_survives_in_all_groups_bridges_them() -> None:
    found = compared()

    assert [(step.less_wise, step.wiser, step.groups) for step in found.shared] == [("a", "b", 2)]
    assert found.bridges[0].value == "b"
    assert {bridge.value: bridge.where for bridge in found.bridges}["c"] == "young"
    # a is low in both groups and c in one of them.
    assert not any(bridge.bridges for bridge in found.bridges)


def test_groups_that_agree_differ_in_nothing_for_certain() -> None:
    cast = [*both_ways(range(40), "a", "b"), *both_ways(range(40), "b", "c")]

    found = groups.compare(votes=collect(cast, VALUES), groups=GROUPS, parameters=FEW)

    assert not any(item.certain for item in found.differences)
    assert found.bridges[0].value == "c"
    assert found.bridges[0].bridges


def test_nobody_told_anything() -> None:
    found = groups.compare(votes=collect(CAST, VALUES), groups={}, parameters=FEW)

    assert (found.groups, found.differences, found.shared, found.bridges, found.left_out) == (
        (),
        (),
        (),
        (),
        45,
    )


def built(cast: list[Judgement], values: list[str] = VALUES, rule: str = "touchstone") -> Graph:
    given = {"draws": 100, "prior_sd": 1.0} if rule == "touchstone" else {}
    return graph.build(votes=collect(cast, values), rule=rule, given=given)


def test_nothing_drifts_where_nothing_changed() -> None:
    found = drift.between(built(CAST), built(CAST))

    assert (found.winner_changed, found.agreement, found.turned) == (False, 1.0, ())
    assert all(item.score_before == item.score_after and not item.certain for item in found.values)


def test_a_reversal_is_told_with_its_steps_and_its_winner() -> None:
    before = [*both_ways(range(60), "a", "b"), *both_ways(range(60), "b", "c")]
    after = [*both_ways(range(60), "b", "a"), *both_ways(range(60), "c", "b"), *said(range(60, 65), "a", "b")]

    found = drift.between(built(before), built(after))

    assert (found.winner_before, found.winner_after, found.winner_changed) == ("c", "a", True)
    assert found.agreement == -1.0
    assert {item.value for item in found.values if item.certain} == {"a", "c"}
    turned = {(item.less_wise, item.wiser): item for item in found.turned}
    assert set(turned) == {("b", "a"), ("c", "b")}
    assert turned["b", "a"].likelihood_before == 0.0
    assert turned["b", "a"].likelihood_after == pytest.approx(120 / 125)
    assert (found.votes_before, found.votes_after) == (240, 245)


def test_values_that_came_and_went_are_named() -> None:
    found = drift.between(built(CAST), built(said(OLD, "b", "d"), ["b", "d"]))

    places = {item.value: (item.rank_before, item.rank_after) for item in found.values}
    assert places["d"] == (None, 1)
    assert places["a"][1] is None


def test_graphs_without_votes_and_of_the_published_rule_drift_too() -> None:
    empty = built([], rule="mge-2023")
    full = built(CAST, rule="mge-2023")

    assert (drift.between(empty, full).winner_before, drift.between(empty, full).agreement) == (None, None)
    assert drift.between(full, full).winner_after == full.ranking.values[0].value
