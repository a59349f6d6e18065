"""The reward head fitted at once: a logistic regression on what the frozen encoder says of each pair."""

import shutil
import time
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file

from apps.models.domain.instant import Floats, head
from apps.models.domain.recipes import RewardConfig
from apps.models.domain.weights import sha256_of
from apps.models.training import reward, usage
from apps.models.training.encoders import Encoder
from apps.models.training.folder import RunFolder, write_json
from apps.models.training.metrics import MetricsLog

Rows = dict[str, list[dict[str, Any]]]


def finish(
    *,
    config: RewardConfig,
    encoder: Encoder,
    rows: Rows,
    folder: RunFolder,
    log: MetricsLog,
    facts: dict[str, Any],
) -> None:
    """Fit the head, measure it on held-out pairs, and publish it as any other reward model."""
    log.event("resumed", step=0)
    log.event("started", total_steps=1, **{side: len(found) for side, found in rows.items()})
    differences, targets = _arrays(rows["train"])
    began = time.monotonic()
    fitted = head(
        differences=differences,
        targets=targets,
        prompts=[row["prompt"] for row in rows["train"]],
        ridge=config.ridge or None,
        margin=config.margin,
    )
    weights = fitted.weights
    seconds = time.monotonic() - began
    log.point(step=1, name="loss", value=_loss(differences @ weights, targets))
    if rows["held_out"]:
        held_out, wanted = _arrays(rows["held_out"])
        rewards = held_out @ weights
        decided = wanted != 0.5
        right = (np.sign(rewards) * np.sign(wanted - 0.5) + 1)[decided] / 2
        log.point(step=1, name="held_out_loss", value=_loss(rewards, wanted))
        log.point(step=1, name="held_out_accuracy", value=float(right.mean()) if len(right) else float("nan"))
    used = {
        "peak_memory_mb": round(usage.peak_memory_mb(), 1),
        "seconds_a_step": round(seconds, 4),
        "machine": usage.machine(),
    }
    result: dict[str, Any] = {"step": 1, "ridge": fitted.ridge}
    if config.dry_run:
        result |= {"dry_run": True, "whole_steps": 1}
    else:
        used_config = config.model_copy(update={"ridge": fitted.ridge})
        result |= _publish(config=used_config, encoder=encoder, weights=weights, folder=folder)
    write_json(folder.result, result | used | facts)
    log.event("finished", step=1)
    shutil.rmtree(folder.checkpoints)


def _arrays(rows: list[dict[str, Any]]) -> tuple[Floats, Floats]:
    features = torch.stack([row["features"] for row in rows]).double().numpy()
    return features[:, 0] - features[:, 1], np.array([row["target"] for row in rows], dtype=np.float64)


def _loss(rewards: Floats, targets: Floats) -> float:
    return float((np.logaddexp(0.0, rewards) - targets * rewards).mean())


def _publish(*, config: RewardConfig, encoder: Encoder, weights: Floats, folder: RunFolder) -> dict[str, Any]:
    making = folder.path / ".model.part"
    shutil.rmtree(making, ignore_errors=True)
    shutil.rmtree(folder.model, ignore_errors=True)
    making.mkdir()
    save_file({"head.weight": torch.tensor(weights, dtype=torch.float32)[None, :]}, making / reward.WEIGHTS)
    write_json(making / reward.DESCRIPTION, reward.describe(config=config, encoder=encoder))
    making.rename(folder.model)
    path = folder.model / reward.WEIGHTS
    return {
        "model": folder.model.name,
        "sha256": sha256_of(path),
        "size_bytes": path.stat().st_size,
    }
