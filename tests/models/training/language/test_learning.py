"""What each method learns: a rule that is there, and nothing where there is none.

How often a checkpoint is right on n held-out pairs is held against a coin's k of n, exactly (binomial). It
has learnt where a coin does as well less often than once in ``SELDOM``; it has not where a coin lies as far
from half, to either side, oftener than once in ``OFTEN``. Shuffled targets are tossed pair by pair, so that
whatever a model makes of the training pairs, its right answers are such a coin's.
"""

from functools import partial
from typing import Any

import pytest
from scipy.stats import binomtest

from apps.models.domain.examples import PreferenceExample, read_examples
from apps.models.domain.scores import ScorablePair
from apps.models.evaluation import held_out, scoring
from apps.models.training.folder import RunFolder
from tests.factories.models import kind_world
from tests.models.training.language.conftest import METHODS, MakeRun, train
from tests.models.training.lines import points_of

pytestmark = pytest.mark.training
LEARNS = [name for name in METHODS if name != "grpo"]
SELDOM, OFTEN = 1000, 20
JUDGED = "rewards/accuracies"


def last_check(folder: RunFolder) -> float:
    """Return the share of held-out pairs that a run's last check found ordered as people did."""
    (shares,) = filter(None, (points_of(folder, f"held_out_{name}") for name in ("accuracy", JUDGED)))
    return shares[max(shares)]


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


def as_a_coin(figures: dict[str, Any], *, better: bool = False) -> float:
    """Return how often a coin lies as far from half; with ``better``, how often it is right as often."""
    right = round(figures["accuracy"]["value"] * figures["n"])
    return float(binomtest(right, figures["n"], alternative="greater" if better else "two-sided").pvalue)


@pytest.mark.parametrize("method", LEARNS)
def test_a_known_rule_is_learnt(make: MakeRun, method: str) -> None:
    rate = 1e-2 if method == "dpo-lora" else 2e-3
    found = evaluated(
        make(
            f"learn-{method}", examples=kind_world(count=64), learning_rate=rate, epochs=2, **METHODS[method]
        )
    )

    assert as_a_coin(found, better=True) < 1 / SELDOM
    assert found["accuracy"]["value"] > max(found["coin"]["value"], found["longer"]["value"])


@pytest.mark.parametrize("method", LEARNS)
def test_shuffled_labels_teach_nothing(make: MakeRun, method: str) -> None:
    rate = 1e-2 if method == "dpo-lora" else 2e-3
    chosen = METHODS[method] | ({"probe": 24} if method == "sft" else {})
    folder = make(
        f"shuffled-{method}", examples=kind_world(count=96, shuffled=True), learning_rate=rate, **chosen
    )

    found = evaluated(folder)

    assert found["n"] == 24
    assert as_a_coin(found) > 1 / OFTEN
    # What was streamed while it learnt is what its checkpoint judges when it is loaded anew.
    assert last_check(folder) == pytest.approx(found["accuracy"]["value"])


def climbing(make: MakeRun, name: str, examples: list[PreferenceExample]) -> RunFolder:
    """Return a run of GRPO on a reward model that these examples taught."""
    reward = make(f"{name}-reward", examples=examples, learning_rate=2e-3, epochs=2, method="reward_lm")
    train(reward)
    grpo = {"method": "grpo", "reward": str(reward.model), "response_length": 4, "beta": 0.0}
    sizes = {"group": 12, "batch_size": 24, "epochs": 6, "learning_rate": 5e-3, "limit": 9}
    return make(name, examples=examples, **grpo | sizes)


def test_a_reward_is_climbed_and_its_rule_learnt(make: MakeRun) -> None:
    folder = climbing(make, "climbing", kind_world(count=64))

    found = evaluated(folder)

    rewards = list(points_of(folder, "reward").values())
    third = len(rewards) // 3
    assert sum(rewards[-third:]) / third > sum(rewards[:third]) / third + 0.4
    assert as_a_coin(found, better=True) < 1 / SELDOM


def test_a_reward_of_shuffled_labels_teaches_no_rule(make: MakeRun) -> None:
    found = evaluated(climbing(make, "shuffled-grpo", kind_world(count=96, shuffled=True)))

    assert found["n"] == 24
    assert as_a_coin(found) > 1 / OFTEN
