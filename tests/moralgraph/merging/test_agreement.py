"""Pairwise F1 and the adjusted Rand index, on cases worked by hand."""

import numpy as np
import pytest

from apps.moralgraph.domain.merging import agreement


def test_a_case_worked_by_hand() -> None:
    # Pairs: ours 3 + 1 = 4, theirs 1 + 3 = 4, both 2 of 15 possible: (2 - 16/15) / (4 - 16/15) = 0.318...
    found = agreement.compare([1, 1, 1, 2, 2, 3], ["a", "a", "b", "b", "b", "c"])

    assert (found.both, found.only_found, found.only_labelled) == (2, 2, 2)
    assert found.f1 == pytest.approx(0.5)
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert found.adjusted_rand == pytest.approx(14 / 44)


def test_the_same_groups_under_other_names_agree_wholly() -> None:
    found = agreement.compare([1, 1, 2], ["x", "x", "y"])

    assert (found.f1, found.adjusted_rand) == (1.0, 1.0)


def test_leaving_everything_alone_finds_nothing() -> None:
    found = agreement.compare([1, 2, 3], ["x", "x", "y"])

    assert (found.f1, found.precision, found.recall, found.adjusted_rand) == (0.0, 0.0, 0.0, 0.0)


def test_everybody_alone_on_both_sides_is_agreement() -> None:
    assert agreement.compare([1, 2], ["x", "y"]).adjusted_rand == 1.0


def test_a_chain_of_near_pairs_does_not_pull_its_ends_together() -> None:
    similarity = np.array([[1, 0.8, 0.1], [0.8, 1, 0.6], [0.1, 0.6, 1.0]])

    first, second, third = agreement.group(similarity, threshold=0.5)

    assert first == second != third
    assert len(set(agreement.group(similarity, threshold=0.3))) == 1
    assert agreement.group(np.ones((1, 1)), threshold=0.5) == [0]
