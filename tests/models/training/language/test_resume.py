"""A run of any method that was stopped ends, bit for bit, where an undisturbed one ends."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from apps.models.domain import recipes
from apps.models.training.folder import RunFolder
from tests.factories.models import kind_world
from tests.models.training.language.conftest import METHODS, MakeRun, train
from tests.models.training.lines import events_of, lines_of, points_of
from tests.models.training.stops import StopAfter

pytestmark = pytest.mark.training
BESIDE: dict[str, dict[str, Any]] = {
    f"{name}-lora": METHODS[name] | {"tuning": "lora", "lora_rank": 4}
    for name in METHODS
    if name != "dpo" and "tuning" not in METHODS[name]
}
ALL = METHODS | BESIDE
BY_PAIRS_ALONE = {"rewards/accuracies"}
"""The judged form of BCO, whose steps see single responses, has everything else that its charts name."""


def weights_of(folder: RunFolder) -> str:
    """Return the hash of the final weights."""
    (weights,) = folder.model.glob("*.safetensors")
    return hashlib.sha256(weights.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def reward(make_language_run: MakeRun) -> Path:
    """Return the folder of a reward model."""
    folder = make_language_run("resume-reward", method="reward_lm", dry_run=None)
    train(folder)
    return folder.model


@pytest.mark.parametrize("method", ALL)
def test_a_run_stopped_in_the_middle_ends_bit_for_bit_as_if_it_had_not_been(
    make_language_run: MakeRun, reward: Path, method: str
) -> None:
    changes = ALL[method] | ({"reward": str(reward)} if ALL[method]["method"] == "grpo" else {})
    changes |= {"examples": kind_world(count=12), "batch_size": 2, "seed": 7}
    through, halted = (make_language_run(f"{method}-{name}", **changes) for name in ("through", "halted"))
    train(through)

    train(halted, StopAfter(2))
    assert events_of(halted, "stopped")[-1]["step"] == 2
    assert not halted.model.exists()
    train(halted)

    assert events_of(halted, "resumed")[-1]["step"] == 2
    assert weights_of(halted) == weights_of(through)
    names = {line["name"] for line in lines_of(through) if "name" in line}
    names -= {measure.name for measure in recipes.MACHINE}
    assert {"loss", "grad_norm", "learning_rate"} < names
    told = {measure.name for measure in recipes.find(changes["method"]).measures}
    assert told - {measure.name for measure in recipes.MACHINE} <= names | BY_PAIRS_ALONE
    for name in names:
        assert points_of(halted, name) == points_of(through, name)
