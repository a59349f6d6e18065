"""Writes down what happens in a run, whichever trainer runs it, and ends it when asked."""

import math
from collections.abc import Callable
from typing import Any

from torch import nn
from transformers import Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from transformers.trainer_callback import PrinterCallback

from apps.models.domain import recipes
from apps.models.domain.recipes import TrainingConfig
from apps.models.training import checkpoints, usage
from apps.models.training.folder import RunFolder, write_json
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch

Measured = dict[str, float]


class Recorder(TrainerCallback):
    """Writes points and checkpoints as the run goes, and stops it when asked."""

    def __init__(
        self,
        *,
        folder: RunFolder,
        config: TrainingConfig,
        log: MetricsLog,
        stop: StopWatch,
        description: tuple[str, dict[str, Any]],
        rows: dict[str, int],
        measure: Callable[[nn.Module], Measured] | None = None,
    ) -> None:
        self._folder, self._config, self._log, self._stop = folder, config, log, stop
        self._description, self._rows, self._measure = description, rows, measure
        self._shown = {measure.name for measure in recipes.find(config.method).measures}
        self.clock = usage.StepClock()
        self.whole_steps = 0

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Say how long the run is."""
        batches = len(kwargs["train_dataloader"])
        self.whole_steps = -(-batches // args.gradient_accumulation_steps) * int(args.num_train_epochs)
        self._log.event("started", total_steps=state.max_steps, **self._rows)

    def on_step_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Time the step."""
        self.clock.begin()

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Measure on held-out rows at intervals; save and stop when asked."""
        self.clock.end()
        if self._config.dry_run:
            control.should_save = control.should_evaluate = False
            return
        step = state.global_step
        due = step % self._config.eval_every == 0 or step == state.max_steps
        if self._rows["held_out"] and due and self._measure:
            for name, value in self._measure(kwargs["model"]).items():
                self._log.point(step=step, name=name, value=value)
        if step == state.max_steps:
            control.should_evaluate = args.eval_strategy != "no"
        if self._stop.asked():
            control.should_save = control.should_training_stop = True

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: Measured | None = None,
        **kwargs: Any,
    ) -> None:
        """Write the points that the method's charts show."""
        found = {_name_of(name): value for name, value in (logs or {}).items()}
        if "held_out_loss" in found and "perplexity" in self._shown:
            found["perplexity"] = math.exp(min(found["held_out_loss"], 50.0))
        for name in self._shown & found.keys():
            self._log.point(step=state.global_step, name=name, value=float(found[name]))

    def on_save(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Make the checkpoint that Trainer has written complete."""
        if self._config.dry_run:
            return
        made = self._folder.checkpoints / f"checkpoint-{state.global_step}"
        name, content = self._description
        write_json(made / name, content)
        self._log.sync()
        checkpoints.complete(made=made, step=state.global_step)
        self._log.event("saved", step=state.global_step)


def _name_of(name: str) -> str:
    return f"held_out_{name.removeprefix('eval_')}" if name.startswith("eval_") else name


def run(*, trainer: Trainer, folder: RunFolder, log: MetricsLog) -> None:
    """Train from the newest whole checkpoint, or from the start."""
    trainer.remove_callback(PrinterCallback)
    found = checkpoints.newest(folder.checkpoints)
    log.event("resumed", step=found[0] if found else 0)
    trainer.train(resume_from_checkpoint=str(found[1]) if found else None)
