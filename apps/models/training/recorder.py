"""Writes down what happens in a run, whichever trainer runs it, and ends it when asked."""

import math
from collections.abc import Callable
from typing import Any

from torch import nn
from transformers import Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from transformers.trainer_callback import PrinterCallback

from apps.models.domain import recipes
from apps.models.domain.alerts import WINDOW, LossWatch
from apps.models.domain.recipes import TrainingConfig
from apps.models.training import checkpoints, usage
from apps.models.training.errors import TrainingError
from apps.models.training.folder import RunFolder, write_json
from apps.models.training.journal import Journal
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch

Measured = dict[str, float]
Sample = Callable[[int, Any], None]
"""Has the model of a step answer the run's sampled prompts."""


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
        sample: Sample | None = None,
    ) -> None:
        self._folder, self._config, self._log, self._stop = folder, config, log, stop
        self._description, self._rows, self._measure = description, rows, measure
        self._sample = None if config.dry_run else sample
        self._journal, self._loss, self._pace = Journal(), LossWatch(), usage.Pace()
        self._shown = {measure.name for measure in recipes.find(config.method).measures}
        self.clock = usage.StepClock()
        self.whole_steps = 0

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Say how long the run is; have the base answer the prompts that checkpoints will answer."""
        batches = len(kwargs["train_dataloader"])
        self.whole_steps = -(-batches // args.gradient_accumulation_steps) * int(args.num_train_epochs)
        self._log.event("started", total_steps=state.max_steps, **self._rows)
        self._journal.say(f"training from step {state.global_step} to step {state.max_steps}")
        if self._sample and state.global_step == 0:
            self._log.event("preparing", what="answers")
            self._sample(0, kwargs["model"])

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
            self._points(step, self._measure(kwargs["model"]))
        self._points(step, self._pace.after(step=step, steps=state.max_steps))
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
        """Write the points that the charts show; look whether the loss is well. Raises TrainingError."""
        found = {_name_of(name): float(value) for name, value in (logs or {}).items()}
        # Of fine-tuning the held-out loss is that per token; the other methods note it beside theirs.
        doubt = found.get("held_out_nll", found.get("held_out_loss"))
        if doubt is not None and "perplexity" in self._shown:
            found["perplexity"] = math.exp(min(doubt, 50.0))
        shown = {name: found[name] for name in self._shown & found.keys()}
        self._points(state.global_step, shown)
        if shown:
            self._journal.step(step=state.global_step, steps=state.max_steps, values=shown)
        if "loss" in found:
            self._look(step=state.global_step, loss=found["loss"])

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
        self._journal.say(f"checkpoint of step {state.global_step} saved")
        if self._sample:
            self._sample(state.global_step, kwargs["model"])

    def _points(self, step: int, values: Measured) -> None:
        for name, value in values.items():
            self._log.point(step=step, name=name, value=value)

    def _look(self, *, step: int, loss: float) -> None:
        """End a run whose loss is no number; say once where it diverges. Raises TrainingError."""
        if not math.isfinite(loss):
            last = checkpoints.newest(self._folder.checkpoints)
            kept = f"The checkpoint of step {last[0]} is kept" if last else "There was no checkpoint yet"
            raise TrainingError(
                f"The loss of step {step} is not a number, so the run was ended before it could save that. "
                f"{kept}; going on from there would come to the same step again. Look at the steps before: "
                "where the loss rises, clone the run with a gentler learning rate, or train fewer weights "
                "(LoRA); where it does not, look at the base model and the data set.",
                kind="nan",
                lines=self._journal.last,
            )
        times = self._loss.diverges(loss)
        if times is not None:
            message = (
                f"The mean loss of the last {WINDOW} steps is {times:.1f} times that of the first {WINDOW}. "
                "Stop the run, unless it falls again; clone it with a gentler learning rate, or train fewer "
                "weights (LoRA)."
            )
            self._log.event("alert", kind="divergence", step=step, message=message, lines=self._journal.last)
            self._journal.say(message)
        elif self._loss.recovers():
            self._log.event("over", kind="divergence")
            self._journal.say("the loss is back where it began")


def _name_of(name: str) -> str:
    return f"held_out_{name.removeprefix('eval_')}" if name.startswith("eval_") else name


def run(*, trainer: Trainer, folder: RunFolder, log: MetricsLog) -> None:
    """Train from the newest whole checkpoint, or from the start."""
    trainer.remove_callback(PrinterCallback)
    found = checkpoints.newest(folder.checkpoints)
    log.event("resumed", step=found[0] if found else 0)
    trainer.train(resume_from_checkpoint=str(found[1]) if found else None)
