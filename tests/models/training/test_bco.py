"""Binary classifier optimisation by the properties that its paper proves, beside DPO and KTO."""

import math
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from apps.models.training.language.shift import RunningShift
from apps.models.training.losses import bco_judged, bco_pairs, bradley_terry

REWARDS = st.floats(-15, 15)
SHIFTS = st.floats(-20, 20)
ONE = torch.ones(1, dtype=torch.float64)


def number(value: float, *, grad: bool = False) -> torch.Tensor:
    """Return one number as a batch of one."""
    return torch.tensor([value], dtype=torch.float64, requires_grad=grad)


def pair(chosen: float, rejected: float, delta: float) -> float:
    """Return BCO's loss of a certain pair."""
    return bco_pairs(number(chosen), number(rejected), ONE, delta=delta).item()


def dpo(chosen: float, rejected: float) -> float:
    """Return DPO's loss of a certain pair."""
    return bradley_terry(number(chosen) - number(rejected), ONE).item()


@given(chosen=REWARDS, rejected=REWARDS, delta=SHIFTS)
def test_it_lies_above_dpo_for_every_shift(chosen: float, rejected: float, delta: float) -> None:
    assert pair(chosen, rejected, delta) > dpo(chosen, rejected)


@given(chosen=REWARDS, rejected=REWARDS)
def test_at_the_best_shift_it_is_known_in_closed_form(chosen: float, rejected: float) -> None:
    margin = chosen - rejected
    found = pair(chosen, rejected, (chosen + rejected) / 2)

    assert found == pytest.approx(2 * math.log1p(math.exp(-margin / 2)), rel=1e-9)
    slack = math.log1p(1 / math.cosh(margin / 2))
    assert found - dpo(chosen, rejected) == pytest.approx(slack, abs=1e-9)
    assert 0 < slack <= math.log(2)


def test_the_best_shift_is_the_mean_of_the_two_rewards() -> None:
    shifts = [step / 100 for step in range(-300, 301)]

    best = min(shifts, key=lambda delta: pair(1.7, -0.5, delta))

    assert best == pytest.approx((1.7 - 0.5) / 2)


def test_at_the_start_the_losses_are_known() -> None:
    zero = number(0.0)

    assert dpo(0, 0) == pytest.approx(math.log(2))
    assert pair(0, 0, 0) == pytest.approx(2 * math.log(2))
    rows = torch.zeros(4, dtype=torch.float64)
    judged = bco_judged(rows, torch.tensor([True, True, True, False]), delta=0.0).item()
    assert judged == pytest.approx(math.log(2))
    assert bco_judged(zero, torch.tensor([False]), delta=0.0).item() == pytest.approx(math.log(2))


def gradient(chosen: float, rejected: float, delta: float | None) -> tuple[float, float]:
    """Return the derivatives of the loss by the two rewards; without a shift, DPO's."""
    w, l = number(chosen, grad=True), number(rejected, grad=True)
    loss = bradley_terry(w - l, ONE) if delta is None else bco_pairs(w, l, ONE, delta=delta)
    loss.backward()
    assert w.grad is not None
    assert l.grad is not None
    return w.grad.item(), l.grad.item()


def test_at_the_start_its_gradient_is_dpos() -> None:
    assert gradient(0.0, 0.0, 0.0) == gradient(0.0, 0.0, None) == (-0.5, 0.5)


@given(chosen=REWARDS, rejected=REWARDS)
def test_at_the_best_shift_its_gradient_is_parallel_to_dpos(chosen: float, rejected: float) -> None:
    half = (chosen - rejected) / 2
    up, down = gradient(chosen, rejected, (chosen + rejected) / 2)

    assert up == pytest.approx(-down, abs=1e-12)
    assert -up == pytest.approx(1 / (1 + math.exp(half)), rel=1e-9)
    assert -gradient(chosen, rejected, None)[0] == pytest.approx(1 / (1 + math.exp(2 * half)), rel=1e-9)


