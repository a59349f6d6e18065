"""How strict the instant head is: what it says of unseen prompts, and which ridge that asks for."""

import numpy as np
import pytest
from numpy.typing import NDArray

from apps.models.domain import instant, logistic

Floats = NDArray[np.float64]


def world(*, prompts: int, width: int, signal: float) -> tuple[Floats, Floats, list[str], Floats]:
    """Return differences, targets, prompts and the true head; the three pairs of a prompt are alike."""
    chance = np.random.default_rng(3)
    truth = np.zeros(width)
    truth[0] = signal
    differences = np.repeat(chance.normal(size=(prompts, width)), 3, axis=0)
    differences += 0.5 * chance.normal(size=differences.shape)
    belief = 1 / (1 + np.exp(-differences @ truth))
    targets = (chance.random(3 * prompts) < belief).astype(float)
    return differences, targets, [str(place // 3) for place in range(3 * prompts)], truth


def test_a_prompt_is_left_out_as_if_the_head_had_been_fitted_without_it() -> None:
    differences, targets, prompts, _ = world(prompts=60, width=5, signal=1.5)
    names = np.array(prompts)
    ridge = 4.0
    exact = 0.0
    for name in set(prompts):
        out = names == name
        head = logistic.fit(
            features=differences[~out], targets=targets[~out], ridge=ridge, constant=False
        ).weights
        said = differences[out] @ head
        exact += float((np.logaddexp(0.0, said) - targets[out] * said).sum())
    whole = instant.head(differences=differences, targets=targets, prompts=prompts, ridge=ridge)

    found = instant.unseen_loss(
        differences=differences, targets=targets, place=np.unique(names, return_inverse=True)[1], head=whole
    )

    assert found == pytest.approx(exact / len(targets), abs=0.002)


def test_a_clear_rule_gets_a_loose_head_and_noise_the_strictest() -> None:
    differences, targets, prompts, _ = world(prompts=200, width=4, signal=4.0)
    scale = float((differences**2).sum(axis=1).mean())

    clear = instant.head(differences=differences, targets=targets, prompts=prompts)
    tossed = np.random.default_rng(5).integers(0, 2, len(targets)).astype(float)
    noise = instant.head(differences=differences, targets=tossed, prompts=prompts)

    assert clear.ridge <= instant.STEPS[2] * scale
    assert noise.ridge == pytest.approx(instant.STEPS[0] * scale)


def test_it_does_better_on_new_prompts_than_a_loose_head() -> None:
    differences, targets, prompts, truth = world(prompts=60, width=100, signal=1.0)
    chance = np.random.default_rng(9)
    fresh = chance.normal(size=(4000, 100))
    wanted = 1 / (1 + np.exp(-fresh @ truth))

    def loss(ridge: float | None) -> float:
        head = instant.head(differences=differences, targets=targets, prompts=prompts, ridge=ridge)
        said = fresh @ head.weights
        return float((np.logaddexp(0.0, said) - wanted * said).mean())

    assert loss(None) < np.log(2) < loss(1.0)
