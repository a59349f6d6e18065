"""What is left when a run ends: a model with its result, a place to go on from, or a dry run's figures."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transformers import Trainer

from apps.models.domain.recipes import TrainingConfig
from apps.models.domain.weights import sha256_of_all
from apps.models.training import checkpoints, usage
from apps.models.training.folder import RunFolder, write_json
from apps.models.training.metrics import MetricsLog
from apps.models.training.recorder import Recorder


def close(
    *,
    trainer: Trainer,
    recorder: Recorder,
    config: TrainingConfig,
    folder: RunFolder,
    log: MetricsLog,
    published: Callable[[str], bool],
    facts: dict[str, Any],
) -> None:
    """Publish the model where the run reached its end; otherwise say where it stopped.

    ``published`` says of a file's name whether a scorer needs it: the optimiser's state is of no more use.
    """
    step, last = trainer.state.global_step, checkpoints.newest(folder.checkpoints)
    used = {
        "peak_memory_mb": round(usage.peak_memory_mb(), 1),
        "seconds_a_step": round(recorder.clock.seconds_a_step, 4),
        "machine": usage.machine(),
    }
    if config.dry_run:
        write_json(
            folder.result, {"dry_run": True, "step": step, "whole_steps": recorder.whole_steps} | used | facts
        )
        log.event("finished", step=step)
        shutil.rmtree(folder.checkpoints)
        return
    if step < trainer.state.max_steps or last is None or last[0] != step:
        log.event("stopped", step=step)
        return
    weights = _publish(checkpoint=last[1], folder=folder, published=published)
    result = {
        "step": step,
        "model": folder.model.name,
        "sha256": sha256_of_all(weights),
        "size_bytes": sum(path.stat().st_size for path in weights),
    }
    write_json(folder.result, result | used | facts)
    log.event("finished", step=step)
    shutil.rmtree(folder.checkpoints)


def _publish(*, checkpoint: Path, folder: RunFolder, published: Callable[[str], bool]) -> list[Path]:
    making = folder.path / ".model.part"
    shutil.rmtree(making, ignore_errors=True)
    shutil.rmtree(folder.model, ignore_errors=True)
    making.mkdir()
    for path in checkpoint.iterdir():
        if path.is_file() and published(path.name):
            os.link(path, making / path.name)
    making.rename(folder.model)
    return sorted(folder.model.glob("*.safetensors"))
