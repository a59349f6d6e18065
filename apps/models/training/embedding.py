"""Texts and responses as vectors of the sentence encoder in the wheel, for whoever has loaded torch."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from apps.models.domain.embeddings import MOST_TOKENS
from apps.models.domain.recipes import MINILM
from apps.models.training import data, encoders, reward
from apps.models.training.encoders import Encoder

BATCH = 64


def embed(*, texts: Sequence[str], encoder: Encoder | None = None) -> NDArray[np.float32]:
    """Return the texts' vectors, (texts, width): the mean over tokens, at length 1; by the wheel's encoder
    where none is given.
    """
    encoder = encoder or encoders.load(name=MINILM)
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


def responses(*, asked: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    """Return phi(x, y) of prompts with responses, (responses, width), as reward models see them.

    A row of NaN stands for what the encoder cannot take in whole; see ``reward.pooled``.
    """
    encoder = encoders.load(name=MINILM)
    texts = [data.tokenise(encoder=encoder, prompt=prompt, response=response) for prompt, response in asked]
    whole = [place for place, text in enumerate(texts) if len(text["input_ids"]) <= MOST_TOKENS]
    found = np.full((len(asked), encoder.width), np.nan, dtype=np.float32)
    if whole:
        model = reward.RewardModel(encoder=encoder.model, width=encoder.width)
        read = data.embed(
            model=model,
            texts=[texts[place] for place in whole],
            pad_token=int(encoder.tokenizer.pad_token_id or 0),
            precision="bfloat16",
        )
        found[whole] = read.numpy()
    return found
