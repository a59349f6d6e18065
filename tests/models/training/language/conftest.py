"""Runs of every method on a tiny language model."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch

from apps.models.domain import recipes
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.recipes.language import LanguageConfig
from apps.models.domain.splits import split_by_key
from apps.models.engine.base import Message
from apps.models.training import loop
from apps.models.training.folder import RunFolder
from apps.models.training.language import loading, trainers
from apps.models.training.language.rows import build
from apps.models.training.metrics import MetricsLog
from apps.models.training.scorers import load_scorer
from apps.models.training.stopping import StopWatch
from tests.factories.models import kind_world
from tests.models.tiny_lm import build_babbler

MakeRun = Callable[..., RunFolder]
Trainers = Callable[..., Any]
METHODS: dict[str, dict[str, Any]] = {
    "sft": {"method": "sft"},
    "dpo": {"method": "dpo"},
    "dpo-lora": {"method": "dpo", "tuning": "lora", "lora_rank": 4},
    "kto": {"method": "kto"},
    "bco": {"method": "bco", "shift_memory": 0.5},
    "bco-judged": {"method": "bco", "paired": False, "shift_memory": 0.5},
    "reward_lm": {"method": "reward_lm"},
    "grpo": {"method": "grpo", "response_length": 6, "group": 2, "batch_size": 4},
}


@pytest.fixture(scope="session")
def tiny_policy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an untrained language model that knows the words of the kind world."""
    chats = [
        (Message("user", e.prompt), Message("assistant", f"{e.response_a} {e.response_b}"))
        for e in kind_world(count=40)
    ]
    return build_babbler(folder=tmp_path_factory.mktemp("policy"), chats=chats)


@pytest.fixture(scope="session")
def make_language_run(tmp_path_factory: pytest.TempPathFactory, tiny_policy: Path) -> MakeRun:
    """Return a function that makes the folder of a run on the tiny language model."""
    return partial(_make_run, tmp_path_factory.mktemp("language-runs"), tiny_policy)


def _make_run(
    parent: Path,
    base: Path,
    /,
    name: str,
    *,
    examples: list[PreferenceExample] | None = None,
    **changes: Any,
) -> RunFolder:
    chosen: dict[str, Any] = {
        "base": str(base),
        "tuning": "full",
        "batch_size": 4,
        "max_length": 128,
        "learning_rate": 1e-3,
        "save_every": 100,
        "eval_every": 3,
    }
    folder = parent / name
    folder.mkdir()
    (folder / "config.json").write_text(recipes.parse(chosen | changes).model_dump_json())
    split = split_by_key(examples or kind_world(count=16))
    for side, rows in (("train", split.train), ("held_out", split.held_out)):
        (folder / f"{side}.jsonl").write_text("".join(row.to_json() + "\n" for row in rows))
    return RunFolder(folder)


def train(folder: RunFolder, stop: StopWatch | None = None) -> None:
    """Train in this process."""
    log = MetricsLog(folder.metrics)
    loop.train(folder=folder, log=log, stop=stop or StopWatch())
    log.close()


@pytest.fixture(scope="session")
def make_trainer(tmp_path_factory: pytest.TempPathFactory, tiny_policy: Path) -> Trainers:
    """Return a function that makes the trainer of a method."""

    def make(name: str, *, moved: bool = False, **changes: Any) -> Any:
        config = recipes.parse(
            {"base": str(tiny_policy), "tuning": "full", "max_length": 128} | METHODS[name] | changes
        )
        assert isinstance(config, LanguageConfig)
        torch.set_num_threads(1)
        tokenizer = loading.tokenizer(config.base)
        side = build(config=config, tokenizer=tokenizer, examples=kind_world(count=4))
        with loading.without_empty_notes():
            trainer: Any = trainers.make(
                config=config,
                tokenizer=tokenizer,
                train=side.rows,
                held_out=[],
                output=tmp_path_factory.mktemp("trainer"),
                callbacks=[],
                load_scorer=load_scorer,
            )
        if moved:  # a policy that is not its reference any more
            torch.manual_seed(5)
            with torch.no_grad():
                for parameter in trainer.model.parameters():
                    parameter += 0.02 * torch.randn_like(parameter)
        trainer.model.train()
        return trainer

    return make


def batch_of(trainer: Any) -> dict[str, Any]:
    """Return all rows of a trainer as one batch."""
    return dict(trainer.data_collator([trainer.train_dataset[place] for place in range(4)]))
