"""One run of a method on a language model, from its folder to its result."""

from typing import Any

import torch

from apps.models.domain.recipes import TrainingConfig
from apps.models.domain.recipes.language import GRPOConfig, LanguageConfig, PolicyConfig
from apps.models.domain.weights import fingerprint
from apps.models.training import data
from apps.models.training.closing import close
from apps.models.training.errors import TrainingError
from apps.models.training.folder import RunFolder
from apps.models.training.language import loading, sampling, trainers
from apps.models.training.language.beside_base import BesideBase, beside_base
from apps.models.training.language.description import FILE, describe
from apps.models.training.language.rows import Side, build
from apps.models.training.metrics import MetricsLog
from apps.models.training.recorder import Recorder, run
from apps.models.training.scorer import LoadScorer
from apps.models.training.stopping import StopWatch

PRIVATE = {
    "README.md",
    "manifest.json",
    "optimizer.pt",
    "scaler.pt",
    "scheduler.pt",
    "shift.json",
    "trainer_state.json",
    "training_args.bin",
}
"""Files of a checkpoint that only going on with the training needs."""


def train(
    *, config: TrainingConfig, folder: RunFolder, log: MetricsLog, stop: StopWatch, load_scorer: LoadScorer
) -> None:
    """Train, or go on training. Raises TrainingError; returns normally after a stop."""
    if not isinstance(config, LanguageConfig):
        raise TrainingError(f"The method {config.method} does not train a language model.")
    with loading.without_empty_notes():
        _train(config=config, folder=folder, log=log, stop=stop, load_scorer=load_scorer)


def _train(
    *, config: LanguageConfig, folder: RunFolder, log: MetricsLog, stop: StopWatch, load_scorer: LoadScorer
) -> None:
    base_sha256 = fingerprint(config.base)
    folder.expect("base", folder=config.base, fingerprint=base_sha256)
    if isinstance(config, GRPOConfig):
        folder.expect("reward", folder=config.reward)
    log.event("preparing", what="data")
    tokenizer = loading.tokenizer(config.base)
    sides = _read(config=config, folder=folder, tokenizer=tokenizer, log=log)
    beside = _beside(config=config, folder=folder, tokenizer=tokenizer)
    recorder = Recorder(
        folder=folder,
        config=config,
        log=log,
        stop=stop,
        description=(FILE, describe(config=config, base_sha256=base_sha256)),
        rows={side: len(found.rows) for side, found in sides.items()},
        measure=beside.measure if beside else None,
        sample=sampling.sampler(config=config, folder=folder, tokenizer=tokenizer, log=log),
    )
    log.event("preparing", what="model")
    trainer = trainers.make(
        config=config,
        tokenizer=tokenizer,
        train=sides["train"].rows,
        held_out=sides["held_out"].rows,
        output=folder.checkpoints,
        callbacks=[recorder],
        load_scorer=load_scorer,
    )
    model: Any = trainer.model
    if beside:
        beside.begin(model)
    run(trainer=trainer, folder=folder, log=log)
    close(
        trainer=trainer,
        recorder=recorder,
        config=config,
        folder=folder,
        log=log,
        published=lambda name: name not in PRIVATE and not name.startswith("rng_state"),
        facts={
            "base_sha256": base_sha256,
            "parameters": _count(model.parameters()),
            "trained_parameters": _count(p for p in model.parameters() if p.requires_grad),
            "too_long": {side: found.too_long for side, found in sides.items()},
            "rows": {side: len(found.rows) for side, found in sides.items()},
        },
    )


def _beside(*, config: LanguageConfig, folder: RunFolder, tokenizer: Any) -> BesideBase | None:
    """Return what sets a model that writes beside its base, None for one that scores."""
    if not isinstance(config, PolicyConfig):
        return None
    held_out = data.read_side(path=folder.path / "held_out.jsonl")
    return beside_base(config=config, tokenizer=tokenizer, held_out=held_out)


def _read(*, config: LanguageConfig, folder: RunFolder, tokenizer: Any, log: MetricsLog) -> dict[str, Side]:
    sides = {}
    for side, limit in (("train", config.limit), ("held_out", None)):
        examples = data.read_side(path=folder.path / f"{side}.jsonl", limit=limit, seed=config.seed)
        sides[side] = build(config=config, tokenizer=tokenizer, examples=examples)
    too_long = {side: len(found.too_long) for side, found in sides.items()}
    log.event("too_long", max_length=config.max_length, **too_long)
    if not sides["train"].rows:
        raise TrainingError(f"No training example fits into {config.max_length} tokens, or all are ties.")
    return sides


def _count(parameters: Any) -> int:
    return sum(int(torch.numel(parameter)) for parameter in parameters)
