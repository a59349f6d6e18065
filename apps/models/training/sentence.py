"""The reward model on a sentence encoder: its data, its trainer, its run."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import Trainer, TrainingArguments

from apps.models.domain.recipes import RewardConfig
from apps.models.training import data, encoders, instant, reward
from apps.models.training.closing import close
from apps.models.training.errors import TrainingError
from apps.models.training.folder import RunFolder
from apps.models.training.metrics import MetricsLog
from apps.models.training.recorder import Measured, Recorder, run
from apps.models.training.stopping import StopWatch


class Stopped(Exception):
    """Somebody asked for a stop before the first step."""


MEASURED_AT_ONCE = 8
"""Held-out pairs in a batch: few, so that they are about as long and little of it is padding."""


class RewardTrainer(Trainer):
    """Trainer with a faster rate for the head, which starts from nothing."""

    def __init__(self, *, model: nn.Module, head_learning_rate: float, **kwargs: Any) -> None:
        super().__init__(model=model, **kwargs)
        self._reward_model, self._head_learning_rate = model, head_learning_rate

    def create_optimizer(self, model: nn.Module | None = None) -> torch.optim.Optimizer:
        """Make AdamW with two groups: the encoder and the head."""
        if self.optimizer is None:
            named = dict((model if model is not None else self._reward_model).named_parameters())
            head = [value for name, value in named.items() if name.startswith("head.")]
            rest = [value for name, value in named.items() if not name.startswith("head.")]
            groups: list[dict[str, Any]] = [{"params": head, "lr": self._head_learning_rate}]
            if rest:
                groups.append({"params": rest})
            self.optimizer = torch.optim.AdamW(
                groups,
                lr=self.args.learning_rate,
                weight_decay=self.args.weight_decay,
            )
        return self.optimizer


def batches(*, rows: Sequence[dict[str, Any]], pairs: Sequence[data.Pair]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of pairs by their length, so that a batch is not padded to the longest of all."""
    order = sorted(range(len(rows)), key=lambda place: pairs[place].length)
    for start in range(0, len(order), MEASURED_AT_ONCE):
        yield [rows[place] for place in order[start : start + MEASURED_AT_ONCE]]


def measure(model: nn.Module, batches: list[dict[str, torch.Tensor]]) -> Measured:
    """Return accuracy, margin and loss on held-out batches; target ties count in the loss alone.

    A pair that the model scores alike counts half. Draws no random numbers, so that a resume stays exact.
    """
    was_training, device = model.training, next(model.parameters()).device
    model.eval()
    right, margin, decided, loss, pairs = 0.0, 0.0, 0, 0.0, 0
    with torch.inference_mode():
        for batch in batches:
            found = model(**{name: value.to(device) for name, value in batch.items()})
            target = batch["target"]
            gap = found["difference"].cpu() * torch.sign(target - 0.5)
            right += float(((torch.sign(gap) + 1) / 2)[target != 0.5].sum())
            margin += float(gap.sum())
            decided += int((target != 0.5).sum())
            loss += float(found["loss"]) * len(target)
            pairs += len(target)
    model.train(was_training)
    accuracy, gap_a_pair = (right / decided, margin / decided) if decided else (float("nan"), float("nan"))
    return {
        "held_out_accuracy": accuracy,
        "held_out_loss": loss / pairs,
        "held_out_margin": gap_a_pair,
    }


def train(*, config: RewardConfig, folder: RunFolder, log: MetricsLog, stop: StopWatch) -> None:
    """Train, or go on training. Raises TrainingError; returns normally after a stop."""
    log.event("preparing", what="model")
    encoder = encoders.load(name=config.encoder)
    folder.expect("encoder", folder=config.encoder, fingerprint=encoder.sha256)
    log.event("preparing", what="data")
    sides = _read_sides(folder=folder, config=config, encoder=encoder, log=log)
    try:
        model, rows, collator = _prepare(
            folder=folder, config=config, encoder=encoder, sides=sides, log=log, stop=stop
        )
    except Stopped:
        log.event("stopped", step=0)
        return
    if config.mode == "instant":
        instant.finish(
            config=config, encoder=encoder, rows=rows, folder=folder, log=log, facts=_facts(encoder, sides)
        )
        return
    measured = batches(rows=rows["held_out"], pairs=sides["held_out"].fitting)
    recorder = Recorder(
        folder=folder,
        config=config,
        log=log,
        stop=stop,
        description=(reward.DESCRIPTION, reward.describe(config=config, encoder=encoder)),
        rows={side: len(found) for side, found in rows.items()},
        measure=partial(measure, batches=[collator(batch) for batch in measured]),
    )
    trainer = RewardTrainer(
        model=model,
        args=_arguments(folder=folder, config=config),
        train_dataset=data.PairData(rows["train"]),
        data_collator=collator,
        callbacks=[recorder],
        head_learning_rate=config.head_learning_rate,
    )
    run(trainer=trainer, folder=folder, log=log)
    close(
        trainer=trainer,
        recorder=recorder,
        config=config,
        folder=folder,
        log=log,
        published=lambda name: name in {reward.WEIGHTS, reward.DESCRIPTION},
        facts=_facts(encoder, sides),
    )


