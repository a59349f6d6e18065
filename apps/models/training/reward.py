"""The reward model: an encoder, the mean over the response's tokens, and a linear head."""

import json
import math
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from apps.models.domain.recipes import RewardConfig
from apps.models.training import encoders
from apps.models.training.encoders import Encoder
from apps.models.training.errors import TrainingError
from apps.models.training.losses import bradley_terry

DESCRIPTION = "reward.json"
WEIGHTS = "model.safetensors"


def pooled(*, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return one vector a text: the mean of the response's token vectors, at length sqrt(width).

    Args: ``hidden`` (texts, tokens, width); ``mask`` (texts, tokens), 1 at the response's tokens. The
    prompt's tokens are seen by the encoder and left out of the mean, so that a long prompt does not drown
    what differs in a pair. Returns (texts, width).
    """
    weight = mask.unsqueeze(-1).to(hidden.dtype)
    mean = (hidden * weight).sum(dim=1) / weight.sum(dim=1).clamp(min=1.0)
    scale = math.sqrt(hidden.shape[-1])
    unit: torch.Tensor = functional.normalize(mean, dim=-1)
    return unit * scale


class RewardHead(nn.Module):
    """r(x, y) = w . phi(x, y). No constant: it would cancel in every difference."""

    def __init__(self, *, width: int, margin: float = 0.0) -> None:
        super().__init__()
        self._margin = margin
        self.head = nn.Linear(width, 1, bias=False)
        nn.init.zeros_(self.head.weight)

    def forward(self, features: torch.Tensor, target: torch.Tensor) -> dict[str, torch.Tensor]:
        """Return loss and differences of a batch: features (pairs, 2, width), target (pairs,)."""
        rewards = self.head(features.float()).squeeze(-1)
        difference = rewards[:, 0] - rewards[:, 1]
        return {"loss": bradley_terry(difference, target, margin=self._margin), "difference": difference}


class RewardModel(RewardHead):
    """The head with its encoder, trained together."""

    def __init__(self, *, encoder: nn.Module, width: int, margin: float = 0.0) -> None:
        super().__init__(width=width, margin=margin)
        self.encoder = encoder

    def features(self, *, tokens: dict[str, torch.Tensor], response: torch.Tensor) -> torch.Tensor:
        """Return phi(x, y) of a batch of texts, (texts, width)."""
        return pooled(hidden=self.encoder(**tokens).last_hidden_state, mask=response)

    def forward(  # type: ignore[override]
        self, target: torch.Tensor, response: torch.Tensor, **tokens: torch.Tensor
    ) -> dict[str, torch.Tensor]:
        """Return loss and differences of a batch of tokenised pairs, each (pairs, 2, tokens)."""
        pairs, _, length = response.shape
        flat = {name: value.reshape(pairs * 2, length) for name, value in tokens.items()}
        features = self.features(tokens=flat, response=response.reshape(pairs * 2, length))
        return super().forward(features=features.reshape(pairs, 2, -1), target=target)


def describe(*, config: RewardConfig, encoder: Encoder) -> dict[str, Any]:
    """Return what must be known to load a reward model again."""
    return {
        "format": 1,
        "mode": config.mode,
        "encoder": encoder.name,
        "encoder_sha256": encoder.sha256,
        "max_length": config.max_length,
        "precision": config.precision,
        "ridge": config.ridge,
    }


def load(folder: Path) -> tuple[RewardModel, Encoder, dict[str, Any]]:
    """Load a saved reward model with its encoder and description. Raises TrainingError."""
    try:
        description = json.loads((folder / DESCRIPTION).read_text())
        weights = load_file(folder / WEIGHTS)
    except (OSError, ValueError) as error:
        raise TrainingError(f"The checkpoint in {folder.name} cannot be read.") from error
    encoder = encoders.load(name=description["encoder"], expected_sha256=description["encoder_sha256"])
    model = RewardModel(encoder=encoder.model, width=encoder.width)
    model.load_state_dict(weights, strict=description["mode"] == "full")
    return model.eval(), encoder, description
