"""What our loop costs beside the bare trainer of the library, on the same pairs with the same model.

Runs come in pairs, ours and the library's, each first in turn, so that what else the machine does falls on
both. Timed is the trainer's own ``train``: steps, held-out checks and checkpoints; loading is not. Both see
the same batches and must come to the same loss. What answers to prompts at each checkpoint take, which the
library's trainer does not give, is a row of its own. Knobs: BENCH_PAIRS, BENCH_STEPS.
"""

import json
import logging
import math
import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from datasets import Dataset
from transformers import Qwen2Config, Qwen2ForCausalLM, Trainer, set_seed
from trl.trainer.dpo_config import DPOConfig
from trl.trainer.dpo_trainer import DPOTrainer

from apps.models.domain import recipes
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.splits import split_by_key
from apps.models.engine.base import Message
from apps.models.training import journal, loop
from apps.models.training.folder import RunFolder
from apps.models.training.language import loading, tokens
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch
from tests.benchmarks import machine
from tests.factories.models import kind_world
from tests.models import tiny_lm

PAIRS = int(os.environ.get("BENCH_PAIRS", "10"))
STEPS = int(os.environ.get("BENCH_STEPS", "50"))
BATCH, RATE, SEED = 8, 1e-4, 3
SAVE_EVERY = EVAL_EVERY = 25
MOST, LEAST_STEP_MS = 1.03, 100.0
# Two-sided 95 % of Student's t with PAIRS - 1 degrees of freedom; ten pairs unless somebody asks for others.
T = {3: 4.303, 4: 3.182, 5: 2.776, 10: 2.262, 20: 2.093}.get(PAIRS, 2.262)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a model whose steps take some hundred milliseconds on a core."""
    folder = tmp_path_factory.mktemp("base")
    chats = [(Message("user", e.prompt), Message("assistant", e.response_a)) for e in kind_world(count=80)]
    tokenizer = tiny_lm._tokenizer(chats)
    set_seed(0)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=256,
        intermediate_size=704,
        num_hidden_layers=4,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=256,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    Qwen2ForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(autouse=True)
def _log(tmp_path: Path) -> Iterator[None]:
    """Have the run's words go to a file, as they do in a process of its own."""
    handler = logging.FileHandler(tmp_path / "log.txt")
    journal.logger.addHandler(handler)
    journal.logger.propagate = False
    yield
    journal.logger.propagate = True
    journal.logger.removeHandler(handler)
    handler.close()


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the list of how long each training took, filled as they end."""
    found: list[float] = []
    train = Trainer.train

    def timed(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        done = train(*args, **kwargs)
        found.append(time.perf_counter() - began)
        return done

    monkeypatch.setattr(Trainer, "train", timed)
    return found


def _examples() -> tuple[list[PreferenceExample], list[PreferenceExample]]:
    split = split_by_key(kind_world(count=STEPS * BATCH * 2))
    return list(split.train[: STEPS * BATCH]), list(split.held_out[: 4 * BATCH])


def _ours(folder: Path, base: Path, *, samples: int) -> float:
    """Train by our loop; return the last loss."""
    config = recipes.parse(
        {
            "method": "dpo", "base": str(base), "tuning": "full", "labels": "hard", "batch_size": BATCH,
            "learning_rate": RATE, "max_length": 256, "save_every": SAVE_EVERY, "eval_every": EVAL_EVERY,
            "seed": SEED, "samples": samples, "weight_decay": 0.0,
        }
    )  # fmt: skip
    folder.mkdir()
    (folder / "config.json").write_text(config.model_dump_json())
    for side, rows in zip(("train", "held_out"), _examples(), strict=True):
        (folder / f"{side}.jsonl").write_text("".join(row.to_json() + "\n" for row in rows))
    log = MetricsLog(folder / "metrics.jsonl")
    loop.train(folder=RunFolder(folder), log=log, stop=StopWatch())
    log.close()
    lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    losses = [line["value"] for line in lines if line.get("name") == "loss"]
    assert len(losses) == STEPS
    return float(losses[-1])


def _bare(folder: Path, base: Path) -> float:
    """Train by the library alone, as its user would; return the last loss."""
    torch.set_num_threads(1)
    set_seed(SEED)
    tokenizer = loading.tokenizer(str(base))
    train, held_out = (
        Dataset.from_list([_row(tokenizer, example) for example in rows]) for rows in _examples()
    )
    with loading.without_empty_notes():
        trainer = DPOTrainer(
            model=Qwen2ForCausalLM.from_pretrained(base),
            ref_model=Qwen2ForCausalLM.from_pretrained(base),
            args=DPOConfig(
                output_dir=str(folder), beta=0.1, per_device_train_batch_size=BATCH,
                per_device_eval_batch_size=BATCH, learning_rate=RATE, weight_decay=0.0, warmup_steps=0.1,
                max_steps=STEPS, save_steps=SAVE_EVERY, save_total_limit=2, eval_strategy="steps",
                eval_steps=EVAL_EVERY, logging_steps=10, seed=SEED, data_seed=SEED, bf16=False,
                gradient_checkpointing=False, use_cpu=not torch.cuda.is_available(), report_to=[],
                disable_tqdm=True, max_length=None, dataloader_pin_memory=False,
            ),
            train_dataset=train,
            eval_dataset=held_out,
            processing_class=tokenizer,
        )  # fmt: skip
        trainer.train()
    losses = [row["loss"] for row in trainer.state.log_history if "loss" in row]
    return float(losses[-1])


def _row(tokenizer: Any, example: PreferenceExample) -> dict[str, str]:
    chosen, rejected = (example.response_a, example.response_b)[:: 1 if example.p_a > 0.5 else -1]
    prompt = tokens.opening(tokenizer=tokenizer, prompt=example.prompt)
    return {"prompt": prompt, "chosen": chosen, "rejected": rejected}


@pytest.mark.timeout(1800)
def test_our_loop_beside_the_bare_trainer(base: Path, tmp_path: Path, seconds: list[float]) -> None:
    """Print what a step takes in both, the ratio with its interval, and what answers at checkpoints take."""
    arms: dict[str, Callable[[Path], float]] = {
        "ours": lambda folder: _ours(folder, base, samples=0),
        "bare": lambda folder: _bare(folder, base),
    }
    print(f"\n\nDPO, {STEPS} steps of {BATCH} pairs, one thread ({machine.describe_load()})")
    taken: dict[str, list[float]] = {name: [] for name in arms}
    for pair in range(PAIRS):
        for name in list(arms)[:: 1 if pair % 2 else -1]:
            arms[name](tmp_path / f"{name}-{pair}")
            taken[name].append(seconds.pop())
        ours, bare = taken["ours"][-1], taken["bare"][-1]
        print(
            f"pair {pair + 1:2}: ours {ours:6.2f} s, bare {bare:6.2f} s, ratio {ours / bare:.4f}", flush=True
        )
    ratios = [math.log(ours / bare) for ours, bare in zip(taken["ours"], taken["bare"], strict=True)]
    mean, error = statistics.fmean(ratios), T * statistics.stdev(ratios) / math.sqrt(PAIRS)
    low, middle, high = (math.exp(mean + part * error) for part in (-1, 0, 1))
    step_ms = 1000 * statistics.median(taken["bare"]) / STEPS
    print(f"a step of the bare trainer: {step_ms:.0f} ms (at least {LEAST_STEP_MS:.0f} wanted)")
    print(f"ours / bare: {middle:.4f} [{low:.4f}, {high:.4f}], n = {PAIRS} pairs")
    _ours(tmp_path / "sampled", base, samples=4)
    sampled = seconds.pop() - statistics.median(taken["ours"])
    print(f"four answers of 64 tokens at each of {1 + STEPS // SAVE_EVERY} moments: {sampled:.2f} s in all")
    reached = "reached" if high <= MOST else ("missed" if low > MOST else "not told apart")
    print(f"at most {MOST:.2f}: {reached}")
    assert step_ms > 0


def test_both_do_the_same_work(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same pairs in the same order come to the same loss, or the times say nothing."""
    monkeypatch.setattr(f"{__name__}.STEPS", 10)

    ours, bare = _ours(tmp_path / "ours", base, samples=0), _bare(tmp_path / "bare", base)

    print(f"\n\nours after 10 steps: {ours:.6f}; the bare trainer's mean of these: {bare:.6f}")
    lines = [json.loads(line) for line in (tmp_path / "ours" / "metrics.jsonl").read_text().splitlines()]
    losses = [line["value"] for line in lines if line.get("name") == "loss"]
    assert statistics.fmean(losses) == pytest.approx(bare, abs=1e-4)
