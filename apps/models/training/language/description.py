"""What must be known to load a trained language model again; it lies beside the weights."""

from pathlib import Path
from typing import Any

from apps.models.domain.recipes.language import LanguageConfig
from apps.models.domain.weights import RECIPE, read_json

FILE = RECIPE
SCORES = "reward_lm"
"""The method of which nothing comes that writes."""


def describe(*, config: LanguageConfig, base_sha256: str) -> dict[str, Any]:
    """Return the description of what a configuration makes."""
    return {
        "format": 1,
        "method": config.method,
        "base": config.base,
        "base_sha256": base_sha256,
        "tuning": config.tuning,
        "precision": config.precision,
        "max_length": config.max_length,
    }


def read(folder: Path) -> dict[str, Any]:
    """Return what a folder says of how it was trained, nothing where it is no checkpoint of ours."""
    return read_json(folder / FILE)
