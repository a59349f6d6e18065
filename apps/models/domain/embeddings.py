"""Texts as points: what lies near means the like, as far as the encoder knows the language."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.models.domain.recipes.sentence import MINILM, MINILM_SHA256

ENCODER = f"{MINILM}-{MINILM_SHA256[:8]}"
"""Names the encoder and its weights; vectors of different names are not comparable."""
MOST_TOKENS = 256
"""What is longer is cut: the encoder was trained on so many."""


@dataclass(frozen=True)
class Embeddings:
    """Vectors of length 1, (texts, width) float32, and what made them."""

    vectors: NDArray[np.float32]
    encoder: str
