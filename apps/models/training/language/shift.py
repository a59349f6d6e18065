"""The running reward shift of binary classifier optimisation."""

import json
from pathlib import Path
from typing import Any

import torch

from apps.models.training.folder import write_json
from apps.models.training.language.base import checkpoint_of

FILE = "shift.json"


class RunningShift:
    """Holds delta = (E_{D+}[r] + E_{D-}[r]) / 2, both means running ones.

    Each mean m of a side goes to memory m + (1 - memory) mean of the batch's rewards of that side; a batch
    without rows of a side leaves its mean. Both start at 0, which they are where the policy is its reference.
    It belongs to the optimiser's state: a resumed run must find it as it was.
    """

    def __init__(self, *, memory: float) -> None:
        self._memory = memory
        self.desired = 0.0
        self.undesired = 0.0

    @property
    def delta(self) -> float:
        """Return the reward shift: the mean of two means, not of all rows."""
        return (self.desired + self.undesired) / 2

    def update(self, *, desired: torch.Tensor, undesired: torch.Tensor) -> None:
        """Take in the rewards of a batch, each of shape (rows of the side,)."""
        self.desired = self._moved(self.desired, desired)
        self.undesired = self._moved(self.undesired, undesired)

    def save(self, folder: Path) -> None:
        """Write it into a checkpoint."""
        write_json(folder / FILE, {"desired": self.desired, "undesired": self.undesired})

    def load(self, folder: Path) -> None:
        """Take it from a checkpoint."""
        found = json.loads((folder / FILE).read_text())
        self.desired, self.undesired = found["desired"], found["undesired"]

    def _moved(self, mean: float, rewards: torch.Tensor) -> float:
        if not len(rewards):
            return mean
        return self._memory * mean + (1 - self._memory) * float(rewards.detach().float().mean())


class Shifted:
    """A trainer with a running reward shift, which its checkpoints hold."""

    def __init__(self, *, shift: RunningShift, **kwargs: Any) -> None:
        self.shift = shift
        super().__init__(**kwargs)

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        super()._save_checkpoint(model, trial)  # type: ignore[misc]
        self.shift.save(checkpoint_of(self))

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        super()._load_from_checkpoint(resume_from_checkpoint, model)  # type: ignore[misc]
        self.shift.load(Path(resume_from_checkpoint))
