"""Let a saved reward model score pairs."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from apps.models.domain.scores import PairScore, ScorablePair
from apps.models.training import data, reward
from apps.models.training.data import Text
from apps.models.training.encoders import Encoder

TOO_LONG = "too long for the encoder"
EMPTY = "a response is empty"


def read_pairs(path: Path) -> Iterator[ScorablePair]:
    """Yield the pairs of a JSONL file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield ScorablePair(**{name: row[name] for name in ("id", "prompt", "response_a", "response_b")})


def score(*, model: Path, pairs: Sequence[ScorablePair], threads: int = 1) -> list[PairScore]:
    """Return each pair's scores; a pair that does not fit, or is half empty, is skipped with the reason."""
    torch.set_num_threads(threads)
    loaded, encoder, description = reward.load(model)
    sides = {pair.id: _sides(encoder=encoder, pair=pair) for pair in pairs}
    skipped = {
        pair.id: _why_skipped(pair=pair, sides=sides[pair.id], max_length=description["max_length"])
        for pair in pairs
    }
    readable = [pair.id for pair in pairs if not skipped[pair.id]]
    texts = [text for pair_id in readable for text in sides[pair_id]]
    features = data.embed(
        model=loaded,
        texts=texts,
        pad_token=int(encoder.tokenizer.pad_token_id or 0),
        precision=description["precision"],
    )
    with torch.inference_mode():
        rewards = loaded.head(features).reshape(-1, 2).tolist()
    scores = {name: PairScore(name, *found) for name, found in zip(readable, rewards, strict=True)}
    return [scores.get(pair.id) or PairScore(pair.id, None, None, skipped[pair.id]) for pair in pairs]


def _sides(*, encoder: Encoder, pair: ScorablePair) -> tuple[Text, Text]:
    return (
        data.tokenise(encoder=encoder, prompt=pair.prompt, response=pair.response_a),
        data.tokenise(encoder=encoder, prompt=pair.prompt, response=pair.response_b),
    )


def _why_skipped(*, pair: ScorablePair, sides: tuple[Text, Text], max_length: int) -> str:
    if not pair.response_a.strip() or not pair.response_b.strip():
        return EMPTY
    if max(len(side["input_ids"]) for side in sides) > max_length:
        return TOO_LONG
    return ""
