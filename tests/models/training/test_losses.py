"""The Bradley-Terry loss, by hand and by its properties."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from apps.models.training.losses import bradley_terry, kto

DIFFERENCES = st.floats(-30, 30)
TARGETS = st.floats(0, 1)


def loss(difference: float, target: float) -> float:
    """Return the loss of one pair."""
    return bradley_terry(
        torch.tensor([difference], dtype=torch.float64), torch.tensor([target], dtype=torch.float64)
    ).item()


def test_the_loss_of_three_pairs_by_hand() -> None:
    # d = 0: ln 2 = 0.693147. d = ln 3, sigma = 3/4, p = 1: ln(4/3) = 0.287682. The same with p = 0.25:
    # -(0.25 ln 0.75 + 0.75 ln 0.25) = 0.0719205 + 1.0397208 = 1.1116413. Their mean is 0.6974902.
    difference = torch.tensor([0.0, math.log(3), math.log(3)], dtype=torch.float64)
    target = torch.tensor([0.3, 1.0, 0.25], dtype=torch.float64)

    found = bradley_terry(difference, target).item()

    assert found == pytest.approx((0.6931472 + 0.2876821 + 1.1116413) / 3, abs=1e-6)


@given(difference=DIFFERENCES)
def test_a_certain_target_gives_the_hard_loss(difference: float) -> None:
    assert loss(difference, 1.0) == pytest.approx(math.log1p(math.exp(-difference)), rel=1e-9, abs=1e-12)


@given(difference=DIFFERENCES, target=TARGETS)
def test_one_minus_the_target_is_the_same_as_swapping_the_pair(difference: float, target: float) -> None:
    assert loss(difference, 1 - target) == pytest.approx(loss(-difference, target), rel=1e-9, abs=1e-9)


@given(a=st.floats(-5, 5), b=st.floats(-5, 5), shift=st.floats(-5, 5), target=TARGETS)
def test_adding_a_constant_to_both_rewards_changes_nothing(
    a: float, b: float, shift: float, target: float
) -> None:
    assert loss((a + shift) - (b + shift), target) == pytest.approx(loss(a - b, target), abs=1e-6)


@given(target=st.floats(0.02, 0.98), other=DIFFERENCES)
def test_the_loss_is_least_where_the_model_believes_the_target(target: float, other: float) -> None:
    best = math.log(target / (1 - target))

    entropy = -(target * math.log(target) + (1 - target) * math.log(1 - target))
    assert loss(best, target) == pytest.approx(entropy)
    assert loss(other, target) >= loss(best, target) - 1e-9


def test_the_gradient_is_the_belief_less_the_target() -> None:
    # d loss / d difference = sigma(d) - p: at d = ln 3 and p = 0.25 it is 0.5.
    difference = torch.tensor([math.log(3)], dtype=torch.float64, requires_grad=True)

    bradley_terry(difference, torch.tensor([0.25], dtype=torch.float64)).backward()

    assert difference.grad is not None
    assert difference.grad.item() == pytest.approx(0.5)


def test_a_huge_difference_stays_finite() -> None:
    assert loss(-1000.0, 1.0) == pytest.approx(1000.0)


@given(difference=DIFFERENCES, margin=st.floats(0, 5))
def test_a_margin_is_taken_off_a_certain_pair_and_moves_no_tie(difference: float, margin: float) -> None:
    found = bradley_terry(
        torch.tensor([difference, difference], dtype=torch.float64),
        torch.tensor([1.0, 0.5], dtype=torch.float64),
        margin=margin,
    ).item()

    certain = math.log1p(math.exp(-(difference - margin)))
    assert found == pytest.approx((certain + loss(difference, 0.5)) / 2, rel=1e-9, abs=1e-9)


def test_a_share_is_the_same_as_that_share_of_certain_pairs() -> None:
    # Of ten who judged each pair 7, 5 and 10 preferred the first: thirty certain verdicts come to the same.
    for_first = [7, 5, 10]
    gaps = torch.tensor([0.4, -3.0, 25.0], dtype=torch.float64)
    shares = torch.tensor([count / 10 for count in for_first], dtype=torch.float64)
    verdicts = torch.tensor(
        [float(voter < count) for count in for_first for voter in range(10)], dtype=torch.float64
    )

    soft = bradley_terry(gaps, shares).item()
    hard = bradley_terry(gaps.repeat_interleave(10), verdicts).item()

    assert soft == pytest.approx(hard, abs=1e-9)


def test_a_cycle_of_equal_votes_moves_nothing() -> None:
    # A beats B, B beats C, C beats A, each by the same share: no order is better than none.
    logits = torch.tensor([0.2, -0.4, 0.1], dtype=torch.float64, requires_grad=True)
    reference = torch.log_softmax(logits.detach(), dim=0)
    rewards = 0.1 * (torch.log_softmax(logits, dim=0) - reference)

    share = torch.full((3,), 0.8, dtype=torch.float64)
    bradley_terry(rewards[[0, 1, 2]] - rewards[[1, 2, 0]], share).backward()

    assert logits.grad is not None
    assert logits.grad.tolist() == pytest.approx([0.0] * 3, abs=1e-12)


def test_ktos_loss_of_three_responses_by_hand() -> None:
    # r = ln 3, z = 0: sigma is 3/4 where it is desired and 1/4 where not; at r = z it is 1/2.
    rewards = torch.tensor([math.log(3), math.log(3), 0.0], dtype=torch.float64)
    desired = torch.tensor([True, False, True])

    plain = kto(rewards, desired, reference=0.0, weights=(1.0, 1.0)).item()
    weighed = kto(rewards, desired, reference=0.0, weights=(2.0, 4.0)).item()

    assert plain == pytest.approx((0.25 + 0.75 + 0.5) / 3)
    assert weighed == pytest.approx((2 * 0.25 + 4 * 0.75 + 2 * 0.5) / 3)
    shifted = kto(rewards + 1.5, desired, reference=1.5, weights=(1.0, 1.0)).item()
    assert shifted == pytest.approx(plain)


@pytest.mark.parametrize("reward", [-30.0, -2.0, 0.0, 2.0, 30.0])
def test_ktos_gradient_is_that_of_a_sigmoid_and_vanishes_on_both_sides(reward: float) -> None:
    r = torch.tensor([reward], dtype=torch.float64, requires_grad=True)

    kto(r, torch.tensor([True]), reference=0.0, weights=(1.0, 1.0)).backward()

    sigma = 1 / (1 + math.exp(-reward))
    assert r.grad is not None
    assert -r.grad.item() == pytest.approx(sigma * (1 - sigma))