@given(chosen=REWARDS, rejected=REWARDS)
def test_letting_the_best_shift_move_with_a_pair_changes_no_gradient(chosen: float, rejected: float) -> None:
    w, l = number(chosen, grad=True), number(rejected, grad=True)
    delta = (w + l) / 2
    (functional.softplus(delta - w) + functional.softplus(l - delta)).sum().backward()

    assert w.grad is not None
    fixed, _ = gradient(chosen, rejected, (chosen + rejected) / 2)
    assert w.grad.item() == pytest.approx(fixed, abs=1e-12)


def test_letting_a_batchs_shift_move_with_it_would_change_gradients() -> None:
    ones = torch.ones(2, dtype=torch.float64)
    gradients = []
    for moves in (True, False):
        w = torch.tensor([5.0, 4.0], dtype=torch.float64, requires_grad=True)
        l = torch.tensor([-6.0, 4.0], dtype=torch.float64)
        middle = (w.mean() + l.mean()) / 2
        if moves:
            (functional.softplus(middle - w) + functional.softplus(l - middle)).mean().backward()
        else:
            bco_pairs(w, l, ones, delta=middle.item()).backward()
        assert w.grad is not None
        gradients.append(w.grad)

    # A moving shift adds to each of n chosen rewards 1/(2n) of d loss / d delta.
    w, l = torch.tensor([5.0, 4.0]), torch.tensor([-6.0, 4.0])
    delta = float((w.mean() + l.mean()) / 2)
    by_shift = (torch.sigmoid(delta - w) - torch.sigmoid(l - delta)).mean().item()
    assert gradients[0] - gradients[1] == pytest.approx(torch.full((2,), by_shift / 4), abs=1e-6)
    assert abs(by_shift) > 0.05


def shifted_loss(constant: float) -> float:
    """Return the loss of two batches whose rewards all lie higher by a constant, with their own shift."""
    shift, found = RunningShift(memory=0.0), 0.0
    for chosen, rejected in (([1.0, 2.0], [0.0, -1.0]), ([0.5, 1.0], [0.7, -2.0])):
        w = torch.tensor(chosen, dtype=torch.float64) + constant
        l = torch.tensor(rejected, dtype=torch.float64) + constant
        shift.update(desired=w, undesired=l)
        found += bco_pairs(w, l, torch.ones(2, dtype=torch.float64), delta=shift.delta).item()
    return found


def test_a_constant_in_all_rewards_changes_nothing_with_the_shift_and_much_without() -> None:
    assert shifted_loss(3.0) == pytest.approx(shifted_loss(0.0), abs=1e-5)
    assert abs(pair(4.0, 3.0, 0.0) - pair(1.0, 0.0, 0.0)) > 1.0


@pytest.mark.parametrize("reward", [-30.0, -2.0, 0.0, 2.0])
def test_a_very_wrong_row_keeps_its_weight_while_ktos_vanishes(reward: float) -> None:
    r = number(reward, grad=True)
    bco_judged(r, torch.tensor([True]), delta=0.0).backward()
    assert r.grad is not None
    weight = -r.grad.item()
    k = number(reward, grad=True)
    (1 - torch.sigmoid(k)).sum().backward()
    assert k.grad is not None

    sigma = 1 / (1 + math.exp(-reward))
    assert weight == pytest.approx(1 - sigma)
    assert -k.grad.item() == pytest.approx(sigma * (1 - sigma))


@given(reward=REWARDS, delta=SHIFTS)
def test_turning_labels_rewards_and_shift_around_changes_nothing(reward: float, delta: float) -> None:
    straight = bco_judged(number(reward), torch.tensor([True]), delta=delta).item()
    turned = bco_judged(-number(reward), torch.tensor([False]), delta=-delta).item()

    assert turned == pytest.approx(straight)


