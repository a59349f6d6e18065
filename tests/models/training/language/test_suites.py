"""Suites on a language model that was really trained: what it would rather write, and in which place."""

import math

import pytest
import torch

from apps.models.domain.examples import read_examples
from apps.models.evaluation import bases, suites
from apps.models.training.folder import RunFolder
from apps.models.training.language import loading, tokens
from tests.factories.models import KIND, kind_world
from tests.models.training.language.conftest import MakeRun, train

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def policy(make_language_run: MakeRun) -> RunFolder:
    """Return a run of DPO with LoRA that learned the kind world."""
    folder = make_language_run(
        "measured", examples=kind_world(count=64), method="dpo", tuning="lora", lora_rank=4,
        learning_rate=1e-2, epochs=2, batch_size=12, warmup=0.0, eval_every=100,
    )  # fmt: skip
    train(folder)
    return folder


def test_a_policy_is_laid_beside_its_base_asked_both_ways_round_and_on_other_pairs(policy: RunFolder) -> None:
    examples = list(read_examples(policy.path / "held_out.jsonl"))

    found = suites.measure(model=policy.model, examples=examples, controls=kind_world(count=10, seed=5))

    base = found["held_out"]["base"]
    assert (base["by"], found["held_out"]["judged_by"]) == (bases.WRITES, bases.MOVED)
    gain = found["held_out"]["accuracy"]["value"] - base["accuracy"]["value"]
    assert base["gap"]["value"] == pytest.approx(gain)
    position = found["held_out"]["position"]
    assert position["applies"]
    assert position["model"]["decided"]["n"] == position["base"]["decided"]["n"] == len(examples)
    # An untrained model takes no notice of what the letters stand for: it names the same place twice.
    assert position["base"]["decided"]["value"] > 0.5
    assert (found["control"]["model_by"], found["control"]["base_by"]) == (bases.WRITES, bases.WRITES)
    assert found["control"]["n"] == 10


def test_what_it_would_rather_write_is_the_mean_log_probability_of_a_token(policy: RunFolder) -> None:
    writer = bases.writer(policy.model, trained=False)
    model = loading.causal(str(writer._description["base"]), dtype=torch.float32).eval()
    tokenizer = loading.tokenizer(str(policy.model))
    said = tokens.said(tokenizer=tokenizer, prompt="What now?", response=KIND[0])
    with torch.inference_mode():
        logits = model(torch.tensor([said.prompt + said.response])).logits[0].log_softmax(-1)
    by_hand = sum(
        float(logits[len(said.prompt) - 1 + place, token]) for place, token in enumerate(said.response)
    ) / len(said.response)

    assert writer.scores([("What now?", KIND[0])]) == [pytest.approx(by_hand, abs=1e-4)]


def test_a_question_that_is_longer_than_the_model_reads_is_left_out(policy: RunFolder) -> None:
    writer = bases.writer(policy.model, trained=True)

    short, long = writer.leanings([("What now?", KIND[0], KIND[1]), ("What now?", KIND[0] * 2000, KIND[1])])

    assert short is not None
    assert math.isfinite(short)
    assert long is None
