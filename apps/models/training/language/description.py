"""What must be known to load a trained language model again; it lies beside the weights."""

import json
from pathlib import Path
from typing import Any

from apps.models.domain.recipes.language import LanguageConfig

FILE = "recipe.json"
ADAPTER = "adapter_config.json"
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
    return _read(folder / FILE)


def ancestor(folder: Path) -> str:
    """Return beside which model's weights a folder's matrices were trained, '' for a folder of whole weights.

    Our own description comes first: it names what the run started from, whatever a library made of that.
    """
    if not (folder / ADAPTER).is_file():
        return ""
    return str(read(folder).get("base") or _read(folder / ADAPTER).get("base_model_name_or_path") or "")


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
