"""What methods make of preference examples."""

import pytest

from apps.models.domain import rows
from apps.models.domain.recipes.base import Reads
from tests.factories.models import example

EXAMPLES = [
    example(1, p_a=1.0),
    example(2, p_a=0.25, prompt="Question 1"),
    example(3, p_a=0.5, prompt="Question 3"),
]


def test_the_preferred_response_comes_first_with_its_share() -> None:
    first, second, tie = rows.pairs(EXAMPLES)

    assert (first.chosen, first.p) == (EXAMPLES[0].response_a, 1.0)
    assert (second.chosen, second.rejected, second.p) == (
        EXAMPLES[1].response_b,
        EXAMPLES[1].response_a,
        0.75,
    )
    assert tie.p == 0.5


def test_turning_a_pair_around_swaps_its_sides_and_keeps_its_target() -> None:
    turned = example(2, p_a=0.75, response_a="Answer 2", response_b="A longer first answer to 2")

    assert next(iter(rows.pairs([turned]))).chosen == next(iter(rows.pairs([EXAMPLES[1]]))).chosen


def test_hard_targets_are_certain_and_leave_ties_out() -> None:
    assert [pair.p for pair in rows.pairs(EXAMPLES, hard=True)] == [1.0, 1.0]
    assert [pair.p for pair in rows.pairs(EXAMPLES, ties=False)] == [1.0, 0.75]


def test_a_pair_is_one_desired_and_one_undesired_response() -> None:
    found = list(rows.judgements(EXAMPLES))

    assert [(row.id, row.desired) for row in found] == [
        ("example-1+", True),
        ("example-1-", False),
        ("example-2+", True),
        ("example-2-", False),
    ]
    assert found[2].response == EXAMPLES[1].response_b


def test_every_prompt_is_asked_once() -> None:
    assert list(rows.prompts(EXAMPLES)) == ["Question 1", "Question 3"]


@pytest.mark.parametrize(
    ("reads", "count", "ties", "fits"),
    [
        ("pairs", 1, 0, False),
        ("pairs", 4, 3, True),
        ("pairs", 4, 4, False),
        ("preferred", 4, 3, False),
        ("judgements", 4, 2, True),
        ("decided_pairs", 3, 3, False),
        ("prompts", 4, 4, True),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(reads: Reads, count: int, ties: int, fits: bool) -> None:
    assert (rows.objection(reads=reads, count=count, ties=ties) == "") == fits
