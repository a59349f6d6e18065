"""From examples to numbers: tokenising pairs, setting aside those that are too long, making batches."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch.utils.data import Dataset

from apps.models.domain import splits
from apps.models.domain.examples import BadExample, PreferenceExample, read_examples
from apps.models.training.encoders import Encoder
from apps.models.training.errors import TrainingError
from apps.models.training.reward import RewardModel

Text = dict[str, list[int]]


@dataclasses.dataclass(frozen=True)
class Pair:
    """An example in tokens."""

    id: str
    a: Text
    b: Text
    target: float
    prompt: str

    @property
    def length(self) -> int:
        """Tokens of the longer side."""
        return max(len(self.a["input_ids"]), len(self.b["input_ids"]))


@dataclasses.dataclass(frozen=True)
class Pairs:
    """The pairs of one side of a data set that fit, and the ids of those that do not."""

    fitting: list[Pair]
    too_long: list[str]


class PairData(Dataset[dict[str, Any]]):
    """Rows by place, as Trainer wants them."""

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> dict[str, Any]:
        return self._rows[place]


def read_side(*, path: Path, limit: int | None = None, seed: int = 0) -> list[PreferenceExample]:
    """Read one side of a data set, or a seeded sample of it. Raises TrainingError."""
    try:
        examples = list(read_examples(path))
    except (OSError, BadExample) as error:
        raise TrainingError(f"{path.name} cannot be read: {error}") from error
    return examples if limit is None else splits.sample(examples, limit=limit, seed=seed)


def tokenise(*, encoder: Encoder, prompt: str, response: str) -> Text:
    """Return a prompt with a response in tokens; ``response`` is 1 at the tokens of the response."""
    encoding = encoder.tokenizer(prompt, response, truncation=False, verbose=False)
    found: Text = {name: list(encoding[name]) for name in encoding}
    found["response"] = [int(part == 1) for part in encoding.sequence_ids(0)]
    return found


def fit(*, encoder: Encoder, examples: Sequence[PreferenceExample], max_length: int) -> Pairs:
    """Tokenise examples; a pair with a side over ``max_length`` tokens is set aside whole, not cut."""
    bound = min(max_length, int(getattr(encoder.model.config, "max_position_embeddings", max_length)))
    fitting, too_long = [], []
    for example in examples:
        sides = [
            tokenise(encoder=encoder, prompt=example.prompt, response=response)
            for response in (example.response_a, example.response_b)
        ]
        pair = Pair(id=example.id, a=sides[0], b=sides[1], target=example.p_a, prompt=example.split_key)
        if pair.length > bound:
            too_long.append(example.id)
        else:
            fitting.append(pair)
    return Pairs(fitting=fitting, too_long=too_long)


def padded(texts: Sequence[Text], *, pad_token: int) -> dict[str, torch.Tensor]:
    """Return texts as tensors (texts, tokens), padded to the longest."""
    length = max(len(text["input_ids"]) for text in texts)
    fill = {"input_ids": pad_token}
    return {
        name: torch.tensor([text[name] + [fill.get(name, 0)] * (length - len(text[name])) for text in texts])
        for name in texts[0]
    }


class TokenCollator:
    """Makes a batch of tokenised pairs: (pairs, 2, tokens) each."""

    def __init__(self, *, pad_token: int) -> None:
        self._pad_token = pad_token

    def __call__(self, rows: Sequence[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Pad both sides of all pairs to one length."""
        texts = [row[side] for row in rows for side in ("a", "b")]
        batch = padded(texts, pad_token=self._pad_token)
        tensors = {name: value.reshape(len(rows), 2, -1) for name, value in batch.items()}
        return tensors | {"target": torch.tensor([row["target"] for row in rows])}


def collate_features(rows: Sequence[dict[str, Any]]) -> dict[str, torch.Tensor]:
    """Make a batch of pairs whose features are known: (pairs, 2, width)."""
    return {
        "features": torch.stack([row["features"] for row in rows]),
        "target": torch.tensor([row["target"] for row in rows]),
    }


def embed(
    *,
    model: RewardModel,
    texts: Sequence[Text],
    pad_token: int,
    precision: str,
    batch_size: int = 16,
    on_batch: Callable[[int], None] = lambda done: None,
) -> torch.Tensor:
    """Return phi(x, y) of every text, (texts, width), float32; texts of like length go together.

    bfloat16 halves the time on processors that have it, at a cosine of 0.9999 to float32.
    """
    device = model.head.weight.device
    model.eval()
    found = torch.empty(len(texts), model.head.in_features)
    done = 0
    with torch.inference_mode(), _precision(device=device, precision=precision):
        for places in _by_length(texts, batch_size=batch_size):
            batch = padded([texts[place] for place in places], pad_token=pad_token)
            batch = {name: value.to(device) for name, value in batch.items()}
            response = batch.pop("response")
            found[places] = model.features(tokens=batch, response=response).float().cpu()
            done += len(places)
            on_batch(done)
    return found


def _precision(*, device: torch.device, precision: str) -> torch.autocast:
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=precision == "bfloat16")


def _by_length(texts: Sequence[Text], *, batch_size: int) -> Iterator[list[int]]:
    order = sorted(range(len(texts)), key=lambda place: (len(texts[place]["input_ids"]), place))
    for start in range(0, len(order), batch_size):
        yield order[start : start + batch_size]
