"""What must be known to load a trained language model again; it lies beside the weights."""

from typing import Any

from apps.models.domain.recipes.language import LanguageConfig

FILE = "recipe.json"


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