@given(chosen=REWARDS, rejected=REWARDS, delta=SHIFTS, target=st.floats(0, 1))
def test_one_minus_the_target_is_the_same_as_swapping_the_pair(
    chosen: float, rejected: float, delta: float, target: float
) -> None:
    p = number(target)
    straight = bco_pairs(number(chosen), number(rejected), p, delta=delta).item()
    swapped = bco_pairs(number(rejected), number(chosen), 1 - p, delta=delta).item()

    assert swapped == pytest.approx(straight)


REFERENCE = torch.tensor([0.3, 0.25, 0.2, 0.1, 0.1, 0.05], dtype=torch.float64)
TRUE = torch.tensor([1.0, -0.5, 0.3, 2.0, -1.0, 0.0], dtype=torch.float64)
BETA = 0.5
IDEAL = REFERENCE * torch.exp(TRUE / BETA) / (REFERENCE * torch.exp(TRUE / BETA)).sum()
LOG_Z = float(torch.log((REFERENCE * torch.exp(TRUE / BETA)).sum()))


def distance_to_ideal(method: str) -> float:
    """Return the total variation between pi* and what minimises the exact expected loss.

    Six responses. For DPO, pairs drawn from the reference, the preferred one by Bradley-Terry on the true
    rewards r*. For BCO, responses drawn from the reference, desired with probability sigma(r*); the shift is
    the oracle's -beta log Z, the mid-point of the means of both sides, or none.
    """
    logits = REFERENCE.log().clone().requires_grad_()
    pairs = REFERENCE[:, None] * REFERENCE[None, :] * torch.sigmoid(TRUE[:, None] - TRUE[None, :])
    desired, undesired = REFERENCE * torch.sigmoid(TRUE), REFERENCE * torch.sigmoid(-TRUE)
    optimizer = torch.optim.LBFGS(
        [logits], max_iter=200, tolerance_grad=1e-12, tolerance_change=1e-15, line_search_fn="strong_wolfe"
    )

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        rewards = BETA * (torch.log_softmax(logits, dim=0) - REFERENCE.log())
        if method == "dpo":
            loss = -(pairs * functional.logsigmoid(rewards[:, None] - rewards[None, :])).sum()
        else:
            held = rewards.detach()
            middle = (desired @ held / desired.sum() + undesired @ held / undesired.sum()) / 2
            known = {"oracle": -BETA * LOG_Z, "none": 0.0}
            delta = middle if method == "mid-point" else torch.tensor(known[method], dtype=torch.float64)
            loss = desired @ functional.softplus(delta - rewards)
            loss = loss + undesired @ functional.softplus(rewards - delta)
        loss.backward()
        return loss.detach()

    for _ in range(5):
        optimizer.step(closure)
    return 0.5 * float((torch.softmax(logits.detach(), dim=0) - IDEAL).abs().sum())


def test_with_the_oracles_shift_it_finds_the_ideal_policy_as_dpo_does_and_with_the_mid_point_not() -> None:
    assert distance_to_ideal("dpo") < 1e-6
    assert distance_to_ideal("oracle") < 1e-4
    assert distance_to_ideal("mid-point") > 0.01
    assert distance_to_ideal("none") > 0.01


def test_the_running_means_are_means_of_sides_and_not_of_rows() -> None:
    shift = RunningShift(memory=0.9)

    shift.update(desired=torch.full((9,), 1.0), undesired=torch.full((1,), -3.0))
    # 0.1 * 1 and 0.1 * -3: (0.1 - 0.3) / 2, whatever the counts.
    assert shift.delta == pytest.approx(-0.1)
    shift.update(desired=torch.full((2,), 2.0), undesired=torch.empty(0))
    assert (shift.desired, shift.undesired) == (pytest.approx(0.29), pytest.approx(-0.3))


def test_a_checkpoint_brings_the_running_means_back(tmp_path: Path) -> None:
    shift, other = RunningShift(memory=0.9), RunningShift(memory=0.9)
    shift.update(desired=torch.tensor([0.3, 0.7]), undesired=torch.tensor([-0.1]))

    shift.save(tmp_path)
    other.load(tmp_path)

    assert (other.desired, other.undesired) == (shift.desired, shift.undesired)
