"""Trained language models as scorers: a reward, or how far a policy has moved from its base."""

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from torch.nn.utils.rnn import pad_sequence

from apps.models.domain.weights import fingerprint
from apps.models.training.errors import TrainingError
from apps.models.training.language import loading, tokens
from apps.models.training.language.description import FILE
from apps.models.training.language.tokens import Said

BATCH = 4


def load(folder: Path) -> "LanguageScorer":
    """Load what a run on a language model has published. Raises TrainingError."""
    try:
        description = json.loads((folder / FILE).read_text())
    except (OSError, ValueError) as error:
        raise TrainingError(f"The checkpoint in {folder.name} cannot be read.") from error
    if fingerprint(Path(description["base"])) != description["base_sha256"]:
        raise TrainingError(f"The base model in {description['base']} is not the one that was trained from.")
    kind = RewardScorer if description["method"] == "reward_lm" else PolicyScorer
    with loading.without_empty_notes():
        return kind(folder, description)


class LanguageScorer:
    """What both have: reading, fitting, batching."""

    def __init__(self, folder: Path, description: dict[str, Any]) -> None:
        self._folder, self._description = folder, description
        self._tokenizer = loading.tokenizer(str(folder))
        self._device = "cuda" if torch.cuda.is_available() else "cpu"

    def fits(self, *, prompt: str, response: str) -> bool:
        """Say whether a prompt and a response can be read whole."""
        return len(self._said(prompt, response)) <= int(self._description["max_length"])

    def scores(self, asked: Sequence[tuple[str, str]]) -> list[float | None]:
        """Return a score each, None for a response that is empty or does not fit."""
        readable = {
            place: self._said(prompt, response)
            for place, (prompt, response) in enumerate(asked)
            if response.strip() and self.fits(prompt=prompt, response=response)
        }
        found: list[float | None] = [None] * len(asked)
        with torch.inference_mode():
            for places in _by_length(readable):
                values = self.batch([readable[place] for place in places])
                for place, value in zip(places, values.tolist(), strict=True):
                    found[place] = value
        return found

    def batch(self, texts: Sequence[Said]) -> torch.Tensor:
        """Return the scores of a batch, shape (texts,)."""
        raise NotImplementedError

    def _said(self, prompt: str, response: str) -> Said:
        return tokens.said(tokenizer=self._tokenizer, prompt=prompt, response=response)

    def _dtype(self) -> torch.dtype:
        return torch.bfloat16 if self._description["precision"] == "bfloat16" else torch.float32

    def _padded(self, texts: Sequence[Said]) -> dict[str, torch.Tensor]:
        rows = [torch.tensor(text.prompt + text.response) for text in texts]
        pad = int(self._tokenizer.pad_token_id)
        return {
            "input_ids": pad_sequence(rows, batch_first=True, padding_value=pad).to(self._device),
            "attention_mask": pad_sequence([torch.ones_like(row) for row in rows], batch_first=True).to(
                self._device
            ),
        }

    def log_probabilities(self, model: Any, texts: Sequence[Said]) -> torch.Tensor:
        """Return log pi(y|x) under a model, summed over the response's tokens, shape (texts,)."""
        given = self._padded(texts)
        logits = model(**given, use_cache=False).logits[:, :-1].float()
        chosen = torch.log_softmax(logits, dim=-1).gather(-1, given["input_ids"][:, 1:, None]).squeeze(-1)
        mask = torch.zeros_like(chosen)
        for row, text in enumerate(texts):
            mask[row, len(text.prompt) - 1 : len(text) - 1] = 1.0
        return (chosen * mask).sum(dim=1)


class RewardScorer(LanguageScorer):
    """r(x, y) of a reward model on a language model."""

    def __init__(self, folder: Path, description: dict[str, Any]) -> None:
        super().__init__(folder, description)
        adapted = description["tuning"] == "lora"
        source = description["base"] if adapted else str(folder)
        model = loading.scoring(source, dtype=self._dtype(), pad_token=int(self._tokenizer.pad_token_id))
        self._model = (
            (PeftModel.from_pretrained(model, str(folder)) if adapted else model).to(self._device).eval()
        )

    def batch(self, texts: Sequence[Said]) -> torch.Tensor:
        """Return the rewards of a batch."""
        found: torch.Tensor = self._model(**self._padded(texts), use_cache=False).logits.squeeze(-1).float()
        return found


class PolicyScorer(LanguageScorer):
    """log pi(y|x) - log pi_base(y|x): how much likelier training has made a response; 0 before training."""

    def __init__(self, folder: Path, description: dict[str, Any]) -> None:
        super().__init__(folder, description)
        base = loading.causal(description["base"], dtype=self._dtype())
        self._adapted = description["tuning"] == "lora"
        policy = (
            PeftModel.from_pretrained(base, str(folder))
            if self._adapted
            else loading.causal(str(folder), dtype=self._dtype())
        )
        self._policy = policy.to(self._device).eval()
        self._base = self._policy if self._adapted else base.to(self._device).eval()

    def batch(self, texts: Sequence[Said]) -> torch.Tensor:
        """Return the log ratios of a batch."""
        policy = self.log_probabilities(self._policy, texts)
        off: AbstractContextManager[Any] = self._policy.disable_adapter() if self._adapted else nullcontext()
        with off:
            return policy - self.log_probabilities(self._base, texts)


def _by_length(readable: dict[int, Said]) -> Iterator[list[int]]:
    order = sorted(readable, key=lambda place: (len(readable[place]), place))
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]
