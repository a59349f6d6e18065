"""Weights for rows whose prompts are seldom among the desired ones."""

from collections.abc import Sequence

import numpy as np

from apps.models.domain import matching
from apps.models.training import embedding
from apps.models.training.language.rows import Row


def weighted(rows: Sequence[Row], *, seed: int) -> list[Row]:
    """Return the rows with their weights by underlying distribution matching; see ``domain.matching``."""
    prompts = list(dict.fromkeys(row["prompt"] for row in rows))
    vectors = dict(zip(prompts, embedding.embed(texts=prompts).astype(np.float64), strict=True))
    found = matching.weights(
        prompts=np.stack([vectors[row["prompt"]] for row in rows]),
        desired=np.array([bool(row["label"]) for row in rows]),
        seed=seed,
    )
    return [row | {"weight": float(weight)} for row, weight in zip(rows, found, strict=True)]
