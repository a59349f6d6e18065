"""One training run from its folder to its result, resumed from the newest checkpoint where there is one."""

import os
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments, set_seed
from transformers.trainer_callback import PrinterCallback

from apps.models.domain.recipes import RewardConfig
from apps.models.training import checkpoints, data, encoders, reward
from apps.models.training.errors import TrainingError
from apps.models.training.folder import RunFolder, write_json
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch


class Stopped(Exception):
    """Somebody asked for a stop before the first step."""


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


class Follow(TrainerCallback):
    """Writes points and checkpoints as the run goes, and stops it when asked."""

    def __init__(
        self,
        *,
        folder: RunFolder,
        config: RewardConfig,
        log: MetricsLog,
        stop: StopWatch,
        description: dict[str, Any],
        held_out: list[dict[str, torch.Tensor]],
    ) -> None:
        self._folder, self._config, self._log, self._stop = folder, config, log, stop
        self._description, self._held_out = description, held_out

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Measure on held-out pairs at intervals; save and stop when asked."""
        step = state.global_step
        if self._held_out and (step % self._config.eval_every == 0 or step == state.max_steps):
            accuracy, loss = measure(kwargs["model"], self._held_out)
            self._log.point(step=step, name="held_out_accuracy", value=accuracy)
            self._log.point(step=step, name="held_out_loss", value=loss)
        if self._stop.asked():
            control.should_save = control.should_training_stop = True

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **kwargs: Any,
    ) -> None:
        """Write the step's points."""
        for name in ("loss", "learning_rate"):
            if name in (logs or {}):
                self._log.point(step=state.global_step, name=name, value=(logs or {})[name])

    def on_save(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Make the checkpoint that Trainer has written complete."""
        made = self._folder.checkpoints / f"checkpoint-{state.global_step}"
        write_json(made / reward.DESCRIPTION, self._description)
        self._log.sync()
        checkpoints.complete(made=made, step=state.global_step)
        self._log.event("saved", step=state.global_step)


def measure(model: nn.Module, batches: list[dict[str, torch.Tensor]]) -> tuple[float, float]:
    """Return accuracy and mean loss on held-out batches; target ties are left out of the accuracy.

    A pair that the model scores alike counts half. Draws no random numbers, so that a resume stays exact.
    """
    was_training, device = model.training, next(model.parameters()).device
    model.eval()
    right, decided, loss, pairs = 0.0, 0, 0.0, 0
    with torch.inference_mode():
        for batch in batches:
            found = model(**{name: value.to(device) for name, value in batch.items()})
            target = batch["target"]
            sign = torch.sign(found["difference"].cpu()) * torch.sign(target - 0.5)
            right += float(((sign + 1) / 2)[target != 0.5].sum())
            decided += int((target != 0.5).sum())
            loss += float(found["loss"]) * len(target)
            pairs += len(target)
    model.train(was_training)
    return (right / decided if decided else float("nan")), loss / pairs


def train(*, folder: RunFolder, log: MetricsLog, stop: StopWatch) -> None:
    """Train, or go on training. Raises TrainingError; returns normally after a stop."""
    config = folder.config()
    torch.set_num_threads(config.threads)
    set_seed(config.seed)
    folder.checkpoints.mkdir(exist_ok=True)
    checkpoints.clear_unfinished(folder.checkpoints)
    encoder = encoders.load(name=config.encoder)
    sides = _read_sides(folder=folder, config=config, encoder=encoder, log=log)
    try:
        model, rows, collator = _prepare(
            folder=folder, config=config, encoder=encoder, sides=sides, log=log, stop=stop
        )
    except Stopped:
        log.event("stopped", step=0)
        return
    description = reward.describe(
        encoder=encoder, mode=config.mode, max_length=config.max_length, precision=config.precision
    )
    held_out = [collator(rows["held_out"][i : i + 16]) for i in range(0, len(rows["held_out"]), 16)]
    follow = Follow(
        folder=folder, config=config, log=log, stop=stop, description=description, held_out=held_out
    )
    trainer = RewardTrainer(
        model=model,
        args=_arguments(folder=folder, config=config),
        train_dataset=data.PairData(rows["train"]),
        data_collator=collator,
        callbacks=[follow],
        head_learning_rate=config.head_learning_rate,
    )
    trainer.remove_callback(PrinterCallback)
    _run(trainer=trainer, folder=folder, log=log, rows=rows)
    _close(trainer=trainer, folder=folder, log=log, sides=sides, encoder=encoder)


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
    model = reward.RewardModel(encoder=encoder.model, width=encoder.width)
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
            {"features": features[side][place], "target": pair.target}
            for place, pair in enumerate(pairs.fitting)
        ]
        for side, pairs in sides.items()
    }
    return reward.RewardHead(width=encoder.width), rows, data.collate_features


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
        warmup_steps=config.warmup,
        lr_scheduler_type="linear",
        seed=config.seed,
        data_seed=config.seed,
        logging_steps=1,
        save_strategy="steps",
        save_steps=config.save_every,
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        use_cpu=not torch.cuda.is_available(),
        report_to=[],
        disable_tqdm=True,
    )


def _run(
    *, trainer: RewardTrainer, folder: RunFolder, log: MetricsLog, rows: dict[str, list[dict[str, Any]]]
) -> None:
    found = checkpoints.newest(folder.checkpoints)
    log.event("resumed", step=found[0] if found else 0)
    steps_an_epoch = -(-len(rows["train"]) // trainer.args.train_batch_size)
    total = steps_an_epoch * int(trainer.args.num_train_epochs)
    log.event("started", total_steps=total, train=len(rows["train"]), held_out=len(rows["held_out"]))
    trainer.train(resume_from_checkpoint=str(found[1]) if found else None)


def _close(
    *,
    trainer: RewardTrainer,
    folder: RunFolder,
    log: MetricsLog,
    sides: dict[str, data.Pairs],
    encoder: encoders.Encoder,
) -> None:
    """Publish the model where the run reached its end; otherwise say where it stopped."""
    step, last = trainer.state.global_step, checkpoints.newest(folder.checkpoints)
    if step < trainer.state.max_steps or last is None or last[0] != step:
        log.event("stopped", step=step)
        return
    _publish(checkpoint=last[1], folder=folder)
    weights = folder.model / reward.WEIGHTS
    result = {
        "step": step,
        "model": folder.model.name,
        "sha256": checkpoints.sha256_of(weights),
        "size_bytes": weights.stat().st_size,
        "encoder_sha256": encoder.sha256,
        "too_long": {side: pairs.too_long for side, pairs in sides.items()},
        "pairs": {side: len(pairs.fitting) for side, pairs in sides.items()},
    }
    write_json(folder.result, result)
    log.event("finished", step=step)
    shutil.rmtree(folder.checkpoints)


def _publish(*, checkpoint: Path, folder: RunFolder) -> None:
    """Copy what a scorer needs; the optimiser's state is of no more use."""
    making = folder.path / ".model.part"
    shutil.rmtree(making, ignore_errors=True)
    shutil.rmtree(folder.model, ignore_errors=True)
    making.mkdir()
    for name in (reward.WEIGHTS, reward.DESCRIPTION):
        os.link(checkpoint / name, making / name)
    making.rename(folder.model)
