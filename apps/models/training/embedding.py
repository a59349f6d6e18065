"""Texts as vectors of the sentence encoder in the wheel, for whoever has loaded torch."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from apps.models.domain.embeddings import MOST_TOKENS
from apps.models.domain.recipes import MINILM
from apps.models.training import encoders

BATCH = 64


def embed(*, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the texts' vectors, (texts, width): the mean over tokens, at length 1."""
    encoder = encoders.load(name=MINILM)
    encoder.model.eval()
    order = sorted(range(len(texts)), key=lambda place: (len(texts[place]), place))
    found = np.zeros((len(texts), encoder.width), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            tokens = encoder.tokenizer(
                [texts[place] for place in places],
                padding=True, truncation=True, max_length=MOST_TOKENS, return_tensors="pt",
            )  # fmt: skip
            hidden = encoder.model(**tokens).last_hidden_state
            mask = tokens["attention_mask"].unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(dim=1) / mask.sum(dim=1)
            found[places] = torch.nn.functional.normalize(mean, dim=-1).numpy()
    return found
