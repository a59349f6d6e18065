"""Suite ``luck``: how right the same encoder comes to be where the targets of its training are tossed.

It tells "training taught it" from "it was so before", by the checkpoint's own measure. A head that was not
trained gives no rewards, and 50 % on held-out pairs is no yardstick either: most heads lean to one side or
the other of whatever runs through the comparisons, so that learning nothing is often right in much more
than half, and as often in much less.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from apps.models.domain import splits, tossed
from apps.models.domain.examples import PreferenceExample
from apps.models.training import data, encoders, reward

HEADS = 199
RIDGE = 1.0
"""Weight of the squared length of a head where the checkpoint's was trained step by step and names none."""
MOST = 1000
"""So many training pairs are read at most: each costs the encoder two responses."""


def figures(
    *,
    model: Path,
    trained_on: Sequence[PreferenceExample],
    held_out: Sequence[PreferenceExample],
    own: float | None,
    seed: int = 0,
) -> dict[str, Any]:
    """Return how ``own``, the checkpoint's share of held-out pairs that it is right about, stands to luck.

    ``applies`` is False where there is nothing to say: for a language model, whose training nobody repeats
    hundreds of times, and where fewer prompts than ``tossed.FEWEST`` taught it. Raises TrainingError.
    """
    if own is None or not (model / reward.DESCRIPTION).is_file():
        return {"applies": False}
    pairs = splits.sample(trained_on, limit=MOST, seed=seed)
    decided = [example for example in held_out if not example.is_tie]
    described = json.loads((model / reward.DESCRIPTION).read_text())
    encoder = encoders.load(name=described["encoder"], expected_sha256=described["encoder_sha256"])
    taught, features = _read(pairs, encoder, described)
    asked, others = _read(decided, encoder, described)
    prompts = [example.split_key for example in taught]
    if len(set(prompts)) < tossed.FEWEST or not asked:
        return {"applies": False}
    targets = np.array([example.p_a for example in taught], dtype=np.float64)
    learned = tossed.heads(
        differences=features,
        targets=tossed.toss(targets=targets, prompts=prompts, times=HEADS, seed=seed),
        ridge=float(described.get("ridge") or RIDGE),
    )
    wanted = np.array([example.p_a > 0.5 for example in asked])
    rights = ((others @ learned > 0) == wanted[:, None]).mean(axis=0)
    found = tossed.luck(rights=rights, own=own, prompts=len(set(prompts)))
    return {"applies": True, "trained_on": len(taught), "n": len(asked), **found.to_dict()}


def _read(
    examples: Sequence[PreferenceExample], encoder: encoders.Encoder, described: dict[str, Any]
) -> tuple[list[PreferenceExample], np.ndarray[Any, np.dtype[np.float64]]]:
    """Return what can be read whole, and phi(x, y_a) - phi(x, y_b) of each, (pairs, width)."""
    fitting = data.fit(encoder=encoder, examples=examples, max_length=int(described["max_length"])).fitting
    kept = {pair.id for pair in fitting}
    if not fitting:
        return [], np.zeros((0, encoder.width))
    found = data.embed(
        model=reward.RewardModel(encoder=encoder.model, width=encoder.width),
        texts=[text for pair in fitting for text in (pair.a, pair.b)],
        pad_token=int(encoder.tokenizer.pad_token_id or 0),
        precision=described["precision"],
    )
    sides = found.double().numpy().reshape(len(fitting), 2, -1)
    return [example for example in examples if example.id in kept], sides[:, 0] - sides[:, 1]