def _facts(encoder: encoders.Encoder, sides: dict[str, data.Pairs]) -> dict[str, Any]:
    return {
        "encoder_sha256": encoder.sha256,
        "too_long": {side: pairs.too_long for side, pairs in sides.items()},
        "pairs": {side: len(pairs.fitting) for side, pairs in sides.items()},
    }


def _read_sides(
    *, folder: RunFolder, config: RewardConfig, encoder: encoders.Encoder, log: MetricsLog
) -> dict[str, data.Pairs]:
    limits = {"train": config.limit, "held_out": None}
    sides = {}
    for side, limit in limits.items():
        examples = data.read_side(path=folder.path / f"{side}.jsonl", limit=limit, seed=config.seed)
        sides[side] = data.fit(encoder=encoder, examples=examples, max_length=config.max_length)
    too_long = {side: len(pairs.too_long) for side, pairs in sides.items()}
    log.event("too_long", max_length=config.max_length, **too_long)
    if not sides["train"].fitting:
        raise TrainingError(f"No training pair fits into the encoder's {config.max_length} tokens.")
    return sides


def _prepare(
    *,
    folder: RunFolder,
    config: RewardConfig,
    encoder: encoders.Encoder,
    sides: dict[str, data.Pairs],
    log: MetricsLog,
    stop: StopWatch,
) -> tuple[nn.Module, dict[str, list[dict[str, Any]]], Any]:
    """Return the model to train, the rows of both sides, and what makes batches of them. Raises Stopped."""
    model = reward.RewardModel(encoder=encoder.model, width=encoder.width, margin=config.margin)
    pad_token = int(encoder.tokenizer.pad_token_id or 0)
    if config.mode == "full":
        rows = {
            side: [{"a": pair.a, "b": pair.b, "target": pair.target} for pair in pairs.fitting]
            for side, pairs in sides.items()
        }
        return model, rows, data.TokenCollator(pad_token=pad_token)
    features = _features(
        folder=folder, config=config, model=model, sides=sides, pad_token=pad_token, log=log, stop=stop
    )
    rows = {
        side: [
            {"features": features[side][place], "target": pair.target, "prompt": pair.prompt}
            for place, pair in enumerate(pairs.fitting)
        ]
        for side, pairs in sides.items()
    }
    return reward.RewardHead(width=encoder.width, margin=config.margin), rows, data.collate_features


def _features(
    *,
    folder: RunFolder,
    config: RewardConfig,
    model: reward.RewardModel,
    sides: dict[str, data.Pairs],
    pad_token: int,
    log: MetricsLog,
    stop: StopWatch,
) -> dict[str, torch.Tensor]:
    """Return the frozen encoder's vectors, (pairs, 2, width) a side; kept in a file for a resume."""
    if folder.features.is_file():
        try:
            return dict(load_file(folder.features))
        except (OSError, SafetensorError):
            folder.features.unlink()
    texts = [text for pairs in sides.values() for pair in pairs.fitting for text in (pair.a, pair.b)]

    def note(done: int) -> None:
        log.event("reading", done=done, total=len(texts))
        if stop.asked():
            raise Stopped

    found = data.embed(
        model=model, texts=texts, pad_token=pad_token, precision=config.precision, on_batch=note
    ).reshape(len(texts) // 2, 2, -1)
    cut = len(sides["train"].fitting)
    features = {"train": found[:cut].contiguous(), "held_out": found[cut:].contiguous()}
    making = folder.features.with_suffix(".part")
    save_file(features, making)
    making.replace(folder.features)
    return features


def _arguments(*, folder: RunFolder, config: RewardConfig) -> TrainingArguments:
    return TrainingArguments(
        output_dir=str(folder.checkpoints),
        num_train_epochs=config.epochs,
        per_device_train_batch_size=config.batch_size,
        learning_rate=config.learning_rate,
        weight_decay=config.weight_decay,
        max_steps=config.dry_run or -1,
        warmup_steps=config.warmup,
        lr_scheduler_type="linear",
        seed=config.seed,
        data_seed=config.seed,
        logging_steps=1,
        logging_nan_inf_filter=False,
        save_strategy="steps",
        save_steps=config.save_every,
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        use_cpu=not torch.cuda.is_available(),
        report_to=[],
        disable_tqdm=True,
    )
