"""What a checkpoint was before it was trained, as something that judges: the base to lay beside it.

A reward model's base has no rewards, and a policy has not moved from itself, so a base judges by what it
knows: a language model by which response it would rather write, a sentence encoder by which response lies
nearer to the prompt.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from apps.models.training import embedding, encoders, reward
from apps.models.training.errors import TrainingError
from apps.models.training.scorer import Asked, Scorer
from apps.models.training.scorers import load_scorer

WRITES = "which response it would rather write (mean log-probability of its tokens)"
NEARNESS = "which response lies nearer to the prompt, as the encoder reads both (cosine)"
REWARD = "its reward"
MOVED = "which response training has made likelier"


@dataclass(frozen=True)
class Judge:
    """Something that scores responses, and by what it does so."""

    scorer: Scorer
    by: str


def own(folder: Path) -> Judge:
    """Return a checkpoint as it judges where it is an annotator. Raises TrainingError."""
    return Judge(load_scorer(folder), MOVED if is_policy(folder) else REWARD)


def base(folder: Path) -> Judge:
    """Return what a checkpoint was trained from. Raises TrainingError."""
    if not _recipe(folder):
        return Judge(_Nearness(folder), NEARNESS)
    return Judge(writer(folder, trained=False), WRITES)


def written_by(folder: Path) -> Judge:
    """Return a policy as its base judges: by which response it would rather write. Raises TrainingError."""
    return Judge(writer(folder, trained=True), WRITES)


def writer(folder: Path, *, trained: bool) -> Any:
    """Return a language model, as it was or as a policy has become, as something that would rather write one
    response than another. Raises TrainingError.
    """
    # Loading what reads language models takes seconds, which the small reward model need not wait for.
    from apps.models.evaluation.writing import Writer

    return Writer(folder, trained=trained)


def is_policy(folder: Path) -> bool:
    """Say whether a checkpoint is a model that writes, and not one that gives rewards."""
    return bool(_recipe(folder).get("method", "reward_lm") != "reward_lm")


def _recipe(folder: Path) -> dict[str, Any]:
    path = folder / "recipe.json"
    return cast(dict[str, Any], json.loads(path.read_text())) if path.is_file() else {}


class _Nearness:
    """The cosine of a prompt's and a response's vectors under the encoder that a reward model stands on."""

    def __init__(self, folder: Path) -> None:
        try:
            described = json.loads((folder / reward.DESCRIPTION).read_text())
        except (OSError, ValueError) as error:
            raise TrainingError(f"The checkpoint in {folder.name} cannot be read.") from error
        self._encoder = encoders.load(name=described["encoder"], expected_sha256=described["encoder_sha256"])
        self._most = int(described["max_length"])

    def fits(self, *, prompt: str, response: str) -> bool:
        """Say whether a prompt and a response can be read whole, as the checkpoint reads them."""
        return len(self._encoder.tokenizer(prompt, response, verbose=False)["input_ids"]) <= self._most

    def scores(self, asked: Asked) -> list[float | None]:
        """Return a cosine each, None for a response that is empty or does not fit."""
        readable = [
            bool(response.strip()) and self.fits(prompt=prompt, response=response)
            for prompt, response in asked
        ]
        texts = list(
            {text: None for pair, kept in zip(asked, readable, strict=True) if kept for text in pair}
        )
        if not texts:
            return [None] * len(asked)
        known = dict(zip(texts, embedding.embed(texts=texts, encoder=self._encoder), strict=True))
        return [
            float(known[pair[0]] @ known[pair[1]]) if kept else None
            for pair, kept in zip(asked, readable, strict=True)
        ]
