"""Memory and time before a launch."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from apps.models.domain import estimates, recipes
from apps.models.domain.estimates import Shape

EIGHT_BILLION = Shape(parameters=8_000_000_000, layers=32, width=4096, vocabulary=128_256)


def found(**changes: Any) -> estimates.Estimate:
    """Return the estimate of a method on a model of eight billion parameters, 1,000 rows of 500 tokens."""
    config = recipes.parse({"method": "dpo", "base": "/a/model", "precision": "bfloat16"} | changes)
    return estimates.estimate(config=config, shape=EIGHT_BILLION, rows=1000, tokens_a_row=500)


def test_all_weights_need_gradients_means_and_a_reference() -> None:
    # 8e9 times 4 bytes of weights, 4 of the reference, 4 of the gradient, 8 of Adam's means: 160 GB.
    full = found(tuning="full", checkpointing=True)

    assert full.memory_mb == pytest.approx(160_000, rel=0.1)
    assert full.trained_parameters == 8_000_000_000


def test_lora_needs_little_more_than_the_model_and_no_second_copy() -> None:
    # 8e9 times 2 bytes, and the rest is activations.
    lora = found(tuning="lora", checkpointing=True)

    assert 16_000 < lora.memory_mb < 24_000
    assert lora.trained_parameters < 100_000_000


def test_steps_follow_from_rows_batches_and_limits() -> None:
    assert found(batch_size=4, accumulate=4).steps == 63
    # 63 a pass, the last of them with fewer rows.
    assert found(batch_size=4, accumulate=4, epochs=3).steps == 189
    assert found(dry_run=3).steps == 3


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ({"method": "reward_lm"}, 100),
        ({"method": "dpo"}, 100),
        ({"method": "dpo", "labels": "hard"}, 80),
        ({"method": "sft"}, 80),
        ({"method": "bco"}, 80),
        ({"method": "bco", "paired": False}, 160),
        ({"method": "kto"}, 160),
        ({"method": "kto", "limit": 10}, 16),
        ({"method": "grpo", "reward": "/a/reward"}, 40),
    ],
)
def test_a_method_makes_rows_of_pairs_ties_and_prompts(changes: dict[str, Any], rows: int) -> None:
    config = recipes.parse({"base": "/a/model"} | changes)

    assert estimates.rows_of(config, pairs=100, ties=20, prompts=40) == rows


def test_a_group_of_responses_comes_of_each_prompt() -> None:
    # 1,000 prompts, 4 responses each, 8 in a batch.
    assert found(method="grpo", reward="/a/reward", group=4, batch_size=8).steps == 500


def test_settings_move_the_estimate() -> None:
    usual = found()

    assert found(lora_rank=64).trained_parameters == 4 * found(lora_rank=16).trained_parameters
    assert found(batch_size=8).memory_mb > usual.memory_mb > found(checkpointing=True).memory_mb
    assert found(epochs=2).seconds == pytest.approx(2 * usual.seconds, rel=0.01)


def test_the_longest_row_decides_the_memory_of_an_encoder_that_drops_weights() -> None:
    # 22,713,216 parameters of 16 bytes; 4 pairs are 8 rows of 256 tokens, 6 x (34 x 384 + 8 x 12 x 256) x 2
    # bytes each; 580 MB of the process: 363.4 + 924.8 + 580.
    config = recipes.parse({"method": "reward_model", "mode": "full", "batch_size": 4, "max_length": 256})
    short, long = (
        estimates.estimate(
            config=config, shape=estimates.MINILM_SHAPE, rows=100, tokens_a_row=60, longest_row=longest
        )
        for longest in (60, 9000)
    )

    assert long.memory_mb == 1868
    assert short.memory_mb < 1100
    assert short.seconds == long.seconds


@pytest.mark.parametrize(
    ("changes", "logits"),
    [
        ({"method": "sft"}, 34 * 4096 * 32_768),  # 8 rows of 600 are more than the library takes at once
        ({"method": "sft", "batch_size": 1}, 34 * 600 * 32_768),
        ({"method": "reward_lm"}, 0),
    ],
)
def test_log_probabilities_are_held_for_so_many_words_and_tokens(
    changes: dict[str, Any], logits: int
) -> None:
    config = recipes.parse({"base": "/a/model", "batch_size": 8, "max_length": 600} | changes)
    few, many = (
        estimates.estimate(
            config=config, shape=Shape(1_000_000, 2, 64, vocabulary), rows=8, tokens_a_row=600
        ).memory_mb
        for vocabulary in (0, 150_000)
    )

    assert many - few == pytest.approx(logits / 1e6, abs=1)


def test_twice_the_length_takes_twice_the_time() -> None:
    config = recipes.parse({"method": "sft", "base": "/a/model"})
    short, long = (
        estimates.estimate(config=config, shape=EIGHT_BILLION, rows=100, tokens_a_row=tokens).seconds
        for tokens in (200, 400)
    )

    assert long / short == pytest.approx(2, rel=0.01)


def test_a_models_shape_is_read_from_the_heads_of_its_files(tmp_path: Path) -> None:
    head = {
        "__metadata__": {"format": "pt"},
        "a": {"dtype": "F32", "shape": [10, 4], "data_offsets": [0, 160]},
        "b": {"dtype": "F32", "shape": [5], "data_offsets": [160, 180]},
    }
    text = json.dumps(head).encode()
    (tmp_path / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + b"\0" * 180)
    config = {"num_hidden_layers": 2, "hidden_size": 4, "vocab_size": 10}
    (tmp_path / "config.json").write_text(json.dumps(config))

    assert estimates.shape_of(tmp_path) == Shape(parameters=45, layers=2, width=4, vocabulary=10)
    assert estimates.shape_of(tmp_path / "nowhere") is None
    drops = {"attention_probs_dropout_prob": 0.1, "num_attention_heads": 3}
    (tmp_path / "config.json").write_text(json.dumps(config | drops))
    found = estimates.shape_of(tmp_path)
    assert found is not None
    assert found.heads == 3


def test_a_dry_run_says_what_the_whole_run_would_take() -> None:
    result = {"step": 3, "seconds_a_step": 2.0, "whole_steps": 300, "peak_memory_mb": 812.4}

    assert estimates.dry_run_sentence(result) == (
        "Dry run of 3 steps: 2.00 s a step, 812 MB. All 300 steps would take about 10 minutes."
    )
