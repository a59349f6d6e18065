"""What each method learns: a rule that is there, and nothing where there is none."""

from functools import partial
from typing import Any

import pytest

from apps.models.domain.examples import read_examples
from apps.models.domain.scores import ScorablePair
from apps.models.evaluation import held_out, scoring
from apps.models.training.folder import RunFolder
from tests.factories.models import kind_world
from tests.models.training.language.conftest import METHODS, MakeRun, train
from tests.models.training.lines import points_of

pytestmark = pytest.mark.training
LEARNS = [name for name in METHODS if name not in {"grpo", "sft"}]


def evaluated(folder: RunFolder) -> dict[str, Any]:
    """Train a run and return its held-out figures."""
    train(folder)
    examples = list(read_examples(folder.path / "held_out.jsonl"))
    pairs = [ScorablePair(e.id, e.prompt, e.response_a, e.response_b) for e in examples]
    return held_out.figures(examples=examples, scores=scoring.score(model=folder.model, pairs=pairs))


@pytest.fixture(scope="module")
def make(make_language_run: MakeRun) -> MakeRun:
    """Return a function that makes a run of a few steps."""
    return partial(make_language_run, batch_size=12, warmup=0.0, eval_every=100)


@pytest.mark.parametrize("method", ["sft", *LEARNS])
def test_a_known_rule_is_learnt(make: MakeRun, method: str) -> None:
    rate = 1e-2 if method == "dpo-lora" else 2e-3
    found = evaluated(
        make(
            f"learn-{method}", examples=kind_world(count=64), learning_rate=rate, epochs=2, **METHODS[method]
        )
    )

    assert found["accuracy"]["low"] > 0.5
    assert found["accuracy"]["value"] > max(found["coin"]["value"], found["longer"]["value"])


@pytest.mark.parametrize("method", ["dpo", "bco-judged", "reward_lm"])
def test_shuffled_labels_teach_nothing(make: MakeRun, method: str) -> None:
    examples = kind_world(count=96, shuffled=True)
    found = evaluated(make(f"shuffled-{method}", examples=examples, learning_rate=5e-4, **METHODS[method]))

    assert found["accuracy"]["low"] < 0.5 < found["accuracy"]["high"]


def test_a_reward_is_climbed(make: MakeRun) -> None:
    reward = make("climbed", examples=kind_world(count=48), learning_rate=2e-3, epochs=2, method="reward_lm")
    train(reward)
    grpo = {"method": "grpo", "reward": str(reward.model), "response_length": 4, "beta": 0.0}
    sizes = {"group": 12, "batch_size": 24, "epochs": 3, "learning_rate": 2e-2}
    folder = make("climbing", examples=kind_world(count=12), **grpo | sizes)

    train(folder)

    rewards = list(points_of(folder, "reward").values())
    third = len(rewards) // 3
    assert sum(rewards[-third:]) / third > sum(rewards[:third]) / third + 0.4
